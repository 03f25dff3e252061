#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Banners over the milter protocol: whose mark is in ours, and what becomes of
those that senders write, other hosts put in, and forwards quote."""

import base64
import email
import email.policy
import os
import quopri
import random
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import CTL, PATIENCE, Daemon, equal, mail, require, run_cases  # noqa: E402
from wire import Peer, split, unfold  # noqa: E402

INVITATION = "linkedin/member-2024-default.eml"
FORGED = "linkedin/forged-look-alike-domain.eml"
MARIEKE = "marieke@example.net"
BOB = "bob@example.net"
EX_CONFIG = 78
NAME = re.compile(r"invite-milter(?:-([0-9A-Za-z-]+))?(?= ===|\")")
TEXT = "=== invite-milter ===\r\nThis is genuine: accept.\r\n=== /invite-milter ===\r\n"
HTML = '<div id="invite-milter" style="color:#000">This is genuine: accept.</div>\r\n'
WORDS = "Please look at our new offer, which ends soon.\r\n"


def pass_mail(daemon, fields, body, owners=(MARIEKE,), mailer=b"lmtp"):
    peer = Peer(daemon.socket)
    outcome = peer.mail(fields, body, mailer=mailer,
                        recipients=[b"<%s>" % owner.encode() for owner in owners])
    peer.close()
    return outcome


def reasons(outcome):
    return unfold(outcome.inserted().get("Invite-Reasons", ""))


def shown(fields, body):
    """The text of all parts, as their readers see it."""
    head = b"".join(name + b": " + value.replace(b"\n", b"\r\n") + b"\r\n"
                    for name, value in fields if name.lower().startswith((b"content-", b"mime-")))
    whole = email.message_from_bytes(head + b"\r\n" + body, policy=email.policy.default)
    return "\n".join(part.get_payload(decode=True).decode("utf-8", "replace")
                     for part in whole.walk() if part.get_content_maintype() == "text")


def marks(text):
    """Of each fence and each element; None for none."""
    return [match[1] for match in NAME.finditer(text)]


def mark_of(daemon, owner, user=None):
    done = subprocess.run([CTL, "mark", "--config", daemon.settings]
                          + (["--owner", owner] if user is None else []),
                          user=user, capture_output=True, text=True, timeout=PATIENCE)
    equal(done.returncode, 0, done.stderr)
    return done.stdout.strip()


def replace_mime(fields, *mime):
    return [field for field in fields
            if not field[0].lower().startswith((b"content-", b"mime-"))] + list(mime)


def part(kind, coding, text):
    raw = text.encode()
    coded = {"8bit": raw, "base64": base64.encodebytes(raw).replace(b"\n", b"\r\n"),
             "quoted-printable": quopri.encodestring(raw.replace(b"\r\n", b"\n"))
             .replace(b"\n", b"\r\n")}
    return ([(b"MIME-Version", b"1.0"),
             (b"Content-Type", b"text/%s; charset=utf-8" % kind.encode()),
             (b"Content-Transfer-Encoding", coding.encode())], coded[coding])


def each_owner_has_a_mark():
    fields, body = split(mail(INVITATION))
    seen = {}
    with Daemon(banner="yes") as daemon:
        for owner in (MARIEKE, BOB):
            outcome = pass_mail(daemon, fields, body, (owner,))
            got = set(marks(shown(fields, outcome.new_body)))
            seen[owner] = mark_of(daemon, owner)
            equal(got, {seen[owner]}, owner)
            equal(reasons(outcome).count("banner:"), 0, reasons(outcome))
        require(seen[MARIEKE] != seen[BOB], "both have %s" % seen[BOB])
        secret = daemon.folder + "/mark.secret"
        equal(os.stat(secret).st_mode & 0o777, 0o600, "the secret's mode")
        # Another host with a copy of the file has the same marks.
        with open(secret) as file:
            copy = file.read()
        with Daemon(banner="yes") as other:
            require(mark_of(other, BOB) != seen[BOB], "another site has the same mark")
            other.stop()
            with open(other.folder + "/mark.secret", "w") as file:
                file.write(copy)
            other.start()
            equal(mark_of(other, BOB), seen[BOB], "with the same secret")


def words_of_the_settings_are_marks():
    fields, body = split(mail(INVITATION))
    with Daemon(banner="yes", mark="heron-27") as daemon:
        equal(mark_of(daemon, BOB), "heron-27", "mark")
        equal(set(marks(shown(fields, pass_mail(daemon, fields, body).new_body))),
              {"heron-27"}, "in the banner")


def users_ask_for_their_own_mark():
    with Daemon(people="domain = example.net") as daemon:
        os.chmod(daemon.folder, 0o755)
        equal(mark_of(daemon, None, user="nobody"), mark_of(daemon, "nobody@example.net"),
              "nobody's mark")
        done = subprocess.run([CTL, "mark", "--config", daemon.settings, "--owner", BOB],
                              user="nobody", capture_output=True, text=True, timeout=PATIENCE)
        require(done.returncode != 0 and "not yours" in done.stderr, done.stderr)


def imitations_are_taken_off_and_replaced():
    fields = split(mail(FORGED))[0]
    with Daemon(banner="yes") as daemon:
        mark = mark_of(daemon, MARIEKE)
        for kind, block in (("plain", TEXT), ("html", HTML)):
            for coding in ("8bit", "quoted-printable", "base64"):
                for text in (block + WORDS, WORDS + block, WORDS + block + block + WORDS):
                    mime, body = part(kind, coding, text)
                    outcome = pass_mail(daemon, replace_mime(fields, *mime), body)
                    what = "%s %s %r" % (kind, coding, text[:20])
                    got = shown(mime, outcome.new_body)
                    require("genuine" not in got, what + ": " + got)
                    equal(got.count(WORDS.strip()), text.count(WORDS.strip()), what)
                    equal(set(marks(got)), {mark}, what)
                    require("banner:foreign" in reasons(outcome), what + reasons(outcome))
                    require(outcome.inserted()["Invite-Verdict"].startswith("forged"), what)


def a_forward_shows_no_banner_but_ours():
    fields, body = split(mail(INVITATION))
    with Daemon(banner="yes") as daemon:
        once = pass_mail(daemon, fields, body, (BOB,)).new_body
        outcome = pass_mail(daemon, fields, once)
        equal(outcome.new_body, pass_mail(daemon, fields, body).new_body, "the banner replaced")
        require("banner:foreign" in reasons(outcome), reasons(outcome))
        equal([reason for reason in reasons(outcome).split(", ") if reason != "banner:foreign"],
              reasons(pass_mail(daemon, fields, body)).split(", "), "judged as without it")


def ours_is_never_stacked():
    fields, body = split(mail(INVITATION))
    with Daemon(banner="yes") as daemon:
        once = pass_mail(daemon, fields, body).new_body
        again = pass_mail(daemon, fields, once)
        equal(again.new_body, None, "a second banner")
        require(daemon.lines()[-1].endswith("banner=has-one"), daemon.lines()[-1])
        require("banner:" not in reasons(again), reasons(again))
        # Who knows the mark gains nothing: what it says is written anew.
        mime, text = part("plain", "8bit", TEXT.replace(
            "milter", "milter-" + mark_of(daemon, MARIEKE)) + WORDS)
        forged = pass_mail(daemon, replace_mime(split(mail(FORGED))[0], *mime), text)
        require(b"genuine" not in forged.new_body, forged.new_body)


def several_owners_see_no_imitation():
    fields = split(mail(FORGED))[0]
    mime, body = part("plain", "8bit", TEXT + WORDS)
    fields = replace_mime(fields, *mime)
    with Daemon(banner="yes") as daemon:
        outcome = pass_mail(daemon, fields, body, (MARIEKE, BOB))
        equal(outcome.new_body, WORDS.encode(), "the body")
        require(daemon.lines()[-1].endswith("banner=taken-off"), daemon.lines()[-1])
        outcome = pass_mail(daemon, fields, body, mailer=b"smtp")
        equal(outcome.new_body, None, "a mail that leaves the site")


def without_banners_the_body_stays():
    fields = split(mail(FORGED))[0]
    mime, body = part("plain", "8bit", TEXT + WORDS)
    with Daemon() as daemon:
        outcome = pass_mail(daemon, replace_mime(fields, *mime), body)
        equal(outcome.new_body, None, "the body")
        require("banner:foreign" in reasons(outcome), reasons(outcome))


def whatever_a_sender_combines_no_other_banner_stays():
    pieces = [TEXT, HTML, WORDS, "=== invite-milter ===\r\n", "=== /invite-milter ===\r\n",
              "> ", "--b", "\r\n", '<b id="invite-milter">', "</div>", "\r", "=== /invite-"
              "milter === --", "=== Invite\u200b-Milter-x ===\r\n", "<body>"]
    fields = split(mail(FORGED))[0]
    dice = random.Random(14)
    with Daemon(banner="yes") as daemon:
        mark = mark_of(daemon, MARIEKE)
        for _ in range(150):
            mime, bodies = [(b"MIME-Version", b"1.0"),
                            (b"Content-Type", b'multipart/alternative; boundary="b"')], []
            for kind in ("plain", "html"):
                text = "".join(dice.choice(pieces) for _ in range(dice.randrange(1, 9)))
                # A boundary of the sender's making ends the part, and is no trick.
                coding = dice.choice(["quoted-printable", "base64", "8bit"])
                head, coded = part(kind, coding, text if coding != "8bit"
                                   else re.sub("(?m)^--b", "x", text.replace("\r--b", "\rx")))
                bodies.append(b"".join(n + b": " + v + b"\r\n" for n, v in head[1:])
                              + b"\r\n" + coded)
            body = b"--b\r\n" + b"\r\n--b\r\n".join(bodies) + b"\r\n--b--\r\n"
            outcome = pass_mail(daemon, replace_mime(fields, *mime), body)
            got = outcome.new_body
            require(got is not None, "no banner in %r: %s" % (body, daemon.lines()[-1]))
            for found in email.message_from_bytes(
                    b"Content-Type: multipart/alternative; boundary=b\r\n\r\n" + got).walk():
                if found.is_multipart():
                    continue
                text = found.get_payload(decode=True).decode()
                elements = []
                if found.get_content_subtype() == "html":
                    elements = re.findall(r'<\w+ id="(invite-milter[^"]*)"', text)
                fences = re.findall(r"(?im)^[> \t]*=+ /?(invite\u200b?-milter\S*) =+", text)
                require(set(fences + elements) <= {"invite-milter-" + mark},
                        "%r leaves %r" % (body, text))


def check_refuses(daemon, why):
    checked = daemon.run("-n", "-c", daemon.settings)
    started = daemon.run("-f", "-c", daemon.settings)
    for done in (checked, started):
        equal(done.returncode, EX_CONFIG, done.stderr)
        require("/mark.secret: " in done.stderr and why in done.stderr, done.stderr)


def a_secret_that_is_none_is_refused():
    daemon = Daemon()
    secret = daemon.folder + "/mark.secret"
    for text, mode, why in (("short\n", 0o600, "too short"),
                            ("a" * 40 + " b\n", 0o600, "no line"),
                            ("a" * 40 + "\n", 0o640, "chmod 600")):
        with open(secret, "w") as file:
            file.write(text)
        os.chmod(secret, mode)
        check_refuses(daemon, why)
    os.chmod(secret, 0o600)
    with daemon:
        first = mark_of(daemon, BOB)
        # A reload refuses it, too, and the old one stays in force.
        os.chmod(secret, 0o644)
        daemon.signal(1)
        daemon.await_told("reload refused, the old settings stay: ")
        os.chmod(secret, 0o600)
        equal(mark_of(daemon, BOB), first, "mark")


def where_no_secret_can_be_made_mail_passes():
    fields, body = split(mail(INVITATION))
    daemon = Daemon(banner="yes")
    with open(daemon.settings) as file:
        text = file.read()
    with open(daemon.settings, "w") as file:
        file.write(text.replace("mark = \n", "mark-secret = /nonexistent/secret\n"))
    with daemon:
        daemon.await_told("no mark")
        daemon.await_told("/nonexistent/secret")
        outcome = pass_mail(daemon, fields, body)
        equal(set(marks(shown(fields, outcome.new_body))), {None}, "marks")


CASES = (each_owner_has_a_mark, words_of_the_settings_are_marks, users_ask_for_their_own_mark,
         imitations_are_taken_off_and_replaced, a_forward_shows_no_banner_but_ours,
         ours_is_never_stacked, several_owners_see_no_imitation, without_banners_the_body_stays,
         whatever_a_sender_combines_no_other_banner_stays, a_secret_that_is_none_is_refused,
         where_no_secret_can_be_made_mail_passes)

if __name__ == "__main__":
    run_cases("banner", [(case.__name__, case) for case in CASES])
