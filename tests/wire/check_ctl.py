#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What invitectl says of bare notes, of a policy, and of old mail."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import CTL, DAEMON, MAILS, PATIENCE, TESTS, equal, require, run_cases, temporary_folder  # noqa: E402

EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_CONFIG = 64, 65, 66, 78
MET = "Hi Bob, we met at the Lisbon meetup."
OFFER = "Hi Bob,\\nwe help companies grow. Book a call: https://example.org/demo"


def note(*arguments, said=MET + "\n"):
    """Without the settings of the machine it runs on."""
    return subprocess.run([CTL, "note", "--config", "/dev/null", *arguments], input=said.encode(),
                          capture_output=True, timeout=PATIENCE)


def told(*arguments, said=MET + "\n"):
    done = note(*arguments, said=said)
    equal((done.returncode, done.stderr), (0, b""), "status and standard error")
    return done.stdout.decode()


def note_is_judged_in_a_line():
    equal(told(), 'personal\ten\tcontext:met "we met at"\n', "line")


def json_has_class_language_and_reasons():
    equal(json.loads(told("--json")), {"class": "personal", "language": "en",
                                       "reasons": ['context:met "we met at"']}, "object")


def explanation_has_a_line_for_everything():
    equal(told("--explain"), "  note         " + MET + "\n"
          "  note class   personal\n"
          "  language     en\n"
          '  because      context:met "we met at"\n', "explanation")


def explanation_has_each_reason_and_each_line_of_the_note():
    lines = told("--explain", said=OFFER + "\n").splitlines()
    equal(lines[:4], ["  note         Hi Bob,",
                      "               we help companies grow. Book a call: "
                      "https://example.org/demo",
                      "  note class   pitch", "  language     en"], "begin")
    require(lines[4].startswith("  because      pitch:offer"), lines[4])
    require(len(lines) > 5, lines)
    for line in lines[5:]:
        require(line.startswith(" " * 15 + "pitch:"), line)


def explanation_leaves_a_line_between_notes():
    one = told("--explain")
    equal(told("--explain", said=MET + "\n" + MET + "\n"), one + "\n" + one, "two notes")


def explanation_of_nothing_has_no_empty_labels():
    equal(told("--explain", said="\n"), "  note class   none\n  because      note:none\n", "none")


def explanation_gives_no_orders_to_a_terminal():
    shown = told("--explain", said="We met in \033[31mGhent\007 \u202eback\n")
    require("\033" not in shown and "\007" not in shown and "\u202e" not in shown, shown)


def names_are_no_words_of_the_note():
    said = "Grietje Hoekstra"
    equal(told("--inviter", said, said=said + "\n").split("\t")[0], "vague", "class")


def wrong_command_lines_are_told():
    for arguments in (("--json", "--explain"), ("a", "b"), ("--as", "x")):
        done = note(*arguments)
        equal((done.returncode, done.stdout), (EX_USAGE, b""), " ".join(arguments))
        require(done.stderr.startswith(b"invitectl note: "), done.stderr)
    require(b"--json or --explain" in note("--json", "--explain").stderr, "why")
    equal(note("/nonexistent").returncode, EX_NOINPUT, "no such file")


# The reply.


def reply(*arguments):
    return subprocess.run([CTL, "reply", "--config", "/dev/null", *arguments],
                          capture_output=True, text=True, timeout=PATIENCE)


def a_reply_has_its_paragraphs_and_nothing_else():
    done = reply(MAILS + "/linkedin/modern-de-note-both.eml")
    lines = done.stdout.split("\n")
    equal((done.returncode, lines[0], lines[1], lines[3], lines[5:]),
          (0, "Hallo Detlef,", "", "", ["Marieke Duivenvoorde", ""]), "greeting and sign-off")
    require("Ihnen" not in done.stdout and "deine" in lines[2], done.stdout)
    page, hint = done.stderr.rstrip("\n").split("\n")
    equal(page, "invitectl: https://www.linkedin.com/mynetwork/invitation-manager/", "page")
    require("LinkedIn" in hint and "2016" in hint, "how to reply: " + hint)


def what_has_no_reply_says_why_on_standard_error():
    for name, why in (("linkedin/forged-display-name.eml", "no reply is suggested, but: report"),
                      ("ordinary/attachment.eml", "no invitation")):
        path = MAILS + "/" + name
        done = reply(path)
        equal((done.returncode, done.stdout), (EX_DATAERR, ""), name)
        require(why in done.stderr, name + ": " + done.stderr)
    for arguments in ((), ("a", "b"), ("--json", "a")):
        done = reply(*arguments)
        equal((done.returncode, done.stdout), (EX_USAGE, ""), " ".join(arguments))


