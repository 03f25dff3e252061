#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""invitectl learn, of a real daemon at its control socket: who may teach for whom,
what it says, and that whoever moves a mail never waits or fails for it."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import CTL, MAILS, PATIENCE, Daemon, equal, mail, require, run_cases  # noqa: E402

OWNER, OTHER = "marieke@example.net", "joost@example.net"
GUEST = "linkedin/guest-2010-default.eml"
OWN = "linkedin/member-2025-own-en.eml"
DOMAIN = "domain = example.net"
EX_OK, EX_USAGE, EX_DATAERR, EX_NOUSER, EX_UNAVAILABLE, EX_TEMPFAIL, EX_NOPERM, EX_CONFIG = \
    0, 64, 65, 67, 69, 75, 77, 78
STRICT = ("--strict",)
LATE = b"no answer within 2 seconds"


def command(daemon, *arguments, user=None):
    line = [CTL, "learn", *arguments, "--config", daemon.settings]
    if user is not None:
        line = ["setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups", *line]
    return line


def learn_at_once(daemon, *arguments, said=None, user=None):
    said = mail(GUEST) if said is None else said
    return subprocess.run(command(daemon, *arguments, user=user), input=said,
                          capture_output=True, timeout=PATIENCE)


def learn(daemon, *arguments, said=None, user=None):
    """The answer of a daemon that works, which may be late where others work, too."""
    end = time.monotonic() + PATIENCE
    while True:
        done = learn_at_once(daemon, *arguments, said=said, user=user)
        if LATE not in done.stderr or time.monotonic() > end:
            return done


def check(done, status, out=b"", words=b"", what=""):
    equal((done.returncode, done.stdout), (status, out), "%s: %r" % (what, done.stderr))
    require(words in done.stderr if words else done.stderr == b"",
            "%s: %r" % (what, done.stderr))


def people(daemon, owner=OWNER):
    done = subprocess.run([CTL, "people", "list", "--owner", owner, "--config", daemon.settings],
                          capture_output=True, text=True, timeout=PATIENCE)
    equal(done.returncode, 0, done.stderr)
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


def known_and_forgotten_again():
    with Daemon() as daemon:
        for _ in range(2):
            check(learn(daemon, "known", "--owner", OWNER), EX_OK, b"new\n")
            check(learn(daemon, "known", "--owner", OWNER, *STRICT), EX_OK, b"known already\n")
            equal((people(daemon), people(daemon, OTHER)), (["Thijs van Rozendaal"], []), "people")
            check(learn(daemon, "stranger", "--owner", OWNER, *STRICT), EX_OK, b"forgotten: 1\n")
            equal(people(daemon), [], "people")


def what_teaches_nothing_is_told():
    """On standard output: it is an answer, and no trouble."""
    with Daemon() as daemon:
        for name, why in (("ordinary/plain.eml", b"no invitation"),
                          ("linkedin/lookalike-jobs-2026.eml", b"no invitation"),
                          ("linkedin/forged-look-alike-domain.eml", b"forged")):
            for word in ("known", "stranger"):
                told = b"the mail teaches nothing: " + why + b"\n"
                check(learn(daemon, word, "--owner", OWNER, said=mail(name)), EX_OK, told)
                check(learn(daemon, word, "--owner", OWNER, *STRICT, said=mail(name)),
                      EX_DATAERR, told)
        check(learn(daemon, "stranger", "--owner", OWNER, *STRICT), EX_NOUSER, b"forgotten: 0\n")
        equal(people(daemon), [], "people")


def user_teaches_for_himself_alone():
    with Daemon(people=DOMAIN) as daemon:
        for owner in ((), ("--owner", "nobody"), ("--owner", "Nobody+x@example.net")):
            check(learn(daemon, "known", *owner, *STRICT, user="nobody"), EX_OK,
                  b"known already\n" if owner else b"new\n", what=owner)
        equal(people(daemon, "nobody@example.net"), ["Thijs van Rozendaal"], "his people")
        for word in ("known", "stranger"):
            check(learn(daemon, word, "--owner", OWNER, *STRICT, user="nobody"), EX_NOPERM,
                  words=b"this mailbox is not yours")
        equal(people(daemon), [], "another's people")


def curator_teaches_for_anybody():
    """By address, and by login, as IMAP servers know their users."""
    with Daemon(people=DOMAIN + "\ncurators = vmail, nobody") as daemon:
        check(learn(daemon, "known", "--owner", OWNER, user="nobody"), EX_OK, b"new\n")
        check(learn(daemon, "known", "--owner", "joost", user="nobody"), EX_OK, b"new\n")
        equal((people(daemon), people(daemon, OTHER)), (["Thijs van Rozendaal"],) * 2, "people")


def trouble_is_told_and_fails_nothing():
    with Daemon() as daemon:
        for word, said, status, words in (
                ("known", b"", EX_DATAERR, b"there is no mail"),
                ("known", b"x" * 700000, EX_DATAERR, b"larger than mails that are judged"),
                ("known", None, EX_USAGE, b"whose people?")):
            check(learn(daemon, word, said=said), EX_OK, words=words)
            check(learn(daemon, word, *STRICT, said=said), status, words=words)
        daemon.stop()
        check(learn(daemon, "known"), EX_OK, words=b"is the daemon running")
        check(learn(daemon, "known", *STRICT), EX_UNAVAILABLE, words=b"is the daemon running")
        with open(daemon.settings, "a") as file:
            file.write("nonsense\n")
        check(learn(daemon, "known"), EX_OK, words=b"/conf:")
        check(learn(daemon, "known", *STRICT), EX_CONFIG, words=b"/conf:")


