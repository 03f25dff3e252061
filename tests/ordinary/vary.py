#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Ordinary mails by the thousand, made of others by variation.

    vary.py [--seed N] [--count N] BASES... > mails.mbox

BASES are what bases.py reads.  The same seed and the same bases make the same
mails.  None of them invites on behalf of a network, whatever it speaks of.
"""

import argparse
import email
import email.errors
import email.header
import email.policy
import html
import os
import random
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import bases  # noqa: E402
import build  # noqa: E402
import material  # noqa: E402
import network_words  # noqa: E402

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MAILS = os.path.join(TESTS, "mail")
MAX_LINES = 120
MAX_HTML = 40000
MAX_RAW = 60000


class Base:
    """What a mail gives to others."""

    def __init__(self, name, raw):
        self.name, self.raw = name, raw
        parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
        self.subject = self.decoded(parsed.get("Subject", ""))
        self.author = self.decoded(parsed.get("From", "")).partition("<")[0].strip(' "')[:60]
        self.text = self.html = ""
        for part in parsed.walk():
            kind = part.get_content_type()
            if kind == "text/plain" and not self.text:
                self.text = "\n".join(self.content(part).splitlines()[:MAX_LINES])
            elif kind == "text/html" and not self.html:
                self.html = self.content(part)[:MAX_HTML]

    @staticmethod
    def decoded(value):
        try:
            pieces = email.header.decode_header(str(value))
            text = "".join(piece if isinstance(piece, str) else
                           piece.decode(charset or "latin-1", "replace")
                           for piece, charset in pieces)
        except (LookupError, ValueError, email.errors.MessageError):
            text = str(value)
        text = "".join(text.split("\r")).replace("\n", " ")
        return text.encode("utf-8", "replace").decode()[:200]

    @staticmethod
    def content(part):
        try:
            data = part.get_payload(decode=True) or b""
            text = data.decode(part.get_content_charset() or "latin-1", "replace")
        except (LookupError, ValueError, AssertionError):
            return ""
        return text.replace("\r", "").replace("\0", "").encode("utf-8", "replace").decode()


class Writer:
    """One mail: who writes to whom, by a random generator of its own."""

    def __init__(self, rng, ordinary, invitations, networks):
        self.rng, self.pick = rng, rng.choice
        self.ordinary, self.invitations, self.networks = ordinary, invitations, networks
        self.base = self.pick(ordinary)
        self.name = self.pick(material.PEOPLE + material.NAMESAKES)
        self.is_plain, self.n = False, rng.randrange(1000, 99999)
        self.host = "%s.%s" % (self.pick(material.LABELS), self.pick(material.DOMAINS))
        self.address = self.person()

    def chance(self, share):
        return self.rng.random() < share

    def person(self):
        local = "".join(c for c in self.name.split()[0].lower() if c.isascii() and c.isalnum())
        # Nobody has an address with so long a number in it.
        return "%s.%d@%s" % (local or "nobody", self.rng.randrange(10**15, 10**16),
                             self.pick(material.FREEMAIL) if self.chance(0.5) else self.host)

    def be_plain(self):
        """Who quotes a network under a name that is near its own is another story."""
        self.is_plain = True
        self.name = self.pick(material.PEOPLE)
        self.host = "mail.example.org"
        self.address = self.person()

    def fill(self, text, **more):
        words = {"name": self.name, "first": self.name.split()[0], "host": self.host,
                 "n": str(self.n), "address": self.address, "title": "Lindenhof",
                 "word": "lindenhof/scanner", "date": "Mon, 3 Feb 2025 at 08:00", **more}
        return re.sub(r"\{(\w+)\}", lambda hole: words.get(hole[1], hole[0]), text)

    def language(self):
        return self.pick(list(material.SUBJECTS))

    def subject(self):
        form = self.rng.randrange(4)
        if form == 0 and self.base.subject:
            return self.base.subject
        if form == 1:
            return self.plain_subject()
        return self.own_subject()

    def own_subject(self):
        return self.fill(self.pick(material.SUBJECTS[self.language()]))

    def plain_subject(self):
        """What a network's mail says, but anybody may."""
        if not self.networks.plain_subjects:
            return self.own_subject()
        return self.networks.filled(self.rng, self.pick(self.networks.plain_subjects))

    def sentences(self, count=4):
        language = self.pick(list(material.SENTENCES))
        return "\n".join(self.fill(self.pick(material.SENTENCES[language]))
                         for _ in range(self.rng.randrange(1, count + 1)))

    def social(self):
        """A line about networks, and their links."""
        some = self.rng.sample(material.SOCIAL, self.rng.randrange(1, 6))
        names = self.pick([", ", " | ", " and ", " · "]).join(name for name, _ in some)
        return self.fill(self.pick(material.SOCIAL_LINES), networks=names), some

    def signature(self):
        text = self.fill(self.pick(material.CLOSINGS))
        if self.chance(0.5):
            line, some = self.social()
            links = ["%s: %s" % pair if self.chance(0.5) else pair[1] for pair in some]
            text += "\n" + "\n".join([line] * self.chance(0.5) + links)
        return text

    def letter(self):
        """What a person writes."""
        body = self.base.text if self.chance(0.4) else self.sentences()
        return "\n\n".join([self.fill(self.pick(material.GREETINGS)), body, self.signature()])

    def head(self, author=None, subject=None, address=None, more=()):
        author = self.name if author is None else author
        date = "Mon, 0%d Feb 2025 08:%02d:00 +0000" % (self.rng.randrange(1, 10), self.n % 60)
        pairs = [("Received", b"from mail.example.org (mail.example.org [203.0.113.7])\n"
                  b"\tby mx.example.net (Postfix) with ESMTPS id %X\n"
                  b"\tfor <marieke@example.net>; %s" % (self.n, date.encode())),
                 ("Date", date.encode()),
                 ("From", build.mailbox(self.rng, author, address or self.address)),
                 ("To", self.pick([b"marieke@example.net", b"Marieke <marieke@example.net>",
                                   b"undisclosed-recipients:;", b"choir@lists.example.org"])),
                 ("Message-ID", b"<%x@%s>" % (self.rng.getrandbits(64), self.host.encode())),
                 ("Subject", build.encoded_words(
                     self.rng, self.subject() if subject is None else subject))]
        if self.chance(0.1) and not self.is_plain:
            pairs.append(("Sender", build.mailbox(self.rng, self.pick(material.SENDERS),
                                                  "bounce@" + self.host)))
        if self.chance(0.1):
            pairs.append(("Reply-To", build.mailbox(self.rng, author, self.person())))
        pairs += more
        if self.chance(0.3):
            self.rng.shuffle(pairs)
        return pairs

    def page(self, lines, buttons, social):
        """HTML of a newsletter: sentences, buttons to its own site, icons below."""
        rows = ["<p>%s</p>" % html.escape(line) for line in lines]
        rows += ['<a href="https://%s/%s?u=%d">%s</a>' % (
            self.host, self.pick(["join", "accept", "e/isd/x", "invite", "rsvp"]), self.n,
            html.escape(label)) for label in buttons]
        for name, url in social:
            label = self.pick([name, name, "", "Follow us on " + name])
            icon = '<img src="https://%s/%s.png" alt="%s">' % (self.host, name[:2], name)
            rows.append('<a href="%s">%s</a>' % (html.escape(url), label or icon))
        if self.chance(0.3) and self.base.html:
            rows.insert(1, self.base.html)
        return "<html><body><table><tr><td>%s</td></tr></table></body></html>" % \
            self.pick(["<br>\n", "</td></tr><tr><td>", "\n"]).join(rows)

    def text_and_page(self, lines, buttons):
        line, social = self.social()
        text = "\n\n".join(lines + ["%s: https://%s/join?u=%d" % (label, self.host, self.n)
                                    for label in buttons])
        text += "\n\n" + line + "\n" + "\n".join(url for _, url in social)
        page = self.page(lines, buttons, social if self.chance(0.8) else [])
        if self.chance(0.5):
            page = page.replace("</td></tr></table>", "<p>%s</p></td></tr></table>" % line)
        form = self.rng.randrange(5)
        if form == 0:
            return build.part(self.rng, "text/html", page)
        if form == 1:
            return build.part(self.rng, "text/plain", text)
        return build.multipart(self.rng, "alternative", [
            build.part(self.rng, "text/plain", text), build.part(self.rng, "text/html", page)])

    def answer_to(self, other):
        """Lines of another mail, quoted."""
        line = self.fill(self.pick(material.ANSWERS), name=other.author or "Somebody")
        mark = self.pick(["> ", "> ", ">", "| ", ""])
        return "\n".join([line, ""] + [mark + text for text in other.text.splitlines()])

    def forward_of(self, other):
        """A mail within the text, under a small head."""
        mark, *names = self.pick(material.FORWARDS)
        values = [other.author, "Mon, 3 Feb 2025 08:00", other.subject, "Marieke"]
        small = ["%s: %s" % pair for pair in zip(names, values)]
        return "\n".join([mark] + small + ["", other.text])

    def wrapped(self, content):
        """Nested as clients and lists do."""
        form = self.rng.randrange(8)
        if form == 0:
            return build.multipart(self.rng, "mixed", [content, build.attachment(
                self.rng, self.pick(["plan.pdf", "invite.ics.txt", "winmail.dat"]), self.base.raw)])
        if form == 1:
            footer = self.fill(self.pick(material.LIST_FOOTERS))
            return build.multipart(self.rng, "mixed",
                                   [content, build.part(self.rng, "text/plain", footer)])
        if form == 2:
            return build.multipart(self.rng, "signed", [content, (
                b"Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\n\n"
                b"AAAA\n-----END PGP SIGNATURE-----\n")],
                b"; protocol=\"application/pgp-signature\"")
        if form == 3:
            return build.multipart(self.rng, "related", [content])
        return content


