#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The list of invitations: what the daemon keeps of mails, what a user sees of it, and
what becomes of an invitation.  Inviters may write anything."""

import base64
import contextlib
import csv
import glob
import io
import json
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from check_people import GUEST, GUEST_ADDRESS, OWNER, as_nobody, pass_mail  # noqa: E402
from daemon import CTL, PATIENCE, Daemon, await_true, equal, mail, require, run_cases, temporary_folder  # noqa: E402
from wire import split  # noqa: E402

WALBURGA = "linkedin/member-2025-own-de.eml"
PITCH = "linkedin/member-2025-pitch-software.eml"
FORGED = "linkedin/forged-display-name.eml"
EX_USAGE, EX_DATAERR, EX_NOUSER, EX_UNAVAILABLE, EX_NOPERM = 64, 65, 67, 69, 77
PAGE = "https://www.linkedin.com/mynetwork/invitation-manager/"
DAY = 86400


def come(daemon, name=GUEST, owner=OWNER, change=()):
    """A mail of tests/mail, or its bytes, comes in; some bytes of it changed."""
    whole = mail(name) if isinstance(name, str) else name
    for old, new in change:
        require(old in whole, "%r in the mail" % old)
        whole = whole.replace(old, new)
    fields, body = split(whole)
    equal(pass_mail(daemon, fields, body, recipients=[b"<" + owner.encode() + b">"]).end, b"c",
          "the mail")


def as_user(user):
    """What stands before a command to have it run as somebody else; nothing for None."""
    return [] if user is None else ["setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups"]


@contextlib.contextmanager
def read_only(daemon):
    """The store belongs to nobody, who may only read it and its folder."""
    daemon.stop()
    with contextlib.closing(sqlite3.connect(daemon.folder + "/people.sqlite")) as last:
        last.execute("SELECT count(*) FROM owner").fetchone()  # carries the log into the file
    paths = [daemon.folder] + glob.glob(daemon.folder + "/people.sqlite*")
    for path in paths:
        shutil.chown(path, "nobody", "nogroup")
        os.chmod(path, 0o555 if path == daemon.folder else 0o400)
    yield
    for path in paths:
        shutil.chown(path, "root", "root")
    os.chmod(daemon.folder, 0o755)
    daemon.start()


def ctl(daemon, *arguments, user=None, **more):
    """A command for the owner: as root by the store, as a user by the daemon."""
    words = [*as_user(user), CTL, *arguments, "--config", daemon.settings]
    if user is None:
        words += ["--owner", OWNER]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **more.pop("environment", {})}
    return subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, env=environment,
                          stdin=more.pop("stdin", subprocess.DEVNULL), **more)


def told(daemon, *arguments, **more):
    done = ctl(daemon, *arguments, **more)
    equal(done.returncode, 0, " ".join(arguments) + ": " + done.stderr)
    return done.stdout


def listed(daemon, *arguments, **more):
    return [json.loads(line) for line in told(daemon, "list", "--json", *arguments, **more).splitlines()]


def states(daemon):
    return [(row["id"], row["state"], row["state_why"]) for row in listed(daemon, "--all")]


# What is listed.


def who_waits_is_listed():
    with Daemon() as daemon:
        come(daemon)
        come(daemon, WALBURGA)
        lines = told(daemon, "list").splitlines()
        equal([line.split("\t")[3:9] for line in lines],
              [["open", "personal", "linkedin", "connect", "1", "Walburga Kneißl"],
               ["open", "default-text", "linkedin", "connect", "1", "Thijs van Rozendaal"]], "rows")
        require("Archivarin at Landesarchiv Hohenfels\tLiebe Marieke" in lines[0], lines[0])
        why = ctl(daemon, "list").stderr
        require("authserv-id" in why and "stays open here" in why, "what is missing: " + why)


def a_verifier_leaves_nothing_missing():
    with Daemon(more="[trust]\nauthserv-id = mx.example.net\n") as daemon:
        come(daemon)
        equal(ctl(daemon, "list").stderr, "", "standard error")


def a_table_begins_a_note_behind_its_greeting():
    long = b"Dear colleagues of the archive and all of its reading rooms,"
    for note, want in ((b"Hi Bob,\r\n\r\nwe met in Ghent.", "we met in Ghent."),
                       (b"Hallo Bob!\r\nwir trafen uns.", "wir trafen uns."),
                       ("山田様、こんにちは，\r\n先日はありがとう。".encode(), "先日はありがとう。"),
                       (b"We met in Ghent.\r\nI am Ann,\r\nand write.", "We met in Ghent. I am"),
                       (long + b"\r\nwe met.", "Dear colleagues of the")):
        with Daemon() as daemon:
            come(daemon, GUEST, change=[(b"I'd like to add you to my professional network on LinkedIn.", note)])
            shown = table(daemon, 100).splitlines()[1]
            require("“" + want in shown, "%s: %s" % (want, shown))
            first = re.split(rb"\s*\r\n", note)[0].decode()
            require("\t" + first in told(daemon, "list"), "whole where nobody looks: " + told(daemon, "list"))


def who_names_nobody_is_told_by_the_network():
    with Daemon() as daemon:
        come(daemon, "linkedin/count-2026-seven.eml")
        require("- linkedin" in table(daemon, 60), table(daemon, 60))


OWN_SETTINGS = """[people]
store = sqlite:%s/people.sqlite
domain = example.net
keep-invitations = 36500
expire-invitations = 0
"""


def alone(home, *arguments, stdin=b""):
    """As a user with a home of their own, and no daemon."""
    done = subprocess.run([*as_user("nobody"), "env", "-u", "XDG_CONFIG_HOME", "HOME=" + home, CTL, *arguments],
                          input=stdin, capture_output=True, timeout=PATIENCE)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def a_store_of_ones_own_needs_no_daemon():
    home = temporary_folder()
    try:
        shutil.chown(home, "nobody", "nogroup")
        code, out, why = alone(home, "list")
        equal((code, out), (EX_UNAVAILABLE, ""), why)
        require("no settings of your own name a store, see FILES in invitectl(1)" in why, why)
        os.makedirs(home + "/.config/invite-milter")
        settings = home + "/.config/invite-milter/invite-milter.conf"
        with open(settings, "w") as file:
            file.write(OWN_SETTINGS % home)
        member = mail(WALBURGA)
        equal(alone(home, "learn", "note", "pitch", "--strict", stdin=member)[:2], (0, "new\n"), "taught")
        equal(alone(home, "learn", "known", "--strict", stdin=member)[0], 0, "known")
        code, out, why = alone(home, "export")
        equal(code, 0, why)
        first = json.loads(out.splitlines()[0])
        equal((first["owner"], [one["class"] for one in first["lessons"]]), ("nobody@example.net", ["pitch"]), out)
        require("Walburga" in alone(home, "people", "list")[1], "who was taught is known")
        with open(home + "/mail.eml", "wb") as file:
            file.write(mail(GUEST))
        equal(alone(home, "scan", home + "/mail.eml")[0], 0, "scan")
        require("set [trust] authserv-id in " + settings in alone(home, "list")[2], alone(home, "list")[2])
        code, out, why = alone(home, "digest")
        require(code == 0 and "\nTo: nobody@example.net\n" in out.replace("\r\n", "\n"), why + out)
        equal(alone(home, "purge")[:2], (EX_USAGE, ""), "what goes for good is named")
        require("Thijs" in alone(home, "list")[1], "and nothing went")
        equal(alone(home, "purge", "--owner", "nobody@example.net")[0], 0, "purge")
        equal(alone(home, "list", "--all")[1], "", "gone")
    finally:
        shutil.rmtree(home)


def nothing_is_kept_where_nobody_wants_it():
    with Daemon(people="keep-invitations = no") as daemon:
        come(daemon)
        done = ctl(daemon, "list", "--all")
        equal((done.returncode, done.stdout), (0, ""), "list")
        require("keep-invitations" in done.stderr, done.stderr)


def what_is_rejected_waits_for_nobody():
    with Daemon(policy="forged = reject No forgeries\n") as daemon:
        fields, body = split(mail(FORGED))
        outcome = pass_mail(daemon, fields, body, recipients=[b"<" + OWNER.encode() + b">"])
        require(outcome.end != b"c", "it passed")
        equal(listed(daemon, "--all"), [], "list")


def a_reminder_is_counted_on_its_invitation():
    with Daemon() as daemon:
        come(daemon, WALBURGA)
        come(daemon, WALBURGA, change=[(b"Message-ID: <", b"Message-ID: <2")])
        come(daemon, WALBURGA, change=[(b"Message-ID: <", b"Message-ID: <2")])
        equal([row["reminders"] for row in listed(daemon)], [1], "reminders")
        equal(told(daemon, "list").split("\t")[7:9], ["2", "Walburga Kneißl"], "mails")


def an_inviter_has_one_line():
    """However many invitations; another of the name has a line of their own."""
    with Daemon() as daemon:
        come(daemon, WALBURGA)
        run_sql(daemon, "UPDATE invitation SET request = 'group'")
        come(daemon, WALBURGA, change=[(b"Message-ID: <", b"Message-ID: <2")])
        come(daemon, WALBURGA, change=[(b"Message-ID: <", b"Message-ID: <3"),
                                       (b"walburga-kneissl", b"walburga-kneissl-2")])
        equal([row["request"] for row in listed(daemon)], ["group", "connect", "connect"], "invitations")
        lines = [line.split("\t") for line in told(daemon, "list").splitlines()]
        equal([(line[0], line[7]) for line in lines], [("1", "2"), ("3", "1")], "number and mails")


def what_went_is_a_number():
    with Daemon() as daemon:
        come(daemon)
        come(daemon, WALBURGA)
        run_sql(daemon, "UPDATE invitation SET first = 1000, last = 1000 WHERE verdict = 'personal'")
        daemon.signal(signal.SIGHUP)
        await_true(lambda: len(listed(daemon, "--all")) == 1, "what is too old to go")
        lines = table(daemon, 80, "--all").splitlines()
        equal((len(lines), lines[-1]), (3, "earlier: 1 linkedin personal open"), "the last line")
        require("earlier" not in told(daemon, "list", "--all"), "for a program")


def an_empty_list_says_so():
    with Daemon() as daemon:
        for options, said in (((), "no invitation waits for an answer"), (("--all",), "the list is empty"),
                              (("--due",), "no such invitation"), (("--all", "--since", "3"), "no such invitation")):
            done = ctl(daemon, "list", *options)
            equal((done.returncode, done.stdout), (0, ""), options)
            require("invitectl list: %s\n" % said in done.stderr, done.stderr)


def only_ones_own_list_is_told():
    """By the daemon, for a user of the machine."""
    alias = "domain = example.net\naliases = nobody@example.net=" + OWNER
    with Daemon(people=alias) as daemon:
        come(daemon)
        come(daemon, WALBURGA, owner="joost@example.net")
        as_nobody(daemon)
        equal([row["name"] for row in listed(daemon, user="nobody")], ["Thijs van Rozendaal"], "own")
        done = ctl(daemon, "list", "--owner", "joost@example.net", user="nobody")
        equal((done.returncode, done.stdout), (EX_NOPERM, ""), "another's")
        equal(told(daemon, "close", "1", "--ignored", user="nobody"), "1: ignored\n", "close")
        equal(states(daemon), [(1, "ignored", "hand")], "state")


def the_options_choose():
    today = time.strftime("%Y-%m-%d")  # before they come, for midnight may lie between
    with Daemon() as daemon:
        come(daemon)
        come(daemon, WALBURGA)
        come(daemon, FORGED)
        told(daemon, "close", "1")
        for options, want in (((), [2, 3]), (("--open",), [2, 3]), (("--all",), [1, 2, 3]),
                              (("--verdict", "forged"), [3]), (("--network", "xing"), []),
                              (("--network", "linkedin", "--verdict", "personal"), [2]),
                              (("--network", "LinkedIn"), [2, 3]), (("--network", "LINKEDIN"), [2, 3]),
                              (("--due",), []), (("--since", "1"), [2, 3]),
                              (("--since", today), [2, 3]),
                              (("--since", "2099-01-01"), [])):
            equal([row["id"] for row in listed(daemon, *options)], want, " ".join(options))
        for options in (("--open", "--all"), ("--json", "--csv"), ("--verdict", "nice"),
                        ("--since", "soon"), ("--since", "2026-13-01"), ("--since", "-1"), ("x",)):
            equal(ctl(daemon, "list", *options).returncode, EX_USAGE, " ".join(options))
        for name, why in (("Linkdin", "did you mean \"linkedin\"?"), ("bogus", "invitectl network list"),
                          ("", "invitectl network list")):
            done = ctl(daemon, "list", "--network", name)
            equal((done.returncode, done.stdout), (EX_USAGE, ""), "--network " + name)
            require(why in done.stderr, done.stderr)


def who_waits_for_two_days_is_due():
    with Daemon() as daemon:
        come(daemon)
        come(daemon, FORGED)
        run_sql(daemon, "UPDATE invitation SET first = first - %d" % (3 * DAY))
        equal([row["due"] for row in listed(daemon)], [True, False], "due")
        equal([row["id"] for row in listed(daemon, "--due")], [1], "--due")
        require(re.search(r"(?m)^ 1   3d! default-text ", table(daemon, 80)), table(daemon, 80))


def run_sql(daemon, text):
    with sqlite3.connect(daemon.folder + "/people.sqlite") as base:
        base.execute(text)


# What an inviter may write.


def table(daemon, width, *options):
    return told(daemon, "list", *options, environment={"COLUMNS": str(width)})


def columns(text):
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


HOSTILE = ("\x1b[31mRed\x07", "Evil\u202eolleH", "=HYPERLINK(1)", "+1", "@SUM(A1)", "-2+3",
           "x;=1+2", "＝1+2", "＋71", "－82", "＠SUMME(B2)",
           "山田 太郎 山田 太郎 山田 太郎", "Zoë\u0301 A\u0308nn", "x" * 300, "'; DROP TABLE invitation; --",
           "עברית שלום", "\ufeff\u200bNo\u00adne", "a\tb", "👩‍👩‍👧 Family")


def hostile(daemon, names=HOSTILE):
    """An invitation of each name, with a note that is as bad."""
    for number, name in enumerate(names):
        word = "=?UTF-8?B?%s?=" % base64.b64encode(name.encode()).decode()
        note = ("I saw your talk on %s\n\n\n%s" % (name, "=1+1 " * 40)).encode()
        come(daemon, mail(GUEST).split(b"\r\n\r\n", 1)[0].replace(
            b"Thijs van Rozendaal <thijs@example.org>", word.encode() + b" <a%d@example.org>" % number)
            .replace(b"quoted-printable", b"8bit").replace(b"Message-ID: <", b"Message-ID: <%d" % number)
            + b"\r\n\r\nLinkedIn\r\n------------\r\n\r\n" + note.replace(b"\n", b"\r\n")
            + b"\r\n\r\nConfirm that you know us\r\nhttps://www.linkedin.com/e/isd/6714008826/1CUp2LOT/\r\n")


def no_name_breaks_the_table():
    with Daemon() as daemon:
        hostile(daemon)
        for width in (60, 80, 120):
            for options in ((), ("--all",)):
                lines = table(daemon, width, *options).splitlines()
                equal(len(lines), len(HOSTILE) + 1, "lines at %d" % width)
                for line in lines:
                    require(columns(line) <= width, "%d columns of %d: %r" % (columns(line), width, line))
                    require(not re.search("[\x00-\x1f\x7f\u200b\u202e\ufeff]", line), repr(line))
        whole = told(daemon, "list")
        equal(len(whole.splitlines()), len(HOSTILE), "lines for a program")
        for text in (whole, *(told(daemon, "show", str(i + 1)) for i in range(len(HOSTILE)))):
            require(not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", text), repr(text))


def no_cell_is_a_formula():
    with Daemon() as daemon:
        hostile(daemon)
        text = told(daemon, "list", "--csv")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        require(',"x;=1+2",' in text, "a semicolon is quoted")
        equal(len(rows), len(HOSTILE) + 1, "rows")
        equal(set(map(len, rows)), {20}, "cells")
        for row in rows:
            for cell in row:
                require(cell[:1] not in tuple("=+-@\t\r＝＋－＠"), "a formula: %r" % cell)
        require("'=HYPERLINK(1)" in [row[14] for row in rows], rows[3])
        require(all(row[15:] for row in rows), "whole rows")


def a_note_of_any_length_is_bounded():
    with Daemon() as daemon:
        long = b"We met in Ghent. " * 4000
        come(daemon, GUEST, change=[(b"I'd like to add you to my professional network on LinkedIn.",
                                          long.replace(b"Ghent. ", b"Ghent.\r\n"))])
        row, = listed(daemon)
        require(1000 < len(row["note"]) <= 4096, "%d bytes of a note" % len(row["note"]))
        require(len(table(daemon, 80).splitlines()) == 2, table(daemon, 80))


# What becomes of it.


def an_answer_by_mail_closes_it():
    with Daemon() as daemon:
        come(daemon)
        fields = [(b"From", b"Marieke <marieke@example.net>"), (b"To", GUEST_ADDRESS.encode()),
                  (b"Subject", b"Re: x"), (b"Message-ID", b"<9@example.net>")]
        pass_mail(daemon, fields, b"Hello\r\n", sender={b"{auth_authen}": OWNER.encode()},
                  author=b"<marieke@example.net>", recipients=[b"<" + GUEST_ADDRESS.encode() + b">"])
        equal(states(daemon), [(1, "answered", "mail")], "state")


def what_became_of_it_is_said_by_hand():
    with Daemon() as daemon:
        come(daemon)
        come(daemon, WALBURGA)
        for options, said, state in (((), "answered", "answered"), (("--answered",), "answered already", "answered"),
                                     (("--accepted",), "accepted, was answered", "accepted"),
                                     (("--reopen",), "open, was accepted", "open"), (("--ignored",), "ignored", "ignored")):
            equal(told(daemon, "close", "1", *options), "1: %s\n" % said, " ".join(options))
            equal(states(daemon)[0], (1, state, "hand"), " ".join(options))
        done = ctl(daemon, "close", "2", "7", "Nobody At All", "--ignored")
        equal((done.returncode, done.stdout), (EX_NOUSER, "2: ignored\n"), "one that is there")
        equal(done.stderr, "invitectl close: 7: no such invitation\n"
              "invitectl close: Nobody At All: no such invitation\n", "those that are not")
        equal(ctl(daemon, "close", "1", "--ignored", "--accepted").returncode, EX_USAGE, "two states")
        equal(ctl(daemon, "close").returncode, EX_USAGE, "nothing named")
        equal(ctl(daemon, "close", *map(str, range(1, 70))).returncode, EX_UNAVAILABLE, "too many")


def two_who_close_at_once_both_know():
    with Daemon() as daemon:
        come(daemon)
        words = [CTL, "close", "1", "--ignored", "--config", daemon.settings, "--owner", OWNER]
        both = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        equal(sorted(one.communicate(timeout=PATIENCE)[0] for one in both),
              ["1: ignored\n", "1: ignored already\n"], "answers")
        equal([one.returncode for one in both], [0, 0], "status")
        told(daemon, "close", "1", "--reopen")
        words = [[CTL, "close", "1", "--" + state, "--config", daemon.settings, "--owner", OWNER]
                 for state in ("ignored", "answered")]
        both = [subprocess.Popen(one, stdout=subprocess.PIPE, text=True) for one in words]
        answers = {one.communicate(timeout=PATIENCE)[0] for one in both}
        last = states(daemon)[0][1]
        first = "ignored" if last == "answered" else "answered"
        equal(answers, {"1: %s\n" % first, "1: %s, was %s\n" % (last, first)}, "two states")


def a_store_that_cannot_be_written_is_told():
    with Daemon(people="domain = example.net\naliases = nobody@example.net=" + OWNER) as daemon:
        come(daemon)
        as_nobody(daemon)
        with open(daemon.folder + "/people.sqlite", "r+b") as file:
            file.truncate(0)
            file.write(b"x" * 8192)
        done = ctl(daemon, "close", "1")
        equal((done.returncode, done.stdout), (EX_UNAVAILABLE, ""), "by the store")
        require("people.sqlite" in done.stderr, done.stderr)


def a_store_that_is_only_read_is_told():
    with Daemon() as daemon:
        come(daemon)
        was = listed(daemon)
        with read_only(daemon):
            for words in (("list", "--json"), ("show", "1", "--json")):
                done = ctl(daemon, *words, "--owner", OWNER, user="nobody")
                equal((done.returncode, json.loads(done.stdout)["id"]), (0, was[0]["id"]), words)
            for words in (("close", "1"), ("people", "add", "--name", "Jane Doe", "--address", "jane@example.org")):
                done = ctl(daemon, *words, "--owner", OWNER, user="nobody")
                equal((done.returncode, done.stdout), (EX_UNAVAILABLE, ""), "%s: %s" % (words, done.stderr))
                require("people.sqlite" in done.stderr, done.stderr)
            log = daemon.folder + "/people.sqlite-wal"
            with contextlib.closing(sqlite3.connect(daemon.folder + "/people.sqlite")) as base:
                base.execute("UPDATE owner SET invited = invited + 1")
                base.commit()
                shutil.copy(log, log + ".copy")
            os.rename(log + ".copy", log)
            done = ctl(daemon, "list", "--owner", OWNER, user="nobody")
            equal((done.returncode, done.stdout), (EX_UNAVAILABLE, ""), "with changes beside it")
            require("or copy it" in done.stderr, done.stderr)
            os.remove(log)
        equal(listed(daemon), was, "the list")


def a_clock_that_was_ahead_loses_nothing():
    """A year ahead when the mail came, and again as it is now."""
    with Daemon(more="[digest]\ndigest = daily\ndigest-hour = 0\n") as daemon:
        come(daemon, WALBURGA)
        run_sql(daemon, "UPDATE invitation SET first = first + 31536000, last = last + 31536000,"
                        " state_when = state_when + 31536000")
        equal([(row["state"], row["due"]) for row in listed(daemon)], [("open", False)], "listed")
        require(" 0h " in table(daemon, 80), "its age")
        daemon.signal(signal.SIGHUP)
        come(daemon, WALBURGA, change=[(b"Message-ID: <", b"Message-ID: <2")])
        equal([(row["state"], row["reminders"]) for row in listed(daemon)], [("open", 1)], "a reminder")
        require("Walburga" in told(daemon, "digest"), "digest")
        equal(told(daemon, "close", "1"), "1: answered\n", "close")
        equal(states(daemon), [(1, "answered", "hand")], "states")
        come(daemon, WALBURGA, change=[(b"Message-ID: <", b"Message-ID: <3")])
        equal(len(listed(daemon, "--all")), 1, "no second row")


def who_is_forgotten_is_not_listed():
    with Daemon() as daemon:
        come(daemon)
        come(daemon, WALBURGA)
        equal(told(daemon, "people", "forget", "Walburga Kneißl"), "forgotten: 0\ninvitations: 1\n", "forget")
        equal([row["name"] for row in listed(daemon)], ["Thijs van Rozendaal"], "list")
        with open(daemon.folder + "/people.sqlite", "rb") as file:
            require(b"Walburga" not in file.read(), "the file still has the name")


def show_has_all_the_evidence():
    with Daemon() as daemon:
        come(daemon, WALBURGA)
        shown = told(daemon, "show", "Walburga Kneißl")
        for text in ("personal", "open since", "linkedin", "connect", "Archivarin at Landesarchiv Hohenfels",
                     "https://www.linkedin.com/in/walburga-kneissl", "unverified", "stranger",
                     "herzlichen Dank", "relation:stranger", PAGE, "Hallo Walburga,", "Message-ID"):
            require(text in shown, "%s: %s" % (text, shown))
        row, = [json.loads(line) for line in told(daemon, "show", "1", "--json").splitlines()]
        require("relation:stranger" in row["reasons"] and row["reply"].startswith("Hallo Walburga,"), row)
        equal(ctl(daemon, "show", "2").returncode, EX_NOUSER, "another")


# The reply.


def tools(daemon):
    """A folder of programs that write down what they are given, first in PATH."""
    folder = daemon.folder + "/bin"
    os.mkdir(folder)
    for name in ("sendmail", "xdg-open"):
        with open(folder + "/" + name, "w") as file:
            file.write("#!/bin/sh\necho \"$@\" > %s/%s.args\n%s\n" % (
                folder, name, "cat > %s/%s.text" % (folder, name) if name == "sendmail" else ":"))
        os.chmod(folder + "/" + name, 0o755)
    return folder, {"PATH": folder + ":" + os.environ["PATH"]}


def text_of(path):
    with open(path) as file:
        return file.read()


def a_reply_is_found_by_number_message_and_file():
    with Daemon() as daemon:
        come(daemon)
        message = re.search(rb"Message-ID: (<.*>)", mail(GUEST))[1].decode()
        by_file = ctl(daemon, "reply", os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                                    "../mail", GUEST))
        require(by_file.returncode == 0 and "Thijs" in by_file.stdout, by_file.stderr)
        for who in ("1", message, message.strip("<>"), "Thijs van Rozendaal"):
            done = ctl(daemon, "reply", who)
            equal((done.returncode, done.stdout), (0, by_file.stdout), who)
            require(PAGE in done.stderr or done.stderr, done.stderr)
        equal(ctl(daemon, "reply", "2").returncode, 66, "none")
        equal(ctl(daemon, "reply", "/nonexistent").returncode, EX_DATAERR, "no file")


def a_login_names_the_mailbox_of_a_reply():
    with Daemon(people="domain = example.net") as daemon:
        come(daemon)
        path = daemon.folder + "/saved.eml"
        with open(path, "wb") as file:
            file.write(mail(GUEST))
        for who in ("1", path):
            done = subprocess.run([CTL, "reply", who, "--owner", OWNER.split("@")[0], "--config", daemon.settings],
                                  capture_output=True, text=True, timeout=PATIENCE)
            require(done.returncode == 0 and "Thijs" in done.stdout, "%s: %s" % (who, done.stderr))


def a_reply_to_a_pitch_is_a_polite_no():
    with Daemon() as daemon:
        come(daemon, PITCH)
        path = daemon.folder + "/saved.eml"
        with open(path, "wb") as file:
            file.write(mail(PITCH))
        row, = listed(daemon)
        equal((row["verdict"], row["suggestion"]), ("spammy", "ignore"), "judged")
        for who in ("1", path):
            done = ctl(daemon, "reply", who)
            equal(done.returncode, 0, who)
            require("I have to say no" in done.stdout, done.stdout)
            require("%s: no answer is needed; this is a polite no" % who in done.stderr, done.stderr)
        come(daemon)
        require("no answer is needed" not in ctl(daemon, "reply", "2").stderr, "another")


def a_reply_is_mailed_in_its_thread():
    with Daemon() as daemon:
        folder, environment = tools(daemon)
        come(daemon)
        done = ctl(daemon, "reply", "1", "--mail", environment=environment)
        equal(done.returncode, EX_USAGE, "nobody to ask: " + done.stderr)
        require("--yes" in done.stderr and not os.path.exists(folder + "/sendmail.text"), done.stderr)
        equal(states(daemon), [(1, "open", "came")], "before")
        done = ctl(daemon, "reply", "1", "--mail", "--yes", environment=environment)
        equal(done.returncode, 0, done.stderr)
        equal(text_of(folder + "/sendmail.args"), "-i -f %s -- %s\n" % (OWNER, GUEST_ADDRESS), "arguments")
        head, body = text_of(folder + "/sendmail.text").split("\n\n", 1)
        message = re.search(rb"Message-ID: (<.*>)", mail(GUEST))[1].decode()
        equal(head.split("\n")[:5], ["From: <%s>" % OWNER, "To: <%s>" % GUEST_ADDRESS,
              "Subject: Re: Invitation to connect on LinkedIn", "In-Reply-To: " + message,
              "References: " + message], "head")
        require("Thijs" in body and "To: " + GUEST_ADDRESS in done.stdout, done.stdout)
        equal(states(daemon), [(1, "answered", "mail")], "after")


def nothing_is_mailed_that_cannot_be():
    with Daemon() as daemon:
        folder, environment = tools(daemon)
        come(daemon, WALBURGA)
        come(daemon, FORGED)
        for who, why in (("1", "no mail reaches the inviter"), ("2", "no reply is suggested")):
            done = ctl(daemon, "reply", who, "--mail", "--yes", environment=environment)
            equal(done.returncode, EX_DATAERR, who)
            require(why in done.stderr, done.stderr)
        require(not os.path.exists(folder + "/sendmail.text"), "it was sent")


def a_mailed_reply_closes_a_files_invitation():
    with Daemon() as daemon:
        _, environment = tools(daemon)
        come(daemon)
        path = daemon.folder + "/saved.eml"
        with open(path, "wb") as file:
            file.write(mail(GUEST))
        done = ctl(daemon, "reply", path, "--mail", "--yes", environment=environment)
        equal(done.returncode, 0, done.stderr)
        equal(states(daemon), [(1, "answered", "mail")], "state")


def a_reply_is_edited():
    with Daemon() as daemon:
        come(daemon)
        editor = daemon.folder + "/editor"
        for script, status, want in (("echo Bye >> \"$2\"", 0, "Bye\n"), ("echo Mine > \"$2\"", 0, "Mine\n"),
                                     (": > \"$2\"", EX_DATAERR, ""), ("exit 1", EX_DATAERR, "")):
            with open(editor, "w") as file:
                file.write("#!/bin/sh\n[ \"$1\" = -w ] || exit 9\n%s\n" % script)
            os.chmod(editor, 0o755)
            done = ctl(daemon, "reply", "1", "--edit",
                       environment={"VISUAL": "", "EDITOR": editor + " -w", "TMPDIR": daemon.folder})
            equal((done.returncode, done.stdout[-len(want):] if want else done.stdout), (status, want), script)
        require(not [name for name in os.listdir(daemon.folder) if "reply" in name], "a file is left")


def the_page_is_the_networks_own():
    with Daemon() as daemon:
        folder, environment = tools(daemon)
        come(daemon, WALBURGA)
        come(daemon, FORGED)
        run_sql(daemon, "UPDATE invitation SET page = 'https://evil.example/' WHERE page IS NOT NULL")
        equal(ctl(daemon, "reply", "1", "--open", environment=environment).returncode, 0, "open")
        equal(text_of(folder + "/xdg-open.args"), PAGE + "\n", "page")
        done = ctl(daemon, "reply", "2", "--open", environment=environment)
        equal(done.returncode, EX_DATAERR, "a forgery's")
        require("no page" in done.stderr, done.stderr)


def on_terminal(daemon, *arguments, typed=None, status=0, environment=None):
    """What a command writes to a terminal, where somebody may type."""
    main, side = pty.openpty()
    words = [CTL, *arguments, "--config", daemon.settings]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL if typed is None else side, stdout=side,
                               stderr=subprocess.DEVNULL if typed is None else side,
                               env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "80",
                                    **(environment or {})})
    os.close(side)
    if typed is not None:
        os.write(main, typed)
    text = b""
    while select.select([main], [], [], PATIENCE)[0]:
        try:
            more = os.read(main, 65536)
        except OSError:
            break
        if not more:
            break
        text += more
    os.close(main)
    equal(process.wait(PATIENCE), status, " ".join(arguments))
    return text.decode()


def nothing_is_sent_without_a_yes():
    with Daemon() as daemon:
        folder, environment = tools(daemon)
        come(daemon)
        words = ("reply", "1", "--mail", "--owner", OWNER)
        text = on_terminal(daemon, *words, typed=b"n\n", status=EX_USAGE, environment=environment)
        require("To: " + GUEST_ADDRESS in text and "Send it? [y/N]" in text and "not sent" in text, text)
        require(not os.path.exists(folder + "/sendmail.text"), "it was sent")
        equal(states(daemon), [(1, "open", "came")], "before")
        on_terminal(daemon, *words, typed=b"y\n", environment=environment)
        require(os.path.exists(folder + "/sendmail.text"), "it was not sent")
        equal(states(daemon), [(1, "answered", "mail")], "after")


def a_terminal_gets_the_clipboard_and_colours():
    with Daemon() as daemon:
        come(daemon)
        done = ctl(daemon, "reply", "1", "--copy")
        equal((done.returncode, done.stdout), (EX_USAGE, ""), "no terminal")
        reply = told(daemon, "reply", "1").rstrip("\n")
        text = on_terminal(daemon, "reply", "1", "--copy", "--owner", OWNER)
        equal(base64.b64decode(re.search("\033\\]52;c;([A-Za-z0-9+/=]*)\a", text)[1]).decode(), reply, "copy")
        require("\033[1;36mdefault-text\033[0m" in on_terminal(daemon, "list", "--owner", OWNER), "colour")
        require("\033" not in table(daemon, 80), "no colour where nobody looks")


def cases():
    own = [who_waits_is_listed, a_verifier_leaves_nothing_missing, nothing_is_kept_where_nobody_wants_it,
           a_table_begins_a_note_behind_its_greeting, who_names_nobody_is_told_by_the_network,
           what_is_rejected_waits_for_nobody,
           a_reminder_is_counted_on_its_invitation, an_inviter_has_one_line, what_went_is_a_number,
           an_empty_list_says_so, the_options_choose, who_waits_for_two_days_is_due,
           no_name_breaks_the_table, no_cell_is_a_formula, a_note_of_any_length_is_bounded,
           an_answer_by_mail_closes_it, what_became_of_it_is_said_by_hand, two_who_close_at_once_both_know,
           a_store_that_cannot_be_written_is_told, a_clock_that_was_ahead_loses_nothing, who_is_forgotten_is_not_listed, show_has_all_the_evidence,
           a_reply_is_found_by_number_message_and_file, a_login_names_the_mailbox_of_a_reply,
           a_reply_to_a_pitch_is_a_polite_no, a_reply_is_mailed_in_its_thread,
           nothing_is_mailed_that_cannot_be, a_mailed_reply_closes_a_files_invitation, a_reply_is_edited,
           nothing_is_sent_without_a_yes, the_page_is_the_networks_own, a_terminal_gets_the_clipboard_and_colours]
    if os.geteuid() == 0 and shutil.which("setpriv") is not None:
        own += [only_ones_own_list_is_told, a_store_that_is_only_read_is_told, a_store_of_ones_own_needs_no_daemon]
    else:
        print("not root: the cases of other users are skipped")
    return [(case.__name__, case) for case in own]


if __name__ == "__main__":
    run_cases("list", cases())
