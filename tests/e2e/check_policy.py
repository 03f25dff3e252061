#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What each action does to mail of each verdict, in a real Postfix and a real
Sendmail: the mail is read back by IMAP and compared byte for byte with what was
sent, outside what the action may change.  At the end each mailbox must hold what
was read from it, and no other mail be anywhere."""

import collections
import os
import re
import signal
import smtplib
import subprocess
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import mailsite  # noqa: E402
import sendmailsite  # noqa: E402
from mailsite import AWAY, DOMAIN, MARK, Mailboxes, Postfix, Sink, mail, remove_folder  # noqa: E402
from daemon import (CTL, SKIP, Daemon, await_true, equal, require, run_cases,  # noqa: E402
                    temporary_folder)
from delivered import FENCE, OURS, check_banner, check_untouched  # noqa: E402
from mime import values  # noqa: E402

CONTRIB = os.path.join(os.path.dirname(os.path.dirname(sendmailsite.HERE)), "contrib")
TRUST = "[trust]\nauthserv-id = mx.example.net\nown-daemons = MSA OUTGOING\n"
PASS = b"Authentication-Results: mx.example.net; dkim=pass header.d=linkedin.com\n"
SENDERS = b"Invite-Verdict: known; written=by the sender\n"
INVITATION = "linkedin/member-2024-default.eml"
BOTH = ["text/plain", "text/html"]

# Fixture, and the parts that can hold a banner.
VERDICTS = {
    "default-text": (INVITATION, BOTH),
    "contextless": ("linkedin/member-2026-no-note.eml", BOTH),
    "spammy": ("linkedin/member-2025-pitch-favour.eml", BOTH),
    "personal": ("linkedin/member-2025-own-en.eml", BOTH),
    "known": (INVITATION, BOTH),
    "impostor": ("linkedin/member-2025-pitch-software.eml", BOTH),
    "forged": ("linkedin/forged-look-alike-domain.eml", ["text/html"]),
}

# Whom these mailboxes know: the inviter, and somebody of that name and company.
PEOPLE = {
    "known": "Kwabena Osei-Tutu;Adinkra Partners;https://www.linkedin.com/in/kwabena-osei-tutu",
    "impostor": "Chadwick Pembrooke;Leadfall;https://www.linkedin.com/in/the-real-chadwick",
}

# The list of actions, what of them changes the mail, and where it arrives: behind
# the recipient's own name.
Action = collections.namedtuple("Action", "rule changes arrives")
ACTIONS = {
    "nothing": Action("", "", [""]),
    "tag": Action("tag", "tag", [""]),
    "subject": Action("subject [%v]", "subject", [""]),
    "banner": Action("banner", "banner", [""]),
    "folder": Action("redirect %u+invitations@%d", "", ["+invitations"]),
    "redirect": Action("tag; redirect %u.box@%d", "tag", [".box"]),
    "copy": Action("tag; copy %u.box@%d", "tag", ["", ".box"]),
    "all": Action("tag; subject [%v]; banner; copy %u.%v@%d; redirect %u+invitations@%d",
                  "tag subject banner", ["+invitations", ".%v"]),
    "reject": Action("reject No %v invitations for %u", "550", []),
    "discard": Action("discard", "", []),
}

# Policies of several recipients of one default text, what changes the mail, and
# where it arrives.
SEVERAL = {
    "one is redirected": ({"a": "tag", "b": "tag; redirect %u.box@%d"}, "tag", ["a", "b.box"]),
    "one wants a tag": ({"a": "tag", "b": ""}, "", ["a", "b"]),
    "one discards": ({"a": "tag", "b": "discard"}, "", ["a"]),
    "both discard": ({"a": "discard", "b": "discard"}, "", []),
    "one rejects": ({"a": "", "b": "reject No"}, "", ["a", "b"]),
    "both reject": ({"a": "reject No", "b": "reject No"}, "550", []),
    "a copy and a redirect": ({"a": "copy %u.box@%d", "b": "redirect %u+invitations@%d"}, "",
                              ["a", "a.box", "b+invitations"]),
    "both to one box": ({"a": "redirect {box}", "b": "redirect {box}"}, "", ["box"]),
    "one to the other": ({"a": "redirect {b}", "b": "tag"}, "", ["b"]),
    # What a hands on is not b's to throw away.
    "to one who discards": ({"a": "redirect {b}", "b": "discard", "c": ""}, "", ["b", "c"]),
    "a copy to one who discards": ({"a": "copy {b}", "b": "discard"}, "", ["a", "b"]),
    "one subject": ({"a": "subject [%v]", "b": "subject [%v]"}, "subject", ["a", "b"]),
    "two subjects": ({"a": "subject [a]", "b": "subject [b]"}, "", ["a", "b"]),
    "a banner": ({"a": "banner", "b": "banner"}, "", ["a", "b"]),
}


def address(user, domain=DOMAIN):
    return "%s@%s" % (user, domain)


def several_user(mta, name, user):
    return mta + "." + re.sub(r"[^a-z]+", "-", name) + "." + user


def section(user, verdict, rule, domain=DOMAIN):
    """Its rule for one verdict; all others show."""
    return "[policy recipient %s]\nallow-discard = yes\n%s = %s\nany = subject [other]\n" % (
        address(user, domain), verdict, rule)


def policies(reloaded="tag"):
    """reloaded: the rule of those whose mails flow while the settings are read."""
    text = ""
    for mta in ("postfix", "sendmail"):
        for verdict in VERDICTS:
            for name, action in ACTIONS.items():
                text += section(".".join((mta, verdict, name)), verdict, action.rule)
        for name, (rules, _, _) in SEVERAL.items():
            users = {user: address(several_user(mta, name, user)) for user in "a b c box".split()}
            for user, rule in rules.items():
                text += section(several_user(mta, name, user), "default-text",
                                rule.format(**users))
        text += section(mta + ".leaves", "default-text", "tag; subject [%v]; banner", AWAY)
        text += section(mta + ".reload", "default-text", reloaded)
    return text


def aliases():
    """Who knows somebody does so under a name of each of the mailboxes."""
    return "".join("%s=%s\n" % (address(".".join((mta, verdict, name))), address(verdict))
                   for mta in ("postfix", "sendmail") for verdict in PEOPLE for name in ACTIONS)


def contrib(path):
    with open(os.path.join(CONTRIB, path)) as file:
        return file.read()


def services():
    """Of contrib/postfix/master.cf: a service's port → its options."""
    lines = re.sub(r"(?m)^#(\S+ +inet|    -o)", r"\1", contrib("postfix/master.cf"))
    found = re.findall(r"(?m)^(?:\S+:)?(\w+) +inet .*\n((?:[ \t].*\n)+)", lines)
    return {port: options.rstrip() for port, options in found}


