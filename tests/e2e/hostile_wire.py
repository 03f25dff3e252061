# SPDX-License-Identifier: BSD-2-Clause
"""What a peer or a sender does to a milter over its socket: bombs, connections that are
held, sessions of any bytes.  And a clock that is stepped meanwhile."""

import collections
import multiprocessing
import os
import random
import signal
import socket
import struct
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import trial
from bombs import bombs, macro_packets
from daemon import await_true, require, temporary_folder
from mailsite import remove_folder
from trial import (INVITATION, Attentive, Outcome, answer_of, contestants, mail, megabytes,
                   split, try_once)

TIMES = 4           # that each bomb is sent; the first of them warms up
CPU_MOST = 2.0      # seconds for one mail of ours
GROWTH_MOST = 8000  # kB that stay of one kind of bomb
HELD = 1000
HELD_BYTES = 455000
HANDS = 32          # that hold them
PEAK_MOST = 200     # MB of ours while they are held: [limits] memory is 128
BATCH = 500
ENDS_MOST = 100
CLOSE_TIME = 20.0
SIGNS = (b"\0", b"\r\n", b"\n\n", b"=?utf-8?q?=00?=", b"\xe2\x80\xae", b"<", b"(", b"\"",
         b"--", b";", b"@", b"%00", b"&#0;")
STEPS = (("an hour on", 3600), ("an hour back", -3600), ("a year on", 365 * 86400),
         ("a year back", -365 * 86400), ("before 1970", -70 * 365 * 86400),
         ("beyond 2038", 14 * 365 * 86400))
Bomb = collections.namedtuple("Bomb", "cpu before after peak answer")


# Bombs.


def send_macros(server, packet):
    peer = Attentive(server.socket)
    try:
        peer.send(b"D", packet)
        return peer.mail(*split(mail(INVITATION)))
    except OSError:
        return None
    finally:
        peer.socket.close()


def drop(server, send):
    """Send it a few times, and measure all but the first.  A milter that ended is
    started again."""
    outcome = send()
    time.sleep(0.05)
    if server.is_alive():
        before, cpu = server.kilobytes(), server.cpu()
        server.forget_peak()
        for _ in range(TIMES - 1):
            outcome = send()
        time.sleep(0.05)
    if not server.is_alive():
        status = server.process.returncode
        server.start()
        return Bomb(0, 0, 0, 0, "ended, " + signal.Signals(-status).name if status < 0
                    else "ended, exit status %d" % status)
    return Bomb((server.cpu() - cpu) / (TIMES - 1), before, server.kilobytes(),
                server.kilobytes("VmHWM"), answer_of(outcome))


def cells_of(bomb):
    return ("%.1f" % (bomb.cpu * 1000), megabytes(bomb.before), megabytes(bomb.after),
            megabytes(bomb.peak), bomb.answer)


def bomb_table(table, options):
    names = ["invite-milter", "opendkim"][:2 if options.has_theirs else 1]
    table.begin("Bombs", """
Each mail was sent %d times over the wire to one process; the processor time of one, in
milliseconds, and the memory (resident, in MB) before, after, and at its most between, are
of all but the first.  What passes without being judged is beyond a limit, or no invitation;
OpenDKIM hashes the body, and answers within the header where that is beyond its 64 kB.
""" % TIMES, ["bomb", "bytes"] + [name + ": " + what for name in names
                                  for what in ("ms", "before", "after", "peak", "answer")])
    folder = temporary_folder()
    servers = [make().start() for make in contestants(folder)]
    kinds = [(name, sum(len(a) + len(b) + 4 for a, b in fields) + len(body),
              lambda server, f=fields, b=body: try_once(server, f, b))
             for name, (fields, body) in bombs().items()]
    kinds += [(name, len(packet), lambda server, p=packet: send_macros(server, p))
              for name, packet in macro_packets().items()]
    try:
        for server in servers:
            server.judges()
        for name, size, send in kinds:
            made = [drop(server, lambda s=server: send(s)) for server in servers]
            table.row(name, size, *[cell for one in made for cell in cells_of(one)])
            ours = made[0]
            table.must(not ours.answer.startswith("ended") or "macro" in name,
                       "%s: %s" % (name, ours.answer))
            table.must(ours.cpu < CPU_MOST, "%s: %.1f s" % (name, ours.cpu))
            table.must(ours.after - ours.before < GROWTH_MOST,
                       "%s: %d kB stay" % (name, ours.after - ours.before))
        table.must(servers[0].judges(), "no mail is judged afterwards")
    finally:
        for server in servers:
            server.end()
        remove_folder(folder)