# The skeleton.


def skeleton(*arguments, said=None):
    return subprocess.run([CTL, "skeleton", "--config", "/dev/null", *arguments],
                          input=said, capture_output=True, timeout=PATIENCE)


def a_skeleton_is_read_as_its_mail_and_names_nobody():
    done = skeleton(MAILS + "/linkedin/modern-de-note-both.eml")
    equal((done.returncode, done.stderr.count(b"\n")), (0, 1), "exit status and lines told")
    require(b"look through it before you send it" in done.stderr, done.stderr)
    for word in (b"Detlef", b"Osterkamp", b"Marieke", b"marieke", b"163756", b"Gent"):
        require(word not in done.stdout, word)
    require(b"Xxxxxx Xxxxxxxxx via LinkedIn <invitations@linkedin.com>" in done.stdout, "From")
    read = subprocess.run([CTL, "classify", "--json", "--config", "/dev/null", "-"],
                          input=done.stdout, capture_output=True, timeout=PATIENCE)
    found = json.loads(read.stdout)
    equal((found["network"], found["request"], found["inviter"]["name"]),
          ("linkedin", "connect", "Xxxxxx Xxxxxxxxx"), "classify")


def what_is_no_mail_or_too_large_has_no_skeleton():
    for said, why in ((b"no mail", b"no header"), (b"A: b\n\n" + b"x\n" * 6000000, b"at most")):
        done = skeleton("-", said=said)
        equal((done.returncode, done.stdout), (EX_DATAERR, b""), why)
        require(why in done.stderr, done.stderr)
    for arguments in ((), ("a", "b"), ("--json", "a")):
        equal(skeleton(*arguments).returncode, EX_USAGE, " ".join(arguments))


# The policy.


POLICY = """[policy]
spammy = tag; redirect %u+spam@%d; copy abuse@example.net
forged = reject Forged
[policy domain example.net]
personal = tag; banner
"""


def ctl(*arguments):
    """With these settings, and nobody known."""
    folder = temporary_folder()
    try:
        with open(folder + "/conf", "w") as file:
            file.write("[people]\nstore = sqlite:%s/people\n" % folder + POLICY)
        done = subprocess.run([CTL, arguments[0], "--config", folder + "/conf", *arguments[1:]],
                              capture_output=True, text=True, timeout=PATIENCE)
        done.stdout = done.stdout.replace(folder, "FOLDER")
        return done
    finally:
        shutil.rmtree(folder)


def a_policy_is_explained_with_the_line_that_says_so():
    done = ctl("explain-policy", "Jan+x@example.net")
    equal((done.returncode, done.stderr), (0, ""), "status and standard error")
    equal(done.stdout.splitlines()[:2], ["jan+x@example.net, mailbox jan@example.net", ""], "head")
    require("\nspammy        tag; redirect jan+x+spam@example.net; copy abuse@example.net\n"
            "              tag; redirect jan+x+spam@example.net, where it is not verified\n"
            "              FOLDER/conf:4 [policy] spammy\n" in done.stdout, done.stdout)
    require("\npersonal      tag; banner\n"
            "              FOLDER/conf:7 [policy domain example.net] personal\n" in done.stdout,
            done.stdout)
    require("\nknown         tag\n              default\n" in done.stdout, done.stdout)
    told = json.loads(ctl("explain-policy", "--json", "jan@example.org").stdout)
    equal(told["mailbox"], "jan@example.org", "mailbox")
    equal(told["forged"], {"actions": "reject Forged", "unverified": "reject Forged",
                           "source": "FOLDER/conf:5 [policy] forged"}, "forged")
    equal(told["personal"]["source"], "default", "personal, of another domain")
    for arguments in ((), ("jan",)):
        equal(ctl("explain-policy", *arguments).returncode, EX_USAGE, arguments)


