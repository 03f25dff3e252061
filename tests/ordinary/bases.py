#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Mails found in folders, mboxes and source archives, as one mbox on standard output.

    bases.py PLACE... > bases.mbox

A place is a mail, an mbox, a folder, or an archive (tar, .deb) that may hold any
of these; what looks like no mail is passed over, and what was seen before, too.
The "From " line of each mail in the mbox tells where it is from.
"""

import bz2
import gzip
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import zlib

MAX_FILE = 16 * 1024 * 1024
MAX_MAIL = 512 * 1024

# Three fields in a row, one of them From, and one more that mail has.
HEAD = re.compile(rb"(?:From [^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}")
AUTHOR = re.compile(rb"^from:", re.I | re.M)
OTHER = re.compile(rb"^(?:received|return-path|message-id|subject|date):", re.I | re.M)
BETWEEN = re.compile(rb"(?<=\n\n)(?=From [^\n]*\d\d:\d\d)|(?<=\n\r\n)(?=From [^\n]*\d\d:\d\d)")
FROM = re.compile(rb"^(>*From )", re.M)
QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)
ARCHIVE = re.compile(r"\.(?:tar(?:\.\w+)?|tgz|deb)$")
NO_MAIL = re.compile(r"\.debian\.tar\.|\.(?:po|pot|asc|dsc)$|/apt/")


def is_mail(data):
    head = HEAD.match(data[:65536].replace(b"\r\n", b"\n"))
    return bool(head and AUTHOR.search(head[0]) and OTHER.search(head[0]))


def split(data):
    """The mails of what may be an mbox."""
    if not data.startswith(b"From "):
        return [data]
    return [mail.partition(b"\n")[2] for mail in BETWEEN.split(data)]


def mails_of_bytes(name, data):
    if data[:2] == b"\x1f\x8b" or data[:3] == b"BZh":
        try:
            opened = (gzip if data[0] == 0x1F else bz2).open(io.BytesIO(data))
            data = opened.read(MAX_FILE)
        except (OSError, EOFError, zlib.error):
            return
    if not is_mail(data):
        return
    mails = split(data)
    for number, mail in enumerate(mails, 1):
        if len(mail) <= MAX_MAIL and is_mail(mail):
            yield (name if len(mails) == 1 else "%s#%d" % (name, number)), mail


def mails_of_tar(name, tar):
    for member in tar:
        if member.isfile() and member.size <= MAX_FILE and not NO_MAIL.search(member.name):
            yield from mails_of_bytes(name + member.name.partition("/")[2],
                                      tar.extractfile(member).read())


def mails_of_archive(path):
    name = os.path.basename(path).partition("_")[0] + "/"
    try:
        if not path.endswith(".deb"):
            with tarfile.open(path) as tar:
                yield from mails_of_tar(name, tar)
            return
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", path],
                              stdout=subprocess.PIPE) as unpacked:
            with tarfile.open(fileobj=unpacked.stdout, mode="r|") as tar:
                yield from mails_of_tar(name, tar)
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        print("bases.py: %s: %s" % (path, error), file=sys.stderr)


def mails_of_file(path, name):
    if NO_MAIL.search(path) or not os.path.isfile(path):
        return
    if ARCHIVE.search(path):
        yield from mails_of_archive(path)
    elif os.path.getsize(path) <= MAX_FILE:
        with open(path, "rb") as file:
            yield from mails_of_bytes(name, file.read())


def mails_of(place):
    """(name, bytes) of each mail, in an order that is always the same."""
    if not os.path.isdir(place):
        yield from mails_of_file(place, os.path.basename(place))
        return
    for folder, below, files in os.walk(place):
        below.sort()
        for file in sorted(files):
            path = os.path.join(folder, file)
            yield from mails_of_file(path, os.path.relpath(path, place))


def found_in(places):
    seen = set()
    for place in places:
        for name, mail in mails_of(place):
            digest = hashlib.sha256(mail).digest()
            if digest not in seen:
                seen.add(digest)
                yield name, mail


def mbox_of(name, mail):
    """A mail as it stands in an mbox, quoted so that it can be had back."""
    end = b"\n" if mail.endswith(b"\n") else b"\n\n"
    line = "From %s Thu Jan  1 00:00:00 1970\n" % name.replace("%", "%25").replace(" ", "%20")
    return line.encode(errors="replace") + FROM.sub(rb">\1", mail) + end


def read(path):
    """(name, bytes) of each mail of what we wrote."""
    with open(path, "rb") as file:
        data = file.read()
    for mail in BETWEEN.split(data):
        line, _, rest = mail.partition(b"\n")
        name = line.split(b" ")[1].decode(errors="replace")
        yield (name.replace("%20", " ").replace("%25", "%"),
               QUOTED_FROM.sub(rb"\1", rest)[:-1])


def main():
    count = 0
    for name, mail in found_in(sys.argv[1:]):
        sys.stdout.buffer.write(mbox_of(name, mail))
        count += 1
    print("bases.py: %d mails" % count, file=sys.stderr)


if __name__ == "__main__":
    main()