class PolicySite:
    """A context manager: one daemon behind both MTAs, and mailboxes behind these."""

    def __init__(self, mtas):
        # Sendmail wants no folder above a socket that all can write to.
        self.folder = temporary_folder(below="/run")
        self.mtas = mtas
        self.sink = Sink()
        self.mailboxes = Mailboxes(self.folder)
        self.postfix = Postfix(self.folder)
        self.sendmail = None
        self.daemon = None
        self.read_so_far = collections.Counter()
        self.lock = threading.Lock()

    def settings(self, reloaded="tag"):
        return {"policy": policies(reloaded), "mark": MARK, "more": TRUST,
                "people": "aliases = %s/aliases" % self.folder}

    def start_daemon(self):
        os.mkdir(self.folder + "/d")
        with open(self.folder + "/aliases", "w") as file:
            file.write(aliases())
        self.daemon = Daemon(folder=self.folder + "/d", **self.settings()).start()
        for owner, person in PEOPLE.items():
            card = "BEGIN:VCARD\nVERSION:3.0\nFN:%s\nORG:%s\nURL:%s\nEND:VCARD\n" % tuple(
                person.split(";"))
            done = subprocess.run([CTL, "people", "import", "--owner", address(owner), "--config",
                                   self.daemon.settings, "-"], input=card, capture_output=True,
                                  text=True)
            equal(done.returncode, 0, "import: " + done.stdout + done.stderr)

    def start_postfix(self):
        """By the lines of contrib, each service too; "held" acts on our fields."""
        def ours(text, socket=self.daemon.socket):
            return text.replace("unix:invite-milter/milter.sock", "unix:" + socket)

        with open(self.folder + "/checks", "w") as file:
            file.write(contrib("postfix/invite_milter_header_checks").replace(
                "\n#/", "\n/").replace("example.org", DOMAIN))
        options = services()
        main_cf = ours(contrib("postfix/main.cf")).replace("/etc/postfix", CONTRIB + "/postfix")
        self.postfix.start(
            mailsite.MAIN_CF.format(lmtp=self.mailboxes.lmtp, domain=DOMAIN, away=AWAY,
                                    sink=self.sink.port) + main_cf,
            {"postfix": "",
             "pdown": "-o { smtpd_milters = { unix:%s/nobody, default_action=accept } }" % (
                 self.folder),
             "held": "-o cleanup_service_name=checked\nchecked unix n - n - 0 cleanup "
                     "-o milter_header_checks=regexp:%s/checks" % self.folder,
             "filtered": options["10025"],
             "outgoing": options["10587"],
             "login": ours(options["submission"]).replace("level=encrypt", "level=none") +
             mailsite.SUBMISSION.format(folder=self.folder)})

    def start_sendmail(self):
        self.sendmail = sendmailsite.Sendmail(
            self.folder, self.mailboxes.lmtp, self.sendmail_milters(), self.sink.port,
            {"MTA": "", "MSA": "", "down": "down", "waits": "waits"})
        self.sendmail.start()

    def sendmail_milters(self):
        """The two ways of contrib, and each with nobody there."""
        text = contrib("sendmail/invite-milter.mc")
        passes, waits = re.findall(r"^(?:dnl )?INPUT_MAIL_FILTER\(.*\n.*", text, re.M)
        here = [one.replace("dnl ", "").replace("/run/invite-milter/milter.sock", path).replace(
            "`invite-milter'", "`%s'" % name).replace("INPUT_MAIL_FILTER", macro)
            for one, name, macro, path in (
                (passes, "invite-milter", "INPUT_MAIL_FILTER", self.daemon.socket),
                (passes, "down", "MAIL_FILTER", self.folder + "/nobody"),
                (waits, "waits", "MAIL_FILTER", self.folder + "/nobody"))]
        return "\n".join(here)

    def port(self, mta):
        if mta in self.postfix.ports:
            return self.postfix.ports[mta]
        return self.sendmail.ports["MTA" if mta == "sendmail" else mta]

    def send(self, original, users, mta, domain=DOMAIN, login=None):
        mailsite.send(original, [address(user, domain) for user in users], self.port(mta),
                      login=login)

    def read(self, user, count=1):
        """The mails, which are all that ever came there."""
        with self.lock:
            self.read_so_far[user] = count
        return self.mailboxes.read(user, count, self.log)

    def log(self):
        return self.postfix.log()[-600:] + (self.sendmail.log() if self.sendmail else "")

    def __enter__(self):
        try:
            self.start_daemon()
            self.mailboxes.start()
            self.start_postfix()
            if "sendmail" in self.mtas:
                self.start_sendmail()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        self.postfix.stop()
        for one in (self.sendmail, self.mailboxes, self.daemon):
            if one is not None:
                one.stop()
        self.sink.listener.close()
        remove_folder(self.folder)


