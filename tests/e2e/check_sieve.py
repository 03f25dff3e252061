#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""contrib/sieve as it is, in a real Pigeonhole: what is delivered is filed by its
verdict, and what is moved over IMAP teaches who is known, and nothing else does."""

import contextlib
import imaplib
import os
import re
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from mailsite import (DOMAIN, PATH, Mailboxes, Site, dovecot_version, log_out, mail,  # noqa: E402
                      read_text, what_is_missing)
import daemon  # noqa: E402
from daemon import CTL, PATIENCE, SKIP, await_true, equal, require, run_cases  # noqa: E402

CONTRIB = os.path.join(os.path.dirname(daemon.TESTS), "contrib", "sieve")
LEARNER = os.path.join(os.path.dirname(CTL), "contrib", "sieve", "invite-learn")  # built
INSTALLED = "/etc/dovecot/invite-milter"
INSTALLED_CONF = "/etc/dovecot/conf.d/99-invite-milter.conf"
SCRIPTS = ("invitations.sieve", "known.sieve", "stranger.sieve", "note.sieve")
PEOPLE = "domain = %s\ncurators = nobody" % DOMAIN

# Beside it stands what contrib has for this version, with other paths.
DOVECOT = """
namespace inbox {
  inbox = yes
  prefix = %s
  separator = %s
}
"""

# The inviter of each, as the list of people shows them: name, address, profile, company.
GUEST = "linkedin/guest-2010-default.eml"
MEMBER = "linkedin/member-2024-default.eml"
REMINDER = "linkedin/reminder-2013-dated.eml"
INVITERS = {
    GUEST: "Thijs van Rozendaal\tthijs@example.org\t-\tWaterkant Automatisering",
    MEMBER: "Kwabena Osei-Tutu\t-\thttps://www.linkedin.com/in/kwabena-osei-tutu\t"
            "Adinkra Partners",
}
OWN = "linkedin/member-2025-own-en.eml"
PITCH = "linkedin/member-2025-pitch-software.eml"
FORGED = "linkedin/forged-look-alike-domain.eml"
ORDINARY = "ordinary/plain.eml"


def installed(site):
    return site.folder + "/sieve"


def install(site):
    """As README.md says."""
    folder = installed(site)
    os.mkdir(folder)
    for name in SCRIPTS:
        shutil.copy(os.path.join(CONTRIB, name), folder)
    text = read_text(LEARNER)
    for line, value in (("invitectl", CTL), ("settings", site.folder + "/enforce/conf")):
        text, count = re.subn("(?m)^%s=.*$" % line, "%s=%s" % (line, value), text)
        equal(count, 1, "lines of invite-learn with " + line)
    with open(folder + "/invite-learn", "w") as file:
        file.write(text)
    os.chmod(folder + "/invite-learn", 0o755)
    version = ".".join(dovecot_version().split(".")[:2])
    settings = folder + "/conf"
    shutil.copy(os.path.join(CONTRIB, "dovecot-%s.conf" % version), settings)
    if site.prefix:
        commands = re.findall("(?m)^    (prefix=.*|sed -i .*)$", read_text(CONTRIB + "/README.md"))
        equal(len(commands), 3, "commands where mailboxes have a prefix")
        subprocess.run("\n".join(commands).replace(INSTALLED, folder).replace(INSTALLED_CONF, settings),
                       shell=True, check=True)
    site.mailboxes.more = (DOVECOT % (site.prefix, site.separator) +
                           read_text(settings).replace(INSTALLED, folder))


class SieveSite(Site):
    def __init__(self, layout, separator, prefix=""):
        super().__init__(people=PEOPLE)
        self.separator = separator
        self.prefix = prefix
        self.layout = "%s, %sx%sy" % (layout, prefix, separator)
        self.mailboxes = Mailboxes(self.folder, imap=True, layout=layout)

    def start_daemons(self):
        super().start_daemons()
        install(self)


class Box:
    """A mailbox over IMAP."""

    def __init__(self, site, user):
        self.site, self.user = site, user
        self.imap = imaplib.IMAP4("127.0.0.1", site.mailboxes.imap_port, timeout=PATIENCE)
        self.imap.login(user, "any")

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        log_out(self.imap)

    def ask(self, command, *arguments):
        answer, data = self.imap.uid(command, *arguments)
        equal(answer, "OK", "%s %r: %r" % (command, arguments, data))
        return data

    def name(self, folder):
        return folder if folder == "INBOX" else self.site.prefix + folder

    def create(self, folder):
        self.imap.create(self.name(folder))

    def uids(self, folder):
        answer, data = self.imap.select(self.name(folder))
        equal(answer, "OK", "select %s: %r" % (folder, data))
        return self.ask("SEARCH", "ALL")[0].split()

    def await_mail(self, folder, count=1):
        await_true(lambda: len(self.uids(folder)) >= count,
                   "mail for %s in %s" % (self.user, folder))

    def get(self, name, folder="Invitations"):
        """A fixture is sent to this mailbox, and selected in the folder it is filed into."""
        count = len(self.uids(folder))
        self.site.send(mail(name), [self.user])
        self.await_mail(folder, count + 1)

    def flags(self):
        """Of the last mail of the selected folder."""
        shown = self.ask("FETCH", "*", "(FLAGS)")[-1].decode()
        return set(re.search(r"FLAGS \(([^)]*)\)", shown)[1].split()) - {"\\Recent"}

    def relation(self):
        """As our field tells it, of the last mail of the selected folder."""
        text = self.ask("FETCH", "*", "(BODY.PEEK[HEADER.FIELDS (Invite-Verdict)])")[0][1].decode()
        return re.search(r"relation=([a-z]+)", text)[1]

    def move(self, folder, command="MOVE"):
        """The last mail of the selected folder."""
        self.ask(command, "*", self.name(folder))

    def people(self):
        return people(self.site, self.user)


def log(site):
    return read_text(site.folder + "/dovecot.log")


def ctl(site, *arguments):
    done = subprocess.run([CTL, "people", *arguments, "--config", site.folder + "/enforce/conf"],
                          capture_output=True, text=True, timeout=PATIENCE)
    equal(done.returncode, 0, "people %r: %s" % (arguments, done.stderr))
    return done.stdout


def people(site, user):
    """Lines of the list; the last column is where and when they became known."""
    lines = ctl(site, "list", "--owner", "%s@%s" % (user, DOMAIN)).splitlines()
    return [line.rsplit(" ", 1)[0] for line in lines]


def add(site, user, *arguments):
    ctl(site, "add", "--owner", "%s@%s" % (user, DOMAIN), *arguments)


# Filing.

# What is delivered, the people known, the folder, the flags.
FILED = {
    "default text": (MEMBER, (), "Invitations", {"$InviteDefault"}),
    "contextless": ("linkedin/member-2026-no-note.eml", (), "Invitations",
                    {"$InviteContextless"}),
    "meeting": ("outlook/request-bare.eml", (), "INBOX", {"$InviteContextless"}),
    "board": ("trello/board.eml", (), "INBOX", {"$InviteContextless"}),
    "meeting that sells": ("outlook/request-money-de.eml", (), "Invitations-Spam",
                           {"$InviteSpammy"}),
    "personal": (OWN, (), "Invitations", {"$InvitePersonal"}),
    "known": (GUEST, ("--address", "thijs@example.org"), "INBOX", {"$InviteKnown"}),
    "spammy": (PITCH, (), "Invitations-Spam", {"$InviteSpammy"}),
    "forged": (FORGED, (), "Invitations-Spam", {"$InviteForged"}),
    "impostor": (MEMBER, ("--name", "Kwabena Osei-Tutu", "--company", "Adinkra Partners",
                          "--profile", "https://www.linkedin.com/in/the-real-one"),
                 "Invitations-Spam", {"$InviteImpostor"}),
    "reminder": ("linkedin/reminder-2024-member-default.eml", (), "Invitations",
                 {"$InviteDefault", "\\Seen"}),
    "reminder of somebody known": (REMINDER, ("--address", "mehmet@example.org"), "INBOX",
                                   {"$InviteKnown"}),
    "ordinary mail": (ORDINARY, (), "INBOX", set()),
    "other mail of the network": ("linkedin/lookalike-jobs-2026.eml", (), "INBOX", set()),
    "fields of a sender": ("ordinary/verdict-fields-of-the-sender.eml", (), "INBOX", set()),
}


def filed(site, name):
    def case():
        what, known, folder, flags = FILED[name]
        user = "filed." + name.replace(" ", "-")
        if known:
            add(site, user, *known)
        with Box(site, user) as box:
            box.get(what, folder)
            equal(box.flags(), flags, "flags")
            for other in {"INBOX", "Invitations", "Invitations-Spam"} - {folder}:
                equal(box.uids(other), [], "mail in " + other)
    return case


def compiled(site):
    """By sievec, without a word."""
    def case():
        for name in SCRIPTS:
            done = subprocess.run(["sievec", "-c", site.folder + "/dovecot.conf", "-x",
                                   "+vnd.dovecot.pipe +imapsieve",
                                   "%s/%s" % (installed(site), name)],
                                  capture_output=True, text=True, env=dict(os.environ, PATH=PATH))
            equal((done.returncode, done.stdout + done.stderr), (0, ""), name)
    return case


# Learning.

def moved_to_people_is_known(site, name, folder, command):
    def case():
        user = "known." + "-".join((name, folder, command)).lower().replace("/", "-")
        with Box(site, user) as box:
            box.get(name)
            equal(box.relation(), "stranger", "at first")
            box.move(folder, command)
            equal(box.people(), [INVITERS[name] + "\thand"], "people")
            equal(len(box.uids(folder)), 1, "mails in " + folder)
            equal(len(box.uids("Invitations")), int(command == "COPY"), "mails left")
            box.get(name, "INBOX")
            equal(box.relation(), "known", "the next invitation")
            equal(people(site, "somebody.else"), [], "somebody else's")
    return case


def rescued_is_known(site, name, folder, through):
    """From where it was filed as spam, by our script or by a filter of somebody else's."""
    def case():
        with Box(site, "rescued." + through.lower()) as box:
            box.create("Junk")
            box.get(name, folder)
            if through != folder:
                box.move(through)
                box.uids(through)
                equal(box.people(), [], "people before")
            box.move("INBOX")
            equal(len(box.people()), 1, "people")
    return case


