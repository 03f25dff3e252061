# SPDX-License-Identifier: BSD-2-Clause
"""The milters that reliability.py puts to the test, us and OpenDKIM alike: started,
killed, measured.  And the tables that are made of it."""

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "wire"))

from daemon import DAEMON, Daemon, await_true, mail, require  # noqa: E402
from verifiers import OpenDKIM  # noqa: E402
from wire import NR_HDR, Outcome, Peer, split  # noqa: E402

INVITATION = "linkedin/member-2024-default.eml"
FORGED = (b"Invite-Verdict", b"known")
FALSE_RESULT = (b"Authentication-Results", b"mx.example.net; dkim=pass header.d=linkedin.com")
FILES = 16384  # that may be open, as in our unit


class Table:
    """One table of the page; rows are printed as they come."""

    def __init__(self):
        self.title, self.words, self.columns, self.rows = "", "", [], []
        self.faults = []
        self.began = time.monotonic()
        self.seconds = 0

    def begin(self, title, words, columns):
        self.title, self.words, self.columns = title, words, columns
        print("\n== " + title, flush=True)
        self.say(columns)

    def say(self, cells):
        print("  ".join(str(cell).ljust(12) for cell in cells), flush=True)

    def row(self, *cells):
        self.rows.append(cells)
        self.say(cells)
        self.seconds = time.monotonic() - self.began

    def must(self, is_true, why):
        """A row may show what should not be; the page goes on, and ends in failure."""
        if not is_true:
            self.faults.append("%s: %s" % (self.title, why))
            print("FAULT " + why, flush=True)

    def markdown(self):
        lines = ["## " + self.title, "", self.words.strip() + "  (%d s)" % self.seconds, "",
                 "| " + " | ".join(self.columns) + " |",
                 "| --- |" + " ---: |" * (len(self.columns) - 1)]
        lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
                  for row in self.rows]
        return "\n".join(lines) + "\n"


def allow_files():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def megabytes(kilobytes):
    return "%.1f" % (kilobytes / 1000)


class EarlyAnswer(Exception):
    """The milter has made up its mind within the header."""


class Attentive(Peer):
    """One that says who the client is, and hears what is answered to each field."""

    def __init__(self, path):
        super().__init__(path)
        self.connect(b"192.0.2.1")

    def head(self, fields):
        for field in fields:
            kind = self.say(b"L", b"%s\0%s\0" % field, NR_HDR)
            if kind not in (None, b"c"):
                raise EarlyAnswer(kind)
        return super().head([])


class Measured:
    """What is asked of both: self.process is the milter."""

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def cpu(self):
        """Seconds of all its threads, those that ended, too."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def kilobytes(self, key="VmRSS"):
        with open("/proc/%d/status" % self.process.pid) as file:
            return int(re.search(key + r":\s+(\d+)", file.read())[1])

    def forget_peak(self):
        with open("/proc/%d/clear_refs" % self.process.pid, "w") as file:
            file.write("5")

    def takes_connections(self):
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(self.socket) == 0

    def kill(self):
        self.process.kill()
        self.process.wait()

    def once(self, fields, body, **envelope):
        peer = Attentive(self.socket)
        try:
            return peer.mail(fields, body, **envelope)
        except EarlyAnswer as answer:
            outcome = Outcome()
            outcome.end, outcome.reply = answer.args[0], peer.said.rstrip(b"\0").decode("latin-1")
            return outcome
        finally:
            peer.socket.close()

    def judges(self):
        """Whether an invitation gets our field, or any mail OpenDKIM's."""
        fields, body = split(mail(INVITATION))
        return self.field in self.once(fields, body).inserted()


class Ours(Daemon, Measured):
    name = "invite-milter"
    field = "Invite-Verdict"
    reload = signal.SIGHUP

    def __init__(self, folder, **settings):
        os.makedirs(folder, exist_ok=True)
        super().__init__(folder=folder, **settings)

    def end(self):
        if self.is_alive():
            self.signal(signal.SIGTERM)
            self.process.wait(100)


class Activated(Ours):
    """systemd's part is ours: the socket stays while the daemon comes and goes."""
    name = "invite-milter, socket activation"

    def __init__(self, folder, **settings):
        super().__init__(folder, **settings)
        if os.path.exists(self.socket):
            os.unlink(self.socket)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.socket)
        os.chmod(self.socket, 0o666)
        self.listener.listen(4096)

    def start(self):
        with open(self.log_file, "ab") as log:
            before = self.starts()
            fd = self.listener.fileno()
            self.process = subprocess.Popen(
                ["bash", "-c", "exec 3<&%d; export LISTEN_FDS=1 LISTEN_PID=$$; "
                 "exec \"$0\" -f -c \"$1\"" % fd, DAEMON, self.settings],
                pass_fds=[fd], stdin=subprocess.DEVNULL, stderr=log,
                env={**os.environ, **self.environment})
        await_true(lambda: self.has_begun(before), self.log)
        return self

    def end(self):
        super().end()
        self.listener.close()


class Theirs(OpenDKIM, Measured):
    name = "opendkim"
    field = "Authentication-Results"
    reload = signal.SIGUSR1  # SIGHUP ends it

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        super().__init__(folder)
        os.makedirs(self.folder, exist_ok=True)
        self.environment = {}

    def start(self):
        command = self.prepare()
        with open(self.folder + "/log", "ab") as log:
            self.process = subprocess.Popen([self.program, *command], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log,
                                            env={**os.environ, **self.environment})
        await_true(lambda: self.takes_connections() or not self.is_alive(), self.log)
        require(self.is_alive(), "opendkim ended: " + self.log())
        return self

    def signal(self, number):
        self.process.send_signal(number)

    def end(self):
        self.stop()


def contestants(folder):
    """Makers of both, or of us alone."""
    made = [lambda: Ours(folder + "/ours")]
    if shutil.which(Theirs.program) is not None:
        made.append(lambda: Theirs(folder + "/theirs"))
    return made


def answer_of(outcome):
    """As a word: what became of the mail."""
    if outcome is None:
        return "hung up"
    last = outcome.end or outcome.head_end
    words = {b"a": "passed", b"c": "passed", b"y": "refused", b"t": "deferred",
             b"d": "discarded", b"r": "refused"}
    word = words.get(last, repr(last))
    if outcome.reply[:3].isdigit():
        word += " " + outcome.reply[:3]
    if word == "passed" and any(name in outcome.inserted()
                                for name in (Ours.field, Theirs.field)):
        word = "passed, judged"
    return word


def try_once(server, fields, body, **envelope):
    """The outcome, or None where the milter hung up."""
    try:
        return server.once(fields, body, **envelope)
    except OSError:
        return None