def old_mail_is_judged_by_the_settings_of_now():
    places = [MAILS + "/linkedin/" + name for name in
              ("member-2025-pitch-software.eml", "forged-display-name.eml",
               "lookalike-newsletter.eml", "guest-2010-default.eml")]
    places.append(MAILS + "/ordinary/plain.eml")
    done = ctl("backtest", "--days", "0", "--json", *places)
    equal((done.returncode, done.stderr), (0, ""), "status and standard error")
    told = json.loads(done.stdout)
    equal((told["judged"], told["older"], told["unreadable"]), (5, 0, 0), "mails")
    verdicts = told["verdicts"]
    equal({name: tier["mails"] for name, tier in verdicts.items() if tier["mails"]},
          {"none": 1, "forged": 1, "spammy": 1, "default-text": 1}, "verdicts")
    equal(verdicts["forged"]["actions"], {"reject Forged": 1}, "forged")
    # Not verified: no copy.
    equal(verdicts["spammy"]["actions"], {"tag; redirect %u+spam@%d": 1}, "spammy")
    example = verdicts["spammy"]["examples"][0]
    equal((example["file"], example["actions"]),
          (places[0], "tag; redirect marieke+spam@example.net"), "example")
    require("Thijs van Rozendaal" in ctl("backtest", "--days", "0", places[3]).stdout, "table")
    equal(json.loads(ctl("backtest", "--json", places[3]).stdout)["older"], 1, "by days")
    with tempfile.TemporaryDirectory() as folder:
        odd = os.path.join(folder, "odd")
        with open(odd, "wb") as file:
            file.write(b"From: a@example.org\rSubject: b\r\rc\r")
        done = ctl("backtest", "--json", odd, places[4])
        require(done.stderr.startswith("invitectl: %s: its lines end in CR alone" % odd), done.stderr)
        told = json.loads(done.stdout)
        equal((done.returncode, told["unreadable"], len(done.stderr.splitlines())), (65, 1, 1),
              "lines that end in CR")
        done = ctl("backtest", *[odd] * 25)
        equal(len(done.stderr.splitlines()), 21, "not all of them are named")
    equal(ctl("backtest").returncode, EX_USAGE, "no place")
    equal(ctl("backtest", "/nonexistent").returncode, 65, "no such place")


LABELLED = """class\tlanguage\ttext
personal\ten\tGreat meeting you at FOSDEM.
vague\ten\tGreat meeting you at FOSDEM.
"""


def evaluate(text):
    """Of labelled notes, in a file that messages call NOTES."""
    folder = temporary_folder()
    try:
        path = folder + "/notes.tsv"
        if text is not None:
            with open(path, "w") as file:
                file.write(text)
        done = ctl("evaluate", path)
        return (done.returncode, done.stdout.replace(path, "NOTES"),
                done.stderr.replace(path, "NOTES"))
    finally:
        shutil.rmtree(folder)


def labelled_notes_are_evaluated_with_counts_and_intervals():
    status, out, err = evaluate(LABELLED)
    equal((status, err), (0, ""), "status and standard error")
    require(out.startswith("NOTES:3: vague is judged personal [en, en]: Great"), out)
    for line in ("exact class       50.0% (1 of 2, 9.5 to 90.5%)",
                 "harm               0.0% (0 of 1, 0.0 to 79.3%)",
                 "recall vague       0.0% (0 of 1, 0.0 to 79.3%)",
                 "recall personal  100.0% (1 of 1, 20.7 to 100.0%)"):
        require("\n" + line + "\n" in out, "%r in %s" % (line, out))
    require("nuisance" not in out, "a share of nothing: " + out)


def what_is_no_labelled_note_is_told_with_a_remedy():
    for line, words in (("spam\ten\tHello", 'no such class "spam"; give none, default, vague, '
                         "pitch or personal"),
                        ("personal, en, Hello", "no class, language and text; give them with a tab "
                         'between each, and "\\n" for line breaks')):
        status, out, err = evaluate(LABELLED + line + "\n")
        equal((status, err), (65, "invitectl: NOTES:4: " + words + "\n"), "a wrong line")
        require("(1 of 2, " in out, "the others are judged: " + out)
    for text, words in ((None, "No such file or directory"),
                        ("# nothing\n", "no labelled note in it; give one a line: class, language "
                         "and text, with a tab between each")):
        equal(evaluate(text), (66, "", "invitectl: NOTES: " + words + "\n"), "a wrong file")
    equal(ctl("evaluate", "/").stderr, "invitectl: /: Is a directory\n", "a folder")


