# SPDX-License-Identifier: BSD-2-Clause
"""A network of its own for a test: loopback alone, mail from outside that comes
from an address which nobody takes for a local one, and a name server that knows
what the test tells it.  Nothing leaves the machine."""

import os
import shutil
import socket
import struct
import subprocess
import sys
import threading

NAMESERVER, OUTSIDE = "192.0.2.53", "198.51.100.9"
UNSHARE = ["unshare", "--net", "--mount", "--uts"]
MARK = "INVITE_MILTER_PRIVATE_NETWORK"

TXT = 16
NO_ERROR, NO_SUCH_NAME, SERVER_FAILURE = 0, 3, 2
FAILS = object()  # in a zone: the server cannot answer


def what_is_missing():
    """Why there can be no network of our own, or None."""
    for program in ("unshare", "mount", "ip"):
        if shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None:
            return program + " is missing"
    done = subprocess.run([*UNSHARE, "true"], capture_output=True, text=True)
    return None if done.returncode == 0 else "no namespaces: " + done.stderr.strip()


def enter():
    """Start the program anew in namespaces of its own; the second time, go on."""
    if os.environ.get(MARK) != str(os.getpid()):
        os.environ[MARK] = str(os.getpid())
        os.execvp(UNSHARE[0], [*UNSHARE, sys.executable, *sys.argv])
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    for words in ("link set lo up", "address add %s/32 dev lo" % NAMESERVER,
                  "address add %s/32 dev lo" % OUTSIDE):
        subprocess.run(["ip", *words.split()], check=True)


class Nameserver:
    """Answers for TXT records of a zone, name → text; all other names do not exist."""

    def __init__(self, folder, zone):
        self.zone = zone
        with open(folder + "/resolv.conf", "w") as file:
            file.write("nameserver %s\n" % NAMESERVER)
        subprocess.run(["mount", "--bind", folder + "/resolv.conf", "/etc/resolv.conf"],
                       check=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((NAMESERVER, 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            query, client = self.socket.recvfrom(4096)
            self.socket.sendto(self.answer(query), client)

    def answer(self, query):
        labels, at = [], 12
        while query[at] != 0:
            labels.append(query[at + 1:at + 1 + query[at]].decode("latin-1"))
            at += query[at] + 1
        question = query[12:at + 5]
        found = self.zone.get(".".join(labels).lower())
        code = NO_SUCH_NAME if found is None else SERVER_FAILURE if found is FAILS else NO_ERROR
        records = b""
        if code == NO_ERROR and struct.unpack(">H", query[at + 1:at + 3])[0] == TXT:
            text = found.encode()
            strings = b"".join(bytes([len(text[i:i + 255])]) + text[i:i + 255]
                               for i in range(0, len(text), 255))
            records = b"\xc0\x0c" + struct.pack(">HHIH", TXT, 1, 60, len(strings)) + strings
        # A response, authoritative, and recursion was desired and is available.
        return query[:2] + struct.pack(">HHHHH", 0x8580 | code, 1, 1 if records else 0, 0, 0) + \
            question + records
