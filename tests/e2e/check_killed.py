#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The daemon is killed between any two edits of a mail, in a real Postfix and a
real Sendmail, in each way of attaching it: what becomes of the mail?

What "IF IT IS KILLED" in invite-milter(8) says is what is found here."""

import collections
import os
import re
import shutil
import signal
import smtplib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import mailsite  # noqa: E402
import sendmailsite  # noqa: E402
from mailsite import DOMAIN, MARK, Mailboxes, Postfix, mail, remove_folder  # noqa: E402
from daemon import (PATIENCE, SKIP, Daemon, await_true, equal, is_sanitized,  # noqa: E402
                    require, run_cases, temporary_folder)
from delivered import FENCE, check_banner  # noqa: E402
from mime import head_and_body  # noqa: E402

# The edits, in the order in which they are sent, with a field of the sender's.
ENVELOPE = ["add", "add", "remove"]
FIELDS = ["delete", "subject"] + ["field"] * 5
BODY = ["half of the body", "body"]
ALL = len(FIELDS + ENVELOPE + BODY)
BOTH = ["text/plain", "text/html"]
BOXES = ["", ".box", "+invitations"]
FORGED = b"Invite-Verdict: known\n"
TRUST = "[trust]\nauthserv-id = mx.example.net\n"
PASS = b"Authentication-Results: mx.example.net; dkim=pass header.d=linkedin.com\n"
RULE = "default-text = tag; subject [%%v]; %scopy %%u.box@%%d; redirect %%u+invitations@%%d\n"

# How the daemon is attached, and whether it shows the banner.
Way = collections.namedtuple("Way", "mta attached banner")
WAYS = {
    "fields": Way("postfix", "default_action=accept", ""),
    "banner": Way("postfix", "default_action=tempfail", "banner; "),
    "careless": Way("postfix", "default_action=accept", "banner; "),
    "sm-fields": Way("sendmail", "", ""),
    "sm-banner": Way("sendmail", "F=T, ", "banner; "),
    "sm-careless": Way("sendmail", "", "banner; "),
    "alive": Way("postfix", "default_action=tempfail", "banner; "),
    "sm-alive": Way("sendmail", "F=T, ", "banner; "),
}


def original():
    """As it travels: Sendmail wants the Return-Path for itself."""
    return PASS + FORGED + re.sub(rb"\AReturn-Path:.*\n", b"",
                                  mail("linkedin/member-2024-default.eml"))


class KilledSite:
    """A context manager: a daemon for each way, all behind one Postfix and one Sendmail."""

    def __init__(self, mtas):
        # Sendmail wants no folder above a socket that all can write to.
        self.folder = temporary_folder(below="/run")
        self.ways = {name: way for name, way in WAYS.items() if way.mta in mtas}
        self.mailboxes = Mailboxes(self.folder)
        self.postfix = Postfix(self.folder)
        self.sendmail = None
        self.alive = []
        self.killer = self.folder + "/killer.so"

    def start_all(self):
        subprocess.run(["cc", "-shared", "-fPIC", "-o", self.killer,
                        sendmailsite.HERE + "/killer.c", "-ldl"], check=True)
        for name in self.ways:
            os.mkdir(self.path(name))
            if name.endswith("alive"):
                self.alive.append(self.daemon(name).start())
        self.mailboxes.start()
        self.postfix.start(
            mailsite.MAIN_CF.format(lmtp=self.mailboxes.lmtp, domain=DOMAIN, away="away", sink=9),
            self.of_mta("postfix", "-o { smtpd_milters = { unix:%s/s, %s } }"))
        filters = self.of_mta("sendmail", "`S=local:%s/s, %sT=C:5s;S:10s;R:10s;E:1m'")
        if filters:
            self.sendmail = sendmailsite.Sendmail(
                self.folder, self.mailboxes.lmtp,
                "\n".join("MAIL_FILTER(`%s', %s)" % one for one in filters.items()),
                listeners={name: name for name in filters})
            self.sendmail.start()

    def path(self, name):
        return os.path.join(self.folder, name)

    def of_mta(self, mta, text):
        return {name: text % (self.path(name), way.attached)
                for name, way in self.ways.items() if way.mta == mta}

    def daemon(self, name):
        return Daemon(folder=self.path(name), policy=RULE % WAYS[name].banner, more=TRUST,
                      mark=MARK)

    def send(self, user, name):
        """The code that the client is told."""
        ports = self.postfix.ports if WAYS[name].mta == "postfix" else self.sendmail.ports
        try:
            mailsite.send(original(), ["%s@%s" % (user, DOMAIN)], ports[name])
        except smtplib.SMTPResponseException as error:
            return error.smtp_code
        return 250

    def waiting(self):
        queues = ["p/spool/" + name for name in ("incoming", "active", "deferred")] + \
            ["sendmail/queue"]
        return [name for queue in queues
                for _, _, names in os.walk(os.path.join(self.folder, queue)) for name in names]

    def corrupt(self):
        path = self.folder + "/p/spool/corrupt"
        return len(os.listdir(path)) if os.path.isdir(path) else 0

    def arrived(self, user):
        """Box behind the user's name → the mails there."""
        await_true(lambda: not self.waiting(), "an empty queue")
        counts = self.mailboxes.counts()
        return {box: self.mailboxes.read(user + box, counts[user + box])
                for box in BOXES if user + box in counts}

    def __enter__(self):
        try:
            self.start_all()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        self.postfix.stop()
        for one in [self.sendmail, self.mailboxes, *self.alive]:
            if one is not None:
                one.stop()
        remove_folder(self.folder)