def verified(name, verdict="default-text"):
    """A sender's word is enough here: nobody takes it off.  Sendmail wants the
    Return-Path for itself."""
    original = re.sub(rb"\AReturn-Path:.*\n", b"", mail(name))
    return original if verdict == "forged" else PASS + original


def without_words(delivered, words):
    """Once before the subject, and nowhere else."""
    tag = b"\nSubject: " + words.encode() + b" "
    equal(delivered.count(tag), 1, "subjects with " + words)
    return delivered.replace(tag, b"\nSubject: ")


def check_changes(delivered, original, changes, verdict, parts):
    """These changes, and no others."""
    if "subject" in changes:
        delivered = without_words(delivered, "[%s]" % verdict)
    ours = check_banner(delivered, original, parts if "banner" in changes else [])
    if "banner" not in changes:
        equal(check_untouched(delivered, original), ours, "fields")
        require(FENCE not in delivered, "a banner")
    equal(ours[:2], OURS[:2] if "tag" in changes else [], "fields")
    if "tag" in changes:
        require(values(delivered, "Invite-Verdict")[0].startswith(verdict + ";"),
                "%s instead of %s" % (values(delivered, "Invite-Verdict"), verdict))


def refused(site, original, users, mta):
    """What the client is told."""
    try:
        site.send(original, users, mta)
    except smtplib.SMTPResponseException as error:
        return "%d %s" % (error.smtp_code, error.smtp_error.decode())
    raise AssertionError("not refused")


