#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The digest of what is open: who gets it, when, and that nobody gets two."""

import email
import email.policy
import os
import shutil
import sqlite3
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from check_list import EX_NOPERM, EX_USAGE, OWNER, as_user, come, ctl, read_only  # noqa: E402
from daemon import CTL, PATIENCE, Daemon, equal, noon, require, run_cases, temporary_folder  # noqa: E402

EX_TEMPFAIL = 75
OTHER = "omar@example.org"
DAILY = ("[digest]\ndigest = daily\ndigest-hour = 0\ntime-zone = %s\n"
         "[recipient zoe@example.org]\ndigest = never\n" % noon())


class Post:
    """A sendmail that keeps what it gets; it takes nothing while there is a file "down"."""

    def __init__(self):
        self.folder = temporary_folder()
        self.environment = {**os.environ, "PATH": self.folder + ":" + os.environ["PATH"]}
        with open(self.folder + "/sendmail", "w") as file:
            file.write('#!/bin/sh\ncd %s; test ! -e down || { echo "queue is down" >&2; exit 75; }\n'
                       'echo "$*" >> args; cat >> mails\n' % self.folder)
        os.chmod(self.folder + "/sendmail", 0o755)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        shutil.rmtree(self.folder)

    def digest(self, daemon, *arguments, user=None):
        return subprocess.run([*as_user(user), CTL, "digest", *arguments, "--config", daemon.settings], capture_output=True,
                              text=True, timeout=PATIENCE, env=self.environment)

    def text(self, name):
        with open(self.folder + "/" + name) as file:
            return file.read()


def a_digest_is_mailed_once_and_none_where_nothing_is_new():
    with Daemon(more=DAILY) as daemon, Post() as post:
        for owner in (OWNER, OTHER, "zoe@example.org"):
            come(daemon, owner=owner)
        shown = post.digest(daemon, "--owner", OWNER)
        equal((shown.returncode, shown.stderr), (0, ""), "shown")
        require("Auto-Submitted: auto-generated\n" in shown.stdout and "\nTo: " + OWNER in shown.stdout,
                shown.stdout)
        equal(post.digest(daemon, "--all").stdout.split(), [OWNER, OTHER], "who would get one")
        open(post.folder + "/down", "w").close()
        failed = post.digest(daemon, "--all", "--send")
        equal(failed.returncode, EX_TEMPFAIL, "without a queue")
        require(failed.stderr.count("queue is down") == 2 and "0 sent, of 3" in failed.stderr, failed.stderr)
        os.remove(post.folder + "/down")
        together = [subprocess.Popen([CTL, "digest", "--all", "--send", "--config", daemon.settings],
                                     env=post.environment, stderr=subprocess.DEVNULL) for _ in range(3)]
        for one in together:
            equal(one.wait(timeout=PATIENCE), 0, "at once")
        equal(sorted(post.text("args").splitlines()),
              sorted("-i -f postmaster@%s -- %s" % (one.split("@")[1], one) for one in (OWNER, OTHER)), "envelopes")
        again = post.digest(daemon, "--owner", OWNER, "--send")
        equal(again.returncode, 0, again.stderr)
        require("was made" in again.stderr and "0 sent" in again.stderr, again.stderr)
        none = post.digest(daemon, "--owner", OWNER)
        equal((none.returncode, none.stdout), (0, ""), "shown again")
        require("nothing is new" in none.stderr, none.stderr)


def a_digest_is_for_who_wants_one_and_made_by_whose_store_it_is():
    with Daemon() as daemon, Post() as post:
        come(daemon)
        done = post.digest(daemon, "--owner", OWNER, "--send")
        equal((done.returncode, "never" in done.stderr), (0, True), done.stderr)
        require(not os.path.exists(post.folder + "/args"), "it was sent")
        for arguments in ((), ("--all", "--owner", OWNER)):
            equal(post.digest(daemon, *arguments).returncode, EX_USAGE, arguments)
        if os.geteuid() == 0 and shutil.which("setpriv") is not None:
            done = ctl(daemon, "digest", "--owner", OWNER, user="nobody")
            equal((done.returncode, done.stdout), (EX_NOPERM, ""), done.stderr)


def no_list_gives_no_digest():
    with Daemon(people="keep-invitations = no\n", more=DAILY) as daemon, Post() as post:
        come(daemon)
        done = post.digest(daemon, "--owner", OWNER, "--send")
        equal(done.returncode, 0, done.stderr)
        require("no list is kept" in done.stderr and "0 sent" in done.stderr, done.stderr)


def fifty_thousand_give_a_short_digest():
    """More than a list may have: a store that another version, or somebody, filled."""
    with Daemon(more=DAILY) as daemon, Post() as post:
        come(daemon)
        with sqlite3.connect(daemon.folder + "/people.sqlite") as store:
            columns = [row[1] for row in store.execute("PRAGMA table_info(invitation)")]
            values = {"key": "key + n", "name": "name || ' ' || n", "worth": "n % 4",
                      "verdict": "CASE n % 4 WHEN 0 THEN 'spammy' WHEN 1 THEN 'default-text' ELSE 'personal' END"}
            store.execute("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 50000)"
                          " INSERT INTO invitation (%s) SELECT %s FROM invitation, c" % (
                              ", ".join(columns), ", ".join(values.get(name, name) for name in columns)))
        done = post.digest(daemon, "--owner", OWNER, "--send")
        require("1 sent" in done.stderr, done.stderr)
        read = email.message_from_string(post.text("mails"), policy=email.policy.default)
        text, html = (read.get_body((kind,)).get_content() for kind in ("plain", "html"))
        require("Open: 50001\n" in text, text[:200])
        for more in (12500 - 10, 25001 - 30):
            require("And %d more: invitectl list\n" % more in text, text)
        require(len(text) < 20000 and len(html) < 60000, "%d and %d bytes" % (len(text), len(html)))


def a_store_that_is_only_read_sends_none():
    with Daemon(more=DAILY) as daemon, Post() as post:
        come(daemon)
        with read_only(daemon):
            done = post.digest(daemon, "--all", "--send", user="nobody")
            equal(done.returncode, EX_TEMPFAIL, done.stderr)
            require("people.sqlite" in done.stderr, done.stderr)
        require(not os.path.exists(post.folder + "/mails"), "what nobody can claim is sent")


CASES = [a_digest_is_mailed_once_and_none_where_nothing_is_new,
         a_digest_is_for_who_wants_one_and_made_by_whose_store_it_is, no_list_gives_no_digest,
         fifty_thousand_give_a_short_digest]
ROOTS_CASES = [a_store_that_is_only_read_sends_none]

if __name__ == "__main__":
    run_cases("digest", [(case.__name__, case) for case in CASES + (ROOTS_CASES if os.geteuid() == 0 else [])])