# Connections that are held.


def at_once(run, peers):
    """Many at a time: each waits for the milter, and works little."""
    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(run, peers))


def begin(peer):
    peer.begin()
    peer.head(split(mail(INVITATION))[0])


def fill_up(peer):
    """The body, as far as the milter wants to have it."""
    chunk = (b"filled up\r\n" * 5957)[:65000]
    for _ in range(HELD_BYTES // len(chunk)):
        if peer.chunk(chunk) != b"c":
            return


def finish(peer):
    try:
        return answer_of(peer.finish(Outcome()))
    except OSError:
        return "hung up"
    finally:
        peer.socket.close()


def held_table(table, options):
    table.begin("%d connections held" % HELD, """
Each is in the middle of a mail, of whose body it has sent %d kB.  Then a mail comes over
one more, and then all others end their mails.""" % (HELD_BYTES // 1000), [
        "milter", "memory before", "peak", "one more mail: seconds", "its answer",
        "judged of those held", "passed unjudged", "memory after"])
    folder = temporary_folder()
    try:
        for make in contestants(folder):
            server = make()
            with_server(server, lambda s=server: hold_row(table, s))
    finally:
        remove_folder(folder)


def with_server(server, run):
    server.start()
    try:
        run()
    finally:
        server.end()


def hold_row(table, server):
    server.judges()
    before = server.kilobytes()
    peers = at_once(lambda _: Attentive(server.socket), range(HELD))
    at_once(begin, peers)
    at_once(fill_up, peers)
    start = time.monotonic()
    one_more = try_once(server, *split(mail(INVITATION)))
    took = time.monotonic() - start
    answers = collections.Counter(at_once(finish, peers))
    peak = server.kilobytes("VmHWM")
    table.row(server.name, megabytes(before), megabytes(peak), "%.2f" % took,
              answer_of(one_more), answers["passed, judged"], answers["passed"],
              megabytes(server.kilobytes()))
    if server.name == trial.Ours.name:
        table.must(answers["passed, judged"] + answers["passed"] == HELD, repr(answers))
        table.must(one_more is not None, "one more mail hangs")
        table.must(peak < PEAK_MOST * 1000, "%.0f MB" % (peak / 1000))
        table.must(server.judges(), "no mail is judged afterwards")


# Sessions of any bytes.


def packet(command, data=b""):
    return struct.pack(">I", len(data) + 1) + command + data


def sessions():
    """Whole ones, each a list of packets, as seeds."""
    made = []
    for name in (INVITATION, "linkedin/forged-display-name.eml", "ordinary/plain.eml"):
        fields, body = split(mail(name))
        made.append([
            packet(b"O", struct.pack(">III", 6, 0x1FF, 0xFFFFF)),
            packet(b"D", b"Cj\0mx.example.net\0{daemon_name}\0mx\0"),
            packet(b"C", b"client.example.org\0004" + struct.pack(">H", 25000) + b"192.0.2.1\0"),
            packet(b"H", b"client.example.org\0"),
            packet(b"D", b"Mi\0Q1\0{auth_authen}\0\0"), packet(b"M", b"<a@example.org>\0"),
            packet(b"D", b"R{rcpt_mailer}\0lmtp\0"), packet(b"R", b"<marieke@example.net>\0"),
            packet(b"T"), *[packet(b"L", b"%s\0%s\0" % field) for field in fields],
            packet(b"D", b"Ni\0Q1\0"), packet(b"N"), packet(b"B", body[:65535]),
            packet(b"D", b"Ei\0Q1\0"), packet(b"E"), packet(b"Q")])
    return made


def mutate(packets, chance, with_macros):
    """Bytes of a session in which up to six things are not as they should be.  Macro
    packets are lost, doubled and exchanged; with_macros says whether they are broken."""
    packets = list(packets)
    commands = b"ABCEHLMNOQRTUKX\0\xff" + (b"D" if with_macros else b"")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(packets))
        one = packets[at]
        what = chance.randrange(9)
        if what == 0 and len(packets) > 1:
            del packets[at]
        elif what == 1:
            packets.insert(chance.randrange(len(packets) + 1), one)
        elif what == 2:
            other = chance.randrange(len(packets))
            packets[at], packets[other] = packets[other], one
        elif one[4:5] == b"D" and not with_macros:
            continue
        elif what == 3 and len(one) > 5:  # a byte of its contents
            byte = chance.randrange(5, len(one))
            packets[at] = one[:byte] + bytes([chance.randrange(256)]) + one[byte + 1:]
        elif what == 4:  # another command
            packets[at] = one[:4] + bytes([chance.choice(commands)]) + one[5:]
        elif what == 5:  # cut off, and framed anew
            cut = one[4:chance.randrange(5, len(one) + 1)]
            packets[at] = struct.pack(">I", len(cut)) + cut
        elif what == 6 and len(one) > 5:  # something many times
            start = chance.randrange(5, len(one))
            piece = one[start:start + chance.randrange(1, 200)] * chance.randrange(1, 20)
            packets[at] = packet(one[4:5], one[5:start] + piece + one[start:])
        elif what == 7 and len(one) > 5:  # signs that end or begin something
            byte = chance.randrange(5, len(one))
            packets[at] = packet(one[4:5], one[5:byte] + chance.choice(SIGNS) + one[byte:])
        elif what == 8 and chance.random() < 0.2:  # a length that is not true
            packets[at] = struct.pack(">I", chance.choice((0, 1, 2, 0xFFFF, 1 << 20, 0xFFFFFFFF,
                                                           chance.randrange(1 << 16)))) + one[4:]
    whole = b"".join(packets)
    return whole[:chance.randrange(1, len(whole))] if chance.random() < 0.1 else whole