def weights_that_are_refused_are_told_and_the_shipped_ones_used():
    folder = temporary_folder()
    try:
        os.mkdir(folder + "/weights")
        open(folder + "/conf", "w").close()
        with open(folder + "/weights/note.weights", "w") as file:
            file.write("invite-weights 2\n")
        done = note("--config", folder + "/conf")
        equal((done.returncode, done.stdout), (0, note().stdout), "the judgement")
        equal(done.stderr.decode(), "invitectl: %s/weights/note.weights: is no file of weights of this version; "
              "the shipped one is used\n" % folder, "standard error")
    finally:
        shutil.rmtree(folder)


def weights_that_are_no_regular_file_are_told_and_the_shipped_ones_used():
    """No fifo keeps a command, and no device fills its memory."""
    for name, instead in (("note.weights", "the shipped one is used"), ("site.weights", "notes are judged without it")):
        for kind, why in (("fifo", "no regular file"), ("folder", "Is a directory"), ("/dev/zero", "no regular file"),
                          ("/dev/full", "no regular file"), ("huge", "more than 16 MB"),
                          ("/nonexistent/file", "is a link to what is not there; mend or remove it")):
            with TrainedSite() as site:
                path = site.folder + "/weights/" + name
                os.mkdir(site.folder + "/weights")
                if kind == "fifo":
                    os.mkfifo(path, 0o600)
                elif kind == "folder":
                    os.mkdir(path)
                elif kind == "huge":
                    with open(path, "w") as file:
                        file.truncate(1 << 30)
                else:
                    os.symlink(kind, path)
                done = site.run("note", said=MET + "\n")
                equal((done.returncode, done.stdout.split("\t")[0]), (0, "personal"), kind)
                equal(done.stderr, "invitectl: %s: %s; %s\n" % (path, why, instead), kind)


