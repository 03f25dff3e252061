#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What former versions left, tests/upgrade: is it still good for today's programs?"""

import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import (CTL, PATIENCE, TESTS, Daemon, await_true, equal, mail, require, run_cases,  # noqa: E402
                    temporary_folder)
from wire import Peer, split, unfold  # noqa: E402

UPGRADE = os.path.join(TESTS, "upgrade")
VERSIONS = sorted(name for name in os.listdir(UPGRADE) if os.path.isdir(os.path.join(UPGRADE, name)))
MARIEKE, JOOST = "marieke@example.net", "joost@example.net"
GUEST, NOTE = "linkedin/guest-2010-default.eml", "linkedin/member-2011-own-en.eml"
EX_CONFIG, EX_UNAVAILABLE = 78, 69


def path(*names):
    return os.path.join(UPGRADE, *names)


def read(*names):
    with open(path(*names)) as file:
        return file.read()


class Upgraded(Daemon):
    """Today's daemon, with the store of a version."""

    def __init__(self, version):
        super().__init__()
        self.store = self.folder + "/people.sqlite"
        shutil.copyfile(path(version, "people.sqlite"), self.store)
        os.chmod(self.store, stat.S_IRUSR | stat.S_IWUSR)

    def schema(self):
        with sqlite3.connect(self.store) as base:
            return base.execute("PRAGMA user_version").fetchone()[0]

    def ctl(self, *arguments, **more):
        return subprocess.run([CTL, *arguments, "--config", self.settings], capture_output=True, text=True,
                              timeout=PATIENCE, **more)

    def judge(self, name, owner):
        fields, body = split(mail(name))
        peer = Peer(self.socket)
        outcome = peer.mail(fields, body, recipients=[b"<" + owner.encode() + b">"])
        peer.close()
        return unfold(outcome.inserted()["Invite-Verdict"])


def people(lines):
    """Who is in a list, as sets that do not depend on an order."""
    return {frozenset((one["kind"], one["value"], one["source"], one["first"], one["last"], one["count"])
                      for one in json.loads(line)["person"]) for line in lines.splitlines()}


def stores_are_migrated_and_people_found():
    for version in VERSIONS:
        with Upgraded(version) as daemon:
            before = daemon.schema()
            for owner, file in ((MARIEKE, "marieke.json"), (JOOST, "joost.json")):
                done = daemon.ctl("people", "list", "--json", "--owner", owner)
                equal((done.returncode, done.stderr), (0, ""), version)
                wanted = people(read(version, file))
                require(wanted, file)
                equal(people(done.stdout), wanted, "%s: %s" % (version, owner))
            require("relation=known" in daemon.judge(GUEST, MARIEKE), version + ": whom she wrote to is known")
            require("relation=namesake" in daemon.judge(GUEST, JOOST), version + ": not to another owner")
            done = daemon.ctl("people", "add", "--owner", JOOST, "--address", "new@example.org")
            equal((done.returncode, done.stderr), (0, ""), version)
            with Daemon() as fresh:
                fresh.ctl = lambda *arguments: Upgraded.ctl(fresh, *arguments)
                fresh.ctl("people", "add", "--owner", JOOST, "--address", "new@example.org")
                fresh.store = fresh.folder + "/people.sqlite"
                equal(daemon.schema(), Upgraded.schema(fresh), "%s: schema, at first %d" % (version, before))
            with sqlite3.connect(daemon.store) as base:
                wrong = base.execute("SELECT address, people FROM owner WHERE people <> (SELECT count(DISTINCT person) "
                                     "FROM identity WHERE owner = owner.id)").fetchall()
            equal(wrong, [], version + ": how many people an owner has")


def clue_number(text):
    number = 0xcbf29ce484222325
    for byte in text.encode():
        number = (number ^ byte) * 0x100000001b3 & (1 << 64) - 1
    return (number ^ number >> 47) & (1 << 47) - 1


def put_profile(base, person, key, first, count):
    base.execute("INSERT INTO identity (person, clue, value, owner, look, shown, source, first, last, count) "
                 "SELECT ?1, ?2, '', owner, ?3, 'https://' || ?4, source, ?5, last, ?6 FROM identity WHERE person = ?1 LIMIT 1",
                 (person, clue_number("p" + key), "p" + key, key, first, count))