def wrong_command_lines_are_told():
    with Daemon() as daemon:
        for arguments in ((), ("friend",), ("known", "stranger"), ("known", "--json"),
                          ("note",), ("note", "default"), ("note", "spam"), ("pitch",),
                          ("note", "pitch", "vague")):
            equal(learn(daemon, *arguments).returncode, EX_USAGE, "%r" % (arguments,))


def check_in_time(daemon, what):
    """The mail comes, or does not; status 0, and the trouble told."""
    for arguments, status in (((), EX_OK), (STRICT, EX_TEMPFAIL)):
        start = time.monotonic()
        done = learn_at_once(daemon, "known", "--owner", OWNER, *arguments)
        took = time.monotonic() - start
        check(done, status, words=LATE, what=what)
        require(1.5 < took, "%s: %.1f s" % (what, took))


def verdict(daemon, owner, name=OWN):
    done = subprocess.run([CTL, "classify", "--config", daemon.settings, "--as", owner,
                           os.path.join(MAILS, name)], capture_output=True, text=True, timeout=PATIENCE)
    equal((done.returncode, done.stderr), (0, ""), "classify")
    return done.stdout.split(None, 2)[1]


def note_has_the_class_that_its_owner_taught():
    with Daemon() as daemon:
        def teach(what, status, out, owner=OWNER, name=OWN):
            check(learn(daemon, "note", what, "--owner", owner, *STRICT, said=mail(name)), status,
                  out, what="%s of %s" % (what, name))

        equal(verdict(daemon, OWNER), "personal", "at first")
        for what, got in (("pitch", "spammy"), ("vague", "contextless"), ("personal", "personal")):
            teach(what, EX_OK, b"new\n")
            teach(what, EX_OK, b"known already\n")
            equal((verdict(daemon, OWNER), verdict(daemon, OTHER)), (got, "personal"), what)
        teach("pitch", EX_OK, b"new\n", OTHER)
        equal((verdict(daemon, OWNER), verdict(daemon, OTHER)), ("personal", "spammy"), "two owners")
        teach("undo", EX_OK, b"undone\n", OTHER)
        equal(verdict(daemon, OTHER), "personal", "undone")
        nothing = b"the mail teaches nothing: "
        teach("undo", EX_DATAERR, nothing + b"no note like it was taught\n", OTHER)
        teach("pitch", EX_DATAERR, nothing + b"its note has too few own words to be known again\n",
              name=GUEST)
        teach("pitch", EX_DATAERR, nothing + b"no invitation\n", name="ordinary/plain.eml")
        equal(people(daemon), [], "people")


def user_teaches_notes_for_himself_alone():
    with Daemon(people=DOMAIN) as daemon:
        check(learn(daemon, "note", "pitch", *STRICT, said=mail(OWN), user="nobody"), EX_OK, b"new\n")
        equal(verdict(daemon, "nobody@example.net"), "spammy", "his own")
        for what in ("pitch", "undo"):
            check(learn(daemon, "note", what, "--owner", OWNER, *STRICT, said=mail(OWN),
                        user="nobody"), EX_NOPERM, words=b"this mailbox is not yours")
        equal(verdict(daemon, OWNER), "personal", "another's")


def who_does_not_answer_is_left():
    """A daemon that hangs; and one that takes nobody in."""
    with Daemon() as daemon:
        daemon.stop()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(daemon.folder + "/c")
            listener.listen(0)
            check_in_time(daemon, "no answer")
            waiting = []
            for _ in range(4):
                client = socket.socket(socket.AF_UNIX)
                client.setblocking(False)
                client.connect_ex(daemon.folder + "/c")
                waiting.append(client)
            check_in_time(daemon, "no place in the queue")
            for client in waiting:
                client.close()


def mail_that_does_not_come_is_not_awaited():
    with Daemon() as daemon:
        start = time.monotonic()
        with subprocess.Popen(command(daemon, "known", "--owner", OWNER), stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdin.write(mail(GUEST))
            process.stdin.flush()
            equal(process.wait(PATIENCE), EX_OK, "status")
            took = time.monotonic() - start
            require(LATE in process.stderr.read(), "why")
            process.stdin.close()
        require(1.5 < took, "%.1f s" % took)
        equal(people(daemon), [], "half a mail teaches nothing")


def crowd_is_served():
    """A hundred moves at once, as somebody does who clears his folder."""
    with Daemon() as daemon:
        done = []

        def move():
            for _ in range(25):
                done.append(learn(daemon, "known", "--owner", OWNER, *STRICT))

        threads = [threading.Thread(target=move) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wrong = [one for one in done if one.returncode != EX_OK]
        equal(wrong, [], "moves")
        equal(people(daemon), ["Thijs van Rozendaal"], "people")


def cases():
    rows = [known_and_forgotten_again, what_teaches_nothing_is_told,
            note_has_the_class_that_its_owner_taught,
            trouble_is_told_and_fails_nothing, wrong_command_lines_are_told,
            mail_that_does_not_come_is_not_awaited, crowd_is_served]
    if os.geteuid() == 0 and shutil.which("setpriv") is not None:
        rows += [user_teaches_for_himself_alone, user_teaches_notes_for_himself_alone, curator_teaches_for_anybody]
    else:
        print("not root: the cases of other users are skipped")
    return [(case.__name__, case) for case in rows]


if __name__ == "__main__":
    run_cases("learn", cases(), alone=[(who_does_not_answer_is_left.__name__,
                                        who_does_not_answer_is_left)])