def moved_to_strangers_is_forgotten(site):
    def case():
        with Box(site, "strangers") as box:
            box.get(MEMBER)
            box.move("INBOX")
            add(site, "strangers", "--address", "ann@example.org")
            equal(len(box.people()), 2, "people at first")
            box.uids("INBOX")
            box.move("Strangers")
            equal(box.people(), ["-\tann@example.org\t-\t-\tadded"], "people left")
            box.get(MEMBER)
            equal(box.relation(), "stranger", "the next invitation")
            box.move("Strangers")
            equal(len(box.people()), 1, "a stranger who is one")
            equal(len(box.uids("Strangers")), 2, "mails in Strangers")
    return case


def moved_between_folders_has_their_class(site):
    """The next mail with the same note, for this user alone."""
    def case():
        with Box(site, "notes") as box:
            box.get(OWN)
            equal(box.flags(), {"$InvitePersonal"}, "at first")
            for folder, next_folder, flag_of_next in (
                    ("Invitations-Pitch", "Invitations-Spam", "$InviteSpammy"),
                    ("Invitations-Personal", "Invitations", "$InvitePersonal"),
                    ("Invitations-Pitch", "Invitations-Spam", "$InviteSpammy"),
                    ("Invitations", "Invitations", "$InviteContextless")):
                box.move(folder)
                box.get(OWN, next_folder)
                equal(box.flags(), {flag_of_next}, "after a move to " + folder)
            equal(box.people(), [], "people")
        with Box(site, "other.notes") as box:
            box.get(OWN)
            equal(box.flags(), {"$InvitePersonal"}, "another's")
    return case


