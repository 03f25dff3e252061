#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""From SMTP to the mailbox: a real Postfix, the daemon, a real Dovecot by LMTP.
What is delivered is compared byte for byte with what was sent."""

import json
import os
import quopri
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from mailsite import AWAY, DOMAIN, Site, mail, what_is_missing  # noqa: E402
from daemon import CTL, MAILS, PATIENCE, SKIP, await_true, equal, require, run_cases  # noqa: E402
from delivered import (FENCE, OURS, check_banner, check_untouched, difference,
                       without_ours)  # noqa: E402
from mime import head_and_body, take_apart, values  # noqa: E402

MB = 1000 * 1000


def verdict(word, note, authenticity="unverified", request="connect", relation="stranger"):
    return ("%s; network=linkedin; request=%s; relation=%s; authenticity=%s; note=%s" %
            (word, request, relation, authenticity, note))


DEFAULT = verdict("default-text", "default")

# Mails made from fixtures, for shapes that no fixture has.


def with_text(name, text, encode):
    """The fixture, with words on top of its quoted-printable text part."""
    head, gap, rest = mail(name).partition(b"Content-ID: text-body\n\n")
    return head + gap + encode(text) + rest


def boundary_in_text(encode):
    def make():
        name = "linkedin/member-2024-default.eml"
        boundary = re.search(rb'boundary="([^"]+)"', mail(name))[1]
        return with_text(name, b"Look:\n--" + boundary + b"\n--" + boundary + b"--\n\n", encode)
    return make


def hide_dashes(text):
    return quopri.encodestring(text).replace(b"--", b"=2D=2D")


def on_its_line(text):
    """Not at the start of a line, so it is no boundary even where it is plain."""
    return quopri.encodestring(b"> " + text.replace(b"\n--", b"\n> --"))


def signed():
    head, body = head_and_body(mail("linkedin/member-2024-default.eml"))
    kind = re.search(rb"(?m)^Content-Type:.*\n(?:[ \t].*\n)*", head)[0]
    return head.replace(kind, b"Content-Type: multipart/signed; boundary=sig; micalg=pgp-sha256;\n"
                        b"\tprotocol=\"application/pgp-signature\"\n") + \
        b"\n--sig\n" + kind + b"\n" + body + b"\n--sig\nContent-Type: application/pgp-signature" + \
        b"\n\n-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n--sig--\n"


def inline_pgp():
    head, body = head_and_body(mail("linkedin/guest-2010-default.eml"))
    return head + b"\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + body + \
        b"-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n"


def seven_bit():
    head, body = head_and_body(mail("linkedin/guest-2010-default.eml"))
    return head.replace(b"quoted-printable", b"7bit") + b"\n" + quopri.decodestring(body)


def latin1(encoding):
    def make():
        head, body = head_and_body(mail("linkedin/guest-2011-de-latin1.eml"))
        encode = {b"quoted-printable": quopri.encodestring, b"8bit": bytes}[encoding]
        return head.replace(b"8bit", encoding) + b"\n" + encode(body)
    return make


def fixture(name):
    return lambda: mail(name)


# What is made of a mail, the verdict, and the parts that get the banner.
BANNERS = {
    "quoted-printable": (fixture("linkedin/member-2024-default.eml"), DEFAULT,
                         ["text/plain", "text/html"]),
    "base64, alternative": (fixture("linkedin/base64-alternative.eml"), DEFAULT,
                            ["text/plain", "text/html"]),
    "base64, single part": (fixture("linkedin/guest-2010-base64.eml"), DEFAULT, ["text/plain"]),
    "8bit": (fixture("linkedin/member-2015-28-8bit.eml"), DEFAULT, ["text/plain"]),
    "7bit": (seven_bit, DEFAULT, ["text/plain"]),
    "single part": (fixture("linkedin/guest-2010-default.eml"), DEFAULT, ["text/plain"]),
    "HTML alone": (fixture("linkedin/html-only-default.eml"), DEFAULT, ["text/html"]),
    "nested alternative": (fixture("linkedin/through-a-mailing-list.eml"), DEFAULT,
                           ["text/plain", "text/html"]),
    "ISO-8859-1, 8bit": (fixture("linkedin/guest-2011-de-latin1.eml"), DEFAULT, ["text/plain"]),
    "ISO-8859-1, quoted-printable": (latin1(b"quoted-printable"), DEFAULT, ["text/plain"]),
    "boundary in the text, encoded": (boundary_in_text(hide_dashes), None,
                                      ["text/plain", "text/html"]),
    "boundary in the text, quoted": (boundary_in_text(on_its_line), None,
                                     ["text/plain", "text/html"]),
    "signed": (signed, None, []),
    "inline PGP": (inline_pgp, None, []),
    "unknown encoding": (fixture("linkedin/broken-unknown-encoding.eml"), DEFAULT, []),
    "unknown charset": (fixture("linkedin/broken-unknown-charset.eml"), DEFAULT, []),
    "closing boundary missing": (fixture("linkedin/broken-closing-boundary-missing.eml"), DEFAULT,
                                 ["text/plain", "text/html"]),
    "a forgery": (fixture("linkedin/forged-look-alike-domain.eml"), None, ["text/html"]),
    "a German one": (fixture("linkedin/member-2025-own-de.eml"), None,
                     ["text/plain", "text/html"]),
    "a French one": (fixture("linkedin/guest-2011-10-fr-default.eml"), DEFAULT, ["text/plain"]),
}

# Fixture → Invite-Verdict, or None: no field of ours.
VERDICTS = {
    "linkedin/member-2024-default.eml": DEFAULT,
    "linkedin/guest-2009-default.eml": DEFAULT,
    "linkedin/guest-2016-fr-default.eml": DEFAULT,
    "linkedin/member-2011-es-default.eml": DEFAULT,
    "linkedin/reminder-2013-dated.eml": DEFAULT + "; reminder=yes",
    "linkedin/links-rewritten-safelinks.eml": DEFAULT,
    "linkedin/name-encoded-word-split-padded.eml": DEFAULT,
    "linkedin/name-control-characters.eml": DEFAULT,
    "linkedin/verdict-fields-of-the-sender.eml": DEFAULT,
    "linkedin/broken-truncated-in-boundary.eml": DEFAULT,
    "linkedin/member-2025-own-en.eml": verdict("personal", "personal"),
    "linkedin/member-2026-no-note.eml": verdict("contextless", "none"),
    "linkedin/broken-no-body.eml": verdict("contextless", "none"),
    "linkedin/lookalike-messages-digest.eml": None,
    "linkedin/lookalike-jobs-2026.eml": None,
    "linkedin/near-list-discussion.eml": None,
    "linkedin/broken-two-from-fields.eml": verdict("forged", "none", "forged"),
    "ordinary/plain.eml": None,
    "ordinary/signed.eml": None,
    "ordinary/japanese.eml": None,
    "ordinary/attachment.eml": None,
    "ordinary/verdict-fields-of-the-sender.eml": None,
}


def bad_mails():
    fields, body = head_and_body(mail("linkedin/member-2024-default.eml"))
    mixed = re.sub(rb"(?m)^Content-Type:.*\n(?:[ \t].*\n)*",
                   b"Content-Type: multipart/mixed; boundary=b\n", fields)
    return {
        "no body": fields + b"\n",
        "NUL bytes": mail("linkedin/broken-nul-bytes.eml"),
        "a 10 MB line": fields + b"\n" + b"x" * (10 * MB) + b"\n",
        "100,000 fields": b"".join(b"X-%d: y\n" % i for i in range(100000)) + fields + b"\n" + body,
        "100,000 parts": mixed + b"\n" + b"--b\n\n\n" * 100000,
        "unknown charset": mail("linkedin/broken-unknown-charset.eml"),
        "unknown encoding": mail("linkedin/broken-unknown-encoding.eml"),
    }


def forged_fields(original):
    return b"INVITE-verdict: known; relation=known\nInvite-Reply: send\n\tmoney\n" + \
        original.replace(b"\nFrom:", b"\ninvite-from: <https://evil.example>\nFrom:", 1) \
        .replace(b"\n\n", b"\nInvite-Verdict: known\nInvite-Reasons: me\n\n", 1)


def classify(site, by, path):
    done = subprocess.run([CTL, "classify", "--json", "--config",
                           "%s/%s/conf" % (site.folder, by), path],
                          capture_output=True, text=True, timeout=PATIENCE)
    equal(done.returncode, 0, done.stderr)
    return json.loads(done.stdout)


def check_judged_alike(site, by, path, field):
    """The delivered mail means what the field says, and what the mail meant as sent."""
    found = classify(site, by, path)
    got = "%s; network=%s; request=%s; relation=%s; authenticity=%s; note=%s" % (
        found["verdict"], found["network"], found["request"], found["relation"],
        found["authenticity"], found["note"]["class"] or "none")
    got += "; reminder=yes" if found["reminder"] else ""
    # A forgery has no request of its own.
    equal(got.replace("request=None", "request=none"), field, "judged after delivery")


def user_of(kind, name):
    return kind + "." + re.sub(r"[^a-z0-9]+", "-", name.lower())


def tags(site, name):
    def case():
        original, want = mail(name), VERDICTS[name]
        user = user_of("tags", name)
        delivered = site.deliver(original, user, by="tags")
        ours = check_untouched(delivered, without_ours(original))
        if want is None:
            equal(ours, [], "fields")
            return
        # What a forgery says of people is made up.
        equal(ours, [name for name in OURS if not want.startswith("forged;") or
                     name not in ("Invite-From", "Invite-Reply")], "fields")
        equal(values(delivered, "Invite-Verdict"), [want], "verdict")
        check_judged_alike(site, "tags", site.file_of(user), want)
    return case


def banner(site, name):
    def case():
        make, want, parts = BANNERS[name]
        original, user = make(), user_of("banner", name)
        delivered = site.deliver(original, user)
        equal(len(values(delivered, "Invite-Verdict")), 1, "fields")
        if want is not None:
            equal(values(delivered, "Invite-Verdict"), [want], "verdict")
        check_banner(delivered, original, parts)
        check_judged_alike(site, "enforce", site.file_of(user),
                           values(delivered, "Invite-Verdict")[0])
    return case


def forged(site, name):
    def case():
        original, user = forged_fields(mail(name)), user_of("forged", name)
        delivered = site.deliver(original, user, by="tags")
        ours = check_untouched(delivered, without_ours(original))
        equal(ours, OURS if "linkedin" in name else [], "fields")
        require(b"evil.example" not in delivered and b"money" not in delivered, "smuggled in")
    return case


def twice(site, name):
    def case():
        original, user = BANNERS[name][0](), user_of("twice", name)
        first = site.deliver(original, user)
        site.send(first, [user])
        with open(site.file_of(user, count=2), "rb") as file:
            second = file.read()
        for field in OURS:
            equal(values(second, field), values(first, field), field)
        require(second.endswith(without_ours(first)), "the second passage changed the mail: " +
                difference(second, without_ours(first)))
    return case


def bad_mail(site, name):
    def case():
        original, user = bad_mails()[name], user_of("bad", name)
        before = len(site.daemons["enforce"].lines())
        delivered = site.deliver(original, user)
        leaves = [(old, new) for old, new in zip(take_apart(without_nul(original))[1],
                                                 take_apart(without_nul(delivered))[1])
                  if old.raw != new.raw]
        if leaves:
            check_banner(without_nul(delivered), without_nul(original),
                         [old.kind for old, _ in leaves])
        else:
            check_untouched(without_nul(delivered), without_nul(original))
        # What it was, and why it got no banner.
        lines = site.daemons["enforce"].lines()[before:]
        require(1 <= len(lines) <= 2, "log lines: %r" % lines)
    return case


def without_nul(data):
    """Dovecot keeps NUL as 0x80."""
    return data.replace(b"\0", b"\x80")


def two_recipients(site):
    def case():
        original = mail("linkedin/member-2024-default.eml")
        site.send(original, ["two.a", "two.b"])
        for user in ("two.a", "two.b"):
            with open(site.file_of(user), "rb") as file:
                delivered = file.read()
            equal(check_untouched(delivered, original), OURS[:-1], "fields for " + user)
            equal(values(delivered, "Invite-Verdict"),
                  [verdict("default-text", "default", relation="stranger")], user)
    return case


def relayed_mail(site):
    def case():
        original = mail("linkedin/member-2024-default.eml")
        site.send(original, ["bob"], domain=AWAY)

        def relayed_mails():
            return [one for one in site.sink.mails if one.endswith(original)]

        await_true(relayed_mails, "the relayed mail")
        relayed = relayed_mails()[0]
        equal(check_untouched(relayed, original), OURS, "fields")
    return case


def letter(sender, to, more=b""):
    return b"From: <%s>\nTo: Jane <%s>\n%sSubject: Lunch\nMessage-ID: <%s.1@%s>\n\nHello\n" % (
        sender.encode(), to.encode(), more, sender.split("@")[0].encode(), DOMAIN.encode())


def who_was_written_to(site):
    """A user logs in and writes to somebody, whose default text is then a friend's."""
    jane, john = "linkedin/guest-2009-default.eml", "linkedin/guest-2013-default.eml"

    def case():
        wrote, eve = "writer@" + DOMAIN, "eve@" + DOMAIN
        site.send(letter(wrote, "nuray.aksoylu@example.org"), ["nuray.aksoylu"], by="login",
                  domain="example.org", sender=wrote, login="writer")
        # Who is somebody else, and a machine, teach the writer's people nothing.
        site.send(letter(wrote, "bogdan@example.org"), ["bogdan"], by="login",
                  domain="example.org", sender=wrote, login="eve")
        site.send(letter(wrote, "bogdan@example.org", b"Auto-Submitted: auto-replied\n"), ["bogdan"],
                  by="login", domain="example.org", sender=wrote, login="writer")
        site.send(letter(eve, "writer@" + DOMAIN), ["writer"], sender="bogdan@example.org")
        # Nobody proved that the network sent it.
        site.send(mail("linkedin/notice-accepted-2025.eml"), ["writer"])
        listed = subprocess.run([CTL, "people", "list", "--owner", wrote, "--config",
                                 site.folder + "/enforce/conf"], capture_output=True, text=True)
        require("nuray.aksoylu@example.org" in listed.stdout and
                len(listed.stdout.splitlines()) == 1, listed.stdout + listed.stderr)
        for count, (name, want) in enumerate((
                (jane, verdict("known", "default", relation="known")), (john, DEFAULT))):
            site.send(mail(name), ["writer"])
            with open(site.file_of("writer", count + 3), "rb") as file:
                delivered = file.read()
            equal(values(delivered, "Invite-Verdict"), [want], name)
            require(FENCE in delivered, "no banner in " + name)
    return case