def one_recipient(site, mta, verdict, name):
    def case():
        (fixture, parts), action = VERDICTS[verdict], ACTIONS[name]
        user, original = ".".join((mta, verdict, name)), verified(fixture, verdict)
        if action.changes == "550":
            equal(refused(site, original, [user], mta),
                  "550 5.7.1 No %s invitations for %s" % (verdict, user), "reply")
            return
        site.send(original, [user], mta)
        for suffix in action.arrives:
            box = user + suffix.replace("%v", verdict)
            delivered, = site.read(box)
            check_changes(delivered, original, action.changes, verdict, parts)
            if len(action.arrives) == 1:  # Sendmail says it without the domain
                equal(values(delivered, "Delivered-To")[0].partition("@")[0], box, "Delivered-To")
    return case


def several_recipients(site, mta, name):
    def case():
        rules, changes, arrives = SEVERAL[name]
        users = [several_user(mta, name, user) for user in rules]
        original = verified(INVITATION)
        if changes == "550":
            equal(refused(site, original, users, mta), "550 5.7.1 No", "reply")
            return
        site.send(original, users, mta)
        for user in arrives:
            delivered, = site.read(several_user(mta, name, user))
            check_changes(delivered, original, changes, "default-text", [])
    return case


def mail_that_leaves(site, mta):
    """It is tagged, and what would break its signature is not done."""
    def case():
        original = verified(INVITATION)
        user = mta + ".leaves"
        site.send(original, [user], mta, AWAY)
        for_us = b"for <" + address(user, AWAY).encode()

        def arrived():
            return [one for one in site.sink.mails if for_us in one]

        await_true(arrived, "the relayed mail")
        check_changes(arrived()[0], original, "tag", "default-text", [])
    return case


def passes_untouched(site, port, login=None):
    """Nobody is there, or it is mail of ours, or back from a filter."""
    def case():
        original = verified(INVITATION)
        site.send(original, [port.lower()], port, login=login)
        check_changes(site.read(port.lower())[0], original, "", "default-text", [])
    return case


def waits_for_us(site):
    """F=T of contrib, while nobody is there."""
    def case():
        require(refused(site, verified(INVITATION), ["waits"], "waits").startswith("451 4"), "F=T")
    return case


def senders_fields(site, port, stays):
    """invite_header_checks takes them off even while nobody is there."""
    def case():
        original, user = verified(INVITATION), "senders." + port
        site.send(SENDERS + original, [user], port)
        check_untouched(site.read(user)[0], SENDERS + original if stays else original)
        equal(SENDERS in site.read(user)[0], stays, "the sender's field")
    return case


def postfix_acts_on_our_fields(site):
    def case():
        site.send(verified(VERDICTS["forged"][0], "forged"), ["held.forged"], "held")
        hold = site.folder + "/p/spool/hold"
        await_true(lambda: os.listdir(hold), "a mail on hold")
        await_true(lambda: "forged invitation" in site.postfix.log(), site.postfix.log)
        os.remove(os.path.join(hold, *os.listdir(hold)))
        original = verified(INVITATION)
        site.send(original, ["held.default"], "held")
        check_changes(site.read("invitations")[0], original, "tag", "default-text", [])
        original = verified(VERDICTS["personal"][0])
        site.send(original, ["held.personal"], "held")
        check_changes(site.read("held.personal")[0], original, "tag", "personal", [])
    return case


def postmap_agrees():
    """The tables as contrib has them; the machine's Postfix may have no configuration."""
    folder = temporary_folder()
    with open(folder + "/main.cf", "w") as file:
        file.write("compatibility_level = 3.6\n")
    for table, key, want in (
            ("invite_header_checks", "invite-verdict: known", "IGNORE"),
            ("invite_header_checks", "Subject: Invite-Verdict: known", ""),
            ("invite_milter_header_checks", "Invite-Verdict: forged; network=linkedin;",
             "HOLD forged invitation"),
            ("invite_milter_header_checks", "Invite-Verdict: default-text; network=x", "")):
        done = subprocess.run(["postmap", "-c", folder, "-q", key,
                               "regexp:%s/postfix/%s" % (CONTRIB, table)],
                              capture_output=True, text=True)
        equal((done.stdout.strip(), done.stderr), (want, ""), table + ": " + key)
    remove_folder(folder)