def commands_read_no_file_that_never_ends():
    """Of what is handed over, a pipe may be read; what is no file of ours is refused."""
    folder = temporary_folder()
    fifo, nothing = folder + "/fifo", ("--config", "/dev/null")
    try:
        os.mkfifo(fifo, 0o600)
        for arguments, status, words in (
                (("note", "--config", fifo), EX_CONFIG, fifo + ": no regular file"),
                (("note", "--config", "/dev/zero"), EX_CONFIG, "/dev/zero: no regular file"),
                (("note", *nothing, "/dev/zero"), EX_NOINPUT, "/dev/zero: a line of more than 1048576 bytes"),
                (("evaluate", *nothing, "/dev/zero"), EX_NOINPUT, "/dev/zero: a line of more than"),
                (("train", *nothing, "/dev/zero"), EX_NOINPUT, "/dev/zero: a line of more than"),
                (("classify", *nothing, "/dev/zero"), EX_DATAERR, "/dev/zero: more than 256 MB"),
                (("network", "check", *nothing, fifo), EX_NOINPUT, fifo + ": no regular file"),
                (("network", "try", *nothing, fifo, MAILS), EX_NOINPUT, fifo + ": no regular file")):
            done = subprocess.run([CTL, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  timeout=PATIENCE)
            equal(done.returncode, status, "%r: %s" % (arguments, done.stderr))
            require(words in done.stdout + done.stderr, "%r: %s" % (arguments, done.stderr))
    finally:
        shutil.rmtree(folder)


# What one site's readers do not find personal, and others do.
CIRCLES = [("pottery", "lanterns"), ("rowing", "herons"), ("chess", "orchards"), ("baking", "rivers"),
           ("sailing", "meadows"), ("weaving", "comets"), ("fencing", "harbours"), ("juggling", "owls")]


def circles():
    """Notes that differ by more than a word or two, all of one kind."""
    for one, first in CIRCLES:
        for other, second in CIRCLES:
            if one != other:
                yield "vague\ten\tMostly %s and %s, and %s, %s." % (one, other, first, second)


class TrainedSite:
    """Settings in a folder of their own, beside which the site's file is written."""

    def __enter__(self):
        self.folder = temporary_folder()
        with open(self.folder + "/conf", "w") as file:
            file.write("[people]\nstore = sqlite:%s/people\n" % self.folder)
        self.weights = self.folder + "/weights/site.weights"
        return self

    def __exit__(self, kind, value, trace):
        shutil.rmtree(self.folder)

    def run(self, command, *arguments, said=""):
        return subprocess.run([CTL, command, "--config", self.folder + "/conf", *arguments],
                              input=said, capture_output=True, text=True, timeout=PATIENCE)

    def notes(self, lines):
        path = self.folder + "/notes.tsv"
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
        return path


def a_site_trains_within_bounds_and_undoes_it():
    lines = list(circles())
    note_of = lines[0].split("\t")[2] + "\n"
    with TrainedSite() as site:
        before = site.run("note", said=note_of).stdout
        require(before.startswith("personal"), before)
        done = site.run("train", site.notes(lines))
        equal((done.returncode, done.stderr), (0, ""), "train: " + done.stdout)
        shares = re.findall(r"(?m)^exact class .*\((\d+) of 56", done.stdout)
        require(int(shares[0]) < int(shares[1]), done.stdout)
        after = site.run("note", said=note_of).stdout
        require(after.startswith("vague\ten\t") and "learned:site vague " in after, after)
        equal(site.run("train", "--undo").returncode, 0, "undo")
        require(not os.path.exists(site.weights), "the file is gone")
        equal(site.run("note", said=note_of).stdout, before, "as before")


def what_helps_nobody_is_not_written():
    same = "vague\ten\tWe met at FOSDEM and talked about compilers, number %d."
    with TrainedSite() as site:
        for lines, words in (
                (["personal\ten\tGreat meeting you at FOSDEM."] * 39, "give at least 40 notes"),
                (["spam\ten\tHello"] + list(circles()), "mend what is told above"),
                ([same % i for i in range(20)] + [(same % i).replace("vague", "personal")
                                                  for i in range(20)], ": not written: ")):
            done = site.run("train", site.notes(lines))
            equal(done.returncode, 65, words)
            require(words in done.stderr, done.stderr)
            require(not os.path.exists(site.weights), "a file is there")
        equal(site.run("train").returncode, EX_USAGE, "nothing named")
        equal(site.run("train", "/nonexistent").returncode, 66, "no such file")


def a_site_file_that_is_not_understood_is_told():
    with TrainedSite() as site:
        os.mkdir(site.folder + "/weights")
        for name, text, words, instead in (
                ("site.weights", "[site]\nversion = 9\n", "/weights/site.weights:2: [site] version",
                 "; notes are judged without it\n"),
                ("note.weights", "broken", "/weights/note.weights: is no file of weights",
                 "; the shipped one is used; ")):
            with open(site.folder + "/weights/" + name, "w") as file:
                file.write(text)
            done = site.run("note", said=MET + "\n")
            equal(done.returncode, 0, "status")
            require(done.stdout.startswith("personal"), done.stdout)
            require(instead in done.stderr and words in done.stderr, done.stderr)


# What a terminal obeys, or shows otherwise than it is.
ORDERS = "a\033]0;b\007c\nd\u202ee\u009bf"
SHOWN = "a?]0;b?c?d?e?f"


def nothing_printed_gives_orders_to_a_terminal():
    """Names of files, options and commands, and what files say."""
    folder = temporary_folder()
    path, shown = folder + "/" + ORDERS, folder + "/" + SHOWN
    unread, notes, nothing = path + ".none", path + ".tsv", ("--config", "/dev/null")
    try:
        shutil.copy(MAILS + "/linkedin/modern-de-note-both.eml", path)
        with open(notes, "w") as file:
            file.write("personal\ten\tWe are \033[31mthe market leader \u202eof it\n" * 2 +
                       "\033[31m\ten\tHello\n")
        for program, arguments, words in (
                (CTL, ("classify", *nothing, path), shown + ": "),
                (CTL, ("classify", *nothing, "--explain", path), shown + "\n"),
                (CTL, ("classify", *nothing, unread), shown + ".none: "),
                (CTL, ("evaluate", *nothing, notes), "We are ?[31mthe market leader ?of it\n"),
                (CTL, ("evaluate", *nothing, notes), shown + ".tsv:3: no such class \"?[31m\""),
                (CTL, ("reply", *nothing, unread), shown + ".none: "),
                (CTL, ("note", *nothing, unread), shown + ".none: "),
                (CTL, ("train", *nothing, unread), SHOWN),
                (CTL, ("explain-policy", *nothing, ORDERS + "@example.org"), SHOWN + "@"),
                (CTL, ("people", "show", *nothing, ORDERS), "invitectl"),
                (CTL, ("people", ORDERS), "no command \"" + SHOWN + "\""),
                (CTL, ("people", "list", "--" + ORDERS), SHOWN),
                (CTL, ("network", ORDERS), "no command \"" + SHOWN + "\""),
                (CTL, ("network", "check", *nothing, unread), SHOWN),
                (CTL, ("network", "try", *nothing, unread, path), SHOWN),
                (CTL, (ORDERS,), "no command \"" + SHOWN + "\""),
                (CTL, ("classify", "--" + ORDERS, "x"), SHOWN),
                (CTL, ("classify", "--config", unread + "/x", path), "invitectl"),
                (DAEMON, (ORDERS,), "what is \"" + SHOWN + "\"?"),
                (DAEMON, ("--" + ORDERS,), "what is \"--" + SHOWN + "\"?"),
                (DAEMON, ("-\033",), "what is \"-?\"?"),
                (DAEMON, ("-s",), "-s wants an argument"),
                (DAEMON, ("--check=" + ORDERS,), "-n takes no argument"),
                (DAEMON, ("-n", "-s", ORDERS, "-c", unread), "invite-milter: ")):
            done = subprocess.run([program, *arguments], capture_output=True, timeout=PATIENCE,
                                  text=True, stdin=subprocess.DEVNULL)
            told = done.stdout + done.stderr
            require(words in told, "%r: %r is not in %r" % (arguments, words, told))
            require(not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]", told),
                    "%r: %r" % (arguments, told))
        done = subprocess.run([CTL, "classify", *nothing, "--json", path], capture_output=True,
                              text=True, timeout=PATIENCE)
        equal(json.loads(done.stdout)["file"], path, "JSON is exact")
    finally:
        shutil.rmtree(folder)


