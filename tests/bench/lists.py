#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the lists of invitations cost where there are many: to be read, to be mailed as
digests; and what a mail costs in a pipe.

usage: lists.py [OWNERS [EACH [FOLDER]]]

In the build folder.  The store is made of one of each of a few invitations that the
daemon listed, copied by SQL; it is left in FOLDER, and used again, where that is
named.  The sendmail(1) that
takes the digests reads and forgets them.
"""

import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "wire"))

from check_list import come  # noqa: E402
from daemon import CTL, MAILS, Daemon, mail, temporary_folder  # noqa: E402

OWNER = "owner%d@example.net"
DIGEST = "[digest]\ndigest = daily\ndigest-hour = 0\ntime-zone = UTC\n"
NAMES = ("member-2024-default", "member-2025-own-en", "member-2024-more-people", "member-2025-pitch-software",
         "reminder-2025-waiting")
LISTS, FILTERS = 41, 60
SINK = "#include <unistd.h>\nint main(void) { static char b[65536]; while (read(0, b, sizeof b) > 0); return 0; }\n"


def fill(store, owners, each):
    """Invitation N of each owner is a copy of one of the first owner's, of another person
    and another day; four of five are open."""
    db = sqlite3.connect(store)
    first = db.execute("SELECT id FROM owner WHERE address = ?", (OWNER % 1,)).fetchone()[0]
    columns = [row[1] for row in db.execute("PRAGMA table_info(invitation)")]
    kinds = db.execute("SELECT count(*) FROM invitation WHERE key >> 32 = ?", (first,)).fetchone()[0]
    values = {"key": "(o.id << 32) + n.n", "state": "iif(n.n % 5 = 0, 1 + n.n % 4, 0)",
              "first": "i.first - (n.n % 80) * 86400", "last": "i.last - (n.n % 80) * 86400 + 3600",
              "state_when": "i.state_when - (n.n % 80) * 86400",
              "message_id": "'<' || o.id || '.' || n.n || '@example.org>'"}
    values.update({name: "i.%s || ' ' || n.n" % name for name in ("name", "name_key", "profile", "profile_key")})
    with db:
        db.executemany("INSERT OR IGNORE INTO owner (address) VALUES (?)", [(OWNER % i,) for i in range(1, owners + 1)])
        numbers = "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %d) SELECT n FROM c)" % each
        db.execute("INSERT OR IGNORE INTO invitation (%s) SELECT %s FROM owner o, %s n, invitation i"
                   " WHERE i.key = (%d << 32) + 1 + n.n %% %d" % (
                       ", ".join(columns), ", ".join(values.get(name, "i." + name) for name in columns), numbers,
                       first, kinds))
        db.execute("INSERT OR IGNORE INTO invitation_clue (owner, clue, id) SELECT key >> 32,"
                   " (key * 2654435761 + c.n * 40503) & 9223372036854775807, key & 4294967295"
                   " FROM invitation, (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3) c")
        db.execute("UPDATE owner SET invited = ?, invitations = ?", (each, each))
    rows = db.execute("SELECT count(*) FROM invitation").fetchone()[0]
    db.close()
    return rows


def run(words, folder, **more):
    """Seconds by the wall and of CPU time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([CTL, *words, "--config", folder + "/conf"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, "PATH": folder + "/bin:" + os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                          **more)
    took = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit("%s: %s" % (words, done.stderr.decode()))
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done


def print_times(what, done):
    took, cpu = ([one[i] * 1000 for one in done] for i in (0, 1))
    print("%-34s %6.1f ms (%.1f .. %.1f), CPU %5.1f ms (%.1f .. %.1f)" % (
        what, statistics.median(took), min(took), max(took), statistics.median(cpu), min(cpu), max(cpu)), flush=True)


def bench_filter(folder):
    """Mails of tests/mail/linkedin, in a process each."""
    names = sorted(name for name in os.listdir(MAILS + "/linkedin") if name.endswith(".eml"))
    done = []
    for name in names[::max(1, len(names) // FILTERS)]:
        with open("%s/linkedin/%s" % (MAILS, name), "rb") as file:
            done.append(run(["filter", "--as", OWNER % 7], folder, stdin=file))
    print_times("filter, a mail of LinkedIn", done)


def main(owners=10000, each=100, folder=None):
    place = folder or temporary_folder()
    is_new = not os.path.exists(place + "/people.sqlite")
    os.makedirs(place + "/bin", exist_ok=True)
    subprocess.run(["cc", "-O2", "-x", "c", "-o", place + "/bin/sendmail", "-"], input=SINK, text=True, check=True)
    daemon = Daemon(folder=place, more=DIGEST)
    if is_new:
        with daemon:
            for name in NAMES:
                come(daemon, mail("linkedin/%s.eml" % name).replace(b"marieke@example.net", (OWNER % 1).encode()),
                     OWNER % 1)
        fill(place + "/people.sqlite", owners, each)
    print("%d invitations of %d owners, %d MB" % (
        owners * each, owners, os.path.getsize(place + "/people.sqlite") >> 20), flush=True)
    for what, words in (("list", ["list"]), ("list --due", ["list", "--due"]),
                        ("list --all --json", ["list", "--all", "--json"]), ("show", ["show", "7"]),
                        ("digest, on standard output", ["digest"])):
        done = [run([*words, "--owner", OWNER % (1 + i * 7919 % owners)], place) for i in range(LISTS)]
        print_times(what, done)
    bench_filter(place)
    for what, words in (("digest --all, who would get one", []), ("digest --all --send", ["--send"])):
        took, cpu, done = run(["digest", "--all", *words], place)
        print("%-34s %.1f s, CPU %.1f s: %s" % (what, took, cpu,
                                               (done.stderr.decode().splitlines() or [len(done.stdout.splitlines())])[-1]),
              flush=True)
    if folder is None:
        shutil.rmtree(place)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:4])
