# SPDX-License-Identifier: BSD-2-Clause
# For imapsieve: a mail was moved or copied out of a mailbox whose name begins
# with Invitations, or out of Junk.  Where it went among the mail of people, its
# inviter becomes known; where it went to Trash, Archive or anywhere else, nothing
# is learnt.
#
# The daemon judges the mail anew: a field in it proves nothing here.

require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];

if environment :is "imap.mailbox" ["INBOX", "Known"] {
    if environment :matches "imap.user" "*" {
        # try: whatever becomes of this, the mail is where it was moved to.
        pipe :copy :try "invite-learn" ["${1}", "known"];
    }
}
