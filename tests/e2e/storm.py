# SPDX-License-Identifier: BSD-2-Clause
"""A milter behind a private Postfix under load is killed, stopped and told to read its
settings again, over and over: what becomes of each mail?"""

import os
import pwd
import random
import re
import signal
import smtplib
import threading
import time

from mailsite import DOMAIN, MARK, Postfix, remove_folder
from trial import (FALSE_RESULT, FORGED, INVITATION, Activated, Ours, Theirs, mail,
                   require)
from daemon import PATIENCE, await_true, temporary_folder
from delivered import FENCE, check_banner
from mime import head_and_body

MAIN_CF = """\
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
virtual_mailbox_limit = 0
message_drop_headers =
default_process_limit = 200
"""
CLIENTS = 6
PAUSE = 1.0       # seconds between two ends
RESTART = 0.2     # until it is started again
SIGNALS = 0.05    # between two signals to reload
BOTH = ["text/plain", "text/html"]


def original(number):
    """An invitation with its number, and with what a sender may claim."""
    fields = b"".join(b"%s: %s\n" % field for field in (FALSE_RESULT, FORGED))
    return b"X-Number: %d\n" % number + fields + mail(INVITATION).partition(b"\n")[2]


class Sender(threading.Thread):
    """A client that tries again what was deferred, as an MTA does."""

    def __init__(self, storm):
        super().__init__(daemon=True)
        self.storm = storm
        self.sent, self.deferred, self.refused = [], 0, []

    def run(self):
        while not self.storm.is_over.is_set():
            number = next(self.storm.numbers)
            while not self.is_taken(number):
                self.deferred += 1
                time.sleep(0.05)
            self.sent.append(number)

    def is_taken(self, number):
        try:
            with smtplib.SMTP("127.0.0.1", self.storm.port, timeout=120) as smtp:
                smtp.sendmail("a@example.org", ["box@" + DOMAIN],
                              original(number).replace(b"\n", b"\r\n"))
        except smtplib.SMTPResponseException as error:
            self.note(error.smtp_code, number)
            return False
        except smtplib.SMTPRecipientsRefused as error:
            self.note(min(code for code, _ in error.recipients.values()), number)
            return False
        return True

    def note(self, code, number):
        if code >= 500:
            self.refused.append(number)


class Storm:
    """One server, one kind of event, so many seconds."""

    def __init__(self, site, server, port, what, seconds):
        self.site, self.server, self.port, self.what = site, server, port, what
        self.seconds = seconds
        self.numbers = iter(site.numbers)
        self.is_over = threading.Event()
        self.events = 0
        self.ends = []  # exit statuses that should not be

    def happen(self):
        """Events until the time is over, and then a server that lives."""
        chance = random.Random(self.what)
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            if self.what == "HUP":
                time.sleep(SIGNALS)
                self.server.signal(self.server.reload)
            elif self.what in ("kill -9", "TERM"):
                time.sleep(PAUSE * chance.uniform(0.5, 1.5))
                self.stop_and_start()
            else:
                time.sleep(PAUSE)
            self.events += self.what != "nothing"

    def stop_and_start(self):
        if self.what == "TERM":
            self.server.signal(signal.SIGTERM)
            status = self.server.process.wait(100)
            if status != 0:
                self.ends.append(status)
        else:
            self.server.kill()
            time.sleep(RESTART)
        self.server.start()

    def run(self):
        senders = [Sender(self) for _ in range(CLIENTS)]
        for sender in senders:
            sender.start()
        try:
            self.happen()
        finally:
            self.is_over.set()
        for sender in senders:
            sender.join(PATIENCE * 5)
            require(not sender.is_alive(), "a client hangs")
        return senders


class Numbers:
    """Threads share it."""

    def __init__(self):
        self.last, self.lock = 0, threading.Lock()

    def __iter__(self):
        return self

    def __next__(self):
        with self.lock:
            self.last += 1
            return self.last


class Site:
    """A Postfix with a listener for each way of attaching; a context manager."""

    def __init__(self, has_theirs, more_listeners=()):
        self.folder = temporary_folder("/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp")
        self.numbers = Numbers()
        self.postfix = Postfix(self.folder)
        self.inbox = self.folder + "/mail/box/new"
        self.ways = {
            "fields, accept": (lambda: Ours(self.folder + "/a"), "a/s, default_action=accept"),
            "banner, tempfail": (lambda: Ours(self.folder + "/b", banner="yes", mark=MARK),
                                 "b/s, default_action=tempfail"),
            "banner, tempfail, socket activation": (
                lambda: Activated(self.folder + "/c", banner="yes", mark=MARK),
                "c/s, default_action=tempfail"),
        }
        if has_theirs:
            self.ways["opendkim, accept"] = (lambda: Theirs(self.folder + "/d"),
                                             "d/opendkim/s, default_action=accept")
            self.ways["opendkim, tempfail"] = (lambda: Theirs(self.folder + "/e"),
                                               "e/opendkim/s, default_action=tempfail")

    def __enter__(self):
        nobody = pwd.getpwnam("nobody")
        os.mkdir(self.folder + "/mail")
        os.chown(self.folder + "/mail", nobody.pw_uid, nobody.pw_gid)
        listeners = {way: "-o { smtpd_milters = { unix:%s/%s } }" % (self.folder, attached)
                     for way, (_, attached) in self.ways.items()}
        try:
            self.postfix.start(MAIN_CF.format(domain=DOMAIN, folder=self.folder,
                                              uid=nobody.pw_uid, gid=nobody.pw_gid), listeners)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.postfix.stop()
        remove_folder(self.folder)

    def waiting(self):
        return [name for queue in ("incoming", "active", "deferred", "maildrop")
                for _, _, names in os.walk("%s/p/spool/%s" % (self.folder, queue))
                for name in names]

    def corrupt(self):
        path = self.folder + "/p/spool/corrupt"
        return len(os.listdir(path)) if os.path.isdir(path) else 0

    def take_arrived(self):
        """Number → the mails that arrived with it; they are gone then."""
        await_true(lambda: not self.waiting(), lambda: "the queue: " + self.postfix.log()[-800:])
        arrived = {}
        for name in os.listdir(self.inbox) if os.path.isdir(self.inbox) else []:
            path = os.path.join(self.inbox, name)
            with open(path, "rb") as file:
                text = file.read()
            os.unlink(path)
            found = re.search(rb"(?m)^X-Number: (\d+)$", text)
            arrived.setdefault(int(found[1]) if found else 0, []).append(text)
        return arrived


