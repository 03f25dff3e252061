# SPDX-License-Identifier: BSD-2-Clause
"""Writes mails by hand, so that every charset, encoding and nesting that people
use can be had, and the same bytes come out with every version of Python."""

import base64
import quopri

CHARSETS = ["utf-8", "utf-8", "utf-8", "UTF-8", "iso-8859-1", "iso-8859-15", "windows-1252",
            "iso-8859-2", "windows-1250", "koi8-r", "windows-1251", "iso-8859-7", "windows-1255",
            "iso-8859-9", "iso-2022-jp", "shift_jis", "euc-jp", "euc-kr", "gb2312", "gb18030",
            "big5", "us-ascii"]
TRANSFERS = ["7bit", "8bit", "quoted-printable", "quoted-printable", "base64"]


def charset_for(rng, text):
    """One that can say it."""
    for _ in range(4):
        charset = rng.choice(CHARSETS)
        try:
            text.encode(charset)
            return charset
        except (UnicodeEncodeError, LookupError):
            continue
    return "utf-8"


def encoded_words(rng, text):
    """RFC 2047, or raw where nothing needs it or the sender does not care."""
    text = text.replace("\n", " ").replace("\r", " ")
    if text.isascii() and rng.random() < 0.9:
        return text.encode()
    if rng.random() < 0.05:
        return text.encode("utf-8", "replace")
    charset, size = charset_for(rng, text), rng.choice([8, 12, 20])
    is_b = rng.random() < 0.5
    words = []
    for start in range(0, len(text), size):
        data = text[start:start + size].encode(charset, "replace")
        if is_b:
            coded = base64.b64encode(data).decode()
        else:
            coded = "".join(chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else
                            "_" if byte == 32 else "=%02X" % byte for byte in data)
        words.append("=?%s?%s?%s?=" % (charset, "B" if is_b else "Q", coded))
    return rng.choice(["\n ", " "]).join(words).encode()


def mailbox(rng, name, address):
    """A name and an address as they stand in From."""
    if not name:
        return address.encode()
    form = rng.randrange(8)
    if form == 0:
        return address.encode() + b" (" + encoded_words(rng, name.translate(PLAIN)) + b")"
    if form == 1 or (name.isascii() and not name.replace(" ", "").isalnum()):
        quoted = name.replace("\\", "").replace('"', "")
        if quoted.isascii():
            return b'"' + quoted.encode() + b'" <' + address.encode() + b">"
    if form == 2:
        return b"<" + address.encode() + b">"
    return encoded_words(rng, name) + b" <" + address.encode() + b">"


PLAIN = str.maketrans("", "", '()\\"')


def transfer(data, encoding):
    if encoding == "base64":
        return base64.encodebytes(data)
    if encoding == "quoted-printable":
        return quopri.encodestring(data)
    return data


def part(rng, kind, text, more=b""):
    """A text part: header fields, an empty line, and its body."""
    charset = charset_for(rng, text)
    data = text.encode(charset, "replace")
    encoding = rng.choice(TRANSFERS)
    if encoding == "7bit" and (not data.isascii() or charset == "iso-2022-jp"):
        encoding = "7bit" if charset == "iso-2022-jp" else "8bit"
    return (b"Content-Type: " + kind.encode() + b"; charset=" + charset.encode() + more +
            b"\nContent-Transfer-Encoding: " + encoding.encode() + b"\n\n" +
            transfer(data, encoding).rstrip(b"\n") + b"\n")


def multipart(rng, kind, parts, more=b""):
    boundary = b"=_%x" % rng.getrandbits(60)
    inner = b"".join(b"--" + boundary + b"\n" + piece + b"\n" for piece in parts)
    return (b"Content-Type: multipart/" + kind.encode() + more + b"; boundary=\"" + boundary +
            b"\"\n\n" + rng.choice([b"", b"", b"This is a multi-part message in MIME format.\n"]) +
            inner + b"--" + boundary + b"--\n")


def attachment(rng, name, data):
    return (b"Content-Type: application/octet-stream; name=\"" + name.encode() +
            b"\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"" +
            name.encode() + b"\"\n\n" + base64.encodebytes(data[:3000]))


def enclosed(mail):
    return b"Content-Type: message/rfc822\nContent-Disposition: inline\n\n" + mail


def fields(pairs):
    return b"".join(name.encode() + b": " + value + b"\n" for name, value in pairs)


def is_mime(content):
    return content[:8].lower() == b"content-"


def mail(pairs, content):
    """content: a part or a multipart, whose own fields end the head."""
    return fields(pairs) + (b"MIME-Version: 1.0\n" if is_mime(content) else b"") + content