def run(*arguments, columns=None, stdin=subprocess.DEVNULL):
    environment = {**os.environ, **({"COLUMNS": str(columns)} if columns else {})}
    return subprocess.run([CTL, *arguments], capture_output=True, text=True, timeout=PATIENCE,
                          stdin=stdin, env=environment)


def commands():
    """Their names, as the help has them."""
    return [line[2:16].rstrip() for line in run("-h").stdout.splitlines() if re.match("  [a-z]", line)]


def each_command_has_a_help():
    names = commands()
    require("classify" in names and "people add" in names, names)
    for name in names:
        for option in ("-h", "--help"):
            done = run(*name.split(), option)
            equal((done.returncode, done.stderr), (0, ""), name)
            require(done.stdout.startswith("usage: invitectl %s [--" % name), done.stdout)
            for words in ("\n  --config FILE\n", "\n  --help, -h\n"):
                require(words in done.stdout, done.stdout)
    for group in sorted(set(name.split()[0] for name in names if " " in name)):
        done = run(group, "--help")
        equal(done.returncode, 0, group)
        require("\n  %s " % group in done.stdout, done.stdout)


def the_manual_has_each_command_and_option():
    with open(os.path.join(os.path.dirname(TESTS), "man", "invitectl.1")) as file:
        manual = file.read()
    for name in commands():
        require(re.search(r"(?m)^\.(Cm|It Cm) .*\b%s" % name.split()[-1], manual), name)
        for option in re.findall("(?m)^  --([a-z-]+)", run(*name.split(), "-h").stdout):
            require("Fl -" + option in manual, name + " --" + option)


def a_slip_is_answered_by_what_was_meant():
    for arguments, words in (
            (("clasify",), 'no command "clasify"; did you mean "classify"?'),
            (("peple", "list"), 'no command "peple"; did you mean "people"?'),
            (("people", "frget", "x"), 'no command "frget"; did you mean "forget"?'),
            (("zzz",), 'no command "zzz"\n'),
            (("classify", "--explian", "x"), 'no option "--explian"; did you mean "--explain"?'),
            (("note", "--inviter", "--explain", "--jsn"), 'did you mean "--json"?'),
            (("note", "-x"), 'no option "-x"'),
            (("config", "sockt"), 'no setting "sockt"; did you mean "socket"?'),
            (("config", "milter.sockt"), 'did you mean "milter.socket"?'),
            (("explain-policy", "--network", "linkdin", "a@example.org"), 'did you mean "linkedin"?'),
            (("evaluate", "--part", "sen", "x"), "--part is seen, held-out or all"),
            (("explain-policy", "jane"), '"jane" is no mail address'),
            (("reply",), "name ID|FILE|-|MESSAGE-ID\n"), (("reply", "a", "b"), 'what is "b"?'),
            (("backtest", "--days", "-1", "."), "--days from 0"),
            (("train", "--undo", "x"), "--undo alone")):
        done = run(*arguments)
        equal((done.returncode, done.stdout), (EX_USAGE, ""), arguments)
        require(words in done.stderr, "%r: %r" % (arguments, done.stderr))


