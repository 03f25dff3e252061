#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What "make install" puts where, and what "make uninstall" leaves."""

import configparser
import os
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import CTL, DAEMON, PATIENCE, SKIP, equal, require, run_cases, temporary_folder  # noqa: E402

BUILD = os.path.dirname(DAEMON)


def read_file(path):
    with open(path) as file:
        return file.read()


def make(target, root):
    """With nothing of the make that runs the tests."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "DESTDIR")}
    done = subprocess.run(["make", "-s", "-C", BUILD, target, "DESTDIR=" + root],
                          capture_output=True, text=True, env=environment, timeout=PATIENCE)
    equal(done.returncode, 0, "make %s: %s" % (target, done.stderr))


def variable(name):
    """As configure set it."""
    text = read_file(BUILD + "/Makefile")
    value = re.search("(?m)^%s = (.*)$" % name, text)[1]
    return re.sub(r"\$[({](\w+)[)}]", lambda found: variable(found[1]), value)


class Installed:
    """A context manager: what is installed below a folder of its own."""

    def __enter__(self):
        self.root = temporary_folder()
        self.settings = self.root + variable("sysconfdir") + "/invite-milter/invite-milter.conf"
        make("install", self.root)
        return self

    def __exit__(self, kind, value, trace):
        shutil.rmtree(self.root)

    def path(self, folder, name):
        return self.root + variable(folder) + "/" + name

    def files(self):
        return sorted(os.path.join(folder, name)
                      for folder, _, names in os.walk(self.root) for name in names)


def documents_have_no_dead_links():
    with Installed() as it:
        for name in ("README.md", "README.owners.md", "SECURITY.md", "HACKING.md", "contrib/sieve/README.md"):
            text = read_file(it.path("docdir", name))
            folder = os.path.dirname(it.path("docdir", name))
            for link in re.findall(r"\]\(([^)#:]+)\)", text):
                require(os.path.exists(os.path.join(folder, link)), "%s: %s" % (name, link))
        require(os.path.exists(it.path("docdir", "COPYING")), "COPYING")


def service_starts_what_was_installed():
    with Installed() as it:
        unit = configparser.RawConfigParser(strict=False)
        unit.optionxform = str
        unit.read(it.path("systemdsystemunitdir", "invite-milter.service"))
        program = unit["Service"]["ExecStart"].split()[0]
        require(os.access(it.root + program, os.X_OK), program)
        require(os.path.exists(it.path("systemdsystemunitdir", "invite-milter.socket")), "socket")
        unit.read(it.path("systemdsystemunitdir", "invite-milter-digest.service"))
        program = unit["Service"]["ExecStart"].split()[0]
        require(os.access(it.root + program, os.X_OK), program)
        require(os.path.exists(it.path("systemdsystemunitdir", "invite-milter-digest.timer")), "timer")


def attacher_is_a_program():
    with Installed() as it:
        attacher = it.path("sbindir", "invite-milter-attach")
        require(os.access(attacher, os.X_OK), attacher)
        done = subprocess.run([attacher, "--help"], capture_output=True, text=True, timeout=PATIENCE)
        equal((done.returncode, done.stderr), (0, ""), done.stdout)
        require("--undo" in done.stdout, done.stdout)


def learner_calls_what_was_installed():
    with Installed() as it:
        text = read_file(it.path("docdir", "contrib/sieve/invite-learn"))
        program = re.search("(?m)^invitectl=(.*)$", text)[1]
        require(os.access(it.root + program, os.X_OK), program)
        settings = re.search("(?m)^settings=(.*)$", text)[1]
        equal(it.root + settings, it.settings, "settings of invite-learn")


def learner_that_cannot_run_says_so():
    with Installed() as it:
        # Nothing of it is installed in the root folder.
        text = read_file(it.path("docdir", "contrib/sieve/invite-learn"))
        learner = it.root + "/invite-learn"
        with open(learner, "w") as file:
            file.write(re.sub("(?m)^invitectl=.*$", "invitectl=%s/none" % it.root, text))
        done = subprocess.run(["/bin/sh", learner, "jane", "known"], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=PATIENCE)
        equal(done.returncode, 0, "status")
        require("%s/none cannot be run" % it.root in done.stderr, done.stderr)


def settings_that_were_changed_stay():
    with Installed() as it:
        with open(it.settings, "a") as file:
            file.write("[policy]\nbanner = yes\n")
        changed = read_file(it.settings)
        make("install", it.root)
        equal(read_file(it.settings), changed, "settings after a second installation")
        make("uninstall", it.root)
        equal(it.files(), [it.settings], "files that are left")
        equal(read_file(it.settings), changed, "settings that are left")


def settings_as_they_came_go():
    with Installed() as it:
        make("uninstall", it.root)
        equal(it.files(), [], "files that are left")
        equal([folder for folder, _, _ in os.walk(it.root)
               if os.path.basename(folder) == "invite-milter"], [], "folders that are left")


def installed_settings_are_read():
    with Installed() as it:
        done = subprocess.run([CTL, "note", "--config", it.settings], input="Hi Bob",
                              capture_output=True, text=True, timeout=PATIENCE)
        equal(done.returncode, 0, done.stderr)


CASES = [documents_have_no_dead_links, service_starts_what_was_installed, attacher_is_a_program,
         learner_calls_what_was_installed, learner_that_cannot_run_says_so,
         settings_that_were_changed_stay, settings_as_they_came_go, installed_settings_are_read]

if __name__ == "__main__":
    if not os.path.exists(BUILD + "/Makefile"):
        print("skipped: the programs are not in the folder they were built in")
        sys.exit(SKIP)
    run_cases("install", [(case.__name__, case) for case in CASES])
