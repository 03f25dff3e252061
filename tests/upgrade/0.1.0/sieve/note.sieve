# SPDX-License-Identifier: BSD-2-Clause
# For imapsieve: a mail was moved or copied between Invitations,
# Invitations-Pitch and Invitations-Personal.  The next note like the one in it
# has the class of the folder, for this user alone; see "SIEVE" in
# invite-milter(8).
#
# The daemon judges the mail anew: a field in it proves nothing here.

require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];

set "class" "vague";
if environment :is "imap.mailbox" "Invitations-Pitch" {
    set "class" "pitch";
} elsif environment :is "imap.mailbox" "Invitations-Personal" {
    set "class" "personal";
}
if environment :matches "imap.user" "*" {
    # try: whatever becomes of this, the mail is where it was moved to.
    pipe :copy :try "invite-learn" ["${1}", "note", "${class}"];
}