def play(path, data):
    """Send it whole, and read until the milter hangs up; false where it does not, and
    None where nobody serves."""
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(CLOSE_TIME)
        try:
            peer.connect(path)
        except ConnectionError:
            return None
        try:
            peer.sendall(data)
            peer.shutdown(socket.SHUT_WR)
            while peer.recv(65536):
                pass
        except TimeoutError:
            return False
        except OSError:
            pass
    return True


def play_batch(path, number, count, with_macros):
    """How many were played before nobody served, and the numbers of those that hung."""
    seeds, hung = sessions(), []
    for i in range(count):
        chance = random.Random(number + i)
        answer = play(path, mutate(chance.choice(seeds), chance, with_macros))
        if answer is None:
            return i, hung
        if not answer:
            hung.append(number + i)
    return count, hung


class Mutated:
    """A run of them against one milter, two processes at once."""

    def __init__(self, server, count, seed, with_macros):
        self.server, self.count, self.with_macros = server, count, with_macros
        self.first = seed * 1000000000
        self.done, self.hung, self.ends, self.sizes = 0, [], collections.Counter(), []
        self.ended_at = []

    def run(self):
        """The batches become smaller where it ends: what follows in them is lost."""
        number, batch = self.first, BATCH
        with multiprocessing.get_context("fork").Pool(2) as pool:
            while self.done < self.count and len(self.ended_at) < ENDS_MOST:
                pair = [(self.server.socket, number + i * batch, batch, self.with_macros)
                        for i in range(2)]
                results = pool.starmap(play_batch, pair, 1)
                self.done += sum(played for played, _ in results)
                self.hung += [one for _, hung in results for one in hung]
                ends = len(self.ended_at)
                self.look(number, all(played == batch for played, _ in results))
                number += 2 * batch
                if len(self.ended_at) > ends:
                    batch = max(10, batch // 4)
        return self

    def look(self, number, is_whole):
        """Whether it is there still, and how large."""
        if not is_whole:
            self.server.process.wait(CLOSE_TIME)
        time.sleep(0.01)  # for one that ends at the last of them
        if not self.server.is_alive():
            code = self.server.process.returncode
            self.ends[signal.Signals(-code).name if code < 0 else "status %d" % code] += 1
            self.ended_at.append(number)
            self.server.start()
            self.sizes = []
        self.sizes.append(self.server.kilobytes())


def mutated_table(table, options):
    table.begin("Mutated sessions", """
What Postfix sends for three mails, with one to six changes in each session: packets are
lost, doubled, exchanged, cut off, and of any length, bytes and words are of any kind.  Two
peers at once send a session whole and hang up.  Seed %d; each session has a number of its
own.  libmilter reads beyond its memory where a macro packet is broken, unless somebody
looks at the packets first, so these rows stand alone.  A milter that ended is started again, %d times at most.""" % (options.seed, ENDS_MOST), [
            "milter", "macro packets", "sessions", "a second", "ended", "hung",
            "memory at a tenth", "at the end", "a mail afterwards"])
    folder = temporary_folder()
    try:
        for with_macros in (False, True):
            for make in contestants(folder):
                server = make()
                with_server(server, lambda s=server, w=with_macros: mutated_row(
                    table, s, options, w))
    finally:
        remove_folder(folder)


def mutated_row(table, server, options, with_macros):
    start = time.monotonic()
    count = options.sessions // 50 if with_macros else options.sessions
    run = Mutated(server, count, options.seed, with_macros).run()
    rate = run.done / (time.monotonic() - start)
    early, late = run.sizes[len(run.sizes) // 10], run.sizes[-1]
    answer = answer_of(try_once(server, *split(mail(INVITATION))))
    table.row(server.name, "broken, too" if with_macros else "whole", run.done, "%.0f" % rate,
              ", ".join("%d by %s" % (times, name) for name, times in run.ends.items()) or 0,
              len(run.hung), megabytes(early), megabytes(late), answer)
    if server.name == trial.Ours.name:
        table.must(not run.ends, "it ended: %r" % run.ended_at[:5])
        table.must(not run.hung, "it hung: %r" % run.hung[:5])
        table.must(late - early < GROWTH_MOST, "it grew by %d kB" % (late - early))
        table.must(answer == "passed, judged", "a mail afterwards: " + answer)


# A clock that is stepped.


def clock_table(table, options):
    table.begin("The clock is stepped", """
By a library that stands between the milter and libc (`tests/e2e/clock.c`), while four
connections send invitations, and back again; once more in the middle of a mail.  A client
that was hung up on comes again.  libmilter ends connections that rest for more than
two hours by the time of day, so a step beyond that ends those that rest.""", [
        "milter", "step", "mails", "judged", "hung up", "slowest, seconds",
        "stopped after, seconds"])
    folder = temporary_folder()
    library, moved = folder + "/clock.so", folder + "/clock"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, trial.HERE + "/clock.c",
                    "-ldl"], check=True)
    try:
        for make in contestants(folder):
            for words, seconds in STEPS:
                set_clock(moved, 0)
                server = make()
                server.environment = {"LD_PRELOAD": library, "CLOCK_FILE": moved}
                server.start()
                step_row(table, server, words, seconds, moved)
    finally:
        remove_folder(folder)