def kill_after(site, name, edits):
    """The user whose mail it was, and the client's code."""
    user = "%s.%d" % (name, edits)
    daemon = site.daemon(name)
    daemon.environment = {"LD_PRELOAD": site.killer, "KILL_AFTER": str(edits)}
    daemon.start()
    try:
        code = site.send(user, name)
        status = daemon.process.wait(PATIENCE)
    finally:
        if daemon.process.poll() is None:
            daemon.process.kill()
            daemon.process.wait()
    equal(status, -signal.SIGKILL, "the daemon's end")
    return user, code


def without_head_edits(delivered):
    delivered = delivered.replace(b"\nSubject: [default-text] ", b"\nSubject: ", 1)
    head, mark, rest = delivered.partition(PASS)
    return head + mark + (rest if rest.startswith(FORGED) else FORGED + rest)


def look_at(delivered):
    """The edits that show in a mail, whose every other byte must be as it was sent."""
    whole = without_head_edits(delivered)
    has_banner = FENCE in delivered
    ours = check_banner(whole, original(), BOTH if has_banner else [])
    own = [b"Invite-Verdict: known" not in delivered and "delete",
           b"\nSubject: [default-text] " in delivered and "subject"]
    return [edit for edit in own if edit] + ["field"] * len(ours) + ["body"] * has_banner


def want_after(edits):
    """What the mail shows then, and where it arrives."""
    done = (FIELDS + ENVELOPE + BODY)[:edits]
    shown = [edit for edit in done if edit in ("delete", "subject", "field", "body")]
    boxes = ([""] if "remove" not in done else []) + \
        [".box", "+invitations"][:done.count("add")]
    return shown, boxes


def check_arrived(site, user, edits):
    shown, boxes = want_after(edits)
    arrived = site.arrived(user)
    equal(list(arrived), boxes, user)
    for box, mails in arrived.items():
        equal([look_at(one) for one in mails], [shown], user + box)


def report(name, edits, code, outcome):
    last = (FIELDS + ENVELOPE + BODY)[edits - 1] if edits > 0 else "none"
    print("%s: killed after %d edits (%s): %d, %s" % (name, edits, last, code, outcome), flush=True)


def goes_on(site, name):
    """The client hears 250: the mail arrives, with the edits that were made."""
    def case():
        for edits in range(len(FIELDS + ENVELOPE) + 1):
            user, code = kill_after(site, name, edits)
            equal(code, 250, user)
            check_arrived(site, user, edits)
            report(name, edits, code, "arrives as %s in %s" % want_after(edits))
        equal(site.corrupt(), 0, "corrupt")
    return case


def waits(site, name):
    """The client hears 451: nothing arrives, and when it tries again all is done, once."""
    def case():
        alive = "alive" if WAYS[name].mta == "postfix" else "sm-alive"
        for edits in range(ALL + 1):
            user, code = kill_after(site, name, edits)
            equal((code, site.arrived(user)), (451, {}), user)
            equal(site.send(user, alive), 250, user)
            site.mailboxes.await_mail(user + "+invitations")
            check_arrived(site, user, ALL)
            report(name, edits, code, "arrives whole at the second try")
        equal(site.corrupt(), 0, "corrupt")
    return case


def is_at_risk(site, name, risk):
    """Where the manual warns: the body is being replaced, and the client hears 250."""
    def case():
        for edits in range(ALL - 1, ALL + 1):
            before = site.corrupt()
            user, code = kill_after(site, name, edits)
            equal(code, 250, user)
            outcome = outcome_of(site.arrived(user), site.corrupt() > before)
            report(name, edits, code, outcome)
            # A later MTA may do better.
            require(outcome in (risk, "intact"), user + ": " + outcome)
    return case


def outcome_of(arrived, is_corrupt):
    try:
        for mails in arrived.values():
            for one in mails:
                look_at(one)
    except AssertionError:
        return "damaged"
    return "intact" if arrived else "lost, in corrupt/" if is_corrupt else "lost"


def what_is_missing():
    if is_sanitized():
        return "a sanitizer wants to be loaded first"
    if shutil.which("cc") is None:
        return "cc is missing"
    return mailsite.what_is_missing() or mailsite.imap_is_missing()


def main():
    why = what_is_missing()
    if why is not None:
        print("killed: skipped: " + why)
        sys.exit(SKIP)
    missing = sendmailsite.what_is_missing()
    if missing:
        print("killed: skipped: Sendmail: " + missing)
    with KilledSite(["postfix"] if missing else ["postfix", "sendmail"]) as site:
        rows = [("fields", goes_on), ("banner", waits), ("sm-fields", goes_on),
                ("sm-banner", waits)]
        risks = {"careless": "lost, in corrupt/", "sm-careless": "damaged"}
        run_cases("killed", [(name, case(site, name)) for name, case in rows
                             if name in site.ways],
                  alone=[(name, is_at_risk(site, name, risk)) for name, risk in risks.items()
                         if name in site.ways],
                  missing=missing)


if __name__ == "__main__":
    main()
