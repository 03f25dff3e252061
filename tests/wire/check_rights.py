#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What an owner may ask for: a copy of all that is kept, and that all of it goes."""

import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from check_list import EX_USAGE, OWNER, WALBURGA, come  # noqa: E402
from daemon import CTL, PATIENCE, Daemon, equal, require, run_cases  # noqa: E402

OTHER = "omar@example.org"


def ctl(daemon, *words):
    done = subprocess.run([CTL, *words, "--config", daemon.settings], capture_output=True, text=True, timeout=PATIENCE)
    require(done.stderr == "" or done.returncode != 0, done.stderr)
    return done


def filled(daemon):
    """Two owners, who know one of the same people."""
    for owner, person in ((OWNER, "ann"), (OWNER, "bea"), (OTHER, "ann")):
        done = ctl(daemon, "people", "add", "--owner", owner, "--name", person.title() + " Rosenkranz",
                   "--address", person + "@example.org")
        equal(done.returncode, 0, done.stderr)
    for owner in (OWNER, OTHER):
        come(daemon, owner=owner)
    come(daemon, WALBURGA)


def store_bytes(daemon):
    found = b""
    for end in ("", "-wal", "-journal"):
        if os.path.exists(daemon.folder + "/people.sqlite" + end):
            with open(daemon.folder + "/people.sqlite" + end, "rb") as file:
                found += file.read()
    return found


def a_copy_has_people_and_invitations():
    with Daemon() as daemon:
        filled(daemon)
        objects = [json.loads(line) for line in ctl(daemon, "export", "--owner", OWNER).stdout.splitlines()]
        equal(objects[0]["owner"], OWNER, "whose")
        equal(sum("person" in one for one in objects), 2, "people")
        rows = [one["invitation"] for one in objects if "invitation" in one]
        require(len(rows) == 2 and any(row["note"].startswith("Liebe Marieke") for row in rows), rows)
        cards = ctl(daemon, "export", "--vcard", "--owner", OWNER).stdout
        require(cards.count("BEGIN:VCARD") == 2 and "bea@example.org" in cards, cards)
        for command in ("export", "purge"):
            equal(ctl(daemon, command).returncode, EX_USAGE, command)


def what_is_purged_is_in_no_byte_and_others_keep_theirs():
    gone = (OWNER.encode(), b"bea@example.org", "Kneißl".encode(), b"Liebe Marieke")
    with Daemon() as daemon:
        filled(daemon)
        before = store_bytes(daemon)
        for text in gone:
            require(text in before, "%r before" % text)
        done = ctl(daemon, "purge", "--owner", OWNER)
        equal(done.returncode, 0, done.stderr)
        require("2 people and 2 invitations are removed" in done.stdout, done.stdout)
        after = store_bytes(daemon)
        for text in gone:
            require(text not in after, "%r after" % text)
        require(b"ann@example.org" in after, "another's person")
        require("Ann Rosenkranz" in ctl(daemon, "people", "list", "--owner", OTHER).stdout, "another's list")
        equal(len(ctl(daemon, "export", "--owner", OTHER).stdout.splitlines()), 3, "another's copy")
        equal(json.loads(ctl(daemon, "export", "--owner", OWNER).stdout)["traces"], 0, "what is left")


CASES = [a_copy_has_people_and_invitations, what_is_purged_is_in_no_byte_and_others_keep_theirs]

if __name__ == "__main__":
    run_cases("rights", [(case.__name__, case) for case in CASES])
