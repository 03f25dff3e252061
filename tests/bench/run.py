#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What a mail costs, beside the cheapest milter that libmilter allows.

All take turns within one run, so that a noisy machine hits them alike; of the
ratios only the median counts.  Nothing here passes or fails by a time.

With a number it looks at people alone, at so many: 10000 for a quick run.  All
of them take 10 GB below TMPDIR.  With "claim-index" it looks at that alone, and
with "ratios" at what a mail costs beside the null milters.
"""

import glob
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../wire"))

from daemon import MAILS, TESTS, Daemon, await_true, require, temporary_folder  # noqa: E402

NOTES = os.path.join(TESTS, "notes/notes.tsv")
BUILT = os.path.abspath("tests/bench")
PAIRS = 8  # of turns at each number of connections
SECONDS = 0.6  # a turn
CONNECTIONS = (8, 64, 256)
INVITATION_ROUNDS = 4
RATIO_ROUNDS = 7
PATIENCE = 300  # seconds until a turn counts as hung
MEMORY_MAILS = 20000
MEMORY_SHARE = 10  # every so many of them is an invitation
SIZES = (4000, 12000, 40000)  # of ordinary mails
PEOPLE = ((1000000, 1), (10000000, 100000))  # and owners
LEARNERS = (100000, 1000)  # likewise
LOOKUPS = 20000  # a round, and mails
PEOPLE_ROUNDS = 7
CONTACTS = 100000  # of an import
NETWORKS = 60  # that the claim index is measured with
NETWORK_FILES = os.path.join(TESTS, "../src/data/networks")
TICK = os.sysconf("SC_CLK_TCK")

# What a mail has gathered on its way; the fixtures' headers are bare.
TRACE = b"".join([
    b"Received: from relay.example.org (relay.example.org [192.0.2.25])\n"
    b"\tby mx.example.net (Postfix) with ESMTPS id 4ZkT7c0Wl2z9\n"
    b"\tfor <marieke@example.net>; Tue, 04 Feb 2025 08:00:02 +0000 (UTC)\n",
    b"Authentication-Results: mx.example.net;\n"
    b"\tdkim=pass header.d=example.org header.s=s2024 header.b=Hf1mJtsF;\n"
    b"\tspf=pass smtp.mailfrom=sender@example.org;\n"
    b"\tdmarc=pass (p=REJECT) header.from=example.org\n",
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s2024;\n"
    b"\tbh=uz0pCm0UJgk918PqK6FPuO62Wqw3svOzNA3fFyQV0aU=;\n"
    b"\th=Date:From:To:Subject:Message-ID:MIME-Version:Content-Type;\n"
    b"\tb=" + b"\n\t ".join([b"Q" * 70] * 5) + b"\n",
    b"X-Spam-Status: No, score=-2.1 required=5.0 tests=BAYES_00,DKIM_SIGNED,\n"
    b"\tDKIM_VALID,DKIM_VALID_AU,HTML_MESSAGE,SPF_PASS autolearn=ham\n",
    b"X-Virus-Scanned: by the relay\n",
])
LINE = b"The minutes of the meeting are below, with the figures that were asked for.\n"


class Null:
    """One of the null milters; a context manager that ends it."""

    def __init__(self, mode, folder):
        self.mode = mode
        self.socket = "%s/null-%s" % (folder, mode)
        self.process = None

    def answers(self):
        require(self.process.poll() is None, "null %s ended" % self.mode)
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(self.socket) == 0

    def __enter__(self):
        self.process = subprocess.Popen([BUILT + "/null", self.mode,
                                         "unix:" + self.socket])
        await_true(self.answers, "the socket of null " + self.mode)
        return self

    def __exit__(self, kind, value, trace):
        # libmilter takes seconds to end in order, and nothing is at stake.
        self.process.kill()
        self.process.wait()


def has_both(path):
    with open(path, "rb") as file:
        text = file.read().lower()
    return b"content-type: text/plain" in text and b"content-type: text/html" in text


def invitations():
    """Those with text and HTML, as members get them."""
    return [path for path in sorted(glob.glob(MAILS + "/linkedin/member-20*.eml"))
            if has_both(path)]


def ordinary_mails(folder):
    """Made from the fixtures: a header with its traces, a body that fills up.
    What follows a last boundary is an epilogue and legal."""
    made = []
    for path in sorted(glob.glob(MAILS + "/ordinary/*.eml")):
        with open(path, "rb") as file:
            text = file.read().replace(b"\r\n", b"\n")
        # A sender's fields of our names are deleted at the end of the mail.
        if b"\nInvite-" in text:
            continue
        for size in SIZES:
            text_now = TRACE + text.rstrip(b"\n") + b"\n"
            text_now += LINE * (max(0, size - len(text_now)) // len(LINE))
            made.append("%s/%d-%s" % (folder, size, os.path.basename(path)))
            with open(made[-1], "wb") as file:
                file.write(text_now)
    return made


def cpu(server):
    """Seconds of CPU so far."""
    with open("/proc/%d/stat" % server.process.pid) as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def load(server, connections, mails, seconds=SECONDS, limit=0):
    """Mails a second, microseconds of CPU a mail, and the counts."""
    before = cpu(server)
    line = subprocess.run([BUILT + "/load", server.socket, str(connections),
                           str(seconds), str(limit), *mails],
                          check=True, stdout=subprocess.PIPE, text=True,
                          timeout=PATIENCE).stdout
    counts = {key: float(value) for key, value in
              (pair.split("=") for pair in line.split())}
    require(counts["mails"] > 0, "not one mail came through")
    counts["rate"] = counts["mails"] / counts["seconds"]
    counts["cpu"] = (cpu(server) - before) * 1e6 / counts["mails"]
    return counts


def median(turns, key):
    return statistics.median(turn[key] for turn in turns)


def in_turns(servers, rounds, connections, mails):
    """For each server its turns; who begins changes from round to round."""
    turns = {name: [] for name in servers}
    for number in range(rounds):
        names = list(servers) if number % 2 == 0 else list(reversed(servers))
        for name in names:
            turns[name].append(load(servers[name], connections, mails))
    return turns


def ratios(ours, null, key):
    return [one[key] / other[key] for one, other in zip(ours, null)]


def print_row(*cells, width=15):
    print("%-30s" % cells[0] + "".join(cell.rjust(width) for cell in cells[1:]), flush=True)


def bench_ordinary(daemon, null, mails):
    print_row("ordinary mail", "mails/s", "CPU us/mail", "ratio", "from .. to")
    for connections in CONNECTIONS:
        turns = in_turns({"invite-milter": daemon, "null accept": null}, PAIRS,
                         connections, mails)
        for turn in turns["invite-milter"]:
            require(turn["fields"] + turn["chunks"] == 0, "an ordinary mail was edited")
        found = ratios(turns["invite-milter"], turns["null accept"], "rate")
        for name, share in ("invite-milter", found), ("null accept", None):
            print_row("%s, %d connections" % (name, connections),
                      "%.0f" % median(turns[name], "rate"),
                      "%.0f" % median(turns[name], "cpu"),
                      *(["%.2f" % statistics.median(share),
                         "%.2f .. %.2f" % (min(share), max(share))] if share else []))


def bench_invitations(servers, mails):
    print_row("invitations", "mails/s", "CPU us/mail", "ratio of CPU", "from .. to")
    turns = in_turns(servers, INVITATION_ROUNDS, CONNECTIONS[0], mails)
    for name in servers:
        for turn in turns[name]:
            require(turn["fields"] >= turn["mails"],
                    name + " left an invitation untagged")
        share = ratios(turns[name], turns["null edit"], "cpu")
        print_row(name, "%.0f" % median(turns[name], "rate"),
                  "%.0f" % median(turns[name], "cpu"),
                  *(["%.1f" % statistics.median(share),
                     "%.1f .. %.1f" % (min(share), max(share))]
                    if name != "null edit" else []))


def print_ratios(what, turns, nulls, key="cpu", unit="CPU us/mail"):
    """What each one takes or does, and its ratio to each null milter's."""
    print_row(what, unit, "from .. to", *("to " + name for name in nulls), width=24)
    for name in turns:
        counts = [turn[key] for turn in turns[name]]
        shares = [ratios(turns[name], turns[null], key) for null in nulls]
        print_row(name, "%.0f" % statistics.median(counts),
                  "%.0f .. %.0f" % (min(counts), max(counts)),
                  *("%.2f (%.2f .. %.2f)" % (statistics.median(share), min(share),
                                             max(share)) for share in shares), width=24)