def from_list(writer):
    """The fields that a mailing list adds."""
    return [("List-Id", b"Choir <choir.lists.example.org>"),
            ("List-Unsubscribe", b"<mailto:choir-leave@lists.example.org>"),
            ("Precedence", b"list")] + [("List-Post", b"<mailto:choir@lists.example.org>")] * \
        writer.chance(0.7)


# The recipes: each takes a Writer, and returns a mail's bytes.

def as_it_is(writer):
    return writer.base.raw


def with_other_head(writer):
    """A base's body under a new subject or author, or with line ends as on the wire."""
    head, gap, body = writer.base.raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    if writer.chance(0.7):
        subject = build.encoded_words(writer.rng, writer.subject())
        head = re.sub(rb"(?im)^subject:.*(?:\n[ \t].*)*", lambda _: b"Subject: " + subject, head)
    if writer.chance(0.5):
        author = build.mailbox(writer.rng, writer.pick(material.SENDERS + material.PEOPLE),
                               writer.address)
        head = re.sub(rb"(?im)^from:.*(?:\n[ \t].*)*", lambda _: b"From: " + author, head)
    raw = head + gap + body
    return raw.replace(b"\n", b"\r\n") if writer.chance(0.3) else raw


def letter(writer):
    text = writer.letter()
    if writer.chance(0.3):
        text += "\n\n" + writer.fill(writer.pick(material.LIST_FOOTERS))
    content = build.part(writer.rng, "text/plain", text)
    if writer.chance(0.4):
        page = writer.page(text.splitlines(), [], writer.social()[1] if writer.chance(0.5) else [])
        content = build.multipart(writer.rng, "alternative",
                                  [content, build.part(writer.rng, "text/html", page)])
    return build.mail(writer.head(), writer.wrapped(content))


