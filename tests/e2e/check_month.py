#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A month of invitations, reminders, notices and answers through a real Postfix, and a
part of it through a real Sendmail, with and without a trusted verifier: list, digests and
states must be what month.scenario says.  The clock of daemon and commands is ours."""

import email
import email.policy
import json
import os
import smtplib
import sqlite3
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import sendmailsite  # noqa: E402
from mailsite import (AWAY, DOMAIN, HERE, MAIN_CF, PATH, Mailboxes, Postfix, mail, remove_folder,  # noqa: E402
                      what_is_missing)
from daemon import CTL, PATIENCE, SKIP, Daemon, await_true, equal, require, run_cases, temporary_folder  # noqa: E402

DAY, DAYS, WAIT, OWNERS = 86400, 30, 14, 10
KINDS = ("plain", "trusted")
OWN_HOST = "127.0.0.2"  # of whom mail goes out
WORTH = ("personal",)
TABLE = ("contextless", "default-text")

SETTINGS = """\
[trust]
own-networks = %s/32
%%s
[digest]
digest = daily
digest-hour = 0
time-zone = UTC
digest-unanswered = 60
""" % OWN_HOST
TRUSTED = "authserv-id = mx.example.net"

FIRST = ("Anneke Bartosz Chidi Dorotea Eamon Fatoumata Gudrun Hiroko Ilse Joaquim Katarzyna Leopold Mbali "
         "Nuala Oscar Perpetua Quirijn Roswitha Sanjay Tindra").split()
LAST = ("Abernathy Bjornstad Castelnau Dvorak Eriksdotter Fitzwarren Goossens Haverford Ishikawa Jankowska "
        "Kessels Lindqvist Morwenna Nkemelu Oosterzee Pellegrini Quintero Rasmussen Szymanski Tregenza").split()

# What a mail is made of: a mail of tests/mail, and the name and profile in it.
FORMS = {
    "default": ("linkedin/member-2024-default.eml", "Kwabena Osei-Tutu", "kwabena-osei-tutu"),
    "personal": ("linkedin/member-2025-own-en.eml", "Oluwaseun Balogun-Hart", "oluwaseun-bh"),
    "none": ("linkedin/member-2024-more-people.eml", "Rosalie Ankersmit", "rosalie-ankersmit-4c1"),
    "pitch": ("linkedin/member-2025-pitch-software.eml", "Chadwick Pembrooke", "chadwick-pembrooke"),
    "remind": ("linkedin/reminder-2025-waiting.eml", "Femke Oosterhuis", "femke-oosterhuis"),
    "accepted": ("linkedin/notice-accepted-2025.eml", "Ottilie Brandenstein", "ottilie-brandenstein"),
    "replied": ("linkedin/notice-replied-2011.eml", "Alasdair McGillivray", None),
}
PROOF = ("Authentication-Results", "mx.example.net; dkim=pass header.d=linkedin.com; "
         "dmarc=pass header.from=linkedin.com")


class Inviter:
    def __init__(self, number, note):
        self.number, self.note = number, note
        self.first, self.last = FIRST[(number - 1) % len(FIRST)], LAST[(number - 1) // len(FIRST)]
        self.name = self.first + " " + self.last
        self.profile = "%s-%s-%d" % (self.first.lower(), self.last.lower(), number)
        self.owner = "owner%d@%s" % (number % OWNERS, DOMAIN)
        self.writer = "writer%d@%s" % (number, DOMAIN)  # where an answer reaches them

    def mail(self, event, day):
        """The network's mail of this event, signed as far as a verifier says."""
        name, who, profile = FORMS[self.note if event == "invite" else event]
        read = email.message_from_bytes(mail(name))
        made = EmailMessage(policy=email.policy.SMTP.clone(max_line_length=200))
        pairs = [(who, self.name), (who.split()[0], self.first)] + ([(profile, self.profile)] if profile else [])

        def changed(text):
            for old, new in pairs:
                text = text.replace(old, new)
            return text
        made[PROOF[0]] = PROOF[1]
        for field in ("From", "Subject", "X-LinkedIn-Class", "X-LinkedIn-Template", "X-LinkedIn-Id"):
            if read[field] is not None:
                made[field] = changed(str(email.header.make_header(email.header.decode_header(read[field]))))
        made["To"] = "Marieke Duivenvoorde <%s>" % self.owner
        made["Message-ID"] = self.message_id(event, day)
        parts = [part for part in read.walk() if part.get_content_maintype() == "text"]
        for index, part in enumerate(parts):
            text = changed(part.get_payload(decode=True).decode(part.get_content_charset("utf-8")))
            add = made.set_content if index == 0 else made.add_alternative
            add(text, subtype=part.get_content_subtype(), cte="quoted-printable")
        return made.as_bytes()

    def answer(self, day):
        return ("From: <%s>\r\nTo: <%s>\r\nSubject: Re: your invitation\r\nMessage-ID: <answer-%d@%s>\r\n"
                "In-Reply-To: %s\r\n\r\nThank you for writing.\r\n" % (
                    self.owner, self.writer, self.number, DOMAIN, self.message_id("invite", day - 1))).encode()

    def message_id(self, event, day):
        return "<%s-%d-%d@linkedin.com>" % (event, self.number, day)


