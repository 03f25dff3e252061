# SPDX-License-Identifier: BSD-2-Clause
# For imapsieve: a mail was moved or copied into Strangers.  Whoever invites in
# it is forgotten.

require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];

if environment :matches "imap.user" "*" {
    # try: whatever becomes of this, the mail is where it was moved to.
    pipe :copy :try "invite-learn" ["${1}", "stranger"];
}
