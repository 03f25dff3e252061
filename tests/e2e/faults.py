# SPDX-License-Identifier: BSD-2-Clause
"""The store in trouble, and what an audit once found: each is done again."""

import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import time

from bombs import with_field
from daemon import CTL, DAEMON, TESTS, is_sanitized, temporary_folder
from mailsite import remove_folder
from trial import (INVITATION, Ours, Peer, Theirs, answer_of, mail, split, try_once)

MAILS = 10        # while a fault lasts
SLOWEST = 5.0     # seconds for one of them
DISK = 3          # MB of the small one
GROWTH = 2000     # kB by which hostile mails may make us grow
HOSTILE = 4000    # mails of each shape


# The store in trouble.


def ordinary(server):
    """Invitations over a connection of their own each; None where it was hung up."""
    return [try_once(server, *split(mail(INVITATION))) for _ in range(MAILS)]


def lines_since(server, before):
    """Of the daemon's log, without those about mails and about a start; no path."""
    return [re.sub(r"/tmp/\S+/", "", line.partition(": ")[2])
            for line in server.log()[before:].splitlines()
            if not re.search(r": \S+: network=|running as root|: version ", line)]


class Disk:
    """A small file system for the store, ours alone."""

    def __init__(self, folder):
        self.path = folder + "/disk"
        os.mkdir(self.path)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dm,mode=700" % DISK, "none",
                        self.path], check=True)

    def again(self, option):
        subprocess.run(["mount", "-o", "remount," + option, self.path], check=True)

    def fill(self):
        with open(self.path + "/filler", "wb", buffering=0) as file:
            try:
                while file.write(b"x" * 4096):
                    pass
            except OSError:
                pass

    def empty(self):
        os.unlink(self.path + "/filler")

    def end(self):
        subprocess.run(["umount", "-l", self.path], check=False)


def on_disk(folder):
    """A daemon whose store lies on the small disk."""
    server = Ours(folder + "/ours")
    with open(server.settings) as file:
        text = file.read()
    with open(server.settings, "w") as file:
        file.write(text.replace("sqlite:" + server.folder, "sqlite:" + folder + "/disk"))
    return server


def full_disk(folder):
    disk = Disk(folder)
    server = on_disk(folder).start()
    return server, disk.fill, disk.empty, disk.end


def read_only_disk(folder):
    """Since the start: the kernel lets nobody turn it while a file is open to write."""
    disk = Disk(folder)
    server = on_disk(folder).start()
    server.judges()
    server.end()

    def begin():
        disk.again("ro")
        server.start()

    def end():
        server.end()
        disk.again("rw")
        server.start()

    return server, begin, end, disk.end


def cut_file(folder):
    """What the disk's quota or the shell's ulimit do."""
    server = Ours(folder + "/ours").start()
    server.judges()
    limit = resource.RLIMIT_FSIZE

    def begin():
        resource.prlimit(server.process.pid, limit, (4096, resource.RLIM_INFINITY))

    def end():
        resource.prlimit(server.process.pid, limit, (resource.RLIM_INFINITY,) * 2)

    return server, begin, end, lambda: None


def locked(folder):
    server = Ours(folder + "/ours").start()
    server.judges()
    other = sqlite3.connect(server.folder + "/people.sqlite", isolation_level=None)
    return (server, lambda: other.execute("BEGIN EXCLUSIVE"), lambda: other.execute("ROLLBACK"),
            other.close)


def removed(folder):
    server = Ours(folder + "/ours").start()
    server.judges()

    def begin():
        for name in os.listdir(server.folder):
            if name.startswith("people.sqlite"):
                os.unlink(os.path.join(server.folder, name))

    return server, begin, lambda: None, lambda: None


def garbage(folder):
    server = Ours(folder + "/ours").start()
    server.judges()
    path = server.folder + "/people.sqlite"

    def begin():
        os.rename(path, path + ".kept")
        with open(path, "wb") as file:
            file.write(b"no database at all\n" * 1000)

    def end():
        os.rename(path + ".kept", path)

    return server, begin, end, lambda: None


def cut_shm(folder):
    """SQLite maps it: the kernel ends whoever reads beyond its end (SIGBUS)."""
    server = Ours(folder + "/ours").start()
    server.judges()
    return (server, lambda: os.truncate(server.folder + "/people.sqlite-shm", 0),
            lambda: None, lambda: None)


def removed_socket(make):
    def prepare(folder):
        server = make(folder).start()
        server.judges()
        return server, lambda: os.unlink(server.socket), lambda: None, lambda: None
    return prepare


FAULTS = {
    "the disk is full": full_disk,
    "the disk is read-only at the start": read_only_disk,
    "files may not grow": cut_file,
    "the database is locked": locked,
    "the database is removed": removed,
    "other bytes stand in its place": garbage,
    "its -shm is cut off": cut_shm,
    "the socket is removed": removed_socket(lambda folder: Ours(folder + "/ours")),
}