def reload_while_mails_flow(site, mta):
    """Each has the old policy or the new one, and none is lost or doubled."""
    def case():
        original, user = verified(INVITATION), mta + ".reload"
        rules = {user: "tag", user + "+invitations": "redirect %u+invitations@%d"}
        sent, is_over = [], threading.Event()

        def flow():
            while not is_over.is_set():
                site.send(original, [user], mta)
                sent.append(user)

        def use(rule):
            site.daemon.write_settings(**site.settings(rule))
            site.daemon.signal(signal.SIGHUP)

        threads = [threading.Thread(target=flow) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            for box in [*rules] * 3:
                before = site.mailboxes.counts().get(box, 0)
                use(rules[box])
                await_true(lambda: site.mailboxes.counts().get(box, 0) > before, "mail for " + box)
        finally:
            is_over.set()
            for thread in threads:
                thread.join()
        use(rules[user])
        await_true(lambda: sum(site.mailboxes.counts().get(box, 0) for box in rules) >= len(sent),
                   "the mails")
        counts = site.mailboxes.counts()
        equal(sum(counts[box] for box in rules), len(sent), "mails")
        for box, changes in zip(rules, ("tag", "")):
            for delivered in site.read(box, counts[box]):
                check_changes(delivered, original, changes, "default-text", [])
    return case


def nothing_else_arrived(site):
    """Once all is read, what was refused or thrown away is nowhere, nothing waits,
    and nothing came twice."""
    def case():
        def waiting():
            queues = ["p/spool/" + name for name in ("incoming", "active", "deferred", "hold",
                                                     "corrupt", "maildrop")] + ["sendmail/queue"]
            return [os.path.join(path, name) for queue in queues
                    for path, _, names in os.walk(os.path.join(site.folder, queue))
                    for name in names]

        await_true(lambda: not waiting(), lambda: "an empty queue: %s" % waiting())
        if len(sys.argv) == 1:
            counts = collections.Counter(site.mailboxes.counts())
            equal((counts - site.read_so_far, site.read_so_far - counts),
                  (collections.Counter(), collections.Counter()), "more and less than was read")
    return case


def main():
    why = mailsite.what_is_missing() or mailsite.imap_is_missing()
    if why is not None:
        print("policy: skipped: " + why)
        sys.exit(SKIP)
    missing = sendmailsite.what_is_missing()
    mtas = ["postfix"] if missing else ["postfix", "sendmail"]
    if missing:
        print("policy: skipped: Sendmail: " + missing)
    with PolicySite(mtas) as site:
        rows = [("%s: %s: %s" % (mta, verdict, name), one_recipient(site, mta, verdict, name))
                for mta in mtas for verdict in VERDICTS for name in ACTIONS]
        rows += [("%s: several: %s" % (mta, name), several_recipients(site, mta, name))
                 for mta in mtas for name in SEVERAL]
        rows += [("%s: mail that leaves" % mta, mail_that_leaves(site, mta)) for mta in mtas]
        rows += [("postfix: milter down", passes_untouched(site, "pdown")),
                 ("postfix: mail of our own", passes_untouched(site, "outgoing")),
                 ("postfix: mail of a login", passes_untouched(site, "login", "writer")),
                 ("postfix: sender's fields", senders_fields(site, "postfix", False)),
                 ("postfix: sender's fields, milter down", senders_fields(site, "pdown", False)),
                 ("postfix: fields behind a filter", senders_fields(site, "filtered", True)),
                 ("postfix: milter_header_checks", postfix_acts_on_our_fields(site)),
                 ("postfix: postmap", postmap_agrees)]
        if not missing:
            rows += [("sendmail: milter down", passes_untouched(site, "down")),
                     ("sendmail: milter down, F=T", waits_for_us(site)),
                     ("sendmail: mail of our own", passes_untouched(site, "MSA")),
                     ("sendmail: sender's fields", senders_fields(site, "sendmail", False))]
        alone = [("%s: reload while mails flow" % mta, reload_while_mails_flow(site, mta))
                 for mta in mtas]
        alone.append(("nothing else arrived", nothing_else_arrived(site)))
        run_cases("policy", rows, alone, missing=missing)


if __name__ == "__main__":
    main()