def rows_of_scenario():
    with open(os.path.join(HERE, "month.scenario")) as file:
        for line in file:
            if not line.startswith("#"):
                inviters, note, story, plain, trusted, reminders, verdict = line.rstrip("\n").split("\t")
                first, last = map(int, inviters.split("-"))
                want = {"plain": plain, "trusted": trusted, "reminders": int(reminders), "verdict": verdict}
                for number in range(first, last + 1):
                    yield Inviter(number, note), list(events_of(story, number - first)), want


def events_of(story, turn):
    begin = None
    for word in story.split():
        event, day = word.split("@")
        if day.startswith("+"):
            yield event, begin + int(day)
        else:
            low, high = map(int, day.split("-"))
            begin = low + turn % (high - low + 1)
            yield event, begin


class Clock:
    """Of every process that is started with its environment."""

    def __init__(self, folder):
        # Noon of the first day, so that none of them ends while it is lived through.
        self.file, self.start = folder + "/clock", time.time() // DAY * DAY + DAY // 2
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", folder + "/clock.so", HERE + "/clock.c", "-ldl"],
                       check=True)
        self.environment = {"LD_PRELOAD": folder + "/clock.so", "CLOCK_FILE": self.file}
        self.set(0)

    def set(self, day):
        """Noon of a day, whatever the test takes."""
        self.offset = int(day * DAY + self.start - time.time())
        with open(self.file, "r+b" if os.path.exists(self.file) else "wb") as file:
            file.write(struct.pack("=q", self.offset))

    def now(self):
        return int(time.time()) + self.offset