def set_clock(path, seconds):
    with open(path, "r+b" if os.path.exists(path) else "wb") as file:
        file.write(struct.pack("=q", seconds))


class Client:
    """Sends mails over one connection, and over another where that was hung up."""

    def __init__(self, server):
        self.server, self.peer, self.hung = server, Attentive(server.socket), 0

    def mail(self, before_body=lambda: None):
        fields, body = split(mail(INVITATION))
        try:
            self.peer.begin()
            self.peer.head(fields)
            before_body()
            self.peer.chunk(body)
            return self.peer.finish(Outcome())
        except OSError:
            require(self.hung == 0, "hung up twice")
            self.hung += 1
            self.peer = Attentive(self.server.socket)
            return self.mail()


def step_row(table, server, words, seconds, moved):
    outcomes = []
    try:
        clients = [Client(server) for _ in range(4)]
        for offset in (0, seconds, 0):
            set_clock(moved, offset)
            for _ in range(5):
                outcomes += [client.mail() for client in clients]
        outcomes.append(clients[0].mail(lambda: set_clock(moved, seconds)))
        for client in clients:
            client.peer.close()
        start = time.monotonic()
    finally:
        server.end()
    took = time.monotonic() - start
    judged = sum(server.field in outcome.inserted() for outcome in outcomes)
    slowest = max(outcome.slowest for outcome in outcomes)
    table.row(server.name, words, len(outcomes), judged, sum(client.hung for client in clients),
              "%.2f" % slowest, "%.1f" % took)
    if server.name == trial.Ours.name:
        where = words + ": "
        table.must(judged == len(outcomes), where + "%d judged" % judged)
        table.must(slowest < 5, where + "%.1f s" % slowest)
        table.must(took < 10, where + "stopped after %.1f s" % took)
