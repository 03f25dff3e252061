#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Who knows whom, over the milter protocol and the control socket: what teaches,
what must not, and what becomes of mail when the store is in trouble."""

import glob
import json
import os
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import (CTL, MAILS, PATIENCE, Daemon, await_true, equal, is_sanitized, mail, require,  # noqa: E402
                    run_cases)
from wire import Peer, split, unfold  # noqa: E402

OWNER, OTHER = "marieke@example.net", "joost@example.net"
GUEST, GUEST_ADDRESS = "linkedin/guest-2010-default.eml", "thijs@example.org"
REMINDER, REMINDER_ADDRESS = "linkedin/reminder-2013-dated.eml", "mehmet@example.org"
ACCEPTED = "linkedin/notice-accepted-2025.eml"
TRUST = "[trust]\nauthserv-id = mx.example.net\n"
PASS = (b"Authentication-Results", b"mx.example.net; dkim=pass header.d=linkedin.com")
# Networks that tell of acceptances as LinkedIn does: who signs, and whom the notice names.
OTHER_ACCEPTED = (
    ("xing/notice-accepted.eml", b"xing.com", b"mail.xing.com",
     {"name": "Wendelin Starck", "profile": "https://www.xing.com/profile/Wendelin_Starck2"}),
    ("goodreads/notice-accepted.eml", b"goodreads.com", b"mail.goodreads.com",
     {"name": "Casimir Dubravka",
      "profile": "https://www.goodreads.com/user/show/5520193-casimir-dubravka"}))
EX_CONFIG, EX_UNAVAILABLE, EX_NOUSER, EX_DATAERR = 78, 69, 67, 65
EX_USAGE, EX_NOPERM = 64, 77
FIND = b'{"do":"find","owner":"a@b.example"%s}\n'


def outgoing(to, name="Thijs van Rozendaal", more=()):
    """The fields of a mail that a person wrote."""
    return [(b"From", b"Marieke <marieke@example.net>"),
            (b"To", ("%s <%s>" % (name, to)).encode()),
            (b"Subject", b"Lunch"), (b"Message-ID", b"<1@example.net>"), *more]


def pass_mail(daemon, fields, body=b"Hello\r\n", client=None, **envelope):
    peer = Peer(daemon.socket)
    if client is not None:
        peer.connect(client)
    outcome = peer.mail(fields, body, **envelope)
    peer.close()
    return outcome


def write_to(daemon, address, login=OWNER, more=(), recipients=None, **envelope):
    """Send a mail as somebody who logged in, or not."""
    sender = {} if login is None else {b"{auth_authen}": login.encode()}
    recipients = recipients or [b"<" + address.encode() + b">"]
    envelope.setdefault("author", b"<" + OWNER.encode() + b">")
    return pass_mail(daemon, outgoing(address, more=more), sender=sender,
                     recipients=recipients, **envelope)


def invitation(daemon, name=GUEST, owner=OWNER, fields_more=(), **envelope):
    """An invitation's verdict field, for one recipient."""
    fields, body = split(mail(name))
    outcome = pass_mail(daemon, list(fields_more) + fields, body,
                        recipients=[b"<" + owner.encode() + b">"], **envelope)
    equal(outcome.end, b"c", name)
    return unfold(outcome.inserted()["Invite-Verdict"])


def relation(daemon, name=GUEST, owner=OWNER, **more):
    return invitation(daemon, name, owner, **more).split("relation=")[1].split(";")[0]


