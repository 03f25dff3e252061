#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What a user of the machine can ask of the daemon, and that nobody can hold it up:
neither by what a request costs nor by how many connections one user opens."""

import base64
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from check_people import FIND, GUEST_ADDRESS, OWNER, ask, ask_as, control, hold, relation, write_to  # noqa: E402
from daemon import CTL, PATIENCE, Daemon, await_true, equal, is_sanitized, mail, race, require, run_cases  # noqa: E402
from wire import Peer, split  # noqa: E402

MANY, LONG = "the request has too many values", "the request is too long"
FIFTH = "you have as many connections as one user may have; close one"
GROWTH = 6 * 1024  # kB
USERS = 65533, 65532  # of no name


def answer_to(daemon, line):
    """The last line of the answer to bytes, which may be refused before they are sent."""
    with control(daemon) as client:
        try:
            client.sendall(line + b"\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        with client.makefile("rb") as answer:
            return json.loads(answer.readline())


def as_user(uid, run):
    """What a child of another user prints, as JSON."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(int(PATIENCE))  # it ends where the test does not let it
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            os.write(writing, json.dumps(run()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        text = told.read()
    os.waitpid(child, 0)
    return json.loads(text)


def costly_requests_are_refused():
    """Each took up to 500 MB: the daemon's limit is 256."""
    requests = (
        (b'{"do":"find","x":[' + b"{}," * 1900000 + b"1]}", MANY),
        (b'{"do":"find","x":[' + b"[]," * 1900000 + b"1]}", MANY),
        (b'{"do":"find","x":[' + b'"",' * 1900000 + b"1]}", MANY),
        (b'{"do":"find","x":{' + b'"":1,' * 1100000 + b'"a":1}}', MANY),
        (b'{"do":"find","x":[' + b"1," * 2900000 + b"1]}", MANY),
        (b'{"do":"find","x":"' + b"x" * 5500000 + b'"}', LONG),
        (b'{"do":"find",' + b" " * 5500000 + b'"x":1}', LONG),
        (b'{"do":"find","mail":"a","x":"' + b"x" * 5500000 + b'"}', LONG))
    with Daemon(people="domain = example.net") as daemon:
        ask(daemon, do="find", owner=OWNER)
        before = daemon.memory("VmHWM")
        for request, want in requests:
            equal(answer_to(daemon, request), {"error": want}, repr(request[:40]))
            grown = daemon.memory("VmHWM") - before
            require(is_sanitized() or grown < GROWTH,
                    "%r: the daemon grew by %d kB" % (request[:40], grown))
        write_to(daemon, GUEST_ADDRESS)
        equal(relation(daemon), "known", "mail afterwards")


def large_mails_are_read_one_at_a_time():
    """A client that does not go on with one holds up another for a moment only."""
    mail = base64.b64encode(b"Subject: Hello\r\n\r\n" + b"Hello\r\n" * 60000).decode()
    with Daemon(people="domain = example.net") as daemon:
        slow = control(daemon)
        slow.sendall(b'{"do":"known","owner":"%s","mail":"' % OWNER.encode() + b"A" * 300000)
        # Most likely it is first, then; where it is not, nothing is shown.
        time.sleep(0.3)
        equal(ask(daemon, do="known", owner=OWNER, mail=mail), {"untaught": "no invitation"},
              "the second")
        equal(slow.recv(100), b"", "the first")
        slow.close()
        # Two in one go: the second is not lost with the first's memory.
        line = json.dumps({"do": "known", "owner": OWNER, "mail": mail}).encode() + b"\n"
        with control(daemon) as client:
            client.sendall(line + line + b'{"do":"find","owner":"a@b.example"}\n')
            with client.makefile("rb") as answer:
                equal([json.loads(answer.readline()) for _ in range(3)],
                      [{"untaught": "no invitation"}] * 2 + [{"end": 0}], "one after the other")


def fifth_connection_of_a_user_is_told():
    with Daemon(people="domain = example.net") as daemon:
        def five():
            clients = [control(daemon) for _ in range(5)]
            # By then the others, which came before, were let in.
            told = clients[4].recv(1000).decode()
            return told, len(select.select(clients[:4], [], [], 0)[0])

        def one():
            return ask(daemon, do="find")

        def both():
            clients = [control(daemon) for _ in range(5)]
            told = clients[4].recv(1000).decode()
            os.write(ready[1], b"x")
            hold(clients[:4], done[0])
            return told

        equal(as_user(USERS[0], five), [json.dumps({"error": FIFTH}, separators=(",", ":")) + "\n", 0],
              "what the fifth is told, and how many others")
        ready, done = os.pipe(), os.pipe()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            signal.alarm(int(PATIENCE))
            os.write(writing, json.dumps(as_user(USERS[0], both)).encode())
            os._exit(0)
        os.read(ready[0], 1)
        other = as_user(USERS[1], one)
        equal(ask(daemon, do="find", owner=OWNER), {"end": 0}, "root meanwhile")
        os.write(done[1], b"x")
        require("nobody knows which mailbox is yours" in other.get("error", ""),
                "another user meanwhile: %r" % other)
        require(FIFTH in json.loads(os.read(reading, 1000)), "the fifth again")
        os.waitpid(child, 0)
        # What was closed counts no more.
        await_true(lambda: as_user(USERS[0], one).get("error", "") != FIFTH, "the user's turn")


def roots_turn_comes_whoever_waits():
    """Users who fill all threads leave root's."""
    with Daemon(people="domain = example.net") as daemon:
        ready, done = os.pipe(), os.pipe()
        children = []
        for uid in range(65520, 65524):
            child = os.fork()
            if child == 0:
                signal.alarm(int(PATIENCE))

                def fill():
                    clients = [control(daemon) for _ in range(4)]
                    os.write(ready[1], b"x")
                    hold(clients, done[0])
                as_user(uid, fill)
                os._exit(0)
            children.append(child)
        for _ in children:
            os.read(ready[0], 1)
        equal(ask(daemon, do="find", owner=OWNER), {"end": 0}, "root")
        os.write(done[1], b"xxxx")
        for child in children:
            os.waitpid(child, 0)


def is_hung_up(client, seconds=0):
    waiting = select.poll()
    waiting.register(client, 0)
    return waiting.poll(int(seconds * 1000)) != []


def send_until_it_stands(client, line):
    """Whole requests and no look at the answers, until the daemon reads no more.

    sendall() would not do: its time is for all that it sends, so that a slow daemon is
    taken for one that stands, and is left with a part of a request to wait for."""
    client.setblocking(False)
    waiting = select.poll()
    waiting.register(client, select.POLLOUT)
    rest = memoryview(b"")
    while waiting.poll(3000):
        rest = rest or memoryview(line * 20)
        rest = rest[client.send(rest):]


def client_that_sends_a_byte_now_and_then_is_let_go():
    with Daemon(people="domain = example.net") as daemon, control(daemon) as slow:
        slow.sendall(FIND[:4])
        for _ in range(90):
            if is_hung_up(slow):
                break
            try:
                slow.send(b" ")
            except (BrokenPipeError, ConnectionResetError):
                break
            equal(ask(daemon, do="find", owner=OWNER), {"end": 0}, "another meanwhile")
            time.sleep(0.3)
        require(is_hung_up(slow), "it is still served")


def client_that_never_reads_is_let_go():
    """And none of the requests that it sent meanwhile is waited for again."""
    with Daemon(people="domain = example.net") as daemon, control(daemon) as deaf:
        send_until_it_stands(deaf, FIND % b"")
        equal(ask(daemon, do="find", owner=OWNER), {"end": 0}, "another meanwhile")
        require(is_hung_up(deaf, PATIENCE), "it is still served")


def unread_answer_keeps_no_large_request_waiting():
    """As the turn is over before the answer is sent."""
    large = FIND % (b',"x":"%s"' % (b"x" * 400000))

    def attempt():
        with Daemon(people="domain = example.net") as daemon, control(daemon) as deaf:
            with control(daemon) as client, client.makefile("rb") as answer:
                client.sendall(large + FIND % b"")
                equal([answer.readline(), answer.readline()], [b'{"end":0}\n'] * 2, "both")
            send_until_it_stands(deaf, large)
            with control(daemon) as client, client.makefile("rb") as answer:
                client.sendall(large)
                equal(answer.readline(), b'{"end":0}\n', "another's large request")
            require(not is_hung_up(deaf), "it waited until the first was let go")
    race(attempt)


def status(daemon, *options, columns=80, charset="C.UTF-8"):
    done = subprocess.run([CTL, "status", "--config", daemon.settings, *options],
                          capture_output=True, text=True, timeout=PATIENCE,
                          env={**os.environ, "LC_ALL": charset, "COLUMNS": str(columns)})
    equal((done.returncode, done.stderr), (0, ""), "invitectl status")
    return done.stdout


def invitations(daemon):
    """As many as there are verdicts in what status tells of them."""
    fields, body = split(mail("linkedin/member-2024-default.eml"))
    forged, other = (split(mail(name)) for name in ("linkedin/forged-display-name.eml",
                                                    "ordinary/plain.eml"))
    peer = Peer(daemon.socket)
    for _ in range(3):
        peer.mail(fields, body)
    peer.mail(*forged)
    peer.mail(*other)
    peer.close()


def status_tells_what_became_of_the_mails():
    """All of them in the last hour, where none ends meanwhile."""
    def attempt():
        with Daemon(people="domain = example.net", more="[trust]\nauthserv-id = mx.example.net\n") as daemon:
            write_to(daemon, GUEST_ADDRESS)
            invitations(daemon)
            told = ask(daemon, do="status")["status"]
            hours = {key: sum(counts) for key, counts in told["hours"].items() if sum(counts)}
            equal(hours, {"mails": 6, "default-text": 3, "forged": 1}, "hours")
            equal({len(counts) for counts in told["hours"].values()}, {24}, "hours of each")
            equal((told["mails"], told["recognised"], told["troubles"], told["log_dropped"]),
                  (6, 4, 0, 0), "counts")
            equal(told["limits_met"], {"connections": 0, "memory": 0, "mail-time": 0}, "limits")
            equal(told["store"]["owners"], 1, "owners")
            require(told["store"]["bytes"] > 4096 and told["store"]["free"] > 0, told["store"])
            require(told["memory"] > 1e6 and 0 <= told["uptime"] < 3600, told)
            equal(told["settings"]["authserv_id"], "mx.example.net", "verifier")
            equal(json.loads(status(daemon, "--json")).keys(), told.keys(), "keys")
            for words in (OWNER, "example.org", "Kwabena"):
                require(words not in json.dumps(told), words)
            text = status(daemon)
            for row in (r"\n  mails +\u00b7{23}\u2588 +6\n", r"\n  default-text +\u00b7{23}\u2588 +3\n",
                        r"\n  forged +\u00b7{23}\u2588 +1\n", r"\nverifier +mx.example.net\n",
                        r"\nstore +people of 1 mailbox, "):
                require(re.search(row, text), row + " in\n" + text)
            require(re.search(r"\n  mails +\.{23}8 +6\n", status(daemon, charset="C")), "without UTF-8")
            for columns in (60, 80):
                wide = [line for line in status(daemon, columns=columns).splitlines() if len(line) > columns]
                equal(wide, [], "lines that are too long")
    race(attempt)


def status_tells_which_settings_changed():
    with Daemon(people="domain = example.net") as daemon:
        equal(ask(daemon, do="status")["status"]["settings"]["changed"], [], "at first")
        with open(daemon.settings, "a") as file:
            file.write("# changed\n")
        os.mkdir(daemon.folder + "/networks")
        equal(ask(daemon, do="status")["status"]["settings"]["changed"],
              [daemon.settings, daemon.folder + "/networks"], "changed")
        require("systemctl reload" in status(daemon), status(daemon))
        daemon.signal(signal.SIGHUP)
        daemon.await_told("settings read again")
        equal(ask(daemon, do="status")["status"]["settings"]["changed"], [], "read again")


def status_tells_a_store_in_trouble():
    with Daemon(people="domain = example.net") as daemon:
        daemon.write_settings()
        with open(daemon.settings) as file:
            text = file.read().replace(daemon.folder + "/people.sqlite", "/nonexistent/people.sqlite")
        with open(daemon.settings, "w") as file:
            file.write(text)
        daemon.signal(signal.SIGHUP)
        daemon.await_told("settings read again")
        invitations(daemon)
        told = ask(daemon, do="status")["status"]
        require("/nonexistent" in told["store"]["trouble"] and told["store_troubles"] > 0, told)
        require("/nonexistent" in status(daemon), status(daemon))


def any_user_is_told_the_status():
    with Daemon(people="domain = example.net") as daemon:
        os.chmod(daemon.folder, 0o755)
        told = as_user(USERS[0], lambda: ask(daemon, do="status"))
        equal(told["status"]["mails"], 0, "mails")
        # Whose people they are nobody can tell, and no more is said.
        equal(sorted(as_user(USERS[0], lambda: ask(daemon, do="find"))), ["error", "refused"], "find")


def cases():
    rows = [costly_requests_are_refused, large_mails_are_read_one_at_a_time,
            client_that_sends_a_byte_now_and_then_is_let_go,
            client_that_never_reads_is_let_go,
            unread_answer_keeps_no_large_request_waiting,
            status_tells_what_became_of_the_mails, status_tells_which_settings_changed,
            status_tells_a_store_in_trouble]
    if os.geteuid() == 0:
        rows += [any_user_is_told_the_status, fifth_connection_of_a_user_is_told, roots_turn_comes_whoever_waits]
    else:
        print("not root: the cases of other users are skipped")
    return [(case.__name__, case) for case in rows]


if __name__ == "__main__":
    run_cases("control", cases())