def bench_ratios(folder, ordinary, invited):
    """CPU varies less than the rate where others use the machine, too."""
    with Daemon() as daemon, Daemon(banner="yes", mark="lighthouse") as with_banner, \
            Null("accept", folder) as accept, Null("keep", folder) as keep, \
            Null("parse", folder) as parse, Null("edit", folder) as edit:
        for connections in CONNECTIONS:
            what = "ordinary mail, %d connections" % connections
            turns = in_turns({"null accept": accept, "invite-milter": daemon},
                             RATIO_ROUNDS, connections, ordinary)
            print_ratios(what, turns, ["null accept"])
            print_ratios(what, turns, ["null accept"], "rate", "mails/s")
        print_ratios("invitations", in_turns(
            {"null keep": keep, "null parse": parse, "null edit": edit,
             "invite-milter": daemon, "invite-milter with banner": with_banner},
            RATIO_ROUNDS, CONNECTIONS[0], invited), ["null keep", "null parse"])


def bench_memory(ordinary, invited):
    """A daemon that has just started, and after many mails of both kinds."""
    few = MEMORY_MAILS // MEMORY_SHARE
    with Daemon() as daemon:
        idle = daemon.memory()
        for _ in range(2):  # so that neither kind has the last word
            load(daemon, CONNECTIONS[1], ordinary, 0, (MEMORY_MAILS - few) // 2)
            load(daemon, CONNECTIONS[1], invited, 0, few // 2)
        print_row("resident memory", "idle", "after %d" % MEMORY_MAILS, "peak")
        print_row("invite-milter", *("%.1f MB" % (kb / 1000) for kb in
                                     (idle, daemon.memory(), daemon.memory("VmHWM"))))


def bench_stretches(rounds, what, mails, settings="-"):
    print("CPU of each stretch in-process, %s" % what, flush=True)
    subprocess.run([BUILT + "/bench_assess", settings, str(rounds), *mails], check=True)


def renamed(text, chance):
    """A network's file with other names for the network and its domains."""
    head = text[text.index("[network]"):text.index("\n\n[", text.index("[network]"))]
    own = re.findall(r"(?m)^(?:name|title) = (.*)$", head)
    domains = "; ".join(re.findall(r"(?m)^domains(?:-\d+)? = (.*)$", head)).split("; ")
    words = {word for value in own + domains for word in re.findall(r"[A-Za-z]{5,}", value)}
    words |= {domain for domain in domains if not re.search(r"[A-Za-z]{5,}", domain)}
    for word in sorted(words, key=len, reverse=True):
        other = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=len(word)))
        text = re.sub(re.escape(word), other, text, flags=re.IGNORECASE)
    return text