class Site:
    """Two daemons behind one MTA: one trusts the verifier, the other does not."""

    def __init__(self, numbers):
        self.rows = [row for row in rows_of_scenario() if row[0].number in numbers]
        self.folder = temporary_folder(below="/run")
        self.clock = Clock(self.folder)
        self.mailboxes = Mailboxes(self.folder)
        self.sent = 0
        self.daemons = {}
        for kind in KINDS:
            os.mkdir(os.path.join(self.folder, kind))
            daemon = Daemon(folder=os.path.join(self.folder, kind), people="expire-invitations = %d" % WAIT,
                            more=SETTINGS % (TRUSTED if kind == "trusted" else ""))
            daemon.environment = self.clock.environment
            self.daemons[kind] = daemon

    def __enter__(self):
        try:
            self.mailboxes.start()
            for daemon in self.daemons.values():
                daemon.start()
            self.start_mta()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        self.stop_mta()
        self.mailboxes.stop()
        for daemon in self.daemons.values():
            daemon.stop()
        remove_folder(self.folder)

    def pass_mails(self, kind, mails):
        """Each a sender's or an owner's: (bytes, from, to, from which host)."""
        for host in sorted({one[3] for one in mails}):
            with smtplib.SMTP("127.0.0.1", self.port(kind), timeout=PATIENCE, source_address=(host, 0)) as smtp:
                for whole, sender, recipient, its_host in mails:
                    if its_host == host:
                        equal(smtp.sendmail(sender, [recipient], whole), {}, "refused")

    def ctl(self, kind, *arguments):
        done = subprocess.run([CTL, *arguments, "--config", self.daemons[kind].settings], capture_output=True,
                              text=True, timeout=PATIENCE,
                              env={**os.environ, **self.clock.environment, "LC_ALL": "C.UTF-8",
                                   "PATH": os.path.join(self.folder, kind) + ":" + PATH})
        equal(done.returncode, 0, " ".join(arguments) + ": " + done.stderr)
        return done

    def live_through(self, kind, day):
        """The events of a day, then its digests."""
        mails, ignored = [], []
        for inviter, events, _ in self.rows:
            for event, when in events:
                if when == day and event == "ignore":
                    ignored.append(inviter)
                elif when == day and event == "answer":
                    mails.append((inviter.answer(day), inviter.owner, inviter.writer, OWN_HOST))
                elif when == day:
                    mails.append((inviter.mail(event, day), "s-%d@bounce.linkedin.com" % inviter.number,
                                  inviter.owner, "127.0.0.1"))
        for owner in sorted({inviter.owner for inviter in ignored}):
            self.ctl(kind, "close", "--ignored", "--owner", owner,
                     *("https://www.linkedin.com/in/" + inviter.profile for inviter in ignored
                       if inviter.owner == owner))
        self.pass_mails(kind, mails)
        self.expire(kind)
        self.digest(kind, day)
        return len(mails)

    def expire(self, kind):
        """As the daemon does it each night."""
        late = self.clock.now() - WAIT * DAY
        with sqlite3.connect(self.daemons[kind].folder + "/people.sqlite", timeout=PATIENCE) as store:
            def waits():
                return store.execute("SELECT count(*) FROM invitation WHERE state = 0 AND last < ? AND state_when < ?",
                                     (late - 60, late - 60)).fetchone()[0]
            if waits() > 0:
                self.daemons[kind].signal(1)
                await_true(lambda: waits() == 0, "what waited for too long has expired")

    def digest(self, kind, day):
        """Each digest that is sent lies in a file of its own."""
        place = os.path.join(self.folder, kind, "digests-%02d" % day)
        program = os.path.join(self.folder, kind, "sendmail")
        os.makedirs(place, exist_ok=True)
        with open(program, "w") as file:
            file.write("#!/bin/sh\nexec cat > \"$(mktemp %s/XXXXXX)\"\n" % place)
        os.chmod(program, 0o755)
        self.ctl(kind, "digest", "--all", "--send")

    def digests(self, kind, day):
        """By owner; two for one would be a fault."""
        found = {}
        place = os.path.join(self.folder, kind, "digests-%02d" % day)
        for name in os.listdir(place):
            with open(os.path.join(place, name), "rb") as file:
                read = email.message_from_bytes(file.read(), policy=email.policy.default)
            require(read["To"] not in found, "two digests for %s on day %d" % (read["To"], day))
            found[str(read["To"])] = read
        return found

    def live(self):
        with ThreadPoolExecutor(len(KINDS)) as pool:
            for day in range(DAYS + 2):
                self.clock.set(day)
                self.sent += sum(pool.map(lambda kind, day=day: self.live_through(kind, day), KINDS))


class PostfixSite(Site):
    def start_mta(self):
        self.postfix = Postfix(self.folder)
        self.postfix.start(
            MAIN_CF.format(lmtp=self.mailboxes.lmtp, domain=DOMAIN, away=AWAY, sink=9) +
            "mynetworks = 127.0.0.0/8\n",
            {kind: "-o { smtpd_milters = unix:%s/%s/s }" % (self.folder, kind) for kind in KINDS})

    def stop_mta(self):
        if hasattr(self, "postfix"):
            self.postfix.stop()

    def port(self, kind):
        return self.postfix.ports[kind]


class SendmailSite(Site):
    def start_mta(self):
        self.sendmail = sendmailsite.Sendmail(
            self.folder, self.mailboxes.lmtp,
            milters="\n".join("MAIL_FILTER(`%s', `S=local:%s/%s/s, F=T')" % (kind, self.folder, kind)
                              for kind in KINDS), listeners={kind: kind for kind in KINDS})
        self.sendmail.start()

    def stop_mta(self):
        if hasattr(self, "sendmail"):
            self.sendmail.stop()

    def port(self, kind):
        return self.sendmail.ports[kind]


# What must be.


def wanted(site, kind, owner):
    """name → (state, why, reminders, verdict)."""
    return {inviter.name: (*want[kind].split(), want["reminders"], want["verdict"])
            for inviter, _, want in site.rows if inviter.owner == owner}