def is_whole(text, number, field):
    """Whether all that was sent is there, but for what a milter is to take away."""
    sent = original(number)
    if field == Ours.field and FENCE in text:
        head = b"".join(b"%s: %s\n" % one for one in (FALSE_RESULT, FORGED))
        mark = b"X-Number: %d\n" % number
        before, _, rest = re.sub(rb"(?m)^X-Original-To:.*\n", b"", text, count=1).partition(mark)
        if not rest.startswith(head):
            rest = rest.replace(b"%s: %s\n" % FALSE_RESULT, head, 1)
        try:
            check_banner(before + mark + rest, sent, BOTH)
        except AssertionError:
            return False
        return True
    return head_and_body(text)[1] == head_and_body(sent)[1]


def is_judged(text, number, field):
    """Our field, or OpenDKIM's, and none of the sender's."""
    claimed = {Ours.field: FORGED, Theirs.field: FALSE_RESULT}[field]
    has_claim = b"\n%s: %s\n" % claimed in text
    return b"\n" + field.encode() + b":" in b"\n" + text and not has_claim


def run_storm(site, table, way, what, seconds):
    make, _ = site.ways[way]
    server = make().start()
    storm = Storm(site, server, site.postfix.ports[way], what, seconds)
    corrupt = site.corrupt()
    try:
        senders = storm.run()
        last = server.kilobytes()
    finally:
        server.end()
    arrived = site.take_arrived()
    sent = [number for sender in senders for number in sender.sent]
    lost = [number for number in sent if number not in arrived]
    doubled = [number for number, texts in arrived.items() if len(texts) > 1]
    damaged = [number for number, texts in arrived.items()
               if not all(is_whole(text, number, server.field) for text in texts)]
    unjudged = sum(not is_judged(text, number, server.field)
                   for number, texts in arrived.items() for text in texts)
    deferred = sum(sender.deferred for sender in senders)
    table.row(way if way.startswith("opendkim") else "invite-milter, " + way, what, storm.events,
              len(sent), len(sent) - len(lost), len(lost), len(doubled), len(damaged), deferred,
              unjudged, "%.0f MB" % (last / 1000))
    if way.startswith("opendkim"):
        return
    where = "%s, %s: " % (way, what)
    table.must(not lost and site.corrupt() == corrupt, where + "lost %r" % lost[:5])
    table.must(not doubled, where + "doubled %r" % doubled[:5])
    table.must(not damaged, where + "damaged %r" % damaged[:5])
    table.must(not any(sender.refused for sender in senders), where + "refused")
    table.must(not storm.ends, where + "exit status %r" % storm.ends[:5])
    table.must("accept" in way or unjudged == 0, where + "unjudged %d" % unjudged)
    table.must(what in ("kill -9", "TERM") or deferred == 0, where + "deferred %d" % deferred)
    table.must("activation" not in way or what != "TERM" or deferred == 0,
               where + "deferred %d" % deferred)


def storms(table, options):
    table.begin("Killed, stopped, told to read its settings again", """
%d clients send invitations by SMTP to a private Postfix, each mail over a connection of
its own, and try again what is deferred.  Meanwhile the milter is killed or stopped about
once a second, and started again after %.1f s (kill -9) or at once (TERM); HUP comes
every %d ms (OpenDKIM reads its settings at USR1).  A mail is damaged where any byte but
our fields and the banner differs from what was sent; unjudged where the milter's field is
missing, or the sender's own is there.""" % (CLIENTS, RESTART, SIGNALS * 1000), [
        "milter and default_action", "event", "events", "sent", "arrived", "lost", "doubled",
        "damaged", "deferred", "unjudged", "memory"])
    with Site(options.has_theirs) as site:
        for what in ("nothing", "kill -9", "TERM", "HUP"):
            for way in site.ways:
                if what in ("nothing", "HUP") and way in ("banner, tempfail",
                                                          "opendkim, accept"):
                    continue
                run_storm(site, table, way, what, options.seconds)
