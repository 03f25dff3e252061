#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What invitectl tells who writes a network's file: its mistakes, what is hardly meant,
and which pattern fits what of a mail."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import (CTL, DAEMON, MAILS, PATIENCE, TESTS, Daemon, equal, require,  # noqa: E402
                    run_cases, temporary_folder)

EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_CONFIG = 64, 65, 66, 78
TOP = os.path.dirname(TESTS)
GUILD = os.path.join(TOP, "contrib", "guild.network")
MANUAL = os.path.join(TOP, "man", "invite-milter-networks.5")
LINKEDIN = os.path.join(TOP, "src", "data", "networks", "linkedin.network")

INVITATION = """\
From: Femke Oosterhuis via Guild <circle@guild.example>
To: Marieke <marieke@example.net>
Subject: Femke Oosterhuis wants to join your circle
Message-ID: <77@out1.guild.example>
Content-Type: text/plain; charset=utf-8

Hello Marieke,

Femke Oosterhuis wants to join your circle

Femke Oosterhuis
Bookbinder at Oosterhuis & Daughters
Deventer

We met at the paper fair in Arnhem, you had the stand with the marbled papers.

Accept: https://guild.example/circle/accept/77?t=ab
View profile: https://guild.example/people/femke-oosterhuis?from=mail
3 people you both know

You receive this mail because you are a member of Guild.
Settings: https://guild.example/settings
"""
LEARNT = "frame-2[en] = Hello {recipient},; {count} people you both know\n"
TOLD = """\
{mail}
  personal
  network      Guild
  kind         invitation
  authenticity unverified
  inviter      Femke Oosterhuis
  headline     Bookbinder at Oosterhuis & Daughters
  company      Oosterhuis & Daughters
  location     Deventer
  profile      https://guild.example/people/femke-oosterhuis
  in common    3
  recipient    Marieke
  note         We met at the paper fair in Arnhem, you had the stand with the marbled papers.
  note class   personal
  because      context:met "We met at"
               relation:unknown
  accept       https://guild.example/circle/accept/77?t=ab
  unverified   no trusted verifier says that the network signed it
  claimed      From, Subject
  evidence     link: invitation (subject: invitation, from: other)
head:
  From         Femke Oosterhuis via Guild <circle@guild.example>
               :6 [network] domains = guild.example
               :14 [author] name[en] = {{inviter}} via Guild
               :42 [kind other] from = *@guild.example
  Subject      Femke Oosterhuis wants to join your circle
               :34 [kind invitation] subject[en] = {{inviter}} wants to join you…
? Message-ID   <77@out1.guild.example>
text:
  frame        Hello Marieke,
               :18 [lines] frame-2[en] = Hello {{recipient}},
  frame        Femke Oosterhuis wants to join your circle
               :19 [lines] frame[en] = {{inviter}} wants to join your circle
  name         Femke Oosterhuis
  headline     Bookbinder at Oosterhuis & Daughters
               :21 [lines] company[en] = * at {{company}}
  location     Deventer
? note         We met at the paper fair in Arnhem, you had the stand with the …
  link         Accept: https://guild.example/circle/accept/77?t=ab
  link         View profile: https://guild.example/people/femke-oosterhuis?fro…
  frame        3 people you both know
               :18 [lines] frame-2[en] = {{count}} people you both know
  end          You receive this mail because you are a member of Guild.
               :20 [lines] end[en] = You receive this mail *
  over         Settings: https://guild.example/settings
links:
  home         https://guild.example/circle/accept/77?t=ab
               Accept
               :24 [links] accept-label[en] = Accept
               :26 [links] accept = https://guild.example/circle/accept/*
               :35 [kind invitation] link = https://guild.example/circle/accep…
  home         https://guild.example/people/femke-oosterhuis?from=mail
               View profile
               :25 [links] profile-label[en] = View profile
               :29 [profile person] link = *guild.example/people/{{id}}?*
? home         https://guild.example/settings
               Settings
"""


