# Marks invitations at delivery; see README.md.
require ["vnd.dovecot.filter", "envelope", "variables"];

# Where the filter fails, the mail is delivered as it was.
if envelope :matches "to" "*" {
    filter "invite-filter" ["${1}"];
}
