#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What does the daemon do when all goes wrong around it?  Tables of it, beside those of
Debian's OpenDKIM from the same run, as the page tests/RELIABILITY.md.

It takes root: a private Postfix, in a network of its own.  Where a row shows what should
not be, the exit status is 1."""

import argparse
import datetime
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import mailsite  # noqa: E402
import network  # noqa: E402
from daemon import DAEMON, SKIP, is_sanitized  # noqa: E402
from faults import audit_table, store_table  # noqa: E402
from hostile_wire import bomb_table, clock_table, held_table, mutated_table  # noqa: E402
from storm import storms  # noqa: E402
from trial import Table, Theirs, allow_files  # noqa: E402

START = time.monotonic()
KINDS = {"storms": storms, "store": store_table, "bombs": bomb_table, "held": held_table,
         "mutated": mutated_table, "clock": clock_table, "audit": audit_table}
PREFACE = """\
# What it stands

Made by `make reliability` in a build folder, as root, and by `contrib/check.sh --long`:
invite-milter when all goes wrong around it, beside Debian's OpenDKIM from the same run
where it can be asked the same.  How fast a mail is sent depends on what else the machine
does; that none is lost does not.
"""


def parse():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="of " + ", ".join(KINDS))
    parser.add_argument("--seconds", type=float, default=10, help="of each storm")
    parser.add_argument("--sessions", type=int, default=100000, help="that are mutated")
    parser.add_argument("--seed", type=int, default=1, help="of the mutations")
    parser.add_argument("--out", help="the page; else standard output")
    for script in SCRIPTS:
        parser.add_argument("--" + script.replace("_", "-"),
                            help="what contrib/%s.sh printed, for the page" % script.replace("_", "-"))
    options = parser.parse_args()
    for kind in options.kinds:
        if kind not in KINDS:
            parser.error("what is %r?" % kind)
    options.has_theirs = shutil.which(Theirs.program, path=mailsite.PATH) is not None
    return options


def what_is_missing():
    if os.geteuid() != 0:
        return "a private Postfix needs root"
    if is_sanitized():
        return "a sanitizer's own work would be measured"
    for program in ("postfix", "cc"):
        if shutil.which(program, path=mailsite.PATH) is None:
            return program + " is missing"
    return network.what_is_missing()


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, env={
            **os.environ, "PATH": mailsite.PATH})
    except OSError:
        return ""
    return (done.stdout + done.stderr).partition("\n")[0].strip()


def package_version(name):
    return first_line("dpkg-query", "-W", "-f", "${Version}", name) or "not here"


def machine():
    """Date, machine and versions."""
    with open("/etc/os-release") as file:
        system = dict(line.rstrip().split("=", 1) for line in file if "=" in line)
    with open("/proc/cpuinfo") as file:
        models = [line.partition(":")[2].strip() for line in file
                  if line.startswith("model name")] or [platform.machine()]
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) / 1e6
    commit = os.environ.get("COMMIT") or first_line(
        "git", "-C", os.path.dirname(os.path.abspath(__file__)), "rev-parse", "--short", "HEAD")
    return "\n".join([
        "- %s, load average %.1f at its beginning" % (datetime.date.today(), os.getloadavg()[0]),
        "- %s; %d processors of %s, %.0f GB; Linux %s" % (
            system.get("PRETTY_NAME", "").strip('"'), os.cpu_count(), models[0], memory,
            platform.release()),
        "- %s%s; Postfix %s, OpenDKIM %s, libmilter %s, SQLite %s" % (
            first_line(DAEMON, "--version"),
            ", commit " + commit if re.fullmatch("[0-9a-f]+", commit) else "",
            first_line("postconf", "-dh", "mail_version"), package_version("opendkim"),
            package_version("libmilter1.0.1"), package_version("libsqlite3-0")),
    ])


# What the scripts of contrib print that make a clean Debian; each has an option for it.
SCRIPTS = {
    "first_day": ("A new administrator's first day",
                  "What `contrib/first-day.sh` printed, and how long each step took: from a bare\n"
                  "Debian to a tagged mail, to somebody who is known and to a list without root,\n"
                  "by the commands of README.md alone."),
    "package": ("The package in a clean Debian",
                "What `contrib/package.sh --try` printed."),
    "boot": ("The package under systemd and AppArmor",
             "What `contrib/boot.sh` printed, of a Debian 12 in user-mode Linux."),
}


def printed(script, path):
    """The steps and their times, and how long somebody waited."""
    title, words = SCRIPTS[script]
    with open(path) as file:
        lines = [line for line in file.read().splitlines()
                 if line.startswith(("[", "booted: ")) and not line.endswith("...")
                 or re.fullmatch(r"\w+: .* after \d+ s", line)]
    return "## %s\n\n%s\n\n" % (title, words) + "".join("    %s\n" % line for line in lines)


def page(options, began, tables):
    faults = [fault for table in tables for fault in table.faults]
    parts = [PREFACE, began + "\n- %d minutes in all\n" % ((time.monotonic() - START) / 60 + 1),
             *[table.markdown() for table in tables]]
    parts += [printed(script, path) for script in SCRIPTS if (path := getattr(options, script))]
    parts.append("## What should not be\n\n" + ("".join(
        "- %s\n" % fault for fault in faults) or "Nothing.\n"))
    return "\n".join(parts)


def make_table(make, options):
    """One that breaks off hides no other."""
    table = Table()
    try:
        make(table, options)
    except Exception as error:  # noqa: a page without a table is better than no page
        traceback.print_exc()
        table.must(False, "it broke off: %s: %s" % (type(error).__name__, error))
    return table


def main():
    options = parse()
    missing = what_is_missing()
    if missing:
        print("reliability: skipped: " + missing)
        sys.exit(SKIP)
    network.enter()
    allow_files()
    with tempfile.TemporaryDirectory() as folder:
        network.Nameserver(folder, {})
        began = machine()
        tables = []
        for kind in options.kinds or KINDS:
            tables.append(make_table(KINDS[kind], options))
            if options.out:  # what there is, should it be ended
                with open(options.out, "w") as file:
                    file.write(page(options, began, tables))
    if not options.out:
        print("\n" + page(options, began, tables))
    faults = sum(len(table.faults) for table in tables)
    print("reliability: %d tables, %d faults" % (len(tables), faults))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