def keys_of_profiles_are_composed():
    """One that stands there in both spellings becomes one; a sign that would be ASCII stays."""
    apart, whole, kelvin = "orbit.example/in/ju\u0308rgen", "orbit.example/in/j\u00fcrgen", "orbit.example/in/\u212aay"
    upgraded = Upgraded("0.1.0")
    with sqlite3.connect(upgraded.store) as base:
        both, one = [row[0] for row in base.execute("SELECT DISTINCT person FROM identity ORDER BY person LIMIT 2")]
        put_profile(base, both, apart, 5, 3)
        put_profile(base, both, whole, 9, 4)
        put_profile(base, both, kelvin, 9, 1)
        put_profile(base, one, apart.replace("in/", "pub/"), 7, 1)
    with upgraded as daemon:
        equal(daemon.ctl("people", "add", "--owner", JOOST, "--address", "new@example.org").stderr, "", "add")
        with sqlite3.connect(daemon.store) as base:
            rows = base.execute("SELECT person, look, clue, first, count FROM identity WHERE look GLOB 'porbit*' "
                                "ORDER BY person, look").fetchall()
        wanted = [(both, "p" + whole, 5, 7), (both, "p" + kelvin, 9, 1), (one, "p" + whole.replace("in/", "pub/"), 7, 1)]
        equal(rows, [(person, look, clue_number(look), first, count) for person, look, first, count in wanted], "rows")


def invitations_are_found_by_composed_keys():
    apart, whole = "orbit.example/in/ju\u0308rgen", "orbit.example/in/j\u00fcrgen"
    folder = temporary_folder()
    try:
        with open(folder + "/conf", "w") as file:
            file.write("[people]\nstore = sqlite:%s/people.sqlite\n" % folder)
        for arguments in (("add", "--owner", JOOST, "--address", "new@example.org"), ("list", "--owner", JOOST)):
            done = subprocess.run([CTL, "people", *arguments, "--config", folder + "/conf"], capture_output=True,
                                  text=True, timeout=PATIENCE)
            equal((done.returncode, done.stderr), (0, ""), arguments)
            with sqlite3.connect(folder + "/people.sqlite") as base:
                if arguments[0] == "list":
                    equal(base.execute("SELECT profile_key FROM invitation").fetchall(), [(whole,)], "key")
                    equal(base.execute("SELECT clue, id FROM invitation_clue").fetchall(),
                          [(clue_number("p" + whole), 7)], "clue")
                    continue
                base.execute("INSERT INTO invitation (key, state, why, state_when, first, last, reminders, worth, trust,"
                             " profile_key) VALUES ((1 << 32) + 7, 0, 0, 0, 1, 1, 0, 0, 1, ?)", (apart,))
                base.execute("DROP TABLE digest")  # as of version 7
                base.execute("PRAGMA user_version = 5")
    finally:
        shutil.rmtree(folder)


def numbers_go_on_that_a_former_version_gave():
    """It wrote them into the owner's row with each invitation: the last number, and how many are left."""
    folder = temporary_folder()
    try:
        with open(folder + "/conf", "w") as file:
            file.write("[people]\nstore = sqlite:%s/people.sqlite\nkeep-invitations = 30000\n" % folder)

        def scan(name):
            with open(folder + "/mail.eml", "wb") as file:
                file.write(mail(name))
            done = subprocess.run([CTL, "scan", "--owner", JOOST, "--config", folder + "/conf", folder + "/mail.eml"],
                                  capture_output=True, text=True, timeout=PATIENCE)
            equal(done.returncode, 0, done.stderr)

        def rows(base):
            return [number for number, in base.execute("SELECT key & 0xffffffff FROM invitation ORDER BY key")]

        scan(GUEST)
        with sqlite3.connect(folder + "/people.sqlite") as base:
            equal(rows(base), [1], "the first")
            base.execute("UPDATE invitation SET key = key + 4")
            base.execute("UPDATE invitation_clue SET id = id + 4")
            base.execute("UPDATE owner SET invited = 7, invitations = 1")
            base.execute("PRAGMA user_version = 7")
        scan(NOTE)
        with sqlite3.connect(folder + "/people.sqlite") as base:
            equal(rows(base), [5, 8], "6 and 7 went before")
            require(base.execute("PRAGMA user_version").fetchone()[0] > 7,
                    "a former version, which would give 8 again, must not take it")
    finally:
        shutil.rmtree(folder)


def lessons_are_kept():
    with Upgraded("0.1.0") as daemon:
        require("note=pitch" in daemon.judge(NOTE, JOOST), daemon.judge(NOTE, JOOST))
        require("note=pitch" not in daemon.judge(NOTE, MARIEKE), daemon.judge(NOTE, MARIEKE))


def settings_are_read_with_each_key():
    """Each key of its section, as it came; or the refusal says what to do."""
    for version in VERSIONS:
        text = read(version, "invite-milter.conf").split("\n#[")[0]
        folder = temporary_folder()
        try:
            with open(folder + "/conf", "w") as file:
                file.write(re.sub("(?m)^#(?=[a-z-]+ =)", "", text))
            done = subprocess.run([CTL, "config", "--config", folder + "/conf"], capture_output=True, text=True,
                                  timeout=PATIENCE)
            for line in done.stderr.splitlines():
                require(re.search(r"conf:\d+: .*(did you mean|there are)", line), line)
            require((done.returncode == 0) == (done.stderr == ""), done.stderr)
            equal(done.stderr.count("\n"), REFUSED.get(version, 0), "%s: refused keys: %s" % (version, done.stderr))
        finally:
            shutil.rmtree(folder)