def answer(writer):
    other = writer.pick(writer.ordinary)
    subject = writer.pick(material.REPLY_MARKS) + (other.subject if writer.chance(0.5)
                                                   else writer.subject())
    text = writer.letter() + "\n\n" + writer.answer_to(other)
    more = [("In-Reply-To", b"<1@mail.example.org>")] * writer.chance(0.8)
    return build.mail(writer.head(subject=subject, more=more),
                      writer.wrapped(build.part(writer.rng, "text/plain", text)))


def newsletter(writer):
    """A sender of bulk, with buttons to its own pages and the icons of networks."""
    lines = [writer.sentences(), writer.pick(["", writer.base.text[:2000]]), writer.sentences(2)]
    buttons = writer.rng.sample(material.BUTTONS, writer.rng.randrange(0, 4))
    more = [("List-Unsubscribe", b"<https://%s/u?x=1>" % writer.host.encode()),
            ("Precedence", b"bulk")] * writer.chance(0.7)
    author, subject = writer.pick(material.SENDERS + material.PEOPLE), writer.subject()
    if writer.chance(0.1):
        writer.host = writer.pick(material.FANS) + ".example.com"
        subject = writer.own_subject()
    address = "%s@%s" % (writer.pick(material.NETWORK_LOCALS), writer.host)
    return build.mail(writer.head(author, subject, address, more),
                      writer.wrapped(writer.text_and_page(lines, buttons)))