# Mailboxes by the one name over IMAP lie in folders of other names, and the scripts see
# the first.
LAYOUTS = (("maildir++", "/"), ("maildir++", ".", "INBOX."), ("fs", "/"))


def moved(site):
    """What depends on how mailboxes are named and where they lie."""
    rows = [("%s %s to %s" % (command, name, folder),
             moved_to_people_is_known(site, name, folder, command))
            for name, folder, command in ((MEMBER, "INBOX", "MOVE"), (GUEST, "Known", "MOVE"),
                                          (MEMBER, "Known", "COPY"), (GUEST, "INBOX", "COPY"))]
    rows += [("rescued from " + through, rescued_is_known(site, name, folder, through))
             for name, folder, through in ((PITCH, "Invitations-Spam", "Invitations-Spam"),
                                           (MEMBER, "Invitations", "Junk"))]
    return rows + [("moved between folders", moved_between_folders_has_their_class(site))]


# What teaches nothing, though the mail is an invitation of a stranger's.


def move_to(*folders):
    def carry_out(box):
        for folder in folders:
            box.move(folder)
            box.uids(folder)
    return carry_out


def append(box):
    """A mail program that uploads its copies."""
    for folder in ("INBOX", "Known", "Strangers", "Invitations"):
        answer, data = box.imap.append(folder, None, None, mail(MEMBER).replace(b"\n", b"\r\n"))
        equal(answer, "OK", "append to %s: %r" % (folder, data))


