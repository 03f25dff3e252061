# SPDX-License-Identifier: BSD-2-Clause
"""Mails made to cost much: few bytes for the sender, and time or memory for who reads
them.  Each looks like an invitation at first, so that it is read to its end."""

import base64
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                                "wire"))

from daemon import mail  # noqa: E402
from wire import split  # noqa: E402

K = 1000
ROOM = 500 * K  # below the 524288 that [limits] mail allows, with the header


def with_field(fields, name, value):
    """The fields with one in place of those of its name."""
    return [field for field in fields if field[0].lower() != name.lower()] + [(name, value)]


def fill(text, size=ROOM):
    return (text * (size // len(text) + 1))[:size]


def nested(depth, kind=b"multipart/mixed"):
    return b"".join(b"--b%d\r\nContent-Type: %s; boundary=b%d\r\n\r\n" % (i, kind, i + 1)
                    for i in range(depth))


def bombs():
    """Name → fields, body."""
    fields, body = split(mail("linkedin/member-2024-default.eml"))

    def of_kind(kind, text, coding=None, charset=b"utf-8"):
        made = with_field(fields, b"Content-Type", kind if b";" in kind or kind[:5] != b"text/"
                          else kind + b"; charset=" + charset)
        return (with_field(made, b"Content-Transfer-Encoding", coding) if coding else made), text

    def html(text):
        return of_kind(b"text/html", text)

    def plain(text, charset=b"utf-8"):
        return of_kind(b"text/plain", text, charset=charset)

    def mixed(text):
        return of_kind(b"multipart/mixed; boundary=b", text)

    def field(name, value):
        return with_field(fields, name, value), body

    def more(extra):
        return fields + extra, body

    encoded = b"=?utf-8?q?=C3=A4?= "
    return {
        # parts
        "10,000 parts in one another": of_kind(b"multipart/mixed; boundary=b0", nested(10 * K)),
        "10,000 mails in one another": of_kind(
            b"message/rfc822", fill(b"Content-Type: message/rfc822\r\n\r\n", 310 * K)),
        "60,000 empty parts": mixed(fill(b"--b\r\n\r\n")),
        "10,000 text parts": mixed(fill(b"--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n")),
        "5,000 HTML parts": mixed(fill(b"--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n")),
        "100,000 lines that begin with --": mixed(b"--b\r\n\r\n" + fill(b"--x\r\n") +
                                                  b"\r\n--b--\r\n"),
        "a boundary of 100 kB": of_kind(b"multipart/mixed; boundary=\"%s\"" % fill(b"x", 100 * K),
                                        fill(b"--x\r\n")),
        "10,000 parameters": of_kind(b"multipart/mixed; boundary=b" + b"".join(
            b";\n a%d=b" % i for i in range(10 * K)), b"--b\r\n\r\nx\r\n--b--\r\n"),
        "10,000 pieces of one parameter": of_kind(b"text/plain" + b"".join(
            b";\n name*%d*=%%41" % i for i in range(10 * K)), b"Hello\r\n"),
        "boundaries that begin alike": of_kind(b"multipart/mixed; boundary=" + b"b" * 60,
                                               fill(b"--" + b"b" * 59 + b"\r\n")),
        # header
        "100,000 fields": more([(b"X-%d" % i, b"y") for i in range(100 * K)]),
        "a field of 400 kB": more([(b"X-Long", fill(b"y", 400 * K))]),
        "a field folded 100,000 times": more([(b"X-Folded", fill(b"y\n ", 300 * K))]),
        "5,000 fields of our names": more([(b"Invite-Verdict", b"known")] * (5 * K)),
        "200 fields of our names": more([(b"Invite-Verdict", b"known")] * 200),
        "10,000 Received": more([(b"Received", b"from a by b; Tue, 4 Feb 2025 08:00:00 +0000")]
                                * (10 * K)),
        "2,000 Authentication-Results": more([(b"Authentication-Results",
                                               b"mx.example.net; dkim=pass header.d=a.example")]
                                             * (2 * K)),
        "one Authentication-Results of 200 kB": more([(
            b"Authentication-Results", b"mx.example.net" + fill(b"; dkim=pass header.d=a.example",
                                                                200 * K))]),
        "1,000 signatures": more([(b"DKIM-Signature", b"v=1; a=rsa-sha256; d=a%d.example; s=s; "
                                   b"h=from; bh=AAAA; b=AAAA" % i) for i in range(K)]),
        # addresses
        "10,000 addresses": field(b"From", fill(b"a <a@example.org>, ", 190 * K)),
        "an address of 200 kB": field(b"From", fill(b"a", 200 * K) + b"@linkedin.com"),
        "a domain of 200 kB": field(b"From", b"a@" + fill(b"a.", 200 * K) + b"linkedin.com"),
        "100,000 comments in one another": field(b"From", b"(" * (100 * K) + b" a@linkedin.com"),
        "5,000 groups in one another": field(b"To", b"g:" * (5 * K) + b"a@example.org"),
        "a literal that never ends": field(b"From", b"x@[" + fill(b"1", 100 * K) + b"](a"),
        # encoded words and charsets
        "20,000 encoded words": field(b"Subject", encoded * (20 * K)),
        "an encoded word of 300 kB": field(b"Subject", b"=?utf-8?q?" + fill(b"=41", 300 * K) +
                                           b"?="),
        "5,000 names of charsets": field(b"Subject", b" ".join(
            b"=?x-%d?q?a?=" % i for i in range(5 * K))),
        "a charset's name of 100 kB": plain(b"Hello\r\n", fill(b"x", 100 * K)),
        "UTF-7": plain(fill(b"+AOQ-"), b"utf-7"),
        "ISO-2022-JP that shifts at each letter": plain(fill(b"\x1b$B0!\x1b(Ba"), b"iso-2022-jp"),
        "bytes that are no UTF-8": plain(fill(b"\xff\xfe\xc3")),
        # encodings that grow
        "base64 of zeros": of_kind(b"text/plain; charset=utf-8",
                                   base64.b64encode(bytes(ROOM * 3 // 4 - 4)), b"base64"),
        "base64 of HTML in UTF-16": of_kind(
            b"text/html; charset=utf-16le",
            base64.b64encode(fill("<b>".encode("utf-16le"), 360 * K)), b"base64"),
        "quoted-printable of ends alone": of_kind(b"text/plain; charset=utf-8", fill(b"=\r\n"),
                                                  b"quoted-printable"),
        "uuencode that names no length": of_kind(b"text/plain; charset=utf-8",
                                                 b"begin 644 a\r\n" + fill(b"M"), b"x-uuencode"),
        # text
        "a line of 1 MB": plain(fill(b"x", K * K)),
        "a line of 500 kB before a link": plain(fill(b"x", ROOM - 100) +
                                                b" https://www.linkedin.com/in/a\r\n"),
        "500 kB of line ends": plain(b"\r\n" * (ROOM // 2)),
        "15,000 links": plain(fill(b"https://www.linkedin.com/in/abc \r\n")),
        "a link that leads on 20,000 times": plain(
            b"https://www.linkedin.com/redir?url=" * (14 * K) + b"\r\n"),
        "signs that join 200,000 times": plain(fill("a\u0301\u200d".encode(), 400 * K)),
        # HTML
        "100,000 tags in one another": html(fill(b"<div>")),
        "100,000 ends of tags": html(fill(b"</p>")),
        "30,000 attributes": html(b"<p " + b"".join(b"a%d=b " % i for i in range(30 * K)) + b">"),
        "tags that never end": html(fill(b"<a href=\"")),
        "comments that never end": html(fill(b"<!--")),
        "100,000 entities": html(fill(b"&amp;amp;")),
        "5,000 tables in one another": html(fill(b"<table><tr><td>", 150 * K)),
        "a style of 500 kB": html(b"<style>" + fill(b"a{color:red}") + b"</style>"),
        # calendars
        "20,000 events": of_kind(b"text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\n" + fill(
            b"BEGIN:VEVENT\r\nEND:VEVENT\r\n")),
        "an event that repeats for ever": of_kind(
            b"text/calendar; method=REQUEST",
            b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:a\r\n"
            b"DTSTART:19700101T000000Z\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n"
            b"ORGANIZER:mailto:a@linkedin.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
    }


def macro_packets():
    """Name → the packets of macros before a mail: what Postfix never sends."""
    return {
        "a macro packet of 60 kB": b"M" + b"{a}\0" + fill(b"x", 60 * K) + b"\0",
        "10,000 macros": b"M" + b"".join(b"{m%d}\0v\0" % i for i in range(5 * K)),
        "a macro packet with an odd number of strings": b"M" + b"i\0Q\0x\0",
        "a macro packet without an end": b"M" + b"i",
    }