def other_site_invites(writer):
    """An invitation of somebody who is no network: a club, a shop, a wedding."""
    subject = writer.plain_subject() if writer.chance(0.5) else writer.own_subject()
    lines = [writer.sentences(2), writer.sentences(1)]
    buttons = writer.rng.sample(material.BUTTONS, writer.rng.randrange(1, 4))
    author = writer.pick(material.SENDERS + material.PEOPLE)
    return build.mail(writer.head(author, subject, "events@" + writer.host),
                      writer.wrapped(writer.text_and_page(lines, buttons)))


def about_networks(writer):
    """Somebody asks about a network's mail, and quotes its words."""
    writer.be_plain()
    line = writer.networks.filled(writer.rng, writer.pick(writer.networks.lines))
    subject = writer.networks.filled(writer.rng, writer.pick(writer.networks.subjects))
    marked = writer.pick([
        lambda: writer.pick(material.REPLY_MARKS + material.FORWARD_MARKS) + subject,
        lambda: writer.fill(writer.pick(material.QUESTIONS).replace("%s", "\0"))
        .replace("\0", subject), writer.own_subject])()
    quoted = writer.pick([
        'I keep getting mails that say "%s".', "> %s", "    %s\n", "<quote>%s</quote>",
        "They write: %s - can this be true?", "\u201c%s\u201d, it says there.", ">> %s"]) % line
    link = writer.networks.link(writer.rng, writer.pick(writer.networks.links))
    text = "\n\n".join([writer.sentences(2), quoted, writer.pick(["", "> ", "See "]) + link,
                        writer.sentences(2), writer.signature()])
    more = from_list(writer) if writer.chance(0.5) else []
    return build.mail(writer.head(subject=marked, more=more),
                      writer.wrapped(build.part(writer.rng, "text/plain", text)))


def answer_to_invitation(writer):
    """The one who was invited answers the inviter, and quotes all of it."""
    writer.be_plain()
    other = writer.pick(writer.invitations)
    text = writer.sentences(2) + "\n\n" + writer.answer_to(other)
    return build.mail(writer.head(subject=writer.pick(material.REPLY_MARKS) + other.subject,
                                  more=[("In-Reply-To", b"<1@mail.example.org>")] *
                                  writer.chance(0.7)),
                      writer.wrapped(build.part(writer.rng, "text/plain", text)))


def forward_of_invitation(writer):
    """Somebody shows another what came."""
    writer.be_plain()
    other = writer.pick(writer.invitations)
    subject = writer.pick(material.FORWARD_MARKS) + other.subject
    if writer.chance(0.1):
        subject = "[Fwd: %s]" % other.subject
    if writer.chance(0.3):
        content = build.multipart(writer.rng, "mixed", [
            build.part(writer.rng, "text/plain", writer.sentences(2)), build.enclosed(other.raw)])
    else:
        text = writer.sentences(2) + "\n\n" + writer.forward_of(other)
        content = build.part(writer.rng, "text/plain", text)
        if other.html and writer.chance(0.4):
            page = "<div>%s</div><blockquote>%s</blockquote>" % (
                html.escape(writer.sentences(2)), other.html)
            content = build.multipart(writer.rng, "alternative", [
                content, build.part(writer.rng, "text/html", page)])
    return build.mail(writer.head(subject=subject), content)