def check_list(site, kind, owner):
    want = wanted(site, kind, owner)
    rows = [json.loads(line) for line in
            site.ctl(kind, "list", "--all", "--json", "--owner", owner).stdout.splitlines()]
    got = {row["name"]: (row["state"], row["state_why"], row["reminders"], row["verdict"]) for row in rows}
    equal(len(rows), len(want), "rows of %s, %s" % (owner, kind))
    wrong = {name: (got.get(name), row) for name, row in want.items() if got.get(name) != row}
    equal(wrong, {}, "%s, %s: got and wanted" % (owner, kind))
    waiting = {name for name, row in want.items() if row[0] == "open"}
    listed = site.ctl(kind, "list", "--owner", owner).stdout.splitlines()
    equal({line.split("\t")[8] for line in listed}, waiting, "list of %s" % owner)
    due = site.ctl(kind, "list", "--due", "--owner", owner).stdout.splitlines()
    old = {inviter.name for inviter, events, _ in site.rows if events[0][1] <= DAYS - 1}
    equal({line.split("\t")[8] for line in due}, {name for name in waiting & old if want[name][3] != "spammy"},
          "due of %s" % owner)


def check_last_digest(site, kind, owner, read):
    want = wanted(site, kind, owner)
    waiting = {name: row[3] for name, row in want.items() if row[0] == "open"}
    worth = [name for name in waiting if waiting[name] in WORTH]
    sells = [name for name in waiting if waiting[name] == "spammy"]
    text = " ".join(read.get_body(("plain",)).get_content().split())
    where = "%s, %s: %s" % (owner, kind, text)
    require("Open: %d " % len(waiting) in text, where)
    require(read["Subject"].endswith(": %d worth an answer" % len(worth)), read["Subject"])
    for name, row in want.items():
        if row[0] == "open" and row[3] in WORTH + TABLE:
            require(name in text, name + " is missing: " + where)
        elif row[0] in ("ignored", "expired"):
            require(name not in text, name + " is told: " + where)
    require(("asking a favour: %d (" % len(sells) in text) == bool(sells), where)
    require(("No verifier of signatures" in text) == (kind == "plain"), where)


def check_digests(site, kind):
    """On each day for whom something is new, and once; those of day 30, for all of whom
    something is, tell all that is open."""
    news = {day: set() for day in range(DAYS + 2)}
    for inviter, events, want in site.rows:
        for event, day in events:
            if event == "invite" and want["verdict"] != "spammy":
                news[day].add(inviter.owner)
    for day in range(DAYS + 1):
        sent = site.digests(kind, day)
        equal(news[day] - set(sent), set(), "%s: none on day %d, for whom something is new" % (kind, day))


def check_month(site):
    site.live()
    for kind in KINDS:
        owners = sorted({inviter.owner for inviter, _, _ in site.rows})
        for owner in owners:
            check_list(site, kind, owner)
        check_digests(site, kind)
        last = site.digests(kind, DAYS)
        for owner in owners:
            check_last_digest(site, kind, owner, last[owner])
        equal(site.digests(kind, DAYS + 1), {}, "%s: a digest though nothing is new" % kind)
    wanted_mails = sum(event != "ignore" for _, events, _ in site.rows for event, _ in events)
    await_true(lambda: sum(site.mailboxes.counts().values()) == len(KINDS) * wanted_mails,
               lambda: "each mail is delivered: %r, of %d" % (site.mailboxes.counts(), len(KINDS) * wanted_mails))


def a_month_through_postfix():
    with PostfixSite(range(1, 401)) as site:
        check_month(site)


def a_part_of_it_through_sendmail():
    """All that happens to one owner."""
    with SendmailSite(range(3, 401, OWNERS)) as site:
        check_month(site)


if __name__ == "__main__":
    missing = what_is_missing()
    if missing is not None:
        print(missing)
        sys.exit(SKIP)
    no_sendmail = sendmailsite.what_is_missing()
    if no_sendmail is not None:
        print(no_sendmail)
    cases = [a_month_through_postfix] + ([] if no_sendmail else [a_part_of_it_through_sendmail])
    run_cases("month", [], [(case.__name__, case) for case in cases], missing=no_sendmail)