class Workspace:
    """A folder with settings, a network's file and a mail; run() is invitectl network."""

    def __init__(self, *changes):
        self.folder = temporary_folder()
        self.settings = self.put("i.conf", "")
        self.file = self.change("guild.network", *changes)
        self.mail = self.put("invitation.eml", INVITATION)

    def put(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
        return path

    def change(self, name, *changes):
        """The example of the manual with these texts replaced."""
        with open(GUILD, encoding="utf-8") as file:
            text = file.read()
        for old, new in changes:
            require(old in text, old)
            text = text.replace(old, new, 1)
        return self.put(name, text)

    def run(self, *arguments, said=None):
        return subprocess.run([CTL, "network", *arguments, "--config", self.settings],
                              input=said, capture_output=True, text=True, timeout=PATIENCE)

    def check(self, *files, status=0):
        done = self.run("check", *(files or (self.file,)))
        equal((done.returncode, done.stderr), (status, ""), done.stdout)
        return done.stdout.replace(self.folder + "/", "").splitlines()

    def told(self, *arguments, **more):
        done = self.run("try", *arguments, **more)
        equal((done.returncode, done.stderr), (0, ""), "try")
        return done.stdout

    def judged(self, *arguments, **more):
        return [json.loads(line) for line in self.told("--json", *arguments,
                                                       **more).splitlines()]


def with_workspace(case):
    def run():
        work = Workspace()
        try:
            case(work)
        finally:
            shutil.rmtree(work.folder)
    run.__name__ = case.__name__
    return run


def example_of_manual():
    with open(MANUAL, encoding="utf-8") as file:
        text = file.read().split(".Sh EXAMPLES", 1)[1]
    return text.split(".Bd -literal\n", 1)[1].split(".Ed", 1)[0]


def the_manuals_example_is_the_file_to_copy_and_sound(work):
    with open(GUILD, encoding="utf-8") as file:
        require(file.read().endswith(example_of_manual()), "the manual's example differs")
    equal(work.check(), ["guild.network: 3 kinds, 19 patterns in 1 language"], "check")


def our_own_files_are_sound(work):
    folder = os.path.dirname(LINKEDIN)
    lines = work.check(*(os.path.join(folder, name) for name in sorted(os.listdir(folder))))
    # What no mail that was seen tells cannot be in a file: it has no line there.
    doubts = [line for line in lines if re.match(r"warning: [^:]+:\d+:", line)]
    equal((doubts, sum(" patterns" in line for line in lines)), ([], len(os.listdir(folder))),
          "doubts, and sound files")


def all_mistakes_are_told_with_their_remedies(work):
    file = work.change("bad.network", ("title =", "titel ="), ("[links]", "[link]"),
                       ("via Guild", "via {Guild"), ("connect", "conect"),
                       ("[claims]", "[claims]\nwords"))
    equal(work.check(file, status=EX_DATAERR), [
        "bad.network:11: neither [group] nor key = value nor # comment",
        'bad.network:5: [network] titel: no such key; did you mean "title"?',
        'bad.network:15: [author] name[en]: "{inviter} via {Guild": a "{" without its "}" '
        "(write \\{ for the character)",
        'bad.network:24: [link] accept-label[en]: no such section; did you mean "links"?',
        'bad.network:33: [kind invitation] request: no such request; did you mean "connect"?',
        "bad.network: [network] needs a key title"], "mistakes")


def every_file_is_checked_and_the_worst_decides(work):
    bad = work.change("bad.network", ("name = guild", "name = other"))
    done = work.run("check", "/nonexistent", work.file, bad)
    equal(done.returncode, EX_NOINPUT, "status")
    require("/nonexistent" in done.stderr, done.stderr)
    require("guild.network: 3 kinds" in done.stdout, done.stdout)
    require("bad.network:6: [network] domains: \"guild.example\": " + work.file + " has"
            in done.stdout, done.stdout)


def what_is_installed_is_compared(work):
    copy = work.change("my.network", ("guild\n", "linkedin\n"),
                       ("guild.example\n", "a.linkedin.com\n"),
                       ("https://guild.example/circle\n", "https://a.linkedin.com/\n"),
                       ("https://guild.example/people/{id}\n", "https://a.linkedin.com/{id}\n"))
    equal(work.check(copy, status=EX_DATAERR), [
        'my.network:4: [network] name: "linkedin" is the name in (built in) '
        "networks/linkedin.network already",
        'my.network:6: [network] domains: "a.linkedin.com": (built in) '
        'networks/linkedin.network has "linkedin.com" already'], "clash")


def an_installed_file_is_not_compared_with_itself(work):
    installed = work.change("networks/guild.network")
    equal(work.check(installed), ["networks/guild.network: 3 kinds, 19 patterns in 1 language"],
          "itself")
    equal(work.check(work.file), ["guild.network: 3 kinds, 19 patterns in 1 language"],
          "a newer one of its name")


def mistakes_of_other_installed_files_are_told(work):
    work.put("networks/x.network", "[network]\nname x\n")
    lines = work.check(status=EX_DATAERR)
    equal(lines[0], "networks/x.network:2: neither [group] nor key = value nor # comment",
          "other")
    equal(lines[-1], "guild.network: 3 kinds, 19 patterns in 1 language", "itself")


def what_is_hardly_meant_is_told_and_no_mistake(work):
    file = work.change("odd.txt", ("request = connect\n", ""),
                       ("[kind accepted]", "[kind empty]\n[kind bare]\nreminder = no\n"
                        "[kind accepted]\nsubject-2 = {inviter} and Bob wants to join your "
                        "circle; {inviter} and Bob want to join your circle"),
                       ("link = *guild.example/people/{id}?*; *guild.example/people/{id}\n", ""))
    equal(work.check(file), [
        "warning: odd.txt:36: [kind bare] reminder: no mail is ever of this kind: give it a "
        "subject, line or link",
        'warning: odd.txt:38: [kind accepted] subject: "{inviter} and Bob wants to join your '
        'circle" never tells this kind: "{inviter} wants to join your circle" of [kind '
        "invitation] in line 31 fits all that it fits, and stands first",
        "warning: odd.txt:28: [profile person] url: no profile is ever found: give the "
        "section a link",
        "warning: odd.txt:34: [kind empty]: the section has no key, as if it were not there",
        "warning: odd.txt: nothing is ever an invitation: give a [kind NAME] a request",
        "warning: odd.txt: only files whose names end in .network are read",
        "odd.txt: 4 kinds, 19 patterns in 1 language"], "doubts")
    file = work.change("mute.network", ("accept-label[en] = Accept; Accept *\n", ""),
                       ("accept = https://guild.example/circle/accept/*\n", ""),
                       ("from =", "template = x\nfrom ="))
    equal(work.check(file), [
        "warning: mute.network:39: [kind other] template: no template is ever found: give "
        "[network] field or [links] template",
        "warning: mute.network: no link accepts: give [links] an accept",
        "warning: mute.network: no label accepts, so a link that leads elsewhere is not told: "
        "give [links] an accept-label",
        "mute.network: 3 kinds, 17 patterns in 1 language"], "doubts of links")


def each_field_line_and_link_is_told_with_what_fits(work):
    file = work.change("guild.network", ("[lines]\n", "[lines]\n" + LEARNT))
    equal(work.told(file, work.mail), TOLD.format(mail=work.mail), "try")


def what_nothing_fits_is_marked(work):
    lines = work.told(work.file, work.mail).splitlines()
    marked = [line[15:] for line in lines if line.startswith("?")]
    equal(marked, ["<77@out1.guild.example>",
                   "We met at the paper fair in Arnhem, you had the stand with the …",
                   "https://guild.example/settings"], "marked")
    require("  frame        Hello Marieke," in lines, "a greeting above the frame")
    require(any(line.startswith("  note         We met") for line in lines), "note")


def a_link_of_both_parts_is_told_once(work):
    head, text = INVITATION.split("Content-Type: text/plain; charset=utf-8\n", 1)
    mail = work.put("both.eml", head + "Content-Type: multipart/alternative; boundary=b\n\n"
                    "--b\nContent-Type: text/plain; charset=utf-8\n" + text +
                    "--b\nContent-Type: text/html\n\n<p>Femke Oosterhuis wants to join your "
                    'circle</p><p><a href="https://guild.example/circle/accept/77?t=ab">Accept'
                    "</a></p>\n--b--\n")
    tried, = work.judged(work.file, mail)
    equal([row["label"] for row in tried["links"]], ["Accept", "View profile", "Settings"],
          "links")
    equal([row["what"] for row in tried["html"]], ["frame", "link"], "lines of the HTML part")


def what_stands_before_the_start_is_no_note(work):
    file = work.change("guild.network", ("[lines]\n", "[lines]\nstart = {inviter} writes\n"))
    mail = work.put("start.eml", INVITATION.replace("We met", "Femke writes:\n\nWe met"))
    rows = work.judged(file, mail)[0]["text"]
    equal([(row["what"], row["missing"]) for row in rows[:7]],
          [("over", False), ("frame", False), ("name", False), ("headline", False),
           ("location", False), ("start", False), ("note", True)], "rows")


def rows_fit_a_terminal(work):
    long = INVITATION.replace("Subject: ", "Subject: =?utf-8?q?=E5=93=A1?= " + "wide " * 30) \
                     .replace("Hello", "Hello " + "員" * 80)
    rows = work.told(work.file, work.put("long.eml", long)).split("head:\n")[1].splitlines()
    for row in rows:
        require(sum(2 if ord(char) > 0x2fff else 1 for char in row) <= 80, row)
    require(any(row.endswith("員…") for row in rows), rows)


def a_mail_gives_no_orders_to_a_terminal(work):
    evil = INVITATION.replace("Subject: ", "Subject: \033[31m\u202e") \
                     .replace("Hello", "\033]0;x\007Hello").replace("?t=ab", "?\033[2J")
    shown = work.told(work.file, work.put("evil.eml", evil))
    for order in ("\033", "\007", "\u202e"):
        require(order not in shown, shown)


def json_has_all_of_it_and_what_classify_says(work):
    # Without an address in To nobody's people are asked by either.
    mail = work.put("mail.eml", INVITATION.replace("To: Marieke <marieke@example.net>\n", ""))
    tried, = work.judged(work.file, mail)
    equal([tried[key] for key in ("file", "tried", "claimed", "claims", "sent", "taken", "kind")],
          [mail, "guild", True, ["From", "Subject"], True, True, "invitation"], "answers")
    equal(tried["evidence"], {"method": None, "template": None, "line": None,
                              "link": "invitation", "subject": "invitation",
                              "own-subject": None, "from": "other"}, "evidence")
    equal(tried["head"][1], {
        "what": "Subject", "text": "Femke Oosterhuis wants to join your circle", "label": None,
        "missing": False,
        "matches": [{"line": 33, "section": "kind invitation", "key": "subject[en]",
                     "pattern": "{inviter} wants to join your circle"}]}, "row")
    equal([len(tried[part]) for part in ("head", "text", "html", "calendar", "links")],
          [3, 11, 0, 0, 3], "rows")
    os.makedirs(os.path.join(work.folder, "networks"))
    shutil.copy(work.file, os.path.join(work.folder, "networks"))
    done = subprocess.run([CTL, "classify", "--json", "--config", work.settings, mail],
                          capture_output=True, text=True, timeout=PATIENCE)
    equal(tried["judged"], json.loads(done.stdout), "judged")


def mails_come_from_folders_mboxes_and_standard_input(work):
    mbox = work.put("box/two.mbox", ("From x Sat Nov 21 10:00:00 2026\n" + INVITATION + "\n") * 2)
    work.put("box/one.eml", INVITATION)
    names = [os.path.basename(tried["file"])
             for tried in work.judged(work.file, os.path.dirname(mbox), "-", said=INVITATION)]
    equal(names, ["one.eml", "two.mbox#1", "two.mbox#2", "-"], "mails")
    require("\n\n" in work.told(work.file, mbox), "an empty line between two mails")


def a_mail_that_cannot_be_read_is_told(work):
    done = work.run("try", work.file, "/nonexistent", work.mail)
    equal(done.returncode, EX_DATAERR, "status")
    require("/nonexistent" in done.stderr and "Femke" in done.stdout, done.stderr)


def what_is_not_taken_is_told_why(work):
    other = os.path.join(MAILS, "linkedin", "html-only-default.eml")
    alien = work.put("alien.eml", INVITATION.replace("circle@guild.example", "x@example.org")
                     .replace("/circle/accept", "/circle/take"))
    nobody = work.put("nobody.eml", "From: a <a@example.org>\nSubject: b\n\nc\n")
    for mail, row in ((other, "  not taken    it is mail of the network above\n"),
                      (alien, "  not taken    neither its author nor [claims] message-id, sender"),
                      (nobody, "  claimed      no: nothing in the head says so\n")):
        require(row in work.told(work.file, mail), work.told(work.file, mail))
    tried, = work.judged(work.file, alien)
    equal((tried["claimed"], tried["sent"], tried["taken"]), (True, False, False), "alien")


def the_file_takes_the_place_of_one_of_its_name(work):
    with open(LINKEDIN, encoding="utf-8") as file:
        mine = work.put("linkedin.network",
                        file.read().replace("title = LinkedIn", "title = Mine"))
    mail = os.path.join(MAILS, "linkedin", "html-only-default.eml")
    require("  network      Mine\n" in work.told(mine, mail), "title")


def a_file_with_mistakes_is_not_tried(work):
    bad = work.change("bad.network", ("title", "titel"))
    done = work.run("try", bad, work.mail)
    equal((done.returncode, done.stdout), (EX_CONFIG, ""), "status")
    require(":5: [network] titel" in done.stderr, done.stderr)
    equal(work.run("try", "/nonexistent", work.mail).returncode, EX_NOINPUT, "no file")


def all_mails_of_the_tests_can_be_tried(work):
    mails = [os.path.join(folder, name) for folder, _, names in os.walk(MAILS)
             for name in names if name.endswith(".eml")]
    tried = work.judged(LINKEDIN, *mails)
    require(len(tried) >= len(mails) > 100, len(tried))
    for mail in tried:
        equal(mail["taken"], mail["judged"]["network"] == "linkedin", mail["file"])
        if mail["taken"]:
            require(mail["claimed"], mail["file"])
            named = [kind for kind in mail["evidence"].values() if kind is not None]
            equal(named[:1], [mail["kind"]] if mail["kind"] else [], mail["file"])


def networks_are_listed(work):
    path = work.change("networks/guild.network", ("replies = yes", "replies = yes\nseen = no"))
    rows = work.run("list").stdout.splitlines()
    equal(rows[0].split(), ["NAME", "TITLE", "SEEN", "KINDS", "LANGUAGES", "REQUESTS", "FROM"],
          "titles")
    guild = [row for row in rows if row.startswith("guild ")]
    equal([row.split() for row in guild], [["guild", "Guild", "no", "3", "1", "connect", path]],
          "guild")
    equal(rows[0].index("FROM"), guild[0].index(path), "column")
    listed = [json.loads(line) for line in work.run("list", "--json").stdout.splitlines()]
    equal([one for one in listed if one["name"] == "guild"],
          [{"name": "guild", "title": "Guild", "file": path, "seen": False, "kinds": 3,
            "patterns": 19, "languages": ["en"], "requests": ["connect"]}], "object")
    equal([one["file"] for one in listed if one["name"] == "linkedin"], [None], "built in")


def wrong_command_lines_are_told(work):
    for arguments in (("check",), ("try", work.file), ("list", "x"), ("tell",),
                      ("check", "--json", work.file), ("try", "--owner", "x", "a", "b")):
        done = work.run(*arguments)
        equal((done.returncode, done.stdout), (EX_USAGE, ""), " ".join(arguments))
        require("invitectl network" in done.stderr, done.stderr)
    done = subprocess.run([CTL, "network"], capture_output=True, text=True, timeout=PATIENCE)
    equal((done.returncode, done.stdout), (EX_USAGE, ""), "no command")
    for name in ("check", "try", "list"):
        require("\n  network " + name in done.stderr, done.stderr)


def the_daemon_tells_all_mistakes_a_line_each():
    with Daemon() as daemon:
        folder = os.path.join(os.path.dirname(daemon.settings), "networks")
        os.makedirs(folder)
        for name in ("a", "b"):
            with open(os.path.join(folder, name + ".network"), "w", encoding="utf-8") as file:
                file.write("[network]\ntitel = x\n[kind k]\nsubjct = x\n")
        done = subprocess.run([DAEMON, "-n", "-c", daemon.settings], capture_output=True,
                              text=True, timeout=PATIENCE)
        equal(done.returncode, EX_CONFIG, "status")
        for want in ("a.network:2: ", "a.network:4: ", "b.network:2: ", "b.network:4: "):
            require(("\ninvite-milter: " + os.path.join(folder, want))
                    in "\n" + done.stderr, done.stderr)
        daemon.signal(signal.SIGHUP)
        daemon.await_told("b.network:4: [kind k] subjct")
        daemon.await_told("reload refused, the old settings stay: " + folder,
                          len(done.stderr.splitlines()))


CASES = [with_workspace(case) for case in (
    the_manuals_example_is_the_file_to_copy_and_sound, our_own_files_are_sound,
    all_mistakes_are_told_with_their_remedies, every_file_is_checked_and_the_worst_decides,
    what_is_installed_is_compared, an_installed_file_is_not_compared_with_itself,
    mistakes_of_other_installed_files_are_told, what_is_hardly_meant_is_told_and_no_mistake,
    each_field_line_and_link_is_told_with_what_fits, what_nothing_fits_is_marked,
    a_link_of_both_parts_is_told_once, what_stands_before_the_start_is_no_note,
    rows_fit_a_terminal, a_mail_gives_no_orders_to_a_terminal,
    json_has_all_of_it_and_what_classify_says,
    mails_come_from_folders_mboxes_and_standard_input, a_mail_that_cannot_be_read_is_told,
    what_is_not_taken_is_told_why, the_file_takes_the_place_of_one_of_its_name,
    a_file_with_mistakes_is_not_tried, all_mails_of_the_tests_can_be_tried,
    networks_are_listed, wrong_command_lines_are_told)]
CASES.append(the_daemon_tells_all_mistakes_a_line_each)

if __name__ == "__main__":
    run_cases("network", [(case.__name__, case) for case in CASES])