def calendar(writer):
    """A calendar part that asks nothing."""
    method = writer.pick(["PUBLISH", "REPLY", "CANCEL", "COUNTER", "DECLINECOUNTER", "REFRESH"])
    summary = writer.subject()
    ics = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:" + method, "BEGIN:VEVENT",
                     "UID:%d@%s" % (writer.n, writer.host), "DTSTART:20250210T130000Z",
                     "ORGANIZER:mailto:" + writer.address, "SUMMARY:" + summary,
                     "DESCRIPTION:" + writer.sentences(2).replace("\n", "\\n"),
                     "END:VEVENT", "END:VCALENDAR"])
    content = build.multipart(writer.rng, writer.pick(["alternative", "mixed"]), [
        build.part(writer.rng, "text/plain", writer.letter()),
        build.part(writer.rng, "text/calendar", ics, b"; method=" + method.encode())])
    subject = writer.pick(["Accepted: ", "Declined: ", "Canceled: ", "Updated: ", "Zusage: ",
                           "[Invitation] ", "Tentative: ", "Invitation: ", ""]) + summary
    # Calendars of networks send these, too.
    more = writer.pick([[], [("Content-Class", b"urn:content-classes:calendarmessage")],
                        [("Sender", b"Google Calendar <calendar-notification@google.com>")]])
    return build.mail(writer.head(subject=subject, more=more), content)


def forge(writer):
    """A bug tracker's, a forge's, a build machine's mail."""
    subject, local, text = writer.pick(material.FORGE_MAIL)
    subject = writer.fill(subject, subject=writer.subject())
    text = "\n\n".join([writer.base.text or writer.sentences(),
                        writer.fill(text, subject=writer.base.subject),
                        "https://%s/lindenhof/scanner/%d" % (writer.host, writer.n)])
    author = writer.pick([writer.name, writer.name + " (JIRA)", writer.name + " via Gerrit", ""])
    return build.mail(writer.head(author, subject, "%s@%s" % (local, writer.host),
                                  from_list(writer)),
                      build.part(writer.rng, "text/plain", text))


def bounce(writer):
    other = writer.base
    if writer.chance(0.5):
        writer.be_plain()
        other = writer.pick(writer.ordinary + writer.invitations)
    status = (b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n"
              b"Final-Recipient: rfc822; nobody@example.org\nAction: failed\nStatus: 5.1.1\n")
    content = build.multipart(writer.rng, "report", [
        build.part(writer.rng, "text/plain", "I'm sorry to have to inform you that your message "
                   "could not be delivered.\n\n" + other.subject),
        status, build.enclosed(other.raw[:MAX_RAW])], b"; report-type=delivery-status")
    subject = writer.pick(["Undelivered Mail Returned to Sender", "failure notice",
                           "Delivery Status Notification (Failure)",
                           "Undeliverable: " + other.subject, "Returned mail: see transcript"])
    return build.mail(writer.head("Mail Delivery System", subject, "MAILER-DAEMON@" + writer.host),
                      content)


def list_mail(writer):
    """A mailing list rewrote the author, tagged the subject, and has a footer."""
    author = writer.fill(writer.pick(["{name} via Choir", "{name} via Choir <x>", "{name} (Choir)",
                                      "'{name}' via Choir"]))
    footer = writer.fill(writer.pick(material.LIST_FOOTERS))
    text = writer.letter() + "\n" + footer
    more = from_list(writer) + [("X-Original-From", writer.address.encode())]
    subject = writer.pick(["[choir] ", "[Choir] [rehearsal] ", ""]) + writer.subject()
    return build.mail(writer.head(author, subject, "choir@lists.example.org", more),
                      build.part(writer.rng, "text/plain", text))


def digest(writer):
    """A list's digest, with invitations among the rest that members got there."""
    writer.be_plain()
    others = [writer.pick(writer.ordinary + writer.invitations) for _ in range(3)]
    text = ("Send Choir mailing list submissions to\n\tchoir@lists.example.org\n\n"
            "Today's Topics:\n\n")
    text += "".join("   %d. %s (%s)\n" % (number, other.subject, other.author)
                    for number, other in enumerate(others, 1))
    for other in others:
        text += "\n%s\n\nMessage: 1\nFrom: %s\nSubject: %s\n\n%s\n" % (
            "-" * 30, other.author, other.subject, other.text)
    return build.mail(writer.head("", "Choir Digest, Vol %d, Issue 4" % writer.n,
                                  "choir-request@lists.example.org", from_list(writer)),
                      build.part(writer.rng, "text/plain", text))