def bench_claim_index(folder, mails):
    """With copies of our networks under other names, so that there are many."""
    chance = random.Random(1)
    paths = sorted(glob.glob(NETWORK_FILES + "/*.network"))
    settings = os.path.join(folder, "many/invite-milter.conf")
    os.makedirs(os.path.join(folder, "many/networks"))
    with open(settings, "w"):
        pass
    for i in range(NETWORKS - len(paths)):
        with open(paths[i % len(paths)]) as file:
            text = renamed(file.read(), chance)
        text = re.sub(r"(?m)^name = .*$", "name = copy-%d" % i, text, count=1)
        with open(os.path.join(folder, "many/networks/copy-%d.network" % i), "w") as file:
            file.write(text)
    bench_stretches(200, "ordinary mail, %d networks" % NETWORKS, mails, settings)


def bench_notes():
    subprocess.run([BUILT + "/bench_notes", NOTES], check=True)


def bench_phrase_set():
    subprocess.run([BUILT + "/bench_phrase_set"], check=True)


def bench_one(*arguments):
    subprocess.run([BUILT + "/bench_people", *map(str, arguments)], check=True)


def bench_people(most=PEOPLE[-1][0]):
    """Sizes beyond most are cut to it."""
    for people, owners in PEOPLE:
        people = min(people, most)
        owners = min(owners, people // 100)
        print("%d people of %d" % (people, owners), flush=True)
        bench_one("look", people, owners, LOOKUPS, PEOPLE_ROUNDS)
    people, owners = (min(most, number) for number in LEARNERS)
    bench_one("learn", people, owners, LOOKUPS, PEOPLE_ROUNDS)
    bench_one("import", min(most, CONTACTS))


def main():
    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    if what not in ("all", "claim-index", "ratios"):
        bench_people(max(100, int(what)))
        return
    folder = temporary_folder()
    try:
        ordinary = ordinary_mails(folder)
        invited = invitations()
        if what == "ratios":
            bench_ratios(folder, ordinary, invited)
            return
        bench_claim_index(folder, ordinary)
        if what == "claim-index":
            return
        with Daemon() as daemon, Daemon(banner="yes", mark="lighthouse") as with_banner, \
                Null("accept", folder) as accept, Null("edit", folder) as edit:
            bench_ordinary(daemon, accept, ordinary)
            bench_invitations({"invite-milter": daemon,
                               "invite-milter with banner": with_banner,
                               "null edit": edit}, invited)
        bench_memory(ordinary, invited)
        bench_stretches(100, "ordinary mail", ordinary)
        bench_stretches(20, "invitations", invited)
        bench_notes()
        bench_phrase_set()
        bench_people()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
