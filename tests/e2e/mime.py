# SPDX-License-Identifier: BSD-2-Clause
"""A mail's bytes taken apart without changing any of them."""

import base64
import quopri
import re


def head_and_body(mail):
    if mail.startswith(b"\n"):
        return b"", mail[1:]
    head, gap, body = mail.partition(b"\n\n")
    return head + b"\n", body


def field(head, name):
    """The unfolded value of the first field of this name, or b""."""
    match = re.search(rb"(?im)^" + name + rb":[ \t]*((?:.*\n(?:[ \t].*\n)*))", head)
    return re.sub(rb"\n[ \t]*", b" ", match[1]).strip() if match else b""


def values(mail, name):
    """All values of a field, unfolded."""
    head = head_and_body(mail)[0].decode("latin-1")
    found = re.findall(r"(?im)^" + name + r":[ \t]*((?:.*\n(?:[ \t].*\n)*))", head)
    return [re.sub(r"\n[ \t]*", " ", value).strip() for value in found]


def names(head):
    return [line.partition(b":")[0].decode("latin-1") for line in head.split(b"\n")
            if line and line[:1] not in b" \t"]


class Leaf:
    def __init__(self, head, raw):
        self.kind = field(head, b"Content-Type").split(b";")[0].strip().lower().decode() \
            or "text/plain"
        self.encoding = field(head, b"Content-Transfer-Encoding").lower().decode() or "7bit"
        self.raw = raw

    def content(self):
        if self.encoding == "base64":
            return base64.b64decode(self.raw)
        if self.encoding == "quoted-printable":
            return quopri.decodestring(self.raw)
        return self.raw


def take_apart(mail):
    """What stands around the leaves, and the leaves."""
    leaves = []

    def walk(part):
        head, body = head_and_body(part)
        boundary = re.search(rb'(?i)multipart/.*boundary="?([^";\s]+)',
                             field(head, b"Content-Type"))
        if boundary is None:
            leaves.append(Leaf(head, body))
            return head + b"\n<leaf>"
        # A line break before a boundary belongs to the boundary.
        pieces = re.split(rb"((?:^|\n)--" + re.escape(boundary[1]) + rb"(?:--)?[ \t]*(?:\n|$))",
                          body)
        is_closed = len(pieces) > 1 and pieces[-2].strip().endswith(b"--")
        last = len(pieces) - (1 if is_closed else 0)
        inner = [walk(piece) if 2 <= i < last and i % 2 == 0 else piece
                 for i, piece in enumerate(pieces)]
        return head + b"\n" + b"".join(inner)

    return walk(mail), leaves


def inserted(old, new):
    """What was put into old in one place to make new; None where that is not how."""
    old, new = old.replace(b"\r\n", b"\n"), new.replace(b"\r\n", b"\n")
    at = 0
    while at < len(old) and at < len(new) and old[at] == new[at]:
        at += 1
    rest = len(old) - at
    if len(new) < len(old) or new[len(new) - rest:] != old[at:]:
        return None
    return new[at:len(new) - rest]
