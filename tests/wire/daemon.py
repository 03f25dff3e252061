# SPDX-License-Identifier: BSD-2-Clause
"""The built daemon in a folder of its own, and how tests report.

INVITE_MILTER and INVITECTL name the programs; without them they are looked
for in the current folder.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

DAEMON = os.path.abspath(os.environ.get("INVITE_MILTER", "invite-milter"))
CTL = os.path.abspath(os.environ.get("INVITECTL", "invitectl"))
TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MAILS = os.path.join(TESTS, "mail")
SKIP = 77

SETTINGS = """\
[milter]
socket = unix:{folder}/s
socket-mode = {mode}
mode = {work}
control = unix:{folder}/c
user = root
[people]
store = sqlite:{folder}/people.sqlite
{people}
[policy]
banner = {banner}
{policy}[suggestion]
mark = {mark}
[log]
target = stderr
"""


# As long as may be set: by default an owner whose turn comes half a second late is not
# judged for.
LIMITS = "[limits]\nmail-time = 60000\n"


# Ended from outside, a test still ends what it started.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def mail(path):
    """A fixture's bytes."""
    with open(os.path.join(MAILS, path), "rb") as file:
        return file.read()


def temporary_folder(below="/tmp"):
    """Short, for sockets lie in it, and open to the MTA's user."""
    folder = tempfile.mkdtemp(prefix="im-", dir=below)
    os.chmod(folder, 0o755)
    return folder


def is_sanitized():
    with open(DAEMON, "rb") as file:
        program = file.read()
    return b"__asan_init" in program or b"__tsan_init" in program


# No test tells how long anything takes: machines are slow, and others work on them.
# Whatever is awaited comes within so many seconds, or has hung.
PATIENCE = 300.0 if is_sanitized() else 120.0

# So often is tried what races the daemon's own clock.
TRIES = 3


def require(is_true, why):
    if not is_true:
        raise AssertionError(why)


def equal(got, want, what):
    require(got == want, "%s: got %r, want %r" % (what, got, want))


def await_true(question, what):
    """what: text, or a function that makes it when it is wanted."""
    end = time.monotonic() + PATIENCE
    while not question():
        require(time.monotonic() < end,
                "waited in vain: " + (what() if callable(what) else what))
        time.sleep(0.02)


def noon():
    """The zone in which it is noon, so that no day ends while a test is made."""
    return "%+03d:00" % (12 - time.gmtime().tm_hour)


def race(attempt):
    """Of what must come before a time of the daemon's is over: a busy machine may lose
    that race, but one without the fault does not lose it each time."""
    for tried in range(1, TRIES + 1):
        try:
            return attempt()
        except AssertionError as error:
            if tried == TRIES:
                raise
            print("tried again: %s" % error, flush=True)


class Daemon:
    """One daemon; a context manager that ends it."""

    def __init__(self, folder=None, banner="no", work="enforce", mode="0666", mark="",
                 people="", policy="", more=""):
        self.is_ours = folder is None
        self.folder = folder or temporary_folder()
        self.socket = self.folder + "/s"
        self.settings = self.folder + "/conf"
        self.log_file = self.folder + "/daemon.log"
        self.environment = {}
        self.process = None
        self.write_settings(banner=banner, work=work, mode=mode, mark=mark, people=people,
                            policy=policy, more=more)

    def write_settings(self, banner="no", work="enforce", mode="0666", mark="",
                       people="", policy="", more=""):
        text = SETTINGS.format(folder=self.folder, banner=banner, work=work, mode=mode,
                               mark=mark, people=people, policy=policy)
        more = more.replace("[limits]\n", LIMITS) if "[limits]\n" in more else more + LIMITS
        with open(self.settings, "w") as file:
            file.write(text + more)

    def run(self, *arguments):
        return subprocess.run([DAEMON, *arguments], capture_output=True, text=True,
                              env={**os.environ, **self.environment}, timeout=PATIENCE)

    def start(self):
        with open(self.log_file, "ab") as log:
            before = self.starts()
            self.process = subprocess.Popen([DAEMON, "-f", "-c", self.settings],
                                            env={**os.environ, **self.environment},
                                            stdin=subprocess.DEVNULL, stderr=log)
        try:
            await_true(lambda: self.has_begun(before) and self.answers(),
                       lambda: "the daemon's socket: " + self.log())
        except AssertionError:
            # One that comes too late would serve for ever.
            self.process.kill()
            self.process.wait()
            raise
        return self

    def has_begun(self, before=0):
        """The sockets are there before all is read.  before: starts in the log."""
        require(self.process.poll() is None, "the daemon ended: " + self.log())
        return self.starts() > before

    def starts(self):
        """So often it said that it serves, as text or as JSON."""
        return len(re.findall(r'(?:: |")version \S+ serves ', self.log()))

    def answers(self):
        require(self.process.poll() is None, "the daemon ended: " + self.log())
        # Mail first: users are served a moment later.
        for path in (self.socket, self.folder + "/c"):
            with socket.socket(socket.AF_UNIX) as probe:
                try:
                    probe.connect(path)
                except OSError:
                    return False
        return True

    def log(self):
        with open(self.log_file, errors="replace") as file:
            return file.read()

    def await_told(self, words, times=1):
        """Until the log has them so often: a line may come after what it tells of."""
        await_true(lambda: self.log().count(words) >= times,
                   lambda: "%d times %s in the log: %s" % (times, words, self.log()))

    def lines(self):
        """What was logged about mails."""
        return [line for line in self.log().splitlines()
                if re.search(r"network=|passed unjudged|no banner", line)]

    def signal(self, number):
        self.process.send_signal(number)

    def memory(self, key="VmRSS"):
        """In kB."""
        with open("/proc/%d/status" % self.process.pid) as file:
            return int(re.search(key + r":\s+(\d+)", file.read())[1])

    def stop(self):
        """The exit status."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("the daemon does not end: " + self.log())

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, value, trace):
        try:
            status = self.stop()
            if kind is None:
                equal(status, 0, "exit status of the daemon: " + self.log())
                require("Sanitizer" not in self.log() and "runtime error" not in self.log(),
                        self.log())
        finally:
            if self.is_ours:
                shutil.rmtree(self.folder, ignore_errors=True)


def run_cases(suite, cases, alone=(), missing=None):
    """Run (name, function) pairs, two at a time, then those that want to be
    alone; tell of each and in all, and exit.  Where something was missing and
    nothing failed, not all was tested."""
    def run(case):
        start = time.monotonic()
        try:
            case[1]()
            why = None
        except Exception as error:  # noqa: a broken case must not hide the others
            why = "%s: %s" % (type(error).__name__, error)
        print("%s %s (%.1f s)%s" % ("FAIL" if why else "ok", case[0],
                                     time.monotonic() - start,
                                     ": " + why if why else ""), flush=True)
        return why is None

    def is_wanted(case):
        return len(sys.argv) == 1 or any(word in case[0] for word in sys.argv[1:])

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, filter(is_wanted, cases)))
    results += [run(case) for case in alone if is_wanted(case)]
    print("%s: %d passed, %d failed" % (suite, results.count(True), results.count(False)))
    if not all(results):
        sys.exit(1)
    sys.exit(SKIP if missing else 0)