def people(daemon, *arguments, user=None, stdin=subprocess.DEVNULL):
    command = [CTL, "people", *arguments, "--config", daemon.settings]
    if user is not None:
        command = ["setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, stdin=stdin)


def check_stays_stranger(daemon, what, owner=OWNER, name=GUEST):
    equal(relation(daemon, name, owner), "stranger", what)


# What teaches.


def who_was_written_to_is_known():
    with Daemon() as daemon:
        check_stays_stranger(daemon, "at first")
        # The invitation came first: a mail of another thread must tell that one from its answer.
        write_to(daemon, GUEST_ADDRESS, more=[(b"In-Reply-To", b"<other@example.org>")])
        daemon.await_told(": learnt ")
        learnt = re.search(r": learnt owner=([0-9a-z]{12}) from=outgoing new=1 updated=0\n", daemon.log())
        require(learnt and OWNER not in daemon.log() and GUEST_ADDRESS not in daemon.log(), daemon.log())
        equal(invitation(daemon), "known; network=linkedin; request=connect; relation=known; "
              "authenticity=unverified; note=default", "verdict")
        check_stays_stranger(daemon, "somebody else", name=REMINDER)
        check_stays_stranger(daemon, "another mailbox", owner=OTHER)


def today():
    return time.strftime("%Y-%m-%d", time.gmtime())


def reason_says_how_and_since_when():
    with Daemon() as daemon:
        days = [today()]
        write_to(daemon, GUEST_ADDRESS)
        days.append(today())  # midnight may lie between
        fields, body = split(mail(GUEST))
        outcome = pass_mail(daemon, fields, body, recipients=[b"<marieke@example.net>"])
        reasons = unfold(outcome.inserted()["Invite-Reasons"])
        require(any("relation:known address %s sent" % day in reasons for day in days), reasons)


def detail_and_case_make_no_other_mailbox():
    with Daemon() as daemon:
        write_to(daemon, GUEST_ADDRESS, login="Marieke+x@Example.NET")
        equal(relation(daemon, owner="marieke+linkedin@example.net"), "known", "detail")


def own_networks_teach_by_sender():
    with Daemon(more="[trust]\nown-networks = 192.0.2.0/24 2001:db8::/32\n") as daemon:
        write_to(daemon, GUEST_ADDRESS, login=None, client=b"192.0.2.7")
        equal(relation(daemon), "known", "IPv4")
        write_to(daemon, REMINDER_ADDRESS, login=None, client=b"2001:db8::7")
        equal(relation(daemon, REMINDER), "known", "IPv6")


def outgoing_mail_is_never_judged():
    """By login, by network, by the daemon that took it."""
    fields, body = split(mail(GUEST))
    with Daemon(more="[trust]\nown-networks = 192.0.2.0/24\nown-daemons = MSA\n") as daemon:
        for way in ({"sender": {b"{auth_authen}": b"jane"}}, {"client": b"192.0.2.1"},
                    {"sender": {b"{daemon_name}": b"MSA"}}):
            equal(pass_mail(daemon, fields, body, **way).inserted(), {}, "%r" % way)
        require(pass_mail(daemon, fields, body, client=b"192.0.3.1",
                          sender={b"{daemon_name}": b"MTA"}).inserted(), "incoming")


def bulk(daemon, owner):
    """The class of a note that another mailbox got, too, and whether a reason says so."""
    local = owner.split("@")[0].encode()
    fields, body = split(mail("linkedin/member-2025-own-de.eml")
                         .replace(OWNER.encode(), owner.encode())
                         .replace(b"Marieke", local.title()))
    outcome = pass_mail(daemon, fields, body, recipients=[b"<" + owner.encode() + b">"])
    reasons = unfold(outcome.inserted()["Invite-Reasons"])
    note = unfold(outcome.inserted()["Invite-Verdict"]).split("note=")[1]
    return note, [one for one in reasons.split(", ") if one.startswith("bulk:")]


def note_to_a_third_of_us_is_a_scripts():
    # A list of invitations would have their notes.
    with Daemon(more=TRUST, people="keep-invitations = no") as daemon:
        for owner in (OWNER, OTHER, OWNER):
            equal(bulk(daemon, owner), ("personal", []), owner)
        equal(bulk(daemon, "omar@example.net"),
              ("pitch", ["bulk:3 recipients in 1 days"]), "the third")
        equal(bulk(daemon, OWNER), ("pitch", ["bulk:3 recipients in 1 days"]), "a reminder")
        daemon.stop()
        for path in glob.glob(daemon.folder + "/people.sqlite*"):
            with open(path, "rb") as file:
                require(b"magazin" not in file.read().lower(), path)
    with Daemon() as daemon:
        for owner in (OWNER, OTHER, "omar@example.net", "jane@example.net"):
            equal(bulk(daemon, owner), ("personal", []), "unverified")


def accepted_invitation_of_the_network_teaches():
    with Daemon(more=TRUST) as daemon:
        fields, body = split(mail(ACCEPTED))
        pass_mail(daemon, [PASS] + fields, body)
        shown = people(daemon, "show", "--owner", OWNER, "--json", "Ottilie Brandenstein")
        person = {one["kind"]: one["value"] for one in json.loads(shown.stdout)["person"]}
        equal(person, {"name": "Ottilie Brandenstein", "company": "Papierhaus Elbe",
                       "profile": "https://www.linkedin.com/in/ottilie-brandenstein"}, "person")


def signed_by(domain):
    return b"Authentication-Results", b"mx.example.net; dkim=pass header.d=" + domain


def unsigned(name):
    """A fixture's fields without what its own verifier said, and its body."""
    fields, body = split(mail(name))
    return [field for field in fields if field[0] != b"Authentication-Results"], body


def accepted_invitation_of_another_network_teaches():
    for name, domain, below, wanted in OTHER_ACCEPTED:
        for signer in (domain, below):
            with Daemon(more=TRUST) as daemon:
                fields, body = unsigned(name)
                pass_mail(daemon, [signed_by(signer)] + fields, body)
                shown = people(daemon, "show", "--owner", OWNER, "--json", wanted["name"])
                person = {one["kind"]: one["value"]
                          for one in json.loads(shown.stdout)["person"]}
                equal(person, wanted, "%s signed by %s" % (name, signer))
                equal(people(daemon, "list", "--owner", OTHER).stdout, "", "another mailbox")


# What must not.


def mail_to_the_owner_teaches_nothing():
    with Daemon() as daemon:
        pass_mail(daemon, [(b"From", b"Thijs van Rozendaal <thijs@example.org>"),
                           (b"To", b"marieke@example.net"), (b"Subject", b"Hello")],
                  author=b"<thijs@example.org>")
        for again in range(3):
            check_stays_stranger(daemon, "invitation %d" % again)


def nobody_teaches_for_another():
    with Daemon(more="[trust]\nown-networks = 192.0.2.0/24\nown-daemons = MSA\n") as daemon:
        write_to(daemon, GUEST_ADDRESS, login="eve@example.net")
        write_to(daemon, GUEST_ADDRESS, login="eve")
        write_to(daemon, GUEST_ADDRESS, login="eve@example.net", client=b"192.0.2.1")
        write_to(daemon, GUEST_ADDRESS, login=None, client=b"198.51.100.1")
        write_to(daemon, GUEST_ADDRESS, login=None)
        pass_mail(daemon, outgoing(GUEST_ADDRESS), author=b"<marieke@example.net>",
                  sender={b"{daemon_name}": b"MSA"}, recipients=[b"<thijs@example.org>"])
        check_stays_stranger(daemon, "A wrote as B")
        equal(relation(daemon, owner="eve@example.net"), "known", "A's own")


def automatic_mail_teaches_nothing():
    ways = {"an auto-responder": {"more": [(b"Auto-Submitted", b"auto-replied (vacation)")]},
            "bulk": {"more": [(b"Precedence", b"bulk")]},
            "a list": {"more": [(b"List-Id", b"<l.example.net>")]},
            "a list's unsubscribing": {"more": [(b"List-Unsubscribe", b"<mailto:x@example.net>")]},
            "a receipt": {"more": [(b"Content-Type", b"multipart/report; "
                                    b"report-type=disposition-notification; boundary=x")]},
            "no sender": {"author": b"<>"},
            "many": {"recipients": [b"<thijs@example.org>"] +
                     [b"<r%d@example.org>" % i for i in range(20)]}}
    with Daemon() as daemon:
        for what, way in ways.items():
            write_to(daemon, GUEST_ADDRESS, **way)
            check_stays_stranger(daemon, what)
        write_to(daemon, REMINDER_ADDRESS, more=[(b"Auto-Submitted", b"no")])
        equal(relation(daemon, REMINDER), "known", "a person's own")


def addresses_that_nobody_reads_teach_nothing():
    with Daemon() as daemon:
        for address in ("noreply@example.org", "unsubscribe+x@example.org",
                        "7d1c2f90@reply.linkedin.com", OWNER):
            write_to(daemon, address)
        equal(people(daemon, "list", "--owner", OWNER).stdout, "", "people")


def answer_to_an_invitation_teaches_nothing():
    """Our own suggestion must not turn each stranger into a friend."""
    fields, _ = split(mail(GUEST))
    message_id = dict((name.lower(), value) for name, value in fields)[b"message-id"]
    with Daemon() as daemon:
        check_stays_stranger(daemon, "at first")
        write_to(daemon, GUEST_ADDRESS, more=[(b"In-Reply-To", message_id)])
        check_stays_stranger(daemon, "after an answer to the mail")
        write_to(daemon, GUEST_ADDRESS, more=[(b"References", b"<a@example.org>\n " + message_id)])
        check_stays_stranger(daemon, "after an answer further down")
        write_to(daemon, GUEST_ADDRESS)
        check_stays_stranger(daemon, "after a mail by the banner's link")
        write_to(daemon, GUEST_ADDRESS, more=[(b"In-Reply-To", b"<theirs@example.org>")])
        equal(relation(daemon), "known", "after they wrote back and were answered")


def with_message_id(value):
    """The invitation under another Message-ID."""
    fields, body = split(mail(GUEST))
    return [(name, value if name.lower() == b"message-id" else old)
            for name, old in fields], body


def answer_is_told_however_the_mail_is_named():
    """By each Message-ID as it stands in the head, as an answer names it."""
    ways = ((b"<x@y> (c)", b"<x@y>"), (b"foo <x@y>", b"<x@y>"), (b"a@y", b"<a@y>"),
            (b"<=?utf-8?q?a?=@y>", b"<=?utf-8?q?a?=@y>"), (b"<a  b@y>", b"<a  b@y>"),
            (b"<X@Y.example>", b"<x@y.example>"))
    for message_id, answered in ways:
        with Daemon() as daemon:
            fields, body = with_message_id(message_id)
            pass_mail(daemon, fields, body, recipients=[b"<marieke@example.net>"])
            write_to(daemon, GUEST_ADDRESS, more=[(b"In-Reply-To", answered)])
            check_stays_stranger(daemon, "%r" % message_id)
    with Daemon() as daemon:
        fields, body = with_message_id(b"<second@y>")
        pass_mail(daemon, [(b"Message-ID", b"<first@y>")] + fields, body,
                  recipients=[b"<marieke@example.net>"])
        for answered in (b"<first@y>", b"<second@y>"):
            write_to(daemon, GUEST_ADDRESS, more=[(b"In-Reply-To", answered)])
            check_stays_stranger(daemon, "%r of two" % answered)


def answer_of_each_recipient_teaches_nothing():
    fields, body = with_message_id(b"<x@y>")
    with Daemon() as daemon:
        pass_mail(daemon, fields, body,
                  recipients=[b"<marieke@example.net>", b"<joost@example.net>"])
        for owner in (OWNER, OTHER):
            write_to(daemon, GUEST_ADDRESS, login=owner, more=[(b"In-Reply-To", b"<x@y>")])
            check_stays_stranger(daemon, owner, owner=owner)


def notice_teaches_only_whom_it_names():
    """Signed mail can be sent again to anybody."""
    fields, body = split(mail(ACCEPTED))
    with Daemon(more=TRUST) as daemon:
        for to in (b"mallory@evil.example", b"mallory@evil.example, marieke@example.net", b""):
            others = [(name, to if name.lower() == b"to" else value) for name, value in fields]
            pass_mail(daemon, [PASS] + others, body)
            equal(people(daemon, "list", "--owner", OWNER).stdout, "", "people by %r" % to)


def reminder_after_our_reply_is_still_a_strangers():
    with Daemon(banner="yes") as daemon:
        check_stays_stranger(daemon, "the invitation", name=REMINDER)
        write_to(daemon, REMINDER_ADDRESS)
        check_stays_stranger(daemon, "the reminder", name=REMINDER)


def notices_teach_only_what_is_proven():
    with Daemon(more=TRUST) as daemon:
        for name in (ACCEPTED, "linkedin/notice-message-2025.eml",
                     "linkedin/notice-replied-2011.eml"):
            fields, body = split(mail(name))
            fields = [field for field in fields if field[0] != b"Authentication-Results"]
            if name != ACCEPTED:
                fields = [PASS] + fields
            pass_mail(daemon, fields, body)
            foreign = (PASS[0], b"evil.example; dkim=pass header.d=linkedin.com")
            pass_mail(daemon, [foreign] + fields, body)
        equal(people(daemon, "list", "--owner", OWNER).stdout, "", "people")


def notices_of_another_network_teach_only_what_is_proven():
    """Unsigned, signed by somebody else or as no verifier of ours says, leading elsewhere."""
    for name, domain, _, wanted in OTHER_ACCEPTED:
        fields, body = unsigned(name)
        away = body.replace(domain, b"evil.example")
        require(away != body, "no link of " + name)
        ways = {"unsigned": (fields, body),
                "another network's signature": ([PASS] + fields, body),
                "a look-alike's signature": ([signed_by(domain + b".evil.example")] + fields, body),
                "another verifier": ([(PASS[0], b"evil.example; dkim=pass header.d=" + domain)] +
                                     fields, body),
                "a failed signature": ([(PASS[0], b"mx.example.net; dkim=fail header.d=" + domain)] +
                                       fields, body),
                "an author elsewhere": ([signed_by(b"evil.example")] + [
                    (key, value.replace(domain, b"evil.example") if key == b"From" else value)
                    for key, value in fields], body),
                "a forgery's links": (fields,
                                      away.replace(b"View profile", b"Accept friend request")
                                      .replace(b"Profil ansehen", b"Annehmen"))}
        with Daemon(more=TRUST) as daemon:
            for way, (head, content) in ways.items():
                pass_mail(daemon, head, content)
                equal(people(daemon, "list", "--owner", OWNER).stdout, "", "%s: %s" % (name, way))
            pass_mail(daemon, [signed_by(domain)] + fields, body)
            require(wanted["name"] in people(daemon, "list", "--owner", OWNER).stdout,
                    name + ": the proven one is taught nevertheless")


def several_recipients_teach_and_tell_nothing():
    with Daemon(more=TRUST) as daemon:
        fields, body = split(mail(ACCEPTED))
        pass_mail(daemon, [PASS] + fields, body,
                  recipients=[b"<marieke@example.net>", b"<joost@example.net>"])
        equal(people(daemon, "list", "--owner", OWNER).stdout, "", "people")
        write_to(daemon, GUEST_ADDRESS)
        fields, body = split(mail(GUEST))
        outcome = pass_mail(daemon, fields, body,
                            recipients=[b"<marieke@example.net>", b"<joost@example.net>"])
        require("relation=unknown" in outcome.inserted()["Invite-Verdict"], "whose people?")


def learning_can_be_turned_off():
    more = "[recipient %s]\nlearn = no\n" % OTHER
    with Daemon(more=more) as daemon:
        write_to(daemon, GUEST_ADDRESS, login=OTHER)
        check_stays_stranger(daemon, "learn = no", owner=OTHER)
        write_to(daemon, GUEST_ADDRESS)
        equal(relation(daemon), "known", "who did not turn it off")


def old_people_are_forgotten():
    with Daemon(people="keep = 30") as daemon:
        write_to(daemon, GUEST_ADDRESS)
        equal(relation(daemon), "known", "now")
        store = sqlite3.connect(daemon.folder + "/people.sqlite")
        store.execute("UPDATE identity SET first = first - 31*86400, last = last - 31*86400")
        store.commit()
        check_stays_stranger(daemon, "after 31 days")
        daemon.signal(signal.SIGHUP)
        await_true(lambda: store.execute("SELECT count(*) FROM identity").fetchone() == (0,),
                   "nobody is kept: " + daemon.log())


# Names.


def name_makes_nobody_known():
    """And who imitates one is told."""
    with Daemon() as daemon:
        people(daemon, "add", "--owner", OWNER, "--name", "Thijs van Rozendaal",
               "--address", "other@example.com")
        verdict = invitation(daemon)
        require(verdict.startswith("default-text") and "relation=namesake" in verdict, verdict)
        people(daemon, "add", "--owner", OWNER, "--name", "Thijs van Rozendaal",
               "--company", "Waterkant Automatisering", "--address", "other@example.com")
        equal(relation(daemon), "likely", "name and company")

        fields, body = split(mail(GUEST))
        look_alike = "Thijs van R\u043ezendaal".encode()  # a Cyrillic letter
        fields = [(name, value.replace(b"Thijs van Rozendaal", look_alike))
                  for name, value in fields]
        outcome = pass_mail(daemon, fields, body.replace(b"Thijs van Rozendaal", b"T=\r\n"))
        require("impostor; " in outcome.inserted()["Invite-Verdict"], outcome.inserted())


# Trouble.


def check_passes_unknown(daemon, words):
    for _ in range(3):
        equal(relation(daemon), "unknown", "relation")
        write_to(daemon, "somebody@example.org")
    lines = [line for line in daemon.log().splitlines() if "the store: " in line]
    require(any(words in line for line in lines), daemon.log())
    require(len(lines) <= 2, "more than one line a minute: " + "\n".join(lines))


def store_without_folder():
    daemon = Daemon(people="")
    daemon.write_settings(people="")
    with open(daemon.settings) as file:
        text = file.read().replace("/people.sqlite", "/missing/people.sqlite")
    with open(daemon.settings, "w") as file:
        file.write(text)
    bad = daemon.run("--check", "-c", daemon.settings)
    equal(bad.returncode, EX_CONFIG, "--check")
    require("install -d" in bad.stderr, bad.stderr)
    with daemon:
        check_passes_unknown(daemon, "make its folder")
        os.mkdir(daemon.folder + "/missing")
        time.sleep(0.2)
        equal(relation(daemon), "stranger", "as soon as it is there")


def spoilt_store(spoil, words):
    """A daemon whose store is in trouble before it starts."""
    def case():
        daemon = Daemon()
        path = daemon.folder + "/people.sqlite"
        spoil(path)
        bad = daemon.run("--check", "-c", daemon.settings)
        equal(bad.returncode, EX_CONFIG, "--check: " + bad.stdout)
        require(words in bad.stderr and path in bad.stderr, bad.stderr)
        with daemon:
            check_passes_unknown(daemon, words)
            asked = people(daemon, "list", "--owner", OWNER)
            equal(asked.returncode, EX_UNAVAILABLE, asked.stdout)
            require(words in asked.stderr, asked.stderr)
    return case


def no_database(path):
    with open(path, "wb") as file:
        file.write(b"no database at all " * 1000)


def newer_schema(path):
    with sqlite3.connect(path) as store:
        store.execute("CREATE TABLE later (x)")
        store.execute("PRAGMA user_version = 999")
        store.execute("PRAGMA application_id = %d" % 0x494E5649)


def foreign_database(path):
    with sqlite3.connect(path) as store:
        store.execute("CREATE TABLE theirs (x)")


def corrupt_pages():
    with Daemon() as daemon:
        for i in range(200):
            write_to(daemon, "r%d@example.org" % i)
        daemon.stop()
        path = daemon.folder + "/people.sqlite"
        store = sqlite3.connect(path)
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()
        with open(path, "r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * (os.path.getsize(path) - 4096))
        daemon.start()
        check_passes_unknown(daemon, "people.sqlite: ")


def locked_store_delays_no_mail():
    with Daemon() as daemon:
        write_to(daemon, GUEST_ADDRESS)
        store = sqlite3.connect(daemon.folder + "/people.sqlite", isolation_level=None)
        store.execute("BEGIN IMMEDIATE")
        equal(relation(daemon), "known", "readers do not wait")
        write_to(daemon, REMINDER_ADDRESS)
        daemon.await_told("another program writes")
        store.execute("ROLLBACK")
        write_to(daemon, REMINDER_ADDRESS)
        equal(relation(daemon, REMINDER), "known", "afterwards")


def what_was_answered_outlives_a_kill():
    daemon = Daemon()
    try:
        for turn in range(5):
            daemon.start()
            write_to(daemon, "turn%d@example.org" % turn)
            daemon.process.kill()
            daemon.process.wait()
        listed = people(daemon, "list", "--owner", OWNER).stdout
        for turn in range(5):
            require("turn%d@example.org" % turn in listed, listed)
    finally:
        shutil.rmtree(daemon.folder, ignore_errors=True)


def stopped_daemon_leaves_all_in_one_file():
    """Whoever copies it then, and nothing beside it, has everybody."""
    with Daemon() as daemon:
        write_to(daemon, GUEST_ADDRESS)
        equal(daemon.stop(), 0, "the end")
        path = daemon.folder + "/people.sqlite"
        for end in ("-wal", "-shm"):
            if os.path.exists(path + end):
                os.unlink(path + end)
        require(GUEST_ADDRESS in people(daemon, "list", "--owner", OWNER).stdout, "the guest is gone")


# The control socket.


def as_nobody(daemon):
    """Let the user nobody read the settings and reach the socket, and no more."""
    os.chmod(daemon.folder, 0o755)
    require(os.stat(daemon.folder + "/people.sqlite").st_mode & 0o777 == 0o600, "the store's mode")


def user_asks_for_his_own_people():
    with Daemon(people="domain = example.net") as daemon:
        as_nobody(daemon)
        card = daemon.folder + "/card.vcf"
        with open(card, "w") as file:
            file.write("BEGIN:VCARD\nVERSION:3.0\nFN:Thijs van Rozendaal\n"
                       "EMAIL:thijs@example.org\nEND:VCARD\n")
        done = people(daemon, "import", card, user="nobody")
        equal((done.returncode, done.stdout), (0, "read 1, new 1, updated 0, skipped 0, bad 0\n"),
              done.stderr)
        require("thijs@example.org" in people(daemon, "list", user="nobody").stdout, "list")
        equal(relation(daemon, owner="nobody@example.net"), "known", "relation")
        other = people(daemon, "list", "--owner", OWNER, user="nobody")
        equal(other.returncode, EX_NOPERM, other.stdout)
        require("not yours" in other.stderr, other.stderr)
        everywhere = people(daemon, "forget", "--everywhere", "thijs@example.org", user="nobody")
        equal(everywhere.returncode, EX_NOPERM, everywhere.stdout)
        forgotten = people(daemon, "forget", "Thijs van Rozendaal", user="nobody")
        equal(forgotten.stdout, "forgotten: 1\ninvitations: 1\n", forgotten.stderr)
        check_stays_stranger(daemon, "forgotten", owner="nobody@example.net")


def judged(daemon, command, *arguments, name=GUEST):
    """What invitectl says of a saved mail to a user who may not open the store."""
    return subprocess.run(["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", CTL, command,
                           "--config", daemon.settings, *arguments, os.path.join(MAILS, name)],
                          capture_output=True, text=True, timeout=PATIENCE)


def user_has_old_mail_judged_by_his_own_people():
    """The daemon is asked who the inviter is, and of others' mail it says no."""
    mine = "nobody@example.net"
    with Daemon(people="domain = example.net") as daemon:
        as_nobody(daemon)
        people(daemon, "add", "--owner", mine, "--name", "Thijs van Rozendaal", "--address", GUEST_ADDRESS)
        os.chmod(daemon.folder + "/people.sqlite", 0o600)
        done = judged(daemon, "classify", "--json", "--as", mine)
        equal((done.returncode, done.stderr), (0, ""), "classify")
        told = json.loads(done.stdout)
        equal((told["relation"], told["verdict"]), ("known", "known"), "the user's own")
        root = subprocess.run([CTL, "classify", "--config", daemon.settings, "--json", "--as", mine,
                               os.path.join(MAILS, GUEST)], capture_output=True, text=True, timeout=PATIENCE)
        equal(told, json.loads(root.stdout), "as the store says itself")
        verdicts = json.loads(judged(daemon, "backtest", "--days", "0", "--json", "--as", mine).stdout)
        equal(verdicts["verdicts"]["known"]["mails"], 1, "backtest")
        require("known" in judged(daemon, "classify", "--explain", "--as", mine).stdout, "explained")
        done = judged(daemon, "classify", "--json", "--as", OWNER)
        equal((json.loads(done.stdout)["relation"], done.returncode), ("unknown", 0), "another's")
        equal(done.stderr, "invitectl: who knows whom is not known: this mailbox is not yours\n", "why")
        daemon.stop()
        done = judged(daemon, "classify", "--json", "--as", mine)
        equal((json.loads(done.stdout)["relation"], done.returncode), ("unknown", 0), "no daemon")
        require("is the daemon running" in done.stderr, done.stderr)


def user_without_a_mailbox_is_told():
    with Daemon() as daemon:
        as_nobody(daemon)
        asked = people(daemon, "list", user="nobody")
        equal(asked.returncode, EX_NOPERM, asked.stdout)
        require("[people] domain" in asked.stderr, asked.stderr)


def curator_speaks_for_any_mailbox():
    with Daemon(people="curators = vmail, nobody") as daemon:
        as_nobody(daemon)
        done = people(daemon, "add", "--owner", OWNER, "--address", GUEST_ADDRESS, user="nobody")
        equal(done.stdout, "new\n", done.stderr)
        equal(relation(daemon), "known", "relation")


def garbage_at_the_control_socket():
    with Daemon() as daemon:
        for request in (b"", b"\n", b"garbage\n", b"[]\n", b'{"do":1}\n', b'{"do":"learn"}\n',
                        b'{"do":"learn","owner":"a@b.example","contacts":[1,{"addresses":[2]}]}\n',
                        b'{"do":"find","owner":[]}\n', b'{"do":"forget","owner":"a@b.example"}\n',
                        b'{"do":"learn","owner":"a@b.example","contacts":[' + b"{}," * 600 + b"{}]}\n",
                        b"\xff\xfe\n", b"[" * 100000 + b"\n", b"x" * 7000000):
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(PATIENCE)
                client.connect(daemon.folder + "/c")
                try:
                    client.sendall(request)
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(65536):
                        pass
                except (BrokenPipeError, ConnectionResetError):
                    pass
        check_stays_stranger(daemon, "still serving")
        with control(daemon) as client:
            client.sendall(b'{"do":"find","owner":"a@b.example"}\0{}\n')
            equal(client.recv(100), b"", "answer to a line with NUL")


def ask(daemon, **request):
    """One line of the answer."""
    with control(daemon) as client:
        client.sendall(json.dumps(request).encode() + b"\n")
        with client.makefile("rb") as answer:
            return json.loads(answer.readline())


def control(daemon):
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(PATIENCE)
    client.connect(daemon.folder + "/c")
    return client


ASK = """import socket, sys
with socket.socket(socket.AF_UNIX) as client:
    client.connect(sys.argv[1])
    client.sendall(sys.argv[2].encode() + b"\\n")
    print(client.makefile().readline())
"""


def ask_as(user, daemon, **request):
    """The same, as somebody else."""
    command = ["setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups",
               sys.executable, "-c", ASK, daemon.folder + "/c", json.dumps(request)]
    asked = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    return json.loads(asked.stdout or json.dumps(asked.stderr))


def hold(clients, until):
    """Ask now and then over each of them, until there is a byte in the pipe.

    The daemon lets none of them go meanwhile, so that whoever waits for them waits for
    ever."""
    for client in clients:
        client.sendall(FIND % b"")
    while not select.select([until], [], [], 1)[0]:
        for client in select.select(clients, [], [], 0)[0]:
            try:
                client.recv(1000)
                client.sendall(FIND % b"")
            except OSError:
                clients.remove(client)
    os.read(until, 1)


def one_user_holds_up_himself_alone():
    with Daemon(people="domain = example.net") as daemon:
        as_nobody(daemon)
        # More than are served at once; 8 may wait, and who saw the daemon start may be one.
        idle = [control(daemon) for _ in range(6)]
        reading, writing = os.pipe()
        holder = threading.Thread(target=hold, args=(list(idle), reading))
        holder.start()
        equal(ask_as("nobody", daemon, do="find"), {"end": 0}, "answer to another user")
        os.write(writing, b"x")
        holder.join()
        for client in idle:
            client.close()
        os.close(reading)
        os.close(writing)
        equal(ask(daemon, do="find", owner=OWNER), {"end": 0}, "and then to the first")


def forgotten_is_gone_from_the_disk():
    with Daemon() as daemon:
        for i in range(50):
            write_to(daemon, "kept%d@example.org" % i)
        write_to(daemon, "regret@example.org")
        people(daemon, "add", "--owner", OTHER, "--name", "Regina Gretel",
               "--address", "regret@example.org")
        files = glob.glob(daemon.folder + "/people.sqlite*")

        def holds(word):
            return any(word in open(path, "rb").read() for path in files)

        require(holds(b"regret@example.org") and holds(b"Regina"), "not on disk at first")
        done = people(daemon, "forget", "--everywhere", "regret@example.org")
        equal(done.stdout, "forgotten: 2\n", done.stderr)
        require(not holds(b"regret@example.org") and not holds(b"egina"), "left on disk")
        require(holds(b"kept7@example.org"), "somebody else is gone too")


def check_learnt_meanwhile(daemon, served):
    """Where nothing else is done, nearly all are: but a mail whose turn at the store does
    not come in a moment goes on unlearnt, and on a busy machine many do."""
    learnt = len(people(daemon, "list", "--owner", OWNER).stdout.splitlines()) - 1
    require(is_sanitized() or learnt >= served / 4 - 1, "%d of %d learnt meanwhile" % (learnt, served))


def import_beside_the_daemon():
    """Nobody's relation is unknown, and no mail late, while a command imports."""
    count = 2000 if is_sanitized() else 5000
    with Daemon() as daemon:
        write_to(daemon, GUEST_ADDRESS)
        cards = daemon.folder + "/cards.vcf"
        with open(cards, "w") as file:
            for i in range(count):
                file.write("BEGIN:VCARD\nVERSION:4.0\nFN:Jane %d Doe\nEMAIL:j%d@example.com\n"
                           "END:VCARD\n" % (i, i))
        results = []
        thread = threading.Thread(target=lambda: results.append(
            people(daemon, "import", "--owner", OTHER, cards)))
        thread.start()
        served = 0
        while thread.is_alive() or served < 5:
            equal(relation(daemon), "known", "meanwhile")
            write_to(daemon, "w%d@example.org" % served)
            served += 1
        thread.join()
        equal(results[0].stdout, "read %d, new %d, updated 0, skipped 0, bad 0\n" % (count, count),
              results[0].stderr)
        again = people(daemon, "import", "--owner", OTHER, cards)
        require("new 0, updated 0, skipped %d, bad 0" % count in again.stdout, again.stdout)
        check_learnt_meanwhile(daemon, served)


def who_imports_at_the_socket_leaves_mail_its_turn():
    """Four clients, with as many addresses as there may be."""
    with Daemon() as daemon:
        people(daemon, "add", "--owner", OWNER, "--name", "Jane Doe")
        is_over, errors = threading.Event(), []

        def import_people(number):
            batch = 0
            while not is_over.is_set():
                contacts = [{"name": "N %d.%d.%d" % (number, batch, i),
                             "addresses": ["a%d.%d.%d.%d@example.org" % (number, batch, i, k)
                                           for k in range(32)]} for i in range(100)]
                answer = ask(daemon, do="learn", owner=OTHER, contacts=contacts)
                if "error" in answer:
                    errors.append(answer)
                batch += 1

        threads = [threading.Thread(target=import_people, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        end, served = time.monotonic() + 3, 0
        while time.monotonic() < end:
            write_to(daemon, "w%d@example.org" % served)
            served += 1
        is_over.set()
        for thread in threads:
            thread.join()
        equal(errors[:1], [], "answers")
        check_learnt_meanwhile(daemon, served)


def who_dawdles_is_let_go():
    with Daemon() as daemon:
        client, start = control(daemon), time.monotonic()
        client.settimeout(0.5)
        while time.monotonic() - start < PATIENCE:
            try:
                client.sendall(b" ")
                if client.recv(1) == b"":
                    break
            except TimeoutError:
                pass
            except OSError:
                break
        took = time.monotonic() - start
        require(8 < took < PATIENCE, "%.1f s" % took)
        client.close()


def import_believes_the_owners_own_mail_alone():
    calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20240305T100000Z\r\n" \
               "ORGANIZER:mailto:thijs@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    text = "From: %s\nTo: Thijs <thijs@example.org>, nobody@example.net\n\nHello\n"
    with Daemon(people="domain = example.net") as daemon:
        as_nobody(daemon)
        path = daemon.folder + "/file"
        for author, counts in (("evil@evil.example", "new 0"), ("nobody@example.net", "new 1")):
            with open(path, "w") as file:
                file.write(text % author)
            done = people(daemon, "import", path, user="nobody")
            require(counts in done.stdout, author + ": " + done.stdout + done.stderr)
        with open(path, "w") as file:
            file.write(calendar)
        done = people(daemon, "import", path, user="nobody")
        equal((done.returncode, done.stderr), (0, ""), done.stdout)
    with Daemon() as daemon:
        as_nobody(daemon)
        path = daemon.folder + "/file"
        with open(path, "w") as file:
            file.write(calendar)
        done = people(daemon, "import", path, user="nobody")
        require("--owner" in done.stderr, done.stderr)


# invitectl.


def commands_say_what_is_wrong():
    with Daemon() as daemon:
        for arguments, status, words in (
                (("nonsense",), 64, "no command"), (("import",), 64, "usage:"),
                (("list", "x"), 64, "usage:"), (("list",), EX_USAGE, "--owner"),
                (("lst",), EX_USAGE, 'did you mean "list"?'),
                (("list", "--ownr", OWNER), EX_USAGE, 'did you mean "--owner"?'),
                (("list", "--owner", "jane"), EX_USAGE, '"jane" has no domain; write the whole address, '),
                (("add", "--owner", OWNER), EX_USAGE, "--name, --address or --profile"),
                (("add", "--owner", OWNER, "--address", "nonsense"), EX_DATAERR,
                 '"nonsense" is no mail address'),
                (("add", "--owner", OWNER, "--profile", "nonsense"), EX_DATAERR, "is no page"),
                (("show", "--owner", OWNER, "Nobody Here"), EX_NOUSER, "nobody"),
                (("import", "--owner", OWNER, "/nonexistent"), EX_DATAERR, "/nonexistent"),
                (("import", "--owner", OWNER, daemon.settings), EX_DATAERR, "no address book")):
            done = people(daemon, *arguments)
            equal(done.returncode, status, "%r: %s" % (arguments, done.stderr))
            require(words in done.stderr, "%r: %s" % (arguments, done.stderr))


def import_reads_files_alone():
    """No fifo keeps it, no device fills the memory, no link goes in circles."""
    with Daemon() as daemon:
        folder = daemon.folder + "/mail"
        os.mkdir(folder)
        os.mkfifo(folder + "/fifo")
        for i in range(5):
            os.symlink(".", "%s/link%d" % (folder, i))
        with open(folder + "/mail", "w") as file:
            file.write("From: %s\nTo: %s\n\nHello\n" % (OWNER, GUEST_ADDRESS))
        with open(daemon.folder + "/huge", "w") as file:
            file.truncate(3 << 30)
        for path, words in ((folder + "/fifo", "no regular file"), ("/dev/zero", "no regular file"),
                            (daemon.folder + "/huge", "more than 1 GB"),
                            ("/nonexistent", "No such file")):
            done = people(daemon, "import", "--owner", OWNER, path)
            equal(done.returncode, EX_DATAERR, "%s: %s" % (path, done.stderr))
            require(words in done.stderr, done.stderr)
        done = people(daemon, "import", "--owner", OWNER, folder)
        require(done.stdout.startswith("read 7, new 1, updated 0, skipped 0, bad 6"), done.stdout)
        with open(folder + "/mail") as file:
            done = people(daemon, "import", "--owner", OWNER, "-", stdin=file)
        require(done.stdout.startswith("read 1, new 0, updated"), done.stdout + done.stderr)


def sent_folder_is_learnt_once():
    sent = """From: Marieke <marieke@example.net>
To: Thijs van Rozendaal <thijs@example.org>
Date: Tue, 05 Mar 2024 10:00:00 +0100
Subject: Lunch
Message-ID: <%d@example.net>

Hello
"""
    with Daemon() as daemon:
        folder = daemon.folder + "/Sent"
        for name in ("cur", "new", "tmp"):
            os.makedirs(folder + "/" + name)
        for i, text in enumerate((sent % 1, (sent % 2).replace("05 Mar", "06 Mar"),
                                  (sent % 3).replace("Subject", "Auto-Submitted: auto-replied\nSubject"),
                                  (sent % 4).replace("From: Marieke <marieke", "From: Eve <eve"))):
            with open("%s/cur/%d:2,S" % (folder, i), "w") as file:
                file.write(text)
        done = people(daemon, "import", "--owner", OWNER, folder)
        require(done.stdout.startswith("read 4, new 1, updated 0, skipped 3, bad 0"), done.stdout)
        require("skipped 1: not from the owner" in done.stdout, done.stdout)
        people(daemon, "import", "--owner", OWNER, folder)
        shown = json.loads(people(daemon, "show", "--owner", OWNER, "--json",
                                  GUEST_ADDRESS).stdout)["person"][0]
        equal((shown["first"], shown["last"], shown["count"]), (1709629200, 1709715600, 2),
              "seen on both days, and not again")
        equal(relation(daemon), "known", "relation")


def export_can_be_imported():
    with Daemon() as daemon:
        people(daemon, "add", "--owner", OWNER, "--name", "Jürgen; Doe, \\ \"x\"",
               "--address", "j@example.org", "--company", "Müller, Söhne & Co",
               "--profile", "https://nl.linkedin.com/in/Juergen-Doe/")
        cards = daemon.folder + "/cards.vcf"
        with open(cards, "w") as file:
            file.write(people(daemon, "export", "--owner", OWNER).stdout)
        people(daemon, "import", "--owner", OTHER, cards)
        one, other = (people(daemon, "list", "--owner", owner).stdout.split("\t")[:4]
                      for owner in (OWNER, OTHER))
        equal(one, other, "people")
        require("https://www.linkedin.com/in/Juergen-Doe" in one[2] or
                "juergen-doe" in one[2].lower(), "%r" % one)


def cases():
    own = [who_was_written_to_is_known, reason_says_how_and_since_when,
           detail_and_case_make_no_other_mailbox, own_networks_teach_by_sender,
           outgoing_mail_is_never_judged, note_to_a_third_of_us_is_a_scripts,
           accepted_invitation_of_the_network_teaches,
           accepted_invitation_of_another_network_teaches,
           mail_to_the_owner_teaches_nothing, nobody_teaches_for_another,
           automatic_mail_teaches_nothing, addresses_that_nobody_reads_teach_nothing,
           answer_to_an_invitation_teaches_nothing, answer_is_told_however_the_mail_is_named,
           answer_of_each_recipient_teaches_nothing, notice_teaches_only_whom_it_names,
           reminder_after_our_reply_is_still_a_strangers, notices_teach_only_what_is_proven,
           notices_of_another_network_teach_only_what_is_proven,
           several_recipients_teach_and_tell_nothing, learning_can_be_turned_off,
           old_people_are_forgotten, name_makes_nobody_known, store_without_folder, corrupt_pages,
           locked_store_delays_no_mail, what_was_answered_outlives_a_kill,
           stopped_daemon_leaves_all_in_one_file,
           garbage_at_the_control_socket, who_dawdles_is_let_go, forgotten_is_gone_from_the_disk,
           import_beside_the_daemon, who_imports_at_the_socket_leaves_mail_its_turn, commands_say_what_is_wrong, import_reads_files_alone,
           sent_folder_is_learnt_once,
           export_can_be_imported]
    rows = [(case.__name__, case) for case in own]
    rows += [("spoilt_store: " + name, spoilt_store(spoil, words)) for name, spoil, words in (
        ("no database", no_database, "this is no database"),
        ("newer schema", newer_schema, "a later version"),
        ("foreign database", foreign_database, "a database of another program"))]
    if os.geteuid() == 0 and shutil.which("setpriv") is not None:
        rows += [(case.__name__, case) for case in (
            user_asks_for_his_own_people, user_without_a_mailbox_is_told,
            user_has_old_mail_judged_by_his_own_people,
            curator_speaks_for_any_mailbox, one_user_holds_up_himself_alone,
            import_believes_the_owners_own_mail_alone)]
    else:
        print("not root: the cases of other users are skipped")
    return rows


if __name__ == "__main__":
    run_cases("people", cases())