def network_mail(writer):
    """What a network mails besides invitations, from its own domain."""
    network = writer.pick(writer.networks.with_domains)
    subject, line, label = (writer.fill(text, title=network.title)
                            for text in writer.pick(material.NETWORK_MAIL))
    site = "https://%s/%s/%d" % (network.domains[0], label.split()[0].lower(), writer.n)
    text = "%s\n\n%s: %s\n\n%s" % (line, label, site, writer.sentences(1))
    page = '<p>%s</p><p><a href="%s">%s</a></p>' % (html.escape(line), site, html.escape(label))
    content = build.multipart(writer.rng, "alternative", [
        build.part(writer.rng, "text/plain", text), build.part(writer.rng, "text/html", page)])
    address = "%s@%s" % (writer.pick(material.NETWORK_LOCALS), writer.pick(network.domains))
    author = writer.pick([network.title, network.title + " Team", writer.name, ""])
    return build.mail(writer.head(author, subject, address), content)


def staff(writer):
    """Who works at a network writes mails, as everybody does."""
    network = writer.pick(writer.networks.with_domains)
    local = writer.person().partition("@")[0]
    writer.address = "%s@%s" % (local, writer.pick(network.domains))
    subject = writer.base.subject or writer.own_subject()
    if writer.chance(0.5):
        subject = writer.pick(material.REPLY_MARKS) + subject
    more = from_list(writer) if writer.chance(0.5) else []
    return build.mail(writer.head(subject=subject, more=more),
                      writer.wrapped(build.part(writer.rng, "text/plain", writer.letter())))


def damaged(writer):
    """What transports and hands do to mails."""
    raw = bytearray(writer.pick([newsletter, letter, answer, calendar, bounce, as_it_is])(writer))
    for _ in range(writer.rng.randrange(1, 6)):
        at, size = writer.rng.randrange(len(raw) + 1), writer.rng.randrange(1, 400)
        form = writer.rng.randrange(5)
        if form == 0:
            del raw[at:at + size]
        elif form == 1:
            raw[at:at] = raw[max(0, at - size):at] * writer.rng.randrange(1, 20)
        elif form == 2:
            raw[at:at + size] = writer.rng.randbytes(min(size, 40))
        elif form == 3:
            raw[at:at] = b"\0" * min(size, 9)
        else:
            del raw[at + writer.rng.randrange(len(raw) + 1):]
    return bytes(raw)


# How often, of a hundred.
RECIPES = [
    (as_it_is, 3), (with_other_head, 8), (letter, 10), (answer, 8), (newsletter, 14),
    (other_site_invites, 12), (about_networks, 10), (answer_to_invitation, 4),
    (forward_of_invitation, 4), (calendar, 4), (forge, 5), (bounce, 3), (list_mail, 4),
    (digest, 2), (network_mail, 4), (staff, 2), (damaged, 3),
]


class Variations:
    """Mail number i, for any i."""

    def __init__(self, found, seed=1):
        self.seed = seed
        self.ordinary = [Base(name, raw) for name, raw in found if len(raw) <= MAX_RAW]
        self.invitations = [Base(name, raw) for name, raw in bases.found_in([MAILS])
                            if not name.startswith("ordinary/")]
        self.networks = network_words.NetworkWords()
        self.recipes = [recipe for recipe, share in RECIPES for _ in range(share)]

    def make(self, number):
        """(recipe's name, base's name, bytes)"""
        rng = random.Random("%s:%d" % (self.seed, number))
        writer = Writer(rng, self.ordinary, self.invitations, self.networks)
        recipe = rng.choice(self.recipes)
        return recipe.__name__, writer.base.name, recipe(writer)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("bases", nargs="+")
    given = parser.parse_args()
    variations = Variations(bases.found_in(given.bases), given.seed)
    for number in range(given.count):
        recipe, name, raw = variations.make(number)
        sys.stdout.buffer.write(bases.mbox_of("%d/%s/%s" % (number, recipe, name), raw))


if __name__ == "__main__":
    main()
