#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Does a monitor get what a thousand mails were counted as?"""

import os
import re
import shutil
import socket
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from daemon import Daemon, await_true, equal, mail, require, run_cases  # noqa: E402
from wire import Peer, split  # noqa: E402

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "contrib",
                     "prometheus")
INVITATION = "linkedin/member-2024-default.eml"
ORDINARY = "ordinary/plain.eml"


def metrics(daemon, path="/metrics"):
    """Status line and body."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(30)
        client.connect(daemon.folder + "/m")
        client.sendall(b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n" % path.encode())
        with client.makefile("rb") as answer:
            head, _, body = answer.read().decode().partition("\r\n\r\n")
    return head.split("\r\n")[0], body


def values(text):
    """{name with labels: value}"""
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
            for line in text.splitlines() if not line.startswith("#")}


def with_metrics(**more):
    daemon = Daemon(**more)
    daemon.write_settings(more="[metrics]\nlisten = unix:%s/m\n" % daemon.folder)
    return daemon


def a_thousand_mails_are_counted():
    """The counts are those of the mails and of the log."""
    invitation, ordinary = split(mail(INVITATION)), split(mail(ORDINARY))
    faked = ([(b"Invite-Verdict", b"known")] + ordinary[0], ordinary[1])
    with with_metrics() as daemon:
        peer = Peer(daemon.socket)
        for number in range(1000):
            fields, body = (invitation if number % 10 == 0 else
                            faked if number % 10 == 1 else ordinary)
            peer.mail(fields, body)
        peer.close()
        got = values(metrics(daemon)[1])
        name = "invite_milter_"
        want = {name + "mails_total": 1000,
                name + 'gate_total{decision="accept"}': 800,
                name + 'gate_total{decision="skip"}': 100,
                name + 'gate_total{decision="keep"}': 100,
                name + 'gate_total{decision="refuse"}': 0,
                name + 'judged_total{network="linkedin",verdict="default-text",'
                       'authenticity="unverified"}': 100,
                name + "judging_seconds_count": 100,
                name + "troubles_total": 0}
        equal({key: got.get(key) for key in want}, want, "counts")
        equal(len(re.findall("verdict=default-text", daemon.log())), 100, "lines in the log")
        require(got[name + "resident_memory_bytes"] > 1e6, "memory: %s" % got)


def promtool_reads_them():
    if shutil.which("promtool") is None:
        print("promtool is missing: skipped")
        return
    with with_metrics() as daemon:
        done = subprocess.run(["promtool", "check", "metrics"], input=metrics(daemon)[1],
                              capture_output=True, text=True, timeout=60)
        equal((done.returncode, done.stdout + done.stderr), (0, ""), "promtool check metrics")
    for arguments in (["check", "rules", "invite-milter.rules.yml"],
                      ["test", "rules", "invite-milter.test.yml"]):
        done = subprocess.run(["promtool", *arguments], capture_output=True, text=True,
                              cwd=RULES, timeout=60)
        equal(done.returncode, 0, " ".join(arguments) + ": " + done.stdout + done.stderr)


def no_other_page_is_there():
    with with_metrics() as daemon:
        equal(metrics(daemon, "/")[0], "HTTP/1.1 404 Not Found", "status")


def a_client_that_says_nothing_is_let_go():
    """And the next one is answered; mail goes on meanwhile."""
    with with_metrics() as daemon, socket.socket(socket.AF_UNIX) as mute:
        mute.connect(daemon.folder + "/m")
        peer = Peer(daemon.socket)
        peer.mail(*split(mail(ORDINARY)))
        peer.close()
        equal(metrics(daemon)[0], "HTTP/1.1 200 OK", "status")


def a_file_is_written():
    daemon = Daemon()
    path = daemon.folder + "/metrics.prom"
    daemon.write_settings(more="[metrics]\nfile = %s\n" % path)
    with daemon:
        await_true(lambda: os.path.exists(path), lambda: "the file: " + daemon.log())
        with open(path) as file:
            equal(values(file.read())["invite_milter_mails_total"], 0, "mails")


def a_place_that_cannot_be_had_is_told():
    daemon = Daemon()
    daemon.write_settings(more="[metrics]\nlisten = inet:9783@192.0.2.1\n")
    with daemon:
        require("no metrics: " in daemon.log(), daemon.log())


if __name__ == "__main__":
    run_cases("metrics", [(case.__name__, case) for case in (
        a_thousand_mails_are_counted, promtool_reads_them, no_other_page_is_there,
        a_client_that_says_nothing_is_let_go, a_file_is_written,
        a_place_that_cannot_be_had_is_told)])
