# SPDX-License-Identifier: BSD-2-Clause
# Files the mail that invite-milter recognised, and flags it; see "SIEVE" in
# invite-milter(8), and README.md beside this file.
#
# It acts on header fields, so it is worth what they are worth: they are ours
# only behind the daemon, which deletes what senders write under their names,
# with Postfix's header_checks (contrib/postfix) for the time when it is down.
# Therefore a field only moves mail out of sight here, and never lets any in:
# no check for spam is passed over, no sender trusted, no mail discarded or
# answered.  Keep it so: the worst that a forged field can do then is to put
# the mail of who forged it into a folder.

require ["fileinto", "imap4flags", "mailbox", "variables"];

# Where the mail of each verdict goes; INBOX: it stays where it is.
set "default_text" "Invitations";
set "contextless"  "Invitations";
set "personal"     "Invitations";
set "known"        "INBOX";
set "spammy"       "Invitations-Spam";
set "forged"       "Invitations-Spam";
set "impostor"     "Invitations-Spam";

# Requests that go there.  Meetings, groups and boards stay in the INBOX, for
# they are answered when they come; only what sells or is forged goes, whatever
# it asks for.  "*" for all requests, or "follow" besides, in another line.
set "request" "connect";

# Is a reminder that goes to a folder marked as read?
set "reminders_are_read" "yes";

set "folder" "INBOX";
if header :matches "Invite-Verdict" "default-text;*" {
    set "folder" "${default_text}";
    addflag "$InviteDefault";
} elsif header :matches "Invite-Verdict" "contextless;*" {
    set "folder" "${contextless}";
    addflag "$InviteContextless";
} elsif header :matches "Invite-Verdict" "personal;*" {
    set "folder" "${personal}";
    addflag "$InvitePersonal";
} elsif header :matches "Invite-Verdict" "known;*" {
    set "folder" "${known}";
    addflag "$InviteKnown";
} elsif header :matches "Invite-Verdict" "spammy;*" {
    set "folder" "${spammy}";
    addflag "$InviteSpammy";
} elsif header :matches "Invite-Verdict" "forged;*" {
    set "folder" "${forged}";
    addflag "$InviteForged";
} elsif header :matches "Invite-Verdict" "impostor;*" {
    set "folder" "${impostor}";
    addflag "$InviteImpostor";
}

# Words that may be a note or not are for a person to read.
if allof (header :matches "Invite-Verdict" "contextless;*",
          header :contains "Invite-Reasons" "note:not-found") {
    set "folder" "INBOX";
}

if not anyof (header :matches "Invite-Verdict" ["spammy;*", "forged;*"],
              header :matches "Invite-Verdict" "*; request=${request};*") {
    set "folder" "INBOX";
}

if not string "${folder}" "INBOX" {
    if allof (string "${reminders_are_read}" "yes",
              header :contains "Invite-Verdict" "; reminder=yes") {
        addflag "\\Seen";
    }
    fileinto :create "${folder}";
}
