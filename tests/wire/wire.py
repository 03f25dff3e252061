# SPDX-License-Identifier: BSD-2-Clause
"""The MTA's side of the milter protocol, as far as the tests need it."""

import re
import socket
import struct
import time

from daemon import PATIENCE

ACTIONS = 0x1FF
NR_CONN, NR_HDR, SKIP, NR_MAIL, NR_RCPT, NR_BODY = 0x1000, 0x80, 0x400, 0x4000, 0x8000, 0x80000
EVENTS = 0x1FFFFF & ~0x100000  # all Postfix offers but the leading blank
CHUNK = 65535


def split(mail):
    """Bytes of a mail with LF lines → [(name, value)], body."""
    head, _, body = mail.partition(b"\n\n") if not mail.startswith(b"\n") else (b"", b"", mail[1:])
    fields = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1][1] += b"\n" + line
        elif b":" in line:
            name, _, value = line.partition(b":")
            fields.append([name, value[1:] if value[:1] == b" " else value])
    return [tuple(field) for field in fields], body.replace(b"\n", b"\r\n")


class Outcome:
    """What the filter answered to one mail."""

    def __init__(self):
        self.head_end = None  # reply at the end of the header
        self.body = []        # replies to chunks, and how many were sent
        self.end = None       # reply at the end of the message
        self.edits = []       # ("m" | "i", index, name, value), in order
        self.envelope = []    # "+<added>" and "-<removed>", in order
        self.reply = ""       # what the client is told
        self.new_body = None
        self.slowest = 0.0    # seconds that the slowest reply took

    def deleted(self):
        return [(name.decode(), index) for kind, index, name, value in self.edits
                if kind == "m" and value == b""]

    def inserted(self):
        return {name.decode(): value.decode() for kind, _, name, value in self.edits
                if kind == "i"}

    def apply(self, fields, renumbers):
        """The header afterwards, as Postfix (renumbers) or Sendmail does it."""
        fields = [list(field) for field in fields]
        for kind, index, name, value in self.edits:
            if kind == "i":
                fields.insert(index, [name, value])
                continue
            same = [field for field in fields if field[0].lower() == name.lower() and
                    not (renumbers and field[1] is None)]
            if index <= len(same):
                same[index - 1][1] = None if value == b"" else value
        return [tuple(field) for field in fields if field[1] is not None]


class Peer:
    """One connection to the filter."""

    def __init__(self, path, actions=ACTIONS, events=EVENTS):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(path)
        self.slowest = 0.0
        self.send(b"O", struct.pack(">III", 6, actions, events))
        kind, data = self.receive()
        if kind != b"O":
            raise ConnectionError("no negotiation but %r" % kind)
        self.events = struct.unpack(">III", data[:12])[2]

    def send(self, command, data=b""):
        self.socket.sendall(struct.pack(">I", len(data) + 1) + command + data)

    def receive_exactly(self, size):
        data = b""
        while len(data) < size:
            more = self.socket.recv(min(size - len(data), 1 << 20))
            if not more:
                raise ConnectionError("the filter hung up")
            data += more
        return data

    def receive(self):
        start = time.monotonic()
        size = struct.unpack(">I", self.receive_exactly(4))[0]
        self.slowest = max(self.slowest, time.monotonic() - start)
        data = self.receive_exactly(size)
        return data[:1], data[1:]

    def say(self, command, data=b"", mute=0):
        """Send, and read the reply unless the filter said there is none."""
        self.send(command, data)
        if self.events & mute:
            return None
        kind, self.said = self.receive()
        return kind

    def macros(self, command, macros):
        data = b"".join(name + b"\0" + value + b"\0" for name, value in macros.items())
        self.send(b"D", command + data)

    def connect(self, client, name=b"client.example.org"):
        """The SMTP client's address and confirmed name, before the first mail."""
        family = b"6" if b":" in client else b"4"
        self.say(b"C", name + b"\0" + family + struct.pack(">H", 25000) + client + b"\0",
                 NR_CONN)

    def begin(self, recipients=(b"<marieke@example.net>",), sender={}, mailer=b"lmtp",
              author=b"<a@example.org>"):
        self.slowest = 0.0
        self.macros(b"M", {b"i": b"TEST1", **sender})
        self.say(b"M", author + b"\0", NR_MAIL)
        for recipient in recipients:
            self.macros(b"R", {b"{rcpt_mailer}": mailer})
            self.say(b"R", recipient + b"\0", NR_RCPT)

    def head(self, fields):
        for name, value in fields:
            self.say(b"L", name + b"\0" + value + b"\0", NR_HDR)
        self.macros(b"N", {b"i": b"TEST1"})
        return self.say(b"N")

    def chunk(self, data):
        return self.say(b"B", data, NR_BODY)

    def finish(self, outcome):
        self.macros(b"E", {b"i": b"TEST1"})
        self.send(b"E")
        while True:
            kind, data = self.receive()
            if kind in (b"m", b"i", b"h"):
                if kind == b"h":
                    data = struct.pack(">I", 1 << 20) + data
                name, value = data[4:].split(b"\0")[:2]
                outcome.edits.append((kind.decode(), struct.unpack(">I", data[:4])[0],
                                      name, value))
            elif kind in (b"+", b"-"):
                outcome.envelope.append((kind + data.rstrip(b"\0")).decode())
            elif kind == b"b":
                outcome.new_body = (outcome.new_body or b"") + data
            elif kind != b"p":
                outcome.end = kind
                outcome.reply = data.rstrip(b"\0").decode()
                break
        outcome.slowest = self.slowest
        return outcome

    def mail(self, fields, body, **envelope):
        """A whole mail, body in CRLF."""
        outcome = Outcome()
        self.begin(**envelope)
        outcome.head_end = self.head(fields)
        outcome.slowest = self.slowest
        if outcome.head_end in (b"a", b"y"):
            outcome.reply = self.said.rstrip(b"\0").decode()
            return outcome
        for at in range(0, len(body), CHUNK):
            outcome.body.append(self.chunk(body[at:at + CHUNK]))
            if outcome.body[-1] == b"s":
                break
        return self.finish(outcome)

    def abort(self):
        self.send(b"A")

    def close(self):
        self.send(b"Q")
        self.socket.close()


def unfold(value):
    return re.sub(r"\n[ \t]+", " ", value)