def bash_completes_what_the_help_names():
    folder = os.path.join(os.path.dirname(TESTS), "contrib", "completion")
    wanted = subprocess.run([sys.executable, folder + "/make.py", CTL], capture_output=True, text=True,
                            timeout=PATIENCE, check=True).stdout
    with open(folder + "/invitectl.bash") as file:
        equal(file.read(), wanted, "contrib/completion/make.py INVITECTL > invitectl.bash")
    for words, want in ((("invitectl", "cla"), "classify"), (("invitectl", "people", "fo"), "forget"),
                        (("invitectl", "people", "list", "--o"), "--owner")):
        script = ('. "$0"; COMP_WORDS=("$@"); COMP_CWORD=%d; _invitectl; echo "${COMPREPLY[*]}"' %
                  (len(words) - 1))
        done = subprocess.run(["bash", "-c", script, folder + "/invitectl.bash", *words],
                              capture_output=True, text=True, timeout=PATIENCE)
        equal((done.stdout, done.stderr), (want + "\n", ""), words)


def zsh_completes_what_the_help_names():
    folder = os.path.join(os.path.dirname(TESTS), "contrib", "completion")
    wanted = subprocess.run([sys.executable, folder + "/make.py", CTL, "zsh"], capture_output=True, text=True,
                            timeout=PATIENCE, check=True).stdout
    with open(folder + "/_invitectl") as file:
        equal(file.read(), wanted, "contrib/completion/make.py INVITECTL zsh > _invitectl")
    if shutil.which("zsh") is None:
        return
    script = ('_describe() { print -rl -- ${(P)2} }; _files() { print files }; file=$1; shift; words=("$@"); '
              'CURRENT=$#words; complete_() { source $file }; complete_')
    for words, want in ((("invitectl", "cla"), "classify:judge mails"), (("invitectl", "people", "fo"), "forget:remove"),
                        (("invitectl", "people", "list", "--o"), "--owner:the mailbox"),
                        (("invitectl", "classify", "a"), "files")):
        done = subprocess.run(["zsh", "-fc", script, "-", folder + "/_invitectl", *words],
                              capture_output=True, text=True, timeout=PATIENCE)
        require(want in done.stdout, "%s: %s%s" % (words, done.stdout, done.stderr))


def settings_are_told_with_their_place():
    folder = temporary_folder()
    path = folder + "/conf"
    try:
        with open(path, "w") as file:
            file.write("[suggestion]\n\ntone = brief\n[domain example.org]\ntone = formal\n"
                       "[recipient jane@example.org]\nlanguage = de\n")
        for arguments, want in (
                (("tone",), "[suggestion] tone = brief\n    FILE:3: [suggestion] tone\n"),
                (("suggestion.tone", "--as", "Jane@example.org"),
                 "[suggestion] tone = formal\n    FILE:5: [domain example.org] tone\n"),
                (("suggestion.language", "--as", "jane@example.org"),
                 "[suggestion] language = de\n    FILE:7: [recipient jane@example.org] language\n"),
                (("limits.mail",), "[limits] mail = 524288\n    default\n")):
            done = run("config", "--config", path, *arguments)
            equal((done.returncode, done.stderr, done.stdout.replace(path, "FILE")), (0, "", want), arguments)
        every = run("config", "--config", path).stdout
        require("[milter] socket = unix:" in every and "\n[log] level = info\n" in every, every)
    finally:
        shutil.rmtree(folder)


