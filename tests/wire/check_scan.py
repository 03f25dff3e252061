#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""invitectl scan: the list of invitations from mailboxes as mail programs and servers keep
them, by a user of the daemon and by one who has none."""

import email.utils
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from check_list import DAY, FORGED, OWNER, WALBURGA, as_user, come, ctl, listed, read_only, states, told  # noqa: E402
from check_people import GUEST  # noqa: E402
from daemon import CTL, PATIENCE, Daemon, await_true, equal, mail, require, run_cases, temporary_folder  # noqa: E402

ACCEPTED = "linkedin/notice-accepted-2025.eml"
ORDINARY = b"From: Bob <bob@example.org>\nTo: marieke@example.net\nSubject: Lunch\n\nAt noon?\n"
STAMP = rb"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d+ [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [-+]\d{4}"
EX_DATAERR, EX_UNAVAILABLE = 65, 69
NOBODY = "nobody@example.net"


def aged(name, days, change=()):
    """A mail that came so many days ago; some bytes of it changed."""
    whole = mail(name) if isinstance(name, str) else name
    for old, new in change:
        require(old in whole, "%r in the mail" % old)
        whole = whole.replace(old, new)
    return re.sub(STAMP, email.utils.formatdate(time.time() - days * DAY).encode(), whole)


def inviter(number, days):
    """A mail of somebody else each time."""
    return aged(WALBURGA, days, [(b"Message-ID: <", b"Message-ID: <%d." % number),
                                 (b"walburga-kneissl", b"walburga-kneissl-%d" % number)])


def put(folder, mails):
    """A Maildir; the mails by name."""
    for name in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    for name, whole in mails.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(whole)


def scan(daemon, *places, status=0, user=None):
    words = [*as_user(user), CTL, "scan", *places, "--config", daemon.settings]
    if user is None:
        words += ["--owner", OWNER]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "400"})
    equal(done.returncode, status, "scan: " + done.stdout + done.stderr)
    return done


def counts(done):
    """Mails read, and of networks; invitations new, further, known, old; notices."""
    numbers = [int(number) for number in re.findall(r"\d+", done.stdout)]
    equal(len(numbers), 8, done.stdout)
    return tuple(numbers[:7])


# What is found, and where.


def a_mailbox_fills_the_list():
    with Daemon() as daemon:
        box = daemon.folder + "/Maildir"
        put(box, {"cur/1:2,S": aged(WALBURGA, 20), "new/2": aged(GUEST, 1), "cur/3:2,": ORDINARY,
                  "cur/4:2,": aged(WALBURGA, 10, [(b"Message-ID: <", b"Message-ID: <2")])})
        equal(counts(scan(daemon, box)), (4, 3, 2, 1, 0, 0, 0), "counts")
        now = time.time()
        rows = {row["verdict"]: row for row in listed(daemon)}
        row = rows["personal"]
        equal((row["reminders"], row["due"], round((now - row["first"]) / DAY),
               round((now - row["last"]) / DAY)), (1, True, 20, 10), "the older")
        equal((rows["default-text"]["due"], rows["default-text"]["reminders"]), (False, 0), "the newer")
        require("Liebe Marieke" in told(daemon, "show", str(row["id"])), "the note")


def twice_is_once():
    """Also of mails without a Message-ID, and of more than are told by it."""
    with Daemon() as daemon:
        box = daemon.folder + "/Maildir"
        bare = re.sub(rb"(?m)^Message-ID:.*\n", b"", mail(GUEST))
        require(b"Message-ID" not in bare, "no Message-ID")
        put(box, {"cur/a": aged(bare, 3), "cur/b": aged(ORDINARY, 3), "cur/c": aged(FORGED, 2)})
        put(box, {"cur/w%02d" % i: aged(WALBURGA, 60 - i, [(b"Message-ID: <", b"Message-ID: <%d." % i)])
                  for i in range(30)})
        first = counts(scan(daemon, box))
        equal(first, (33, 32, 3, 29, 0, 0, 0), "the first time")
        was = listed(daemon, "--all")
        equal(counts(scan(daemon, box)), (33, 32, 0, 0, 32, 0, 0), "the second time")
        equal(listed(daemon, "--all"), was, "the list")


def what_the_daemon_listed_is_not_listed_again():
    with Daemon() as daemon:
        come(daemon, WALBURGA)
        put(daemon.folder + "/Maildir", {"cur/1": aged(WALBURGA, 20)})
        equal(counts(scan(daemon, daemon.folder + "/Maildir")), (1, 1, 0, 0, 1, 0, 0), "counts")
        equal([row["reminders"] for row in listed(daemon)], [0], "reminders")


def who_is_forgotten_stays_so():
    with Daemon() as daemon:
        put(daemon.folder + "/M", {"cur/1": inviter(1, 5), "cur/2": inviter(2, 5)})
        scan(daemon, daemon.folder + "/M")
        told(daemon, "people", "forget", "https://www.linkedin.com/in/walburga-kneissl-1")
        was = listed(daemon)
        equal(len(was), 1, "those that are left")
        equal(counts(scan(daemon, daemon.folder + "/M")), (2, 2, 0, 0, 2, 0, 0), "counts")
        equal(listed(daemon), was, "the list")
        told(daemon, "purge")
        with sqlite3.connect(daemon.folder + "/people.sqlite") as base:
            equal(base.execute("SELECT count(*) FROM invitation_clue").fetchone()[0], 0, "what a purge leaves")


def each_layout_is_read():
    """Maildir++ and its subfolders, folders in folders as isync and offlineimap make them,
    what they and the server keep beside, mbox, a mail."""
    with Daemon() as daemon:
        plus, tree = daemon.folder + "/plus", daemon.folder + "/tree"
        put(plus, {"cur/1": inviter(1, 1), "dovecot.index.log": inviter(90, 1), "tmp/1": inviter(91, 1)})
        put(plus + "/.Invitations", {"cur/2:2,S": inviter(2, 1), "dovecot-keywords": inviter(92, 1)})
        put(plus + "/.Invitations.LinkedIn", {"new/3": inviter(3, 1)})
        put(tree + "/INBOX", {"cur/4,U=7:2,S": inviter(4, 1), ".uidvalidity": b"1\n2\n",
                              ".mbsyncstate": b"MaxPulledUid 7\n"})
        put(tree + "/INBOX/Lists", {"cur/5": inviter(5, 1)})
        put(tree + "/[Gmail].All Mail", {"new/6": inviter(6, 1)})
        os.makedirs(tree + "/.notmuch/xapian")
        with open(tree + "/.notmuch/xapian/postlist.glass", "wb") as file:
            file.write(inviter(93, 1))
        with open(daemon.folder + "/mbox", "wb") as file:
            for number in (7, 8):
                file.write(b"From x@example.org Mon Nov 23 10:00:00 2026\n" + inviter(number, 1) + b"\n\n")
        with open(daemon.folder + "/one.eml", "wb") as file:
            file.write(inviter(9, 1))
        done = scan(daemon, *(daemon.folder + "/" + place for place in ("plus", "tree", "mbox", "one.eml")))
        equal(counts(done), (9, 9, 9, 0, 0, 0, 0), "counts")
        equal(sorted(row["profile"].rsplit("-", 1)[1] for row in listed(daemon)),
              [str(i) for i in range(1, 10)], "who")


def what_cannot_be_read_is_told():
    with Daemon() as daemon:
        box = daemon.folder + "/Maildir"
        large = aged(WALBURGA, 1, [(b"Message-ID: <", b"Message-ID: <9")]) + b"x\n" * 3000000
        put(box, {"cur/1-cr": mail(GUEST).replace(b"\n", b"\r"), "cur/2-empty": b"",
                  "cur/3-nul": aged("linkedin/broken-nul-bytes.eml", 1), "cur/4-no-header": b"\nhello\n",
                  "cur/5-cut": aged(WALBURGA, 1)[:3000], "cur/6-large": large, "cur/7": aged(WALBURGA, 1)})
        os.mkfifo(box + "/cur/8-fifo")
        done = scan(daemon, box, status=EX_DATAERR)
        require("1-cr: its lines end in CR" in done.stderr, done.stderr)
        require("6-large: larger" in done.stderr, done.stderr)
        require("Walburga" in told(daemon, "list"), "the others are listed")
        equal(scan(daemon, daemon.folder + "/none", status=EX_DATAERR).stderr.count("No such"), 1, "a wrong name")


# Time.


def a_date_is_the_mails_and_bounded():
    with Daemon() as daemon:
        box = daemon.folder + "/Maildir"
        future = inviter(1, -4000)
        late = re.sub(rb"(?m)^Date:.*", b"Date: Tue, 03 Jan 2040 10:00:00 +0000", inviter(2, 5))
        none = re.sub(rb"(?m)^(Date|Received):.*\n([ \t].*\n)*", b"", inviter(3, 5))
        put(box, {"cur/1": future, "cur/2": late, "cur/3": none, "cur/4": inviter(4, 89), "cur/5": inviter(5, 91),
                  "cur/6": re.sub(STAMP, b"Thu, 01 Jan 1970 00:00:10 +0000", inviter(6, 1))})
        equal(counts(scan(daemon, box)), (6, 6, 4, 0, 0, 2, 0), "counts")
        ages = {row["profile"][-1]: round((time.time() - row["first"]) / DAY) for row in listed(daemon, "--all")}
        equal(ages, {"1": 0, "2": 5, "3": 0, "4": 89}, "days")


def what_waited_too_long_is_expired():
    with Daemon(people="expire-invitations = 30") as daemon:
        put(daemon.folder + "/M", {"cur/1": inviter(1, 50), "cur/2": inviter(2, 20)})
        scan(daemon, daemon.folder + "/M")
        equal(states(daemon), [(1, "expired", "time"), (2, "open", "came")], "states")


def a_notice_settles_what_came_before_it():
    """In whatever order they lie; a verified one alone."""
    name, profile = b"Walburga Knei", b"walburga-kneissl"
    for verifier, want in (("", ["open", "open"]), ("[trust]\nauthserv-id = mx.example.net\n", ["accepted", "open"])):
        with Daemon(more=verifier) as daemon:
            notice = mail(ACCEPTED)
            who = re.search(rb"linkedin\.com/comm/in/([a-z0-9-]+)", notice) or \
                re.search(rb"linkedin\.com/in/([a-z0-9-]+)", notice)
            before = aged(WALBURGA, 9, [(profile, who.group(1))])
            after = aged(WALBURGA, 3, [(profile, who.group(1)), (b"Message-ID: <", b"Message-ID: <2")])
            put(daemon.folder + "/M", {"cur/1": aged(notice, 6), "cur/2": before})
            done = counts(scan(daemon, daemon.folder + "/M"))
            equal(states(daemon)[0][1], want[0], "state of %r" % name)
            equal(done[6], 1 if verifier else 0, "notices")
            put(daemon.folder + "/M", {"cur/3": after})
            scan(daemon, daemon.folder + "/M")
            equal(states(daemon)[0][1], want[1], "invited anew")
            equal(counts(scan(daemon, daemon.folder + "/M"))[2:4], (0, 0), "once more")
            equal(states(daemon)[0][1], want[1], "the old notice says nothing of it")


def an_answer_to_it_makes_nobody_known():
    with Daemon() as daemon:
        put(daemon.folder + "/M", {"cur/1": aged(WALBURGA, 3)})
        scan(daemon, daemon.folder + "/M")
        with sqlite3.connect(daemon.folder + "/people.sqlite") as store:
            require(store.execute("SELECT count(*) FROM mark").fetchone()[0] > 0, "a trace is kept")
        equal(told(daemon, "people", "list"), "", "people")


# On the way.


def who_is_killed_goes_on():
    with Daemon() as daemon:
        box = daemon.folder + "/Maildir"
        put(box, {"cur/%03d" % i: inviter(i, 5) for i in range(500)})

        def rows():
            with sqlite3.connect("file:%s/people.sqlite?mode=ro" % daemon.folder, uri=True) as store:
                return store.execute("SELECT count(*) FROM invitation").fetchone()[0]
        # It waits for the last mail, so that it never ends before it is killed.
        first = subprocess.Popen([CTL, "scan", box, "-", "--owner", OWNER, "--config", daemon.settings],
                                 stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        await_true(lambda: rows() >= 10, "the first are listed")
        first.send_signal(signal.SIGKILL)
        first.wait()
        first.stdin.close()
        there = rows()
        equal(counts(scan(daemon, box)), (500, 500, 500 - there, 0, there, 0, 0), "the rest")
        equal(counts(scan(daemon, box))[2:5], (0, 0, 500), "nothing is left")


def a_bar_is_for_a_terminal():
    with Daemon() as daemon:
        put(daemon.folder + "/M", {"cur/%d" % i: inviter(i, 1) for i in range(3)})
        words = [CTL, "scan", daemon.folder + "/M", "--owner", OWNER, "--config", daemon.settings]
        equal(scan(daemon, daemon.folder + "/M").stderr, "", "in a pipe")
        parent, child = pty.openpty()
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=child, timeout=PATIENCE)
        os.close(child)
        shown = os.read(parent, 65536)
        os.close(parent)
        equal(done.returncode, 0, "status")
        require(b"M [" in shown and shown.endswith(b"\r\033[K"), "%r" % shown)


def what_is_beyond_the_bound_is_told_and_counted_once():
    with Daemon() as daemon:
        put(daemon.folder + "/M", {"cur/%04d" % i: inviter(i, 5) for i in range(1003)})
        past = []
        numbers = []
        for want in ((1003, 1003, 1000, 0, 0, 0, 0), (1003, 1003, 0, 0, 1000, 0, 0)):
            lines = scan(daemon, daemon.folder + "/M").stdout.splitlines()
            equal(len(lines), 2, lines)
            equal(tuple(int(number) for number in re.findall(r"\d+", lines[0])[:7]), want, lines[0])
            equal(re.findall(r"\d+", lines[1]), ["1000", "3"], lines[1])
            with sqlite3.connect(daemon.folder + "/people.sqlite") as base:
                numbers.append(base.execute("SELECT max(invited, max(key) & 0xffffffff) FROM owner, invitation")
                               .fetchone()[0])
            past.append([line for line in told(daemon, "list", "--all").splitlines() if "earlier" in line])
        equal(past[1], past[0], "what went is counted once")
        equal(numbers[1], numbers[0], "numbers that were given")


# Whose.


def a_user_asks_the_daemon():
    with Daemon(people="domain = example.net") as daemon:
        box = temporary_folder()
        try:
            put(box + "/M", {"cur/1": aged(WALBURGA, 3), "cur/2": ORDINARY})
            equal(counts(scan(daemon, box + "/M", user="nobody"))[2], 1, "new")
            equal(len(told(daemon, "list", user="nobody").splitlines()), 1, "the user's list")
            equal(listed(daemon), [], "nobody else's")
            done = subprocess.run([*as_user("nobody"), CTL, "scan",
                                   box + "/M", "--owner", OWNER, "--config", daemon.settings],
                                  capture_output=True, text=True, timeout=PATIENCE)
            require(done.returncode != 0 and "not yours" in done.stderr, done.stderr)
        finally:
            shutil.rmtree(box)


def who_dawdles_is_let_in_again():
    """The daemon hangs up on who asks nothing for a while, as between two invitations."""
    with Daemon(people="domain = example.net") as daemon:
        box = temporary_folder()
        try:
            put(box + "/M", {"cur/1": inviter(1, 3)})
            os.mkdir(box + "/slow")
            os.mkfifo(box + "/slow/pipe")
            os.chmod(box + "/slow/pipe", 0o666)
            put(box + "/N", {"cur/2": inviter(2, 3)})
            process = subprocess.Popen(
                [*as_user("nobody"), CTL, "scan", box + "/M", "-",
                 box + "/N", "--config", daemon.settings], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True)
            await_true(lambda: told(daemon, "list", user="nobody") != "", "the first is listed")
            time.sleep(11)
            out, error = process.communicate("From: a@example.org\n\nhello\n", timeout=PATIENCE)
            equal(process.returncode, 0, out + error)
            equal(len(told(daemon, "list", user="nobody").splitlines()), 2, "both are listed")
        finally:
            shutil.rmtree(box)


def who_has_no_daemon_has_a_store_of_their_own():
    """Settings in the home folder are found, and the login is the mailbox."""
    home = temporary_folder()
    try:
        settings = home + "/.config/invite-milter"
        os.makedirs(settings)
        with open(settings + "/invite-milter.conf", "w") as file:
            file.write("[people]\nstore = sqlite:%s/people.sqlite\ndomain = example.net\n" % settings)
        put(home + "/Maildir", {"new/1": aged(WALBURGA, 3), "cur/2": ORDINARY})
        subprocess.run(["chown", "-R", "nobody:nogroup", home], check=True)

        def run(*arguments):
            done = subprocess.run([*as_user("nobody"), CTL, *arguments],
                                  capture_output=True, text=True, timeout=PATIENCE,
                                  env={"HOME": home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})
            equal(done.returncode, 0, " ".join(arguments) + ": " + done.stderr)
            return done.stdout
        require("1 new" in run("scan", home + "/Maildir"), "scan")
        require("Walburga" in run("list"), "list")
        require("Walburga" in run("reply", "1"), "reply")
        equal(run("close", "1"), "1: answered\n", "close")
        equal(run("list"), "", "nothing waits")
    finally:
        shutil.rmtree(home)


def a_store_that_is_only_read_is_told():
    with Daemon() as daemon:
        come(daemon, GUEST)
        with read_only(daemon):
            box = temporary_folder()
            try:
                put(box + "/M", {"cur/1": aged(WALBURGA, 3)})
                done = scan(daemon, box + "/M", "--owner", OWNER, user="nobody", status=EX_UNAVAILABLE)
                require("people.sqlite" in done.stderr, done.stderr)
            finally:
                shutil.rmtree(box)


def nothing_is_listed_where_nobody_wants_it():
    with Daemon(people="keep-invitations = no") as daemon:
        put(daemon.folder + "/M", {"cur/1": aged(WALBURGA, 3)})
        done = scan(daemon, daemon.folder + "/M", status=EX_UNAVAILABLE)
        require("keep-invitations" in done.stderr, done.stderr)


def what_is_not_kept_any_longer_is_not_told_and_goes():
    """Without a daemon, too."""
    with Daemon(people="keep-invitations = 90") as daemon:
        put(daemon.folder + "/M", {"cur/1": inviter(1, 20), "cur/2": inviter(2, 2)})
        scan(daemon, daemon.folder + "/M")
        equal(len(listed(daemon, "--all")), 2, "both")
        daemon.stop()

        def keep(value):
            with open(daemon.settings) as file:
                text = re.sub("keep-invitations = .*", "keep-invitations = " + value, file.read())
            with open(daemon.settings, "w") as file:
                file.write(text)

        def rows():
            with sqlite3.connect(daemon.folder + "/people.sqlite") as store:
                return store.execute("SELECT count(*) FROM invitation").fetchone()[0]
        keep("10")
        equal([row["id"] for row in listed(daemon, "--all")], [2], "the newer")
        require("Walburga" not in ctl(daemon, "show", "1").stdout, "the older")
        keep("no")
        equal((listed(daemon, "--all"), ctl(daemon, "show", "2").stdout), ([], ""), "none")
        equal(rows(), 2, "they are there")
        scan(daemon, daemon.folder + "/M", status=EX_UNAVAILABLE)
        equal(rows(), 0, "they are gone")
        daemon.start()


CASES = [a_mailbox_fills_the_list, twice_is_once, what_the_daemon_listed_is_not_listed_again, who_is_forgotten_stays_so, each_layout_is_read,
         what_cannot_be_read_is_told, a_date_is_the_mails_and_bounded, what_waited_too_long_is_expired,
         a_notice_settles_what_came_before_it, an_answer_to_it_makes_nobody_known, who_is_killed_goes_on,
         a_bar_is_for_a_terminal, what_is_not_kept_any_longer_is_not_told_and_goes, what_is_beyond_the_bound_is_told_and_counted_once, nothing_is_listed_where_nobody_wants_it]
ROOTS_CASES = [a_user_asks_the_daemon, who_dawdles_is_let_in_again, who_has_no_daemon_has_a_store_of_their_own,
               a_store_that_is_only_read_is_told]

if __name__ == "__main__":
    is_root = os.geteuid() == 0
    run_cases("scan", [(case.__name__.replace("_", " "), case) for case in CASES + (ROOTS_CASES if is_root else [])],
              missing=not is_root)