# Keys that are no more; a version that is released takes all of those before.
REFUSED = {}


def a_store_of_before_is_refused_with_what_to_do():
    folder = temporary_folder()
    try:
        with sqlite3.connect(folder + "/people.sqlite") as base:
            base.executescript("CREATE TABLE identity (owner INTEGER, look TEXT); CREATE INDEX identity_look ON "
                               "identity (owner, look); PRAGMA user_version = 1; PRAGMA application_id = 1229870665;")
        with open(folder + "/conf", "w") as file:
            file.write("[people]\nstore = sqlite:%s/people.sqlite\n" % folder)
        done = subprocess.run([CTL, "people", "list", "--owner", JOOST, "--config", folder + "/conf"],
                              capture_output=True, text=True, timeout=PATIENCE)
        equal(done.returncode, EX_UNAVAILABLE, done.stdout)
        require("people.sqlite: written before version 0.1.0; have the program that wrote it export its people"
                in done.stderr, done.stderr)
    finally:
        shutil.rmtree(folder)


def a_learner_of_before_teaches():
    with Upgraded("0.1.0") as daemon:
        learner = daemon.folder + "/invite-learn"
        with open(learner, "w") as file:
            file.write(read("0.1.0", "sieve", "invite-learn.in").replace("@bindir@/invitectl", CTL).replace(
                "@sysconfdir@/invite-milter/invite-milter.conf", daemon.settings))
        for words, owner, name, want in ((("known",), JOOST, GUEST, "relation=known"),
                                         (("note", "personal"), MARIEKE, NOTE, "note=personal"),
                                         (("stranger",), JOOST, GUEST, "relation=namesake")):
            done = subprocess.run(["/bin/sh", learner, owner, *words], input=mail(name), capture_output=True,
                                  timeout=PATIENCE)
            equal((done.returncode, done.stderr), (0, b""), words)
            await_true(lambda: want in daemon.judge(name, owner), lambda: "%s: %s" % (words, daemon.judge(name, owner)))


def scripts_of_before_file_what_is_written_today():
    program = shutil.which("dovecot", path=os.environ["PATH"] + ":/usr/sbin")
    if shutil.which("sieve-test") is None or program is None:
        return
    if not subprocess.run([program, "--version"], capture_output=True, text=True, timeout=PATIENCE).stdout.startswith("2.3"):
        return  # its settings are others
    with Upgraded("0.1.0") as daemon:
        for name in ("invitations", "known", "stranger", "note"):
            with open(daemon.folder + "/%s.sieve" % name, "w") as file:
                file.write(read("0.1.0", "sieve", name + ".sieve"))
        with open(daemon.folder + "/dovecot.conf", "w") as file:
            file.write("mail_location = maildir:%s/mail\nmail_uid = nobody\nmail_gid = nogroup\n" % daemon.folder)
        for name, want in ((GUEST, "Invitations"), (NOTE, "Invitations-Spam")):
            fields, body = split(mail(name))
            peer = Peer(daemon.socket)
            outcome = peer.mail(fields, body, recipients=[b"<" + JOOST.encode() + b">"])
            peer.close()
            with open(daemon.folder + "/mail.eml", "wb") as file:
                for field in outcome.apply(fields, True):
                    file.write(field[0] + b": " + field[1] + b"\n")
                file.write(b"\n" + body.replace(b"\r\n", b"\n"))
            done = subprocess.run(["sieve-test", "-c", daemon.folder + "/dovecot.conf", "-C", daemon.folder + "/invitations.sieve",
                                   daemon.folder + "/mail.eml"], capture_output=True, text=True, timeout=PATIENCE,
                                  env={**os.environ, "HOME": daemon.folder})
            equal(done.returncode, 0, done.stderr)
            require(re.search(r"store message in folder: %s\s" % want, done.stdout), "%s: %s" % (name, done.stdout))


if __name__ == "__main__":
    run_cases("upgrade", [(case.__name__, case) for case in (
        stores_are_migrated_and_people_found, keys_of_profiles_are_composed,
        invitations_are_found_by_composed_keys, numbers_go_on_that_a_former_version_gave, lessons_are_kept,
        settings_are_read_with_each_key,
        a_store_of_before_is_refused_with_what_to_do, a_learner_of_before_teaches,
        scripts_of_before_file_what_is_written_today)])
