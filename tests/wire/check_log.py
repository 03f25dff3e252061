#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Do text and JSON tell the same of the same mails, and neither of them a name?"""

import json
import os
import re
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import Daemon, equal, mail, require, run_cases  # noqa: E402
from wire import Peer, split  # noqa: E402

INVITATION = "linkedin/member-2024-default.eml"
OTHERS = ("linkedin/forged-display-name.eml", "slack/workspace-2024.eml", "ordinary/plain.eml")
OWNERS = b"<marieke@example.net>", b"<jan@example.net>"


def script(daemon):
    """Mails of every kind of line: invitations, forged ones, what is too much, what teaches."""
    fields, body = split(mail(INVITATION))
    peer = Peer(daemon.socket)
    peer.mail(fields, body, recipients=OWNERS[:1])
    peer.mail(fields, body, recipients=OWNERS[1:])
    peer.mail(fields, body, recipients=OWNERS)
    peer.mail(fields, body, recipients=tuple(b"<u%d@example.net>" % i for i in range(25)))
    peer.mail(fields, body + b"x" * 70000)
    for other in OTHERS:
        peer.mail(*split(mail(other)))
    peer.mail([(b"From", b"<marieke@example.net>"), (b"To", b"Ann Lee <ann@example.org>"),
               (b"Subject", b"lunch")], b"Tomorrow?\r\n", recipients=(b"<ann@example.org>",),
              sender={b"{auth_authen}": b"marieke"}, author=b"<marieke@example.net>", mailer=b"smtp")
    peer.mail([(b"Invite-Verdict", b"known")] * 201, b"")
    peer.close()
    daemon.signal(signal.SIGUSR2)
    daemon.await_told("beyond-limits")


class Kept(Daemon):
    """A daemon whose log outlives it."""

    def stop(self):
        status = super().stop()
        self.kept = self.log()
        return status


def log_of(log_format, secret, level="info"):
    """(folder, lines): the log of a run with this secret."""
    daemon = Kept(people="domain = example.net",
                  more="format = %s\nlevel = %s\n[limits]\nmail = 65536\n" % (log_format, level))
    with open(daemon.folder + "/mark.secret", "w") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(secret)
    with daemon:
        script(daemon)
    return [line.replace(daemon.folder, "FOLDER") for line in daemon.kept.splitlines()]


def pairs(text):
    return dict(pair.split("=", 1) for pair in text.split(" "))


def as_text(line):
    """The line of text that an object of JSON stands for."""
    told = json.loads(line)
    require(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told.pop("time")), line)
    level = told.pop("level")
    start = told.pop("id") + ": " if "id" in told else ""
    words = told.pop("trouble" if level == "error" else "message", None)
    rest = ["%s=%s" % pair for pair in told.items()]
    return "invite-milter: " + start + " ".join(([words] if words else []) + rest)


def text_and_json_tell_the_same_of_a_run():
    secret = "s" * 40
    text, told = log_of("text", secret), log_of("json", secret)
    equal([as_text(line) for line in told], text, "JSON as text")
    kinds = [line for line in text if "network=" in line]
    equal(len(kinds), 6, "lines of networks: " + "\n".join(text))
    for words in ("verdict=forged", "passed unjudged", "learnt owner=", "refused: more than 200",
                  "mails=10 ", "owner=many"):
        require(words in "\n".join(text), words + " in\n" + "\n".join(text))


def one_person_is_followed_and_nobody_named():
    text, other = log_of("text", "s" * 40), log_of("text", "t" * 40)
    rows = [pairs(line.split("TEST1: ")[1]) for line in text if "request=" in line]
    for row in rows[:4]:
        equal((row["inviter"], len(row["inviter"])), (rows[0]["inviter"], 12), "inviter")
    equal(rows[2]["owner"], rows[0]["owner"] + "," + rows[1]["owner"], "owners")
    require(rows[0]["owner"] != rows[1]["owner"], "two mailboxes are one")
    learnt = re.search("learnt owner=([0-9a-z]+)", "\n".join(text))
    equal(learnt and learnt[1], rows[0]["owner"], "the mailbox that learnt")
    theirs = [pairs(line.split("TEST1: ")[1]) for line in other if "request=" in line]
    require(rows[0]["inviter"] != theirs[0]["inviter"], "another secret has the same hash")
    require(rows[0]["owner"] != theirs[0]["owner"], "another secret has the same hash")
    for word in ("Kwabena", "marieke", "ann@", "jan@", "example.net"):
        require(word not in "\n".join(text), word + " in\n" + "\n".join(text))


def names_are_told_at_level_debug_alone():
    told = [json.loads(line) for line in log_of("json", "s" * 40, level="debug")]
    names = [line for line in told if "inviter-name" in line]
    require(names, "no name at level debug")
    require(all(line["level"] == "debug" for line in names), names)


if __name__ == "__main__":
    run_cases("log", [(case.__name__, case) for case in (
        text_and_json_tell_the_same_of_a_run, one_person_is_followed_and_nobody_named,
        names_are_told_at_level_debug_alone)])
