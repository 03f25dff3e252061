#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Does a monitor get what a thousand mails were counted as?"""

import collections
import os
import random
import re
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from daemon import PATIENCE, Daemon, await_true, equal, mail, require, run_cases  # noqa: E402
from wire import Peer, split  # noqa: E402

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "contrib",
                     "prometheus")
INVITATION = "linkedin/member-2024-default.eml"
ORDINARY = "ordinary/plain.eml"


def metrics(daemon, path="/metrics"):
    """Status line and body."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(PATIENCE)
        client.connect(daemon.folder + "/m")
        client.sendall(b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n" % path.encode())
        with client.makefile("rb") as answer:
            head, _, body = answer.read().decode().partition("\r\n\r\n")
    return head.split("\r\n")[0], body


def values(text):
    """{name with labels: value}"""
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
            for line in text.splitlines() if not line.startswith("#")}


def with_metrics(more="", **settings):
    daemon = Daemon()
    daemon.write_settings(more="[metrics]\nlisten = unix:%s/m\n" % daemon.folder + more,
                          **settings)
    return daemon


# What is sent: a fixture, how often, what the end of its header decides, and what it
# is judged as; None: it is not told of.  Slack's mail is not wanted.
SENT = (("ordinary/plain.eml", 415, "accept", None),
        ("ordinary/japanese.eml", 100, "accept", None),
        ("linkedin/member-2024-default.eml", 120, "keep",
         ("linkedin", "default-text", "unverified")),
        ("facebook/event-2011.eml", 60, "keep", ("facebook", "contextless", "unverified")),
        ("github/organization-2025.eml", 60, "keep", ("github", "contextless", "unverified")),
        ("xing/group.eml", 60, "keep", ("xing", "contextless", "unverified")),
        ("linkedin/forged-display-name.eml", 50, "keep", ("linkedin", "forged", "forged")),
        ("academia/forged-display-name.eml", 30, "keep", ("academia", "forged", "forged")),
        ("slack/channel-2024.eml", 40, "keep", None))
FAKED, OVER, REFUSED, BEYOND = 20, 20, 10, 10
CONNECTIONS, MOST = 4, 5


def send(daemon, mails):
    """All mails over one connection."""
    peer = Peer(daemon.socket)
    for fields, body in mails:
        peer.mail(fields, body)
    peer.close()


def send_beyond(daemon, fields, body):
    """While as many connections are there, each with a mail behind it, as may be judged."""
    others = [Peer(daemon.socket) for _ in range(MOST)]
    for peer in others:
        peer.mail(*split(mail(ORDINARY)))
    send(daemon, [(fields, body)] * BEYOND)
    for peer in others:
        peer.close()


def await_no_connection(daemon):
    """One is over a moment after its client left."""
    await_true(lambda: all('connections{state="%s"} 0\n' % state in metrics(daemon)[1]
                           for state in ("busy", "idle")), lambda: metrics(daemon)[1])


def script():
    """The mails, mixed, but for those beyond a limit of all mails."""
    mails = [split(mail(name)) for name, count, _, _ in SENT for _ in range(count)]
    ordinary, invitation = split(mail(ORDINARY)), split(mail(INVITATION))
    mails += [([(b"Invite-Verdict", b"known")] + ordinary[0], ordinary[1])] * FAKED
    mails += [(invitation[0], invitation[1] + b"x" * 70000)] * OVER
    mails += [([(b"Invite-Verdict", b"known")] * 201 + ordinary[0], ordinary[1])] * REFUSED
    random.Random(1).shuffle(mails)
    return mails


def wanted():
    """What a monitor is to be told of the script."""
    decisions = collections.Counter(accept=MOST + BEYOND, skip=FAKED, keep=OVER, refuse=REFUSED)
    judged = collections.Counter()
    for _, count, decision, labels in SENT:
        decisions[decision] += count
        judged.update({labels: count} if labels else {})
    want = {'decision_total{decision="%s"}' % name: count for name, count in decisions.items()}
    want.update({'judged_total{network="%s",verdict="%s",authenticity="%s"}' % labels: count
                 for labels, count in judged.items()})
    for limit, count in (("connections", BEYOND), ("memory", 0), ("mail-time", 0)):
        want['beyond_limit_total{limit="%s"}' % limit] = count
    return {"mails_total": sum(decisions.values()), "troubles_total": OVER,
            "log_lines_dropped_total": 0,
            "judging_seconds_count": sum(judged.values()),
            'connections{state="busy"}': 0, 'connections{state="idle"}': 0,
            'judging_seconds_bucket{le="+Inf"}': sum(judged.values()), **want}, judged


def lines_of(log):
    """How many lines tell of each outcome, and of what else."""
    judged = collections.Counter()
    for line in re.findall("network=.*", log):
        told = dict(pair.split("=", 1) for pair in line.split())
        judged[told["network"], told["verdict"], told["authenticity"]] += 1
    return judged, {words: log.count(words) for words in (
        "passed unjudged: over the limits of a mail", "refused: more than 200 header fields")}


def a_thousand_mails_are_counted():
    """Each series is the number of mails that were sent, and of the log's lines."""
    mails = script()
    with with_metrics("[limits]\nmail = 65536\nconnections = %d\n" % MOST,
                      policy="networks = -slack\n") as daemon:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(lambda part: send(daemon, part),
                          [mails[part::CONNECTIONS] for part in range(CONNECTIONS)]))
        await_no_connection(daemon)
        send_beyond(daemon, *split(mail(INVITATION)))
        want, judged = wanted()
        equal(len(mails) + MOST + BEYOND, 1000, "mails that were sent")
        await_no_connection(daemon)
        got = {key[len("invite_milter_"):]: value
               for key, value in values(metrics(daemon)[1]).items()}
        clocks = re.compile(r"(build_info|start_time|settings_time|resident|judging_seconds_(sum|b))")
        told = {key: value for key, value in got.items()
                if key in want or not clocks.match(key)}
        # On a busy machine a mail may have waited for the others' turn at the store in vain.
        busy = told.pop("store_troubles_total")
        told["troubles_total"] -= busy
        equal(busy > 0, "the store: " in daemon.log(), "a store in trouble: " + daemon.log())
        equal(told, want, "counts")
        equal(lines_of(daemon.log()),
              (judged, {"passed unjudged: over the limits of a mail": OVER,
                        "refused: more than 200 header fields": REFUSED}), "lines in the log")
        require(got["resident_memory_bytes"] > 1e6, "memory: %s" % got)
        daemon.await_told("more connections than [limits]")