def mistakes_in_settings_name_file_and_line():
    folder = temporary_folder()
    path = folder + "/conf"
    try:
        for text, words in (
                ("[suggestion]\nlanguage = xx\n", ":2: [suggestion] language: no reply file speaks"),
                ("[recipient bob@example.org]\nlanguage = xx\n", ":2: [recipient bob@example.org] language: no reply file speaks"),
                ("[suggestion]\nlanguage = de\n[domain example.org]\nlanguage = german\n",
                 ":4: [domain example.org] language: no reply file speaks \"german\""),
                ("\n[policy]\nmap = /nonexistent\n", ":3: [policy] map: "),
                ("[people]\naliases = /nonexistent\n", ":2: [people] aliases: "),
                ("[people]\naliases = a\n", ":2: [people] aliases: \"a\": write"),
                ("[suggestion]\nreplies = none.reply\n", ":2: [suggestion] replies: "),
                ("[polices]\n", ":1: [polices]: no such section; did you mean \"policy\"?")):
            with open(path, "w") as file:
                file.write(text)
            done = note("--config", path)
            equal(done.returncode, 78, text)
            require(("invitectl: " + path + words).encode() in done.stderr, done.stderr)
            done = run("config", "--config", path, "milter.socket")
            equal((done.returncode, done.stdout), (78, ""), text)
            require("invitectl: " + path + words in done.stderr, done.stderr)
        # One's own file may speak a language that no other does.
        with open(folder + "/own.reply", "w") as file:
            file.write("[reply]\ncode = eo\n[texts]\ngreeting = Saluton {first},\n")
        with open(path, "w") as file:
            file.write("[recipient bob@example.org]\nlanguage = eo\nreplies = own.reply\n")
        done = run("config", "--config", path, "milter.socket")
        equal((done.returncode, done.stderr), (0, ""), "a language of one's own file")
    finally:
        shutil.rmtree(folder)


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def what_is_for_people_fits_the_terminal():
    """But for words that have no place to be folded: addresses, names of files."""
    mails = [MAILS + "/" + name for name in
             ("linkedin/modern-de-note-both.eml", "linkedin/member-2025-pitch-software.eml",
              "linkedin/forged-display-name.eml")]
    said = "\u79c1\u305f\u3061\u306f\u5c55\u793a\u4f1a\u3067\u304a\u4f1a\u3044\u3057\u307e\u3057\u305f\u3002" * 6
    for arguments in (("classify", "--explain", *mails), ("backtest", "--days", "0", *mails),
                      ("explain-policy", "someone.with.a.long.name@example.org"), ("network", "list"),
                      ("people", "add", "-h"), ("-h",), ("config", "milter.control"),
                      ("note", "--explain", "-")):
        options = () if arguments[-1] == "-h" else ("--config", "/dev/null")
        for columns in (60, 80, 120):
            with tempfile.TemporaryFile() as file:
                file.write((said + "\n").encode())
                file.seek(0)
                done = run(*arguments, *options, columns=columns, stdin=file)
            equal(done.returncode, 0, arguments)
            require(done.stdout != "", arguments)
            for line in done.stdout.splitlines():
                require(width(line) <= columns or len(line.split()) <= 2,
                        "%d columns: %s: %s" % (columns, arguments[0], line))


def a_daemon_that_does_not_run_is_told_with_a_remedy():
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/conf", "w") as file:
            file.write("[milter]\ncontrol = unix:%s/c\n" % folder)
        for options in ((), ("--json",)):
            done = run("status", "--config", folder + "/conf", *options)
            equal((done.returncode, done.stdout), (69, ""), "status")
            for words in (folder + "/c: No such file", "is the daemon running",
                          "systemctl start invite-milter", "invitectl doctor"):
                require(words in done.stderr, done.stderr)


CASES = [each_command_has_a_help, bash_completes_what_the_help_names, zsh_completes_what_the_help_names, the_manual_has_each_command_and_option,
         a_daemon_that_does_not_run_is_told_with_a_remedy,
         a_slip_is_answered_by_what_was_meant, settings_are_told_with_their_place,
         mistakes_in_settings_name_file_and_line, what_is_for_people_fits_the_terminal,
         nothing_printed_gives_orders_to_a_terminal, commands_read_no_file_that_never_ends,
         weights_that_are_refused_are_told_and_the_shipped_ones_used,
         weights_that_are_no_regular_file_are_told_and_the_shipped_ones_used,
         a_site_trains_within_bounds_and_undoes_it, what_helps_nobody_is_not_written,
         a_site_file_that_is_not_understood_is_told,
         labelled_notes_are_evaluated_with_counts_and_intervals,
         what_is_no_labelled_note_is_told_with_a_remedy, a_policy_is_explained_with_the_line_that_says_so,
         old_mail_is_judged_by_the_settings_of_now, note_is_judged_in_a_line, json_has_class_language_and_reasons,
         explanation_has_a_line_for_everything,
         explanation_has_each_reason_and_each_line_of_the_note,
         explanation_leaves_a_line_between_notes, explanation_of_nothing_has_no_empty_labels,
         explanation_gives_no_orders_to_a_terminal, names_are_no_words_of_the_note,
         wrong_command_lines_are_told, a_reply_has_its_paragraphs_and_nothing_else,
         what_has_no_reply_says_why_on_standard_error,
         a_skeleton_is_read_as_its_mail_and_names_nobody, what_is_no_mail_or_too_large_has_no_skeleton]

if __name__ == "__main__":
    run_cases("ctl", [(case.__name__, case) for case in CASES])
