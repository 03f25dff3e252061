# SPDX-License-Identifier: BSD-2-Clause
"""What compare.sh compares: all that the programs say of the mails and notes
of tests/.

usage: compare.py FOLDER

INVITE_MILTER and INVITECTL name the programs; the files are made in FOLDER.
"""

import csv
import glob
import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests", "wire"))

from daemon import CTL, MAILS, TESTS, Daemon, mail  # noqa: E402
from wire import Peer, split  # noqa: E402

# To whom the mails are handed in, and who knows every other inviter.
OWNER = "marieke@example.net"

# In the log, by a secret that each store has for itself.
HASH = re.compile(r"\b(inviter|owner)=[0-9a-z]{12}\b")


def ctl(daemon, *arguments, given=None):
    """What invitectl writes; the files' names are told from tests/ on."""
    done = subprocess.run([CTL, *arguments[:1], "--config", daemon.settings, *arguments[1:]],
                          cwd=TESTS, input=given, capture_output=True)
    # 65: some file is no mail, which is told of that file.
    if done.returncode not in (0, 65):
        sys.exit("invitectl %s: %s" % (arguments[0], done.stderr.decode()))
    return done.stdout


def lines(objects):
    """JSON with a line for each member, so that a difference shows little else."""
    return objects.replace(b',"', b',\n "')


def mails():
    return sorted(os.path.relpath(path, TESTS)
                  for path in glob.glob(MAILS + "/**/*.eml", recursive=True))


def notes():
    """The last column of every table, as it stands there."""
    texts = []
    for path in sorted(glob.glob(TESTS + "/notes/**/*.tsv", recursive=True)):
        with open(path, "rb") as file:
            texts += [line.rstrip(b"\n").split(b"\t")[-1] for line in file]
    return b"\n".join(texts) + b"\n"


def know_every_other(daemon):
    """Half of the inviters that EXPECTED.tsv names become known, by a table."""
    with open(MAILS + "/EXPECTED.tsv", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row["inviter"]]
    people = daemon.folder + "/people.csv"
    with open(people, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Name", "URL", "Company"])
        table.writerows([row["inviter"], row["profile"], row["company"]] for row in rows[::2])
    done = subprocess.run([CTL, "people", "import", "--config", daemon.settings,
                           "--owner", OWNER, people], capture_output=True)
    if done.returncode != 0:
        sys.exit("invitectl people import: %s" % done.stderr.decode())


def passed(daemon):
    """Each mail's answers and edits, then the lines that the daemon logged of it."""
    for path in mails():
        logged = len(daemon.lines())
        peer = Peer(daemon.socket)
        outcome = peer.mail(*split(mail(os.path.relpath(path, "mail"))),
                            recipients=[b"<%s>" % OWNER.encode()])
        peer.close()
        yield "%s\n head end %r, end %r %s\n" % (path, outcome.head_end, outcome.end,
                                                 outcome.reply)
        for kind, index, name, value in outcome.edits:
            yield " %s %d %s: %s\n" % (kind, index, name.decode(), value.decode())
        for change in outcome.envelope:
            yield " %s\n" % change
        if outcome.new_body is not None:
            yield outcome.new_body.decode(errors="backslashreplace") + "\n"
        for line in daemon.lines()[logged:]:
            yield " log: %s\n" % HASH.sub(r"\1=HASH", line.partition(": ")[2])


def write(folder, name, content):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(content)


def main(folder):
    os.makedirs(folder)
    with Daemon(banner="yes", mark="compared") as daemon:
        know_every_other(daemon)
        write(folder, "classify.json", lines(ctl(daemon, "classify", "--json", *mails())))
        write(folder, "known.json",
              lines(ctl(daemon, "classify", "--json", "--as", OWNER, *mails())))
        write(folder, "explain.txt", ctl(daemon, "classify", "--explain", *mails()))
        write(folder, "notes.json", lines(ctl(daemon, "note", "--json", given=notes())))
        write(folder, "notes.txt", ctl(daemon, "note", "--explain", given=notes()))
        write(folder, "daemon.txt", "".join(passed(daemon)).encode())


main(sys.argv[1])