def milter_down(site):
    def case():
        for name in ("linkedin/member-2024-default.eml", "ordinary/plain.eml"):
            delivered = site.deliver(mail(name), user_of("down", name), by="dead")
            equal(check_untouched(delivered, mail(name)), [], "fields")
    return case


def every_ordinary_mail(site):
    def case():
        folder = os.path.join(MAILS, "ordinary")
        for name in sorted(os.listdir(folder)):
            if name.endswith(".eml"):
                original = mail("ordinary/" + name)
                delivered = site.deliver(original, user_of("ordinary", name))
                equal(check_untouched(delivered, without_ours(original)), [], name)
    return case


def nothing_personal_in_the_log(site):
    def case():
        for name, one in site.daemons.items():
            require("Kwabena" not in one.log() and DOMAIN not in one.log(), name)
    return case


def main():
    why = what_is_missing()
    if why is not None:
        print("e2e: skipped: " + why)
        sys.exit(SKIP)
    with Site() as site:
        rows = [("tags: " + name, tags(site, name)) for name in VERDICTS]
        rows += [("banner: " + name, banner(site, name)) for name in BANNERS]
        rows += [("forged fields: " + name, forged(site, name))
                 for name in ("linkedin/member-2024-default.eml", "ordinary/plain.eml")]
        rows += [("twice: " + name, twice(site, name))
                 for name in ("quoted-printable", "base64, single part", "HTML alone", "8bit",
                              "ISO-8859-1, 8bit", "nested alternative")]
        rows += [("two recipients", two_recipients(site)), ("relayed mail", relayed_mail(site)),
                 ("milter down", milter_down(site)),
                 ("who was written to", who_was_written_to(site)),
                 ("every ordinary mail", every_ordinary_mail(site))]
        run_cases("e2e", rows,
                  alone=[("bad mail: " + name, bad_mail(site, name)) for name in bad_mails()] +
                  [("nothing personal in the log", nothing_personal_in_the_log(site))])


if __name__ == "__main__":
    main()
