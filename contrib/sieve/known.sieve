# SPDX-License-Identifier: BSD-2-Clause
# For imapsieve: a mail was moved or copied out of Invitations.  Where it went
# among the mail of people, whoever invites in it becomes known; where it went
# to Trash, Junk, Archive or anywhere else, nothing is learnt.
#
# The daemon judges the mail anew: a field in it proves nothing here.

require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];

if environment :is "imap.mailbox" ["INBOX", "Known"] {
    if environment :matches "imap.user" "*" {
        # try: whatever becomes of this, the mail is where it was moved to.
        pipe :copy :try "invite-learn" ["${1}", "known"];
    }
}