def promtool_reads_them():
    if shutil.which("promtool") is None:
        print("promtool is missing: skipped")
        return
    with with_metrics() as daemon:
        done = subprocess.run(["promtool", "check", "metrics"], input=metrics(daemon)[1],
                              capture_output=True, text=True, timeout=PATIENCE)
        equal((done.returncode, done.stdout + done.stderr), (0, ""), "promtool check metrics")
    for arguments in (["check", "rules", "invite-milter.rules.yml"],
                      ["test", "rules", "invite-milter.test.yml"]):
        done = subprocess.run(["promtool", *arguments], capture_output=True, text=True,
                              cwd=RULES, timeout=PATIENCE)
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
        daemon.await_told("no metrics: ")


def a_place_is_looked_at_beforehand():
    for place, words in (("127.0.0.1:9783", None), ("[::1]:9783", None), ("9783", "write unix:PATH"),
                         ("inet:9783@0.0.0.0", "other hosts could reach it"),
                         ("192.0.2.1:9783", "other hosts could reach it")):
        daemon = Daemon()
        daemon.write_settings(more="[metrics]\nlisten = %s\n" % place)
        done = daemon.run("-n", "-c", daemon.settings)
        equal(done.returncode, os.EX_OK if words is None else os.EX_CONFIG, place + ": " + done.stderr)
        require(words is None or (words in done.stderr and "conf:" in done.stderr), done.stderr)
        require("allow-remote" not in done.stderr, done.stderr)


if __name__ == "__main__":
    run_cases("metrics", [(case.__name__, case) for case in (
        a_thousand_mails_are_counted, promtool_reads_them, no_other_page_is_there,
        a_client_that_says_nothing_is_let_go, a_file_is_written,
        a_place_that_cannot_be_had_is_told, a_place_is_looked_at_beforehand)])