def delete(box):
    box.ask("STORE", "*", "+FLAGS", "(\\Deleted)")
    box.imap.expunge()
    equal(box.uids("Invitations"), [], "mails left")


def flag(box):
    box.ask("STORE", "*", "+FLAGS", "(\\Seen \\Flagged $InviteKnown)")


def expire(box):
    """As README.md says it for cron."""
    done = subprocess.run(["doveadm", "-c", box.site.folder + "/dovecot.conf", "expunge", "-u",
                           box.user, "mailbox", "Invitations", "savedbefore",
                           time.strftime("%Y-%m-%d", time.gmtime(time.time() + 2 * 86400))],
                          capture_output=True, text=True, env=dict(os.environ, PATH=PATH))
    equal((done.returncode, done.stderr), (0, ""), "doveadm expunge")
    box.imap.noop()
    equal(box.uids("Invitations"), [], "mails left")


NOTHING = {
    "Trash": move_to("Trash"),
    "Junk": move_to("Junk"),
    "Archive": move_to("Archive"),
    "by way of Archive to INBOX": move_to("Archive", "INBOX"),
    "APPEND": append,
    "delete": delete,
    "flags": flag,
    "expiry": expire,
}


def teaches_nothing(site, name):
    def case():
        with Box(site, "nothing." + name.lower().replace(" ", "-")) as box:
            for folder in ("Trash", "Junk", "Archive"):
                box.create(folder)
            add(site, box.user, "--address", "ann@example.org")
            box.get(MEMBER)
            NOTHING[name](box)
            equal(box.people(), ["-\tann@example.org\t-\t-\tadded"], "people")
    return case


def no_invitation_teaches_nothing(site):
    """It is moved all the same, and fills no log: people move all sorts of mail."""
    def case():
        with Box(site, "other.mail") as box:
            for name in (ORDINARY, FORGED):
                box.imap.select("Invitations")
                box.imap.append("Invitations", None, None, mail(name).replace(b"\n", b"\r\n"))
                box.uids("Invitations")
                box.move("INBOX")
            equal(len(box.uids("INBOX")), 2, "mails")
            equal(box.people(), [], "people")
        require("teaches nothing" not in log(site), log(site))
    return case


def impostor_teaches_nothing(site):
    def case():
        with Box(site, "impostor") as box:
            add(site, "impostor", *FILED["impostor"][1])
            before = box.people()
            box.get(MEMBER, "Invitations-Spam")
            box.move("Invitations")
            for folder in ("INBOX", "Strangers"):
                box.uids("Invitations")
                box.move(folder, "COPY")
            equal(box.people(), before, "people")
    return case


def many_at_once(site):
    def case():
        names = (GUEST, MEMBER)
        with Box(site, "many") as box:
            for name in names:
                box.get(name)
            box.ask("MOVE", "1:*", "INBOX")
            equal(sorted(box.people()), sorted(INVITERS[name] + "\thand" for name in names),
                  "people")
    return case


def daemon_down(site):
    """The last case: a move takes place while nobody learns from it."""
    def case():
        with Box(site, "down") as box:
            box.get(MEMBER)
            equal(site.daemons["enforce"].stop(), 0, "exit status")
            box.move("INBOX")
            equal(len(box.uids("INBOX")), 1, "mails")
            # And so it was not waited for.
            require("is the daemon running" in log(site),
                    log(site)[-2000:])
    return case


def main():
    why = what_is_missing()
    if why is None and shutil.which("sievec", path=PATH) is None:
        why = "sievec is missing"
    if why is not None:
        print("sieve: skipped: " + why)
        sys.exit(SKIP)
    with contextlib.ExitStack() as sites:
        site, *others = (sites.enter_context(SieveSite(*layout)) for layout in LAYOUTS)
        compiled(site)()
        rows = [("filed: " + name, filed(site, name)) for name in FILED]
        for one in [site, *others]:
            rows += [("%s: %s" % (one.layout, name), case) for name, case in moved(one)]
        rows += [("teaches nothing: " + name, teaches_nothing(site, name)) for name in NOTHING]
        rows += [("moved to Strangers", moved_to_strangers_is_forgotten(site)),
                 ("no invitation", no_invitation_teaches_nothing(site)),
                 ("an impostor", impostor_teaches_nothing(site)),
                 ("many at once", many_at_once(site))]
        run_cases("sieve", rows, alone=[("daemon down", daemon_down(site))])


if __name__ == "__main__":
    main()