def fault_row(table, name, prepare):
    folder = temporary_folder()
    server, begin, end, clean_up = prepare(folder)
    try:
        before = len(server.log())
        begin()
        start = time.monotonic()
        outcomes = ordinary(server)
        slowest = (time.monotonic() - start) / MAILS
        ended = ""
        if not server.is_alive():
            ended = "ended (%d), " % server.process.returncode
            server.start()
        end()
        judged = False
        for _ in range(50):  # what was in trouble is tried again after a while
            outcome = try_once(server, *split(mail(INVITATION)))
            judged = outcome is not None and server.field in outcome.inserted()
            if judged:
                break
            time.sleep(0.2)
        told = lines_since(server, before)
        answers = [answer_of(outcome) for outcome in outcomes]
        table.row(server.name + ": " + name, MAILS, answers.count("passed, judged"),
                  answers.count("passed"), answers.count("hung up"), "%.2f" % slowest,
                  ended + (told[0][:110] if told else "nothing"), "yes" if judged else "no")
        if server.name != Ours.name:
            return
        is_cut = name in ("its -shm is cut off", "the socket is removed")
        table.must(is_cut or answers.count("hung up") == 0, name + ": hung up")
        table.must(not ended or is_cut, name + ": " + ended)
        table.must(slowest < SLOWEST, "%s: %.1f s a mail" % (name, slowest))
        table.must(told or name in ("the database is removed", "files may not grow"),
                   name + ": the log is silent")
        table.must(judged, name + ": not judged afterwards")
    finally:
        server.end()
        clean_up()
        remove_folder(folder)


def store_table(table, options):
    table.begin("The store and the socket in trouble", """
%d invitations are sent while the fault lasts, each over a connection of its own, and one
when it is over.  A mail that is hung up on is what default_action= makes of it.""" % MAILS, [
        "fault", "mails", "judged", "passed unjudged", "hung up", "seconds a mail",
        "the first line of the log", "judged afterwards"])
    for name, prepare in FAULTS.items():
        fault_row(table, name, prepare)
    if options.has_theirs:
        fault_row(table, "the socket is removed",
                  removed_socket(lambda folder: Theirs(folder + "/theirs")))


# What an audit found.


def hostile_growth():
    """kB by which mails with names that no two share make the daemon grow."""
    fields, body = split(mail("ordinary/plain.eml"))
    invitation = split(mail(INVITATION))
    shapes = (
        lambda i: (with_field(fields, b"From", b"x@[%08d" % i + b"1" * 8000 + b"](a"), body),
        lambda i: (with_field(fields, b"Subject", b"=?x-%08d%s?q?a?=" % (i, b"x" * 200)), body),
        lambda i: (with_field(invitation[0], b"Content-Type",
                              b"text/plain; charset=x-%08d%s" % (i, b"x" * 200)), invitation[1]),
        lambda i: (with_field(invitation[0], b"Content-Type", b"text/plain; name*=%08d%s''x" % (
            i, b"x" * 200)), invitation[1]))
    folder = temporary_folder()
    server = Ours(folder + "/ours").start()
    try:
        grown = 0
        for shape in shapes:
            peer = Peer(server.socket)
            for i in range(HOSTILE):
                if i == HOSTILE // 4:
                    before = server.kilobytes()
                peer.mail(*shape(i))
            peer.close()
            grown += server.kilobytes() - before
        return grown
    finally:
        server.end()
        remove_folder(folder)


# What it was, and the command that does it again, below tests/.
AUDIT = (
    ("1. A user ends the daemon at the control socket", "wire/check_control.py"),
    ("2. A sender makes it swell", "unit check_hostile"),
    ("3. Thousands of fields with our names", "wire/check_wire.py fields_of_ours deletes_from"),
    ("4. A phisher writes our banner", "wire/check_banner.py"),
    ("5. Macros of an odd number of strings; a socket that others reach",
     "wire/check_wire.py socket_in_reach garbage packets_that_libmilter"),
    ("6. A log that nobody reads", "wire/check_wire.py a_log_that_nobody"),
    ("7. No budget over all connections", "wire/check_wire.py what_all_hold eight_bad bad_mail"),
    ("7. Work beyond a text's length", "unit check_steps"),
    ("8. How it is built", "hardening-check"),
    ("8. Files that others can change, running as root",
     "wire/check_wire.py files_that_others root_becomes"),
    ("9. Control characters on a terminal", "unit check_terminal"),
    ("9. A removed socket, the limit of files, -shm cut off",
     "wire/check_wire.py a_socket_that connections_ a_store_that"),
    ("9. The store's troubles are told per kind", "unit check_store_trouble"),
)


def audit_command(words):
    kind, _, rest = words.partition(" ")
    if kind == "unit":
        return ["tests/" + rest]
    if kind == "hardening-check":
        return ["hardening-check", "--nocfprotection", DAEMON, CTL]
    return [sys.executable, os.path.join(TESTS, kind), *rest.split()]


def audit_row(table, fault, words):
    command = audit_command(words)
    if not os.path.exists(command[0]) and shutil.which(command[0]) is None:
        table.row(fault, "`%s`" % words, "not here: " + command[0], "")
        return
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, "srcdir": os.path.dirname(TESTS), "CK_FORK": "no"})
    lines = (done.stdout + done.stderr).strip().splitlines()
    last = next((line for line in reversed(lines) if re.search(r"passed|Checks:", line)),
                "clean" if done.returncode == 0 else lines[-1] if lines else "nothing")
    table.row(fault, "`%s`" % words.replace("unit ", "tests/"), last[-80:],
              "%.0f" % (time.monotonic() - start))
    table.must(done.returncode == 0, "%s: %s" % (fault, "; ".join(
        line for line in lines if "FAIL" in line or ":F:" in line or ":E:" in line)[:300]))


def audit_table(table, _options):
    table.begin("What an audit found, once more", """
Each fault by the command that fails where it is back: tests below `tests/`, run in the
build folder.""", ["fault", "command", "what came of it", "seconds"])
    for fault, words in AUDIT:
        audit_row(table, fault, words)
    start = time.monotonic()
    grown = hostile_growth()
    table.row("2. The same over the wire: %d mails of each of 4 shapes" % HOSTILE,
              "`e2e/reliability.py audit`", "grows by %d kB" % grown,
              "%.0f" % (time.monotonic() - start))
    table.must(is_sanitized() or grown < GROWTH, "grows by %d kB" % grown)
