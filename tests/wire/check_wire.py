#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The built daemon over the milter protocol: each way out at the end of the
header, bad input, signals.  Each case has a daemon and a folder of its own."""

import contextlib
import os
import pwd
import re
import resource
import select
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import (DAEMON, Daemon, MAILS, PATIENCE, await_true, equal, is_sanitized, mail,  # noqa: E402
                    race, require, run_cases, temporary_folder)
from wire import EVENTS, NR_MAIL, SKIP, Outcome, Peer, split, unfold  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
INVITATION = "linkedin/member-2024-default.eml"
ORDINARY = "ordinary/plain.eml"
OURS = ("Invite-Verdict", "Invite-Reasons", "Invite-From", "Invite-Suggestion", "Invite-Reply")
EX_CONFIG = 78
MB = 1000 * 1000


def forged_fields(count):
    """Fields that a sender wrote under our names, in any case and order."""
    spell = (str.lower, str.upper, str.title, str.swapcase)
    return [(spell[i % 4](OURS[i % len(OURS)]).encode(), b"known; relation=known %d" % i)
            for i in range(count)]


def once(daemon, fields, body, **envelope):
    peer = Peer(daemon.socket)
    outcome = peer.mail(fields, body, **envelope)
    peer.close()
    return outcome


def left(outcome, fields, renumbers):
    """Which of our fields stand in the mail afterwards."""
    return [(name.decode(), value.decode())
            for name, value in outcome.apply(fields, renumbers)
            if name.lower().startswith(b"invite-")]


def check_all_deleted(outcome, fields):
    """Postfix renumbers after each deletion, Sendmail does not."""
    for renumbers in (True, False):
        equal(left(outcome, fields, renumbers), [], "our fields left")


# The end of the header.


def ordinary_mail_is_accepted_at_end_of_header():
    with Daemon() as daemon:
        for name in sorted(os.listdir(MAILS + "/ordinary")):
            if name.endswith(".eml") and "verdict-fields" not in name:
                outcome = once(daemon, *split(mail("ordinary/" + name)))
                equal(outcome.head_end, b"a", name)
        equal(daemon.lines(), [], "log")


def fields_of_the_sender_are_deleted():
    fields, body = split(mail(ORDINARY))
    fields = forged_fields(7) + fields + forged_fields(12)
    with Daemon() as daemon:
        outcome = once(daemon, fields, body)
        equal(outcome.head_end, b"c", "at end of header")
        equal(outcome.body, [b"s"], "at the first chunk")
        equal(outcome.end, b"c", "at end of message")
        equal(len(outcome.edits), 19, "edits")
        equal(outcome.new_body, None, "body")
        check_all_deleted(outcome, fields)


def deletes_from_the_highest_index_down():
    fields = forged_fields(25)
    with Daemon() as daemon:
        outcome = once(daemon, fields, b"x\r\n")
        for name in OURS:
            order = [index for got, index in outcome.deleted() if got == name]
            equal(order, [5, 4, 3, 2, 1], name)


def invitation_gets_fields_and_loses_the_senders():
    fields, body = split(mail(INVITATION))
    fields = forged_fields(6) + fields
    with Daemon() as daemon:
        outcome = once(daemon, fields, body)
        equal(outcome.head_end, b"c", "at end of header")
        equal(outcome.end, b"c", "at end of message")
        kinds = [edit[0] for edit in outcome.edits]
        equal(kinds, sorted(kinds, reverse=True), "deletions come first")
        for renumbers in (True, False):
            ours = left(outcome, fields, renumbers)
            equal([name for name, _ in ours], list(OURS), "fields and their order")
        equal(unfold(outcome.inserted()["Invite-Verdict"]),
              "default-text; network=linkedin; request=connect; relation=stranger; "
              "authenticity=unverified; note=default", "verdict")
        require(outcome.inserted()["Invite-Suggestion"].startswith("reply-dont-accept;"),
                "suggestion")
        equal(outcome.new_body, None, "body without the setting")
        equal(len(daemon.lines()), 1, "log lines")
        require("Kwabena" not in daemon.log() and "example" not in daemon.log(),
                "a name or an address is in the log: " + daemon.log())


def a_host_of_the_network_verifies():
    """The client's name that the MTA confirmed, or the one at the site's border."""
    fields, body = split(mail(INVITATION))
    fields = [field for field in fields
              if field[0] not in (b"Authentication-Results", b"Received")]
    border = (b"Received", b"from a (maila-ab.linkedin.com [203.0.113.9])\n"
              b"\tby mx.example.net (Postfix) with ESMTPS id 1; Tue, 4 Feb 2025 08:00:00 +0000")
    cases = {
        b"maila-ab.linkedin.com": (fields, "verified"),
        b"[203.0.113.9]": (fields, "unverified"),
        b"unknown": (fields, "unverified"),
        b"linkedin.com.example.org": ([border] + fields, "unverified"),
        b"mx.example.net": ([border] + fields, "verified"),
        b"mx.example.org": ([border] + fields, "unverified"),
    }
    with Daemon(more="[trust]\nown-hosts = mx.example.net\n") as daemon:
        for name, (head, wanted) in cases.items():
            peer = Peer(daemon.socket)
            peer.connect(b"203.0.113.9", name)
            verdict = unfold(peer.mail(head, body).inserted()["Invite-Verdict"])
            peer.close()
            require("authenticity=%s;" % wanted in verdict, "%s: %s" % (name, verdict))


def trusted_results_verify():
    """The network's signature counts where a verifier is trusted, and nowhere else."""
    fields, body = split(mail(INVITATION))
    bare = [field for field in fields if field[0] != b"Authentication-Results"]
    # As another milter inserts it: on top, folded with LF, no blank after the colon.
    inserted = [(b"Authentication-Results",
                 b"MX.example.net;\n\tdkim=pass (2048-bit key) header.d=linkedin.com\n"
                 b"\theader.b=\"a/b\"")]
    failing = [(b"Authentication-Results",
                b"mx.example.net; dkim=fail header.d=linkedin.com")]
    sender = [(b"Authentication-Results",
               b"mail.example.org; dkim=pass header.d=linkedin.com")]
    trust = "[trust]\nauthserv-id = b.example, mx.example.net\n"

    def verdict(daemon, head):
        return unfold(once(daemon, head, body).inserted()["Invite-Verdict"])

    with Daemon(more=trust) as daemon:
        for head, want in ((fields, "verified"), (inserted + bare, "verified"),
                           (sender + inserted + bare, "verified"), (bare, "unverified"),
                           (sender + bare, "unverified"), (failing + bare, "forged")):
            require("authenticity=%s;" % want in verdict(daemon, head),
                    "%s: %s" % (want, verdict(daemon, head)))
        reasons = unfold(once(daemon, inserted + bare, body).inserted()["Invite-Reasons"])
        require(reasons.startswith("verified:dkim linkedin.com, "), reasons)
        daemon.await_told("authenticity=verified")
        require(verdict(daemon, failing + bare).startswith("forged;"), "verdict")
    with Daemon() as daemon:
        for head in (fields, inserted + bare, failing + bare):
            require("authenticity=unverified;" in verdict(daemon, head), verdict(daemon, head))


def digest_of_the_network_stays_as_it_is():
    with Daemon() as daemon:
        outcome = once(daemon, *split(mail("linkedin/lookalike-messages-digest.eml")))
        equal((outcome.head_end, outcome.end, outcome.edits), (b"c", b"c", []), "outcome")


def authenticated_sender_is_never_judged():
    fields, body = split(mail(INVITATION))
    sender = {b"{auth_authen}": b"jane"}
    with Daemon(banner="yes") as daemon:
        outcome = once(daemon, fields, body, sender=sender)
        equal(outcome.head_end, b"a", "at end of header")
        outcome = once(daemon, forged_fields(2) + fields, body, sender=sender)
        check_all_deleted(outcome, forged_fields(2) + fields)
        equal(outcome.inserted(), {}, "fields")


def several_recipients_get_no_reply_and_no_banner():
    fields, body = split(mail(INVITATION))
    with Daemon(banner="yes") as daemon:
        outcome = once(daemon, fields, body,
                       recipients=(b"<marieke@example.net>", b"<jan@example.net>"))
        inserted = outcome.inserted()
        require("relation=stranger" in inserted["Invite-Verdict"], inserted["Invite-Verdict"])
        require("Invite-Reply" not in inserted, "a reply for two")
        equal(outcome.new_body, None, "body")
        # The same mailbox twice is one owner.
        outcome = once(daemon, fields, body,
                       recipients=(b"<marieke@example.net>", b"<Marieke+li@example.net>"))
        require(outcome.new_body is not None, "no banner for one owner")


PASS = (b"Authentication-Results", b"mx.example.net; dkim=pass header.d=linkedin.com")
TRUST = "[trust]\nauthserv-id = mx.example.net\n"
MARIEKE, JAN, JOOST = b"<marieke@example.net>", b"<Jan+x@example.net>", b"<joost@example.org>"


def each_recipient_has_a_policy():
    """Policy, recipients: envelope's edits, words before the subject, end, troubles."""
    redirect = "default-text = tag; redirect %u+invitations@%d\n"
    cases = [
        (redirect, [MARIEKE], ["+<marieke+invitations@example.net>", "-<marieke@example.net>"],
         None, b"c", []),
        # As given to RCPT, with its detail and in its case.
        (redirect, [JAN], ["+<jan+x+invitations@example.net>", "-<Jan+x@example.net>"],
         None, b"c", []),
        (redirect, [MARIEKE, JOOST],
         ["+<marieke+invitations@example.net>", "+<joost+invitations@example.org>",
          "-<marieke@example.net>", "-<joost@example.org>"], None, b"c", []),
        # One alone.
        ("[policy domain example.org]\n" + redirect, [MARIEKE, JOOST],
         ["+<joost+invitations@example.org>", "-<joost@example.org>"], None, b"c", []),
        ("default-text = copy all@example.net; copy %v@example.net\n", [MARIEKE, JOOST],
         ["+<all@example.net>", "+<default-text@example.net>"], None, b"c", []),
        ("default-text = redirect marieke@example.net\n"
         "[policy recipient marieke@example.net]\nany = tag\n", [MARIEKE, JOOST],
         ["-<joost@example.org>"], None, b"c", ["no tag: not all"]),
        # The subject: the same words for all.
        ("default-text = subject [%v]\n", [MARIEKE, JOOST], [], "[default-text]", b"c", []),
        ("default-text = subject [%d]\n", [MARIEKE, JOOST], [], None, b"c",
         ["no subject: recipients want different words"]),
        ("[policy domain example.org]\nany = subject [x]\n", [MARIEKE, JOOST], [], None, b"c",
         ["no tag: not all", "no subject: not all"]),
        # Refused for all or for none.
        ("default-text = reject No %v, thanks\n", [MARIEKE, JOOST], [], None, b"y", []),
        ("[policy domain example.org]\nany = reject No\n", [MARIEKE, JOOST], [], None, b"c",
         ["no reject: not all recipients want it (1 of 2 do)", "no tag: not all"]),
        # Thrown away for one is to take that one off.
        ("allow-discard = yes\ndefault-text = discard\n", [MARIEKE, JOOST], [], None, b"d", []),
        ("[policy domain example.org]\nallow-discard = yes\nany = discard\n",
         [MARIEKE, JOOST], ["-<joost@example.org>"], None, b"c", ["no tag: not all"]),
        # Nothing at all.
        ("any =\n", [MARIEKE], [], None, b"c", []),
    ]
    fields, body = split(mail(INVITATION))
    fields = [field for field in fields if field[0] != b"Authentication-Results"]
    for policy, recipients, envelope, subject, end, troubles in cases:
        with Daemon(more=TRUST, policy=policy) as daemon:
            outcome = once(daemon, [PASS] + fields, body, recipients=recipients)
            equal(outcome.envelope, envelope, "envelope: " + policy)
            equal(outcome.end, end, "end: " + policy)
            changed = [value for kind, _, name, value in outcome.edits
                       if kind == "m" and name == b"Subject"]
            equal([value.split()[0].decode() for value in changed],
                  [subject] if subject else [], "subject: " + policy)
            told = [line for line in daemon.log().splitlines() if ": no " in line]
            equal(len(told), len(troubles), "troubles: %s: %s" % (policy, told))
            for line, trouble in zip(told, troubles):
                require(trouble in line, "%s: %s" % (policy, line))
            if end == b"y":
                equal(outcome.reply, "550 5.7.1 No default-text, thanks", "reply")
                equal(outcome.edits, [], "edits of a refused mail")


def who_is_not_sure_loses_nothing():
    """Not verified: what is not harmless is left out, and the log says so."""
    fields, body = split(mail(INVITATION))
    policy = "default-text = tag; copy all@example.net; redirect box@example.net\n"
    with Daemon(policy=policy) as daemon:
        outcome = once(daemon, fields, body)
        equal(outcome.envelope, ["+<box@example.net>", "-<marieke@example.net>"], "envelope")
        daemon.await_told("no copy: the mail is not verified")
    with Daemon(policy="default-text = reject no\n") as daemon:
        equal(once(daemon, fields, body).end, b"c", "unverified, and refused")


def a_log_that_nobody_reads_holds_up_no_mail():
    """Nor the end of the daemon."""
    fields, body = split(mail(INVITATION))
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while os.write(writer, b"x" * 4096):
            pass
    except BlockingIOError:
        os.set_blocking(writer, True)
    daemon = Daemon()
    with open(daemon.log_file, "wb"):
        daemon.process = subprocess.Popen([DAEMON, "-f", "-c", daemon.settings],
                                          stdin=subprocess.DEVNULL, stderr=writer)
    try:
        await_true(daemon.answers, "the daemon's socket")
        for _ in range(20):
            require(left(once(daemon, fields, body), fields, True), "no fields")
        equal(daemon.stop(), 0, "exit status")
    finally:
        daemon.process.kill()
        daemon.process.wait()
        os.close(reader)
        os.close(writer)
        shutil.rmtree(daemon.folder, ignore_errors=True)


def a_reload_sees_the_policy_and_refuses_a_bad_one():
    fields, body = split(mail(INVITATION))
    with Daemon(policy="default-text = subject [old]\n") as daemon:
        def words():
            outcome = once(daemon, fields, body)
            return [value.split()[0] for kind, _, name, value in outcome.edits
                    if name == b"Subject"]
        equal(words(), [b"[old]"], "at first")
        daemon.write_settings(policy="default-text = subjekt [bad]\n")
        daemon.signal(signal.SIGHUP)
        daemon.await_told("did you mean")
        equal(words(), [b"[old]"], "after a bad reload")
        daemon.write_settings(policy="default-text = subject [new]\n")
        daemon.signal(signal.SIGHUP)
        await_true(lambda: words() == [b"[new]"], "the new policy")


def mail_that_leaves_gets_no_banner():
    fields, body = split(mail(INVITATION))
    with Daemon(banner="yes") as daemon:
        for mailer in (b"smtp", b"relay"):
            outcome = once(daemon, fields, body, mailer=mailer)
            equal(outcome.new_body, None, "body by " + mailer.decode())
            require("Invite-Verdict" in outcome.inserted(), "no fields")


def abort_and_next_mail_on_the_connection():
    fields, body = split(mail(INVITATION))
    with Daemon() as daemon:
        peer = Peer(daemon.socket)
        peer.begin()
        peer.head(forged_fields(3) + fields)
        peer.chunk(body[:100])
        peer.abort()
        peer.begin()
        peer.abort()
        equal(peer.mail(*split(mail(ORDINARY))).head_end, b"a", "ordinary mail")
        outcome = peer.mail(fields, body)
        equal(outcome.deleted(), [], "fields of the mail before")
        equal(list(outcome.inserted()), list(reversed(OURS)), "fields")
        peer.abort()
        peer.close()


def observing_changes_nothing():
    fields, body = split(mail(INVITATION))
    with Daemon(banner="yes", work="observe") as daemon:
        outcome = once(daemon, forged_fields(4) + fields, body)
        equal((outcome.edits, outcome.new_body), ([], None), "edits")
        equal(once(daemon, forged_fields(4), b"x\r\n").head_end, b"a", "ordinary mail")
        daemon.await_told("verdict=default-text")


def mta_without_skip():
    fields = forged_fields(3)
    with Daemon() as daemon:
        peer = Peer(daemon.socket, events=0xFFFFF & ~SKIP)
        outcome = peer.mail(fields, b"x" * 200000)
        equal(outcome.end, b"c", "at end of message")
        check_all_deleted(outcome, fields)
        peer.close()


# Sizes and bad input.


def passes(outcome, fields, what):
    """Nothing but our fields was touched."""
    equal(outcome.end, b"c", what)
    equal(outcome.new_body, None, what + ": body")
    for renumbers in (True, False):
        after = outcome.apply(fields, renumbers)
        foreign = [field for field in fields if not field[0].lower().startswith(b"invite-")]
        equal([field for field in after if not field[0].startswith(b"Invite-")] == foreign,
              True, what + ": other fields stay")
        equal([name for name, value in left(outcome, fields, renumbers)
               if value.startswith("known;")], [], what + ": fields of the sender")


def part(text):
    return b"--b\r\n\r\n" + text + b"\r\n"


def bad_mails():
    """Name → fields, body; each looks like the network's at first."""
    fields, body = split(mail(INVITATION))
    mixed = [(b"Content-Type", b"multipart/mixed; boundary=b") if name == b"Content-Type"
             else (name, value) for name, value in fields]
    plain = [(name, b"text/plain; charset=x-none") if name == b"Content-Type"
             else (name, value) for name, value in fields] + \
        [(b"Content-Transfer-Encoding", b"x-unheard-of")]
    many = [(b"X-%d" % i, b"y") for i in range(100000)]
    nested = b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n"
                      % (i, i + 1) for i in range(10000))
    return {
        "no body": (fields, b""),
        "NUL bytes": (fields, body.replace(b" ", b"\0")),
        "a 10 MB line": (fields, b"x" * (10 * MB)),
        "100,000 fields": (fields + many, body),
        "100,000 fields above From": (many + fields, body),
        "bad charset and encoding": (plain, b"\xff\xfe\x80" * 1000 + b"\r\n"),
        "a million parts": (mixed, b"--b\r\n\r\n\r\n" * MB),
        "parts up to the limit": (mixed, (b"--b\r\n\r\n\r\n" * MB)[:500000]),
        "nested parts": (mixed, nested),
        "a field of 100,000 bytes": (fields + [(b"X-Long", b"y" * 100000)], body),
        "nested HTML": ([(n, b"text/html" if n == b"Content-Type" else v) for n, v in fields],
                        b"<div>" * 90000),
        "30,000 attributes": ([(n, b"text/html" if n == b"Content-Type" else v)
                               for n, v in fields],
                              b"<p " + b"".join(b"a%d=b " % i for i in range(30000)) + b">"),
    }


# Seconds of the processor's: a bad mail takes 0.4 of them at most.
DEAR = 10


def bad_mail_passes(name):
    def case():
        fields, body = bad_mails()[name]
        fields = forged_fields(10) + fields
        with Daemon() as daemon:
            before = busy_time(daemon)
            outcome = once(daemon, fields, body)
            passes(outcome, fields, name)
            equal(len(daemon.lines()), 1, "log lines: " + daemon.log())
            require(busy_time(daemon) - before < DEAR or is_sanitized(),
                    "it took %.1f s" % (busy_time(daemon) - before))
            equal(once(daemon, *split(mail(ORDINARY))).head_end, b"a", "the next mail")
    return case


def big_mail_still_loses_the_senders_fields():
    fields, body = split(mail(INVITATION))
    fields = forged_fields(30) + fields
    with Daemon() as daemon:
        outcome = once(daemon, fields, body * 200)
        passes(outcome, fields, "a big mail")
        equal(outcome.inserted(), {}, "fields")
        equal(outcome.body[-1], b"s", "the last chunk")
        daemon.await_told("passed unjudged")


def what_all_hold_has_limits():
    """Beyond them a mail passes unjudged, and one line says so."""
    fields, body = split(mail(INVITATION))
    fields = [(b"Invite-Verdict", b"known")] + fields
    with Daemon(more="[limits]\nmemory = 1048576\nconnections = 3\n") as daemon:
        peers = [Peer(daemon.socket) for _ in range(5)]
        for peer in peers:
            peer.begin()
            # The last two go on, too, to lose the sender's field.
            equal(peer.head(fields), b"c", "end of header")
        replies = []
        for peer in peers[:3]:
            chunk = b"filled up\r\n" * 5000
            replies.append([peer.chunk(chunk) for _ in range(7)][-1])
        equal(replies.count(b"s"), 2, "mails that found no memory in %r" % replies)
        for peer, reply in zip(peers, replies + [b"s", b"s"]):
            outcome = peer.finish(Outcome())
            equal(outcome.end, b"c", "the end of a mail")
            equal("Invite-Verdict" in outcome.inserted(), reply != b"s",
                  "judged, of %r: %r" % (replies, outcome.edits))
            require(all("known" not in value for _, value in left(outcome, fields, True)),
                    "the sender's fields stay")
        # A place that is free is for whoever comes next.
        peers[0].close()
        await_true(lambda: "Invite-Verdict" in peers[3].mail(fields, body).inserted(),
                   "a place among the connections")
        for words in ("more connections than [limits]", "[limits] memory allows"):
            daemon.await_told(words)
            equal(daemon.log().count(words), 1, "how often it is told")
        daemon.signal(signal.SIGUSR2)
        daemon.await_told("beyond-limits=")
        require(int(re.search(r"beyond-limits=(\d+)", daemon.log())[1]) >= 4, daemon.log())
        for peer in peers[1:]:
            peer.close()


def fields_of_ours_beyond_any_use_are_refused():
    """No genuine mail has them, and an MTA deletes them one by one."""
    invitation, body = split(mail(INVITATION))
    with Daemon() as daemon:
        outcome = once(daemon, forged_fields(200), b"x\r\n")
        equal(len(outcome.edits), 200, "deletions")
        check_all_deleted(outcome, forged_fields(200))
        for fields in (forged_fields(201), forged_fields(20000) + invitation,
                       [(b"Invite-Verdict", b"known")] * 201):
            outcome = once(daemon, fields, body)
            equal(outcome.head_end, b"y", "%d fields" % len(fields))
            require(outcome.reply.startswith("550 5.7.1 "), outcome.reply)
        daemon.await_told("refused: more than 200 header fields")
        other = [(b"Invite-Other", b"a"), (b"Invite-Verdict-2", b"a")] * 300
        equal(once(daemon, other, b"x\r\n").head_end, b"a", "other names")
    with Daemon(work="observe") as daemon:
        equal(once(daemon, forged_fields(300), b"x\r\n").head_end, b"a", "observing")


def check_tells_what_postfix_lacks():
    with Daemon() as daemon:
        for line, is_told in (("", True), ("header_checks = regexp:%s/table\n" % daemon.folder,
                                          False)):
            with open(daemon.folder + "/main.cf", "w") as file:
                file.write(line)
            with open(daemon.folder + "/table", "w") as file:
                file.write("/^Invite-/ IGNORE\n")
            daemon.environment = {"MAIL_CONFIG": daemon.folder}
            result = daemon.run("--check", "-c", daemon.settings)
            equal(result.returncode, 0, result.stderr)
            equal("header_checks does not delete" in result.stdout, is_told, result.stdout)


def check_looks_as_the_users_whose_work_it_is():
    """What works for root does not for the daemon's user, and not for Postfix's."""
    if os.geteuid() != 0:
        return
    nobody = pwd.getpwnam("nobody")
    postfix = next((user for user in pwd.getpwall() if user.pw_name == "postfix"), None)
    daemon = Daemon()
    place = daemon.folder + "/place"

    def check(owner, group, mode, line=""):
        os.chown(place, owner, group)
        os.chmod(place, mode)
        with open(daemon.settings, "w") as file:
            file.write("[milter]\nsocket = unix:%s/s\nuser = nobody\n[people]\nstore = sqlite:%s/p\n%s" % (
                place, place, line))
        return daemon.run("--check", "-c", daemon.settings)

    try:
        os.mkdir(place)
        daemon.environment = {"MAIL_CONFIG": daemon.folder}
        done = check(0, 0, 0o755)
        equal(done.returncode, EX_CONFIG, done.stdout)
        require("folder %s: Permission denied for nobody" % place in done.stderr, done.stderr)
        if postfix is not None:
            for group, mode, words in ((postfix.pw_gid, 0o2750, None), (postfix.pw_gid, 0o750, "it is not for postfix"),
                                       (nobody.pw_gid, 0o2750, "Permission denied in its folder for postfix"),
                                       (nobody.pw_gid, 0o2755, "it is not for postfix")):
                done = check(nobody.pw_uid, group, mode)
                equal(done.returncode, 0, done.stderr)
                require((words or "ok\n") in done.stdout, "%o: %s" % (mode, done.stdout))
                equal("install -d -o nobody -g postfix -m 2750 %s\n" % place in done.stdout, words is not None,
                      "%o: %s" % (mode, done.stdout))
        done = check(nobody.pw_uid, nobody.pw_gid, 0o755, "curators = im-nobody\n")
        require('%s:6: [people] curators: there is no user "im-nobody"' % daemon.settings in done.stdout, done.stdout)
    finally:
        shutil.rmtree(daemon.folder)


def eight_bad_mails_at_once_are_small():
    names = ("a million parts", "parts up to the limit", "100,000 fields", "a 10 MB line")
    with Daemon() as daemon:
        once(daemon, *split(mail(INVITATION)))
        idle = daemon.memory()
        mails = [bad_mails()[name] for name in names]
        outcomes = []

        def send(mail_of):
            outcomes.append(once(daemon, *mail_of))

        for of_kind in mails:
            threads = [threading.Thread(target=send, args=(of_kind,)) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        grown = (daemon.memory("VmHWM") - idle) / 1000
        equal(len(outcomes), 32, "mails that got an answer")
        require(is_sanitized() or grown < 64, "%.0f MB above idle" % grown)


def what_mails_held_is_given_back_in_quiet():
    """Before the minute is over after which it would be given back anyway."""
    fields, body = split(mail(INVITATION))

    def send(daemon):
        peer = Peer(daemon.socket)
        for _ in range(10):
            peer.mail(fields, body)
        peer.close()

    def attempt():
        with tempfile.TemporaryDirectory() as folder, \
                Daemon(more="[metrics]\nfile = %s/metrics\n" % folder) as daemon:
            written = os.path.join(folder, "metrics")
            await_true(lambda: os.path.exists(written), "metrics")
            threads = [threading.Thread(target=send, args=(daemon,)) for _ in range(32)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            most, before = daemon.memory("RssAnon"), os.stat(written).st_mtime_ns
            await_true(lambda: daemon.memory("RssAnon") < most - 1000
                       or os.stat(written).st_mtime_ns != before, "memory or metrics")
            equal(os.stat(written).st_mtime_ns, before, "%d kB are held for a minute" % most)

    if not is_sanitized():
        race(attempt)


def controls_never_reach_fields_or_log():
    evil = "Eve\u202e\u2066 \x01\x1b[31m".encode() + b"\xff Roe"
    fields, body = split(mail(INVITATION))
    fields = [(n, b"=?utf-8?q?Eve=0D=0AX-Evil:_1=00=E2=80=AE?= via LinkedIn "
               b"<invitations@linkedin.com>" if n == b"From" else v) for n, v in fields]
    fields = [(n, evil if n == b"Subject" else v) for n, v in fields]
    body = body.replace(b"Kwabena", evil)
    with Daemon() as daemon:
        outcome = once(daemon, fields, body)
        for name, value in outcome.inserted().items():
            require(value.isascii() and all(c >= " " or c in "\n\t" for c in value),
                    "%s: %r" % (name, value))
            require(all(line[:1] in "\t " for line in value.split("\n")[1:]),
                    "a line of its own: %r" % value)
            require(max(map(len, (name + ": " + value).split("\n"))) <= 998, "long line")
        log = daemon.log()
        require(log.isascii() and "\x1b" not in log and "X-Evil" not in log, repr(log))


# The daemon's life.


def hup_reloads_and_drops_no_connection():
    fields, body = split(mail(INVITATION))
    with Daemon() as daemon:
        # With an answer to MAIL, which tells that the mail has its settings.
        peer = Peer(daemon.socket, events=EVENTS & ~NR_MAIL)
        equal(peer.mail(fields, body).new_body, None, "banner before")
        peer.begin()
        daemon.write_settings(banner="yes")
        daemon.signal(signal.SIGHUP)
        daemon.await_told("settings read again")
        peer.head(fields)
        peer.chunk(body)
        equal(peer.finish(Outcome()).new_body, None, "the mail in flight keeps its settings")
        require(peer.mail(fields, body).new_body is not None, "no banner after the reload")

        daemon.write_settings(more="[limits]\nmails = 1\n")
        daemon.signal(signal.SIGHUP)
        daemon.await_told("mails")
        daemon.await_told(daemon.settings)
        require(peer.mail(fields, body).new_body is not None, "old settings gone")
        for _ in range(100):
            daemon.signal(signal.SIGHUP)
        require(peer.mail(fields, body).new_body is not None, "old settings gone")
        peer.close()


def broken_replies_keep_the_old_texts():
    """A file of one's own is read at HUP, and a mistake in it changes nothing."""
    fields, body = split(mail(INVITATION))
    text = "[reply]\ncode = en\n[texts]\nreply-dont-accept-unknown = %s\n" \
        "reply-dont-accept = %s\n"
    more = "[domain example.net]\nreplies = house.reply\n" \
        "[recipient jan@example.net]\ntone = formal\nreplies =\n"

    def write(daemon, what, encoding="utf-8"):
        with open(daemon.folder + "/house.reply", "w", encoding=encoding) as file:
            file.write(what)

    def reply(daemon, recipient=b"<marieke@example.net>"):
        return unfold(once(daemon, fields, body,
                           recipients=(recipient,)).inserted()["Invite-Reply"])

    def reload(daemon, told):
        before = daemon.log().count(told)
        daemon.signal(signal.SIGHUP)
        daemon.await_told(told, before + 1)

    daemon = Daemon(more=more)
    path = daemon.folder + "/house.reply"
    try:
        missing = daemon.run("-n", "-c", daemon.settings)
        equal(missing.returncode, EX_CONFIG, "without the file")
        require(path in missing.stderr, missing.stderr)
        write(daemon, text % ("first", "first"))
        with daemon:
            require(" first " in reply(daemon), reply(daemon))
            require("Thank you very much" in reply(daemon, b"<jan@example.net>"), "tone")
            require(" first " not in reply(daemon, b"<jan@example.org>"), "another domain")
            for what, told in ((text % ("{fist}", "x"), ":4: [texts] "),
                               (text % ("x", "y" * 1001), ":5: [texts] "),
                               ("[texts]\naccept = x\n", ": [reply] needs a code"),
                               ("[reply]\ncode = en\n", ": no text in it"),
                               ("[reply]\n\u00fc\n", ":2: not UTF-8")):
                write(daemon, what, "latin-1")
                reload(daemon, path + told)
                require(" first " in reply(daemon), "%r: the old text is gone" % what)
            os.unlink(path)
            reload(daemon, "No such file")
            require(" first " in reply(daemon), "the old text is gone with the file")
            write(daemon, text % ("second", "second"))
            reload(daemon, "settings read again")
            require(" second " in reply(daemon), reply(daemon))
    finally:
        shutil.rmtree(daemon.folder, ignore_errors=True)


def term_waits_for_the_mail_in_flight():
    fields, body = split(mail(INVITATION))
    with Daemon() as daemon:
        peer = Peer(daemon.socket)
        peer.begin()
        peer.head(fields)
        peer.chunk(body[:1000])
        daemon.signal(signal.SIGTERM)
        time.sleep(0.7)
        equal(daemon.process.poll(), None, "ended at once")
        peer.chunk(body[1000:])
        outcome = peer.finish(Outcome())
        equal(outcome.end, b"c", "answer")
        equal(len(outcome.inserted()), len(OURS), "fields")
        peer.close()
        # Not by a second signal, which ends every wait, nor by stop-time, which would be told.
        equal(daemon.process.wait(PATIENCE), 0, "exit status")
        require("stopping with" not in daemon.log(), daemon.log())
        require(not os.path.exists(daemon.socket), "the socket is left behind")


def a_stop_waits_as_long_as_is_set():
    fields, _ = split(mail(INVITATION))
    daemon = Daemon(more="[limits]\nstop-time = 1\n").start()
    peer = Peer(daemon.socket)
    peer.begin()
    peer.head(fields)
    start = time.monotonic()
    equal(daemon.stop(), 0, "exit status")
    took = time.monotonic() - start
    require(0.9 < took, "it took %.1f s" % took)
    daemon.await_told("stopping with 1 connections busy")
    peer.socket.close()
    shutil.rmtree(daemon.folder)


def few_files_are_told_at_the_start():
    with Daemon() as daemon:
        require("files may be open" not in daemon.log(), daemon.log())
    daemon = Daemon()
    limited = "ulimit -n 512; exec %s -f -c %s" % (DAEMON, daemon.settings)
    with open(daemon.log_file, "ab") as log:
        daemon.process = subprocess.Popen(["sh", "-c", limited], stderr=log)
    await_true(lambda: daemon.has_begun(), "the start")
    daemon.await_told("at most 512 files may be open")
    equal(daemon.stop(), 0, "exit status")
    shutil.rmtree(daemon.folder)


def a_store_that_is_cut_off_is_named():
    """SQLite maps -shm, so cutting it off is a SIGBUS."""
    fields, body = split(mail(INVITATION))
    daemon = Daemon().start()
    once(daemon, fields, body)
    os.truncate(daemon.folder + "/people.sqlite-shm", 0)
    try:
        once(daemon, fields, body)
    except OSError:
        pass
    equal(daemon.process.wait(PATIENCE), -signal.SIGBUS, "exit status")
    daemon.await_told("ended by SIGBUS: a file in use was cut off")
    daemon.process = None
    with daemon:
        require("Invite-Verdict" in once(daemon, fields, body).inserted(), "started again")


def a_file_that_may_not_grow_ends_nobody():
    """RLIMIT_FSIZE sends SIGXFSZ to whoever writes beyond it."""
    fields, body = split(mail(INVITATION))
    with Daemon() as daemon:
        once(daemon, fields, body)
        resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        for _ in range(3):
            require("Invite-Verdict" in once(daemon, fields, body).inserted(), "while it lasts")
        resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        require("Invite-Verdict" in once(daemon, fields, body).inserted(), "afterwards")


def a_socket_that_is_removed_is_made_again():
    fields, body = split(mail(INVITATION))
    with Daemon() as daemon:
        old = Peer(daemon.socket)
        for path in (daemon.socket, daemon.folder + "/c"):
            mode = os.stat(path).st_mode
            os.remove(path)
            await_true(lambda: os.path.exists(path), path)
            await_true(lambda: os.stat(path).st_mode == mode, path + ": its mode")
            daemon.await_told(path + " was removed, and was made again")
        require("Invite-Verdict" in once(daemon, fields, body).inserted(), "a new connection")
        require("Invite-Verdict" in old.mail(fields, body).inserted(), "an old connection")
        old.close()
        with socket.socket(socket.AF_UNIX) as user:
            user.settimeout(PATIENCE)
            user.connect(daemon.folder + "/c")
            user.sendall(b'{"do":"nothing"}\n')
            require(user.recv(100) != b"", "an answer at the control socket")
        os.remove(daemon.socket)
        os.mkdir(daemon.socket)
        daemon.await_told("cannot be made again")
        time.sleep(2.5)
        equal(daemon.log().count("cannot be made again"), 1, "how often it is told")
        os.rmdir(daemon.socket)
        await_true(lambda: daemon.answers(), "the socket")


@contextlib.contextmanager
def daemon_of_few_files(count):
    daemon = Daemon()
    limited = "ulimit -n %d; exec %s -f -c %s" % (count, DAEMON, daemon.settings)
    with open(daemon.log_file, "ab") as log:
        daemon.process = subprocess.Popen(["sh", "-c", limited], stderr=log)
    try:
        await_true(lambda: daemon.has_begun(), "the start")
        yield daemon
        equal(daemon.stop(), 0, "exit status")
    finally:
        daemon.process.kill()
        daemon.process.wait()
        shutil.rmtree(daemon.folder)


def check_rests(daemon):
    """It spends no processor time."""
    before = busy_time(daemon)
    time.sleep(3)
    require(busy_time(daemon) - before < 0.5, "it is busy")


def connections_beyond_the_files_wait():
    fields, body = split(mail(INVITATION))
    with daemon_of_few_files(160) as daemon:
        # So many of 160 files are for connections.
        peers = [Peer(daemon.socket) for _ in range(107)]
        late = socket.socket(socket.AF_UNIX)
        late.settimeout(PATIENCE)
        late.connect(daemon.socket)
        late.sendall(struct.pack(">I", 13) + b"O" + struct.pack(">III", 6, 0x1FF, 0x1FFFFF))
        daemon.await_told("new connections wait")
        check_rests(daemon)
        equal(select.select([late], [], [], 0)[0], [], "who waits is answered")
        equal(daemon.log().count("new connections wait"), 1, "how often it is told")
        require("Invite-Verdict" in peers[0].mail(fields, body).inserted(),
                "who was in is served")
        for peer in peers:
            peer.close()
        require(late.recv(4) != b"", "who waited is served")
        late.close()


def connections_without_a_word_cost_nothing():
    """Not even where they are more than the files."""
    with daemon_of_few_files(120) as daemon:
        mute = [socket.socket(socket.AF_UNIX) for _ in range(150)]
        for one in mute:
            one.connect(daemon.socket)
        daemon.await_told("new connections wait")
        check_rests(daemon)
        for one in mute:
            one.close()
        equal(once(daemon, *split(mail(ORDINARY))).head_end, b"a", "the next mail")


def busy_time(daemon):
    """Seconds of the processor's."""
    with open("/proc/%d/stat" % daemon.process.pid) as file:
        words = file.read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def live_socket_is_never_stolen():
    with Daemon() as daemon:
        second = daemon.run("-f", "-c", daemon.settings)
        require(second.returncode not in (0, None), "the second daemon runs")
        require(daemon.socket in second.stderr, second.stderr)
        equal(once(daemon, *split(mail(ORDINARY))).head_end, b"a", "the first answers")
        inode = os.stat(daemon.socket).st_ino
        daemon.run("-n", "-c", daemon.settings)
        equal(os.stat(daemon.socket).st_ino, inode, "socket")


def socket_in_reach_of_others_is_refused():
    daemon = Daemon()
    for arguments in (["-n"], ["-f"]):
        done = daemon.run(*arguments, "-c", daemon.settings, "-s", "inet:18899@0.0.0.0")
        require(done.returncode != 0 and "allow-remote" in done.stderr, done.stderr)
    with open(daemon.settings) as file:
        text = file.read()
    with open(daemon.settings, "w") as file:
        file.write(text.replace("[milter]\n", "[milter]\nallow-remote = yes\n", 1))
    done = daemon.run("-n", "-c", daemon.settings, "-s", "inet:18899@0.0.0.0")
    equal(done.returncode, 0, done.stderr)
    shutil.rmtree(daemon.folder)


def systemd_is_told_that_all_is_well():
    """Within each WATCHDOG_USEC, with what was done."""
    folder = temporary_folder()
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(folder + "/notify")
            notices.settimeout(PATIENCE)
            daemon = Daemon(folder)
            daemon.environment = {"NOTIFY_SOCKET": folder + "/notify", "WATCHDOG_USEC": "400000"}
            with daemon:
                got = [notices.recv(4096).decode() for _ in range(4)]
                once(daemon, *split(mail(ORDINARY)))
                await_true(lambda: "STATUS=mails=1 " in notices.recv(4096).decode(),
                           lambda: "status")
            equal(got[0], "READY=1", "first notice")
            for notice in got[1:]:
                require(notice.startswith("WATCHDOG=1\nSTATUS=mails=0 "), notice)
    finally:
        shutil.rmtree(folder)


def dead_socket_is_replaced():
    folder = temporary_folder()
    try:
        first = Daemon(folder=folder).start()
        first.process.kill()
        first.process.wait()
        require(os.path.exists(first.socket), "no socket left behind")
        with Daemon(folder=folder) as second:
            equal(once(second, *split(mail(ORDINARY))).head_end, b"a", "the second answers")
    finally:
        shutil.rmtree(folder)


def socket_has_the_mode_of_the_settings():
    for mode in ("0660", "0600", "0666"):
        with Daemon(mode=mode) as daemon:
            equal("%04o" % stat.S_IMODE(os.stat(daemon.socket).st_mode), mode, "mode")


def check_names_file_line_and_key():
    daemon = Daemon()
    try:
        good = daemon.run("-n", "-c", daemon.settings)
        equal(good.returncode, 0, good.stderr)
        for more, words in (("[limits]\nmails = 1\n", ("mails", ":18:", "\"mail\"")),
                            ("[limits]\nmail = many\n", ("mail", ":18:")),
                            ("[polcy]\nbanner = yes\n", ("[polcy]", ":16:", "\"policy\"")),
                            ("[policy]\nbanner = no\n", (":16:",))):
            daemon.write_settings(more=more)
            bad = daemon.run("--check", "-c", daemon.settings)
            equal(bad.returncode, EX_CONFIG, more)
            for word in (daemon.settings,) + words:
                require(word in bad.stderr, "%r is not in %r" % (word, bad.stderr))
        daemon.write_settings()
        address = daemon.run("-n", "-c", daemon.settings, "-s", "nonsense")
        equal(address.returncode, EX_CONFIG, "socket")
        require("nonsense" in address.stderr, address.stderr)
        missing = daemon.run("-n", "-c", daemon.folder + "/none")
        equal(missing.returncode, EX_CONFIG, "missing file")
        require(daemon.folder + "/none" in missing.stderr, missing.stderr)
        require(not os.path.exists(daemon.socket), "a check made the socket")
    finally:
        shutil.rmtree(daemon.folder)


def files_that_others_can_change_are_refused():
    """Each kind of file, named with what to do."""
    daemon = Daemon()
    folder = daemon.folder
    try:
        files = {"networks/own.network": None, "languages/xx.language": None,
                 "replies/xx.reply": None, "people/own.people": None,
                 "rewriters/own.rewriter": None,
                 "map": "[policy]\nmap = %s/map\n" % folder,
                 "aliases": "[people]\naliases = %s/aliases\n" % folder,
                 "conf": None}
        for name, more in files.items():
            path = os.path.join(folder, name)
            daemon.write_settings()
            if more is not None:
                daemon.write_settings(policy=more[9:] if more.startswith("[policy]") else "",
                                      people=more[9:] if more.startswith("[people]") else "")
            if name != "conf":
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w"):
                    pass
            os.chmod(path, 0o666)
            for arguments in (["-n"], ["-f"]):
                done = daemon.run(*arguments, "-c", daemon.settings)
                equal(done.returncode, EX_CONFIG, name + ": exit status: " + done.stderr)
                require("%s: everybody can change it; chmod go-w it" % path in done.stderr,
                        "%s: got %s" % (name, done.stderr))
            os.chmod(path, 0o644)
            if name != "conf":
                os.remove(path)
    finally:
        shutil.rmtree(folder)


def status_of(daemon, key):
    with open("/proc/%d/status" % daemon.process.pid) as file:
        return re.search(key + r":\s*(.*)", file.read())[1].split()


def root_becomes_the_user_of_the_settings():
    if os.geteuid() != 0:
        return
    user = pwd.getpwnam("mail")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        home = folder + "/d"
        os.mkdir(home)
        os.chown(home, user.pw_uid, user.pw_gid)
        daemon = Daemon(folder=home)
        daemon.write_settings()
        with open(daemon.settings) as file:
            text = file.read()

        def use(line):
            with open(daemon.settings, "w") as file:
                file.write(text.replace("user = root\n", line))

        use("user = mail\n")
        done = daemon.run("-n", "-c", daemon.settings)
        equal(done.returncode, 0, "checked as root: " + done.stderr)
        with daemon:
            for key, ids in (("Uid", [user.pw_uid] * 4), ("Gid", [user.pw_gid] * 4),
                             ("Groups", sorted(os.getgrouplist("mail", user.pw_gid)))):
                equal([int(n) for n in status_of(daemon, key)], ids, key)
            equal(int(status_of(daemon, "CapEff")[0], 16), 0, "capabilities")
            daemon.await_told("started as root, running as mail")
            for path in (daemon.socket, home + "/c", home + "/people.sqlite"):
                info = os.stat(path)
                equal((info.st_uid, info.st_gid), (user.pw_uid, user.pw_gid), path)
            require("Invite-Verdict" in once(daemon, *split(mail(INVITATION))).inserted(),
                    "a mail is judged")
            daemon.signal(signal.SIGHUP)
            daemon.await_told("settings read again")
        use("user = mail\nsocket-owner = daemon\n")
        with daemon:
            equal(os.stat(daemon.socket).st_uid, pwd.getpwnam("daemon").pw_uid, "owner")
        use("user = root\n")
        with daemon:
            daemon.await_told("running as root: set [milter] user")
        use("user = nobody-of-ours\n")
        for arguments in (["-n"], ["-f"]):
            done = daemon.run(*arguments, "-c", daemon.settings)
            equal(done.returncode, EX_CONFIG, "exit status without the user")
            require('there is no user "nobody-of-ours"' in done.stderr, done.stderr)


def garbage_on_the_socket():
    with Daemon() as daemon:
        for packet in (b"\xff" * 64, struct.pack(">I", 0), struct.pack(">I", 5) + b"LLLLL",
                       struct.pack(">I", 1) + b"E", b"GET / HTTP/1.0\r\n\r\n"):
            peer = Peer(daemon.socket)
            peer.socket.sendall(packet)
            peer.socket.close()
        outcome = once(daemon, *split(mail(INVITATION)))
        equal(len(outcome.inserted()), len(OURS), "the next mail")


def packets_that_libmilter_must_not_see():
    """Each ends its connection, before or in the middle of a mail, and no other."""
    with Daemon() as daemon:
        bystander = Peer(daemon.socket)
        bystander.begin()
        for data in (b"Mi\0Q\0x\0", b"Mi\0", b"Mi", b"M{auth_authen}\0a", b"Rx\0"):
            for begins in (False, True):
                peer = Peer(daemon.socket)
                if begins:
                    peer.begin()
                peer.socket.sendall(struct.pack(">I", len(data) + 1) + b"D" + data +
                                    struct.pack(">I", 7) + b"M<a@b>\0" +
                                    struct.pack(">I", 7) + b"R<a@b>\0")
                equal(peer.socket.recv(1), b"", "an answer to %r" % data)
                peer.socket.close()
        equal(bystander.head([(b"Subject", b"x")]), b"a", "who was in a mail")
        bystander.close()
        daemon.await_told("macros of an odd number of strings")
        equal(daemon.log().count("macros of an odd number"), 1, "how often it is told")


def packets_that_come_in_pieces():
    """A byte at a time, and all mails of a connection at once."""
    def packet(command, data=b""):
        return struct.pack(">I", len(data) + 1) + command + data

    one = packet(b"M", b"<a@example.org>\0") + \
        packet(b"R", b"<marieke@example.net>\0") + packet(b"L", b"Subject\0x\0") + packet(b"N")
    with Daemon() as daemon:
        peer = Peer(daemon.socket)
        for byte in one:
            peer.socket.sendall(bytes([byte]))
        equal(peer.receive()[0], b"a", "in pieces")
        peer.socket.sendall(one * 50)
        equal([peer.receive()[0] for _ in range(50)], [b"a"] * 50, "at once")
        # Half of a packet, many times over, keeps no thread from others.
        halves = [Peer(daemon.socket) for _ in range(60)]
        for half in halves:
            half.socket.sendall(one[:-3])
        equal(once(daemon, *split(mail(ORDINARY))).head_end, b"a", "who came whole")
        for half in halves:
            half.socket.sendall(one[-3:])
            equal(half.receive()[0], b"a", "the other half")
            half.close()
        peer.close()


def many_connections_at_once():
    fields, body = split(mail(INVITATION))
    outcomes = []
    with Daemon(banner="yes") as daemon:
        def send():
            peer = Peer(daemon.socket)
            for _ in range(5):
                outcomes.append(peer.mail(fields, body))
                peer.mail(*split(mail(ORDINARY)))
            peer.close()

        threads = [threading.Thread(target=send) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        equal(len(outcomes), 80, "mails")
        equal(len({outcome.new_body for outcome in outcomes}), 1, "different bodies")


def lua(name, **settings):
    """A miltertest script beside this file."""
    def case():
        with Daemon(**settings) as daemon:
            body = daemon.folder + "/body"
            with open(body, "wb") as file:
                file.write(split(mail(INVITATION))[1])
            result = subprocess.run(
                ["miltertest", "-s", os.path.join(HERE, name + ".lua"),
                 "-D", "socket=unix:" + daemon.socket, "-D", "body=" + body],
                capture_output=True, text=True, timeout=PATIENCE)
            equal(result.returncode, 0, result.stdout + result.stderr)
    return case


def cases():
    own = [ordinary_mail_is_accepted_at_end_of_header, fields_of_the_sender_are_deleted,
           deletes_from_the_highest_index_down, invitation_gets_fields_and_loses_the_senders,
           a_host_of_the_network_verifies,
           trusted_results_verify, digest_of_the_network_stays_as_it_is, authenticated_sender_is_never_judged,
           several_recipients_get_no_reply_and_no_banner, each_recipient_has_a_policy, who_is_not_sure_loses_nothing,
           a_log_that_nobody_reads_holds_up_no_mail,
           a_reload_sees_the_policy_and_refuses_a_bad_one, mail_that_leaves_gets_no_banner,
           abort_and_next_mail_on_the_connection, observing_changes_nothing, mta_without_skip,
           big_mail_still_loses_the_senders_fields, what_all_hold_has_limits,
           fields_of_ours_beyond_any_use_are_refused, check_tells_what_postfix_lacks,
           check_looks_as_the_users_whose_work_it_is,
           controls_never_reach_fields_or_log, hup_reloads_and_drops_no_connection,
           broken_replies_keep_the_old_texts,
           term_waits_for_the_mail_in_flight, a_stop_waits_as_long_as_is_set,
           few_files_are_told_at_the_start, a_store_that_is_cut_off_is_named,
           a_file_that_may_not_grow_ends_nobody,
           a_socket_that_is_removed_is_made_again, connections_beyond_the_files_wait,
           connections_without_a_word_cost_nothing,
           live_socket_is_never_stolen, dead_socket_is_replaced,
           systemd_is_told_that_all_is_well, socket_in_reach_of_others_is_refused,
           socket_has_the_mode_of_the_settings,
           check_names_file_line_and_key, files_that_others_can_change_are_refused,
           root_becomes_the_user_of_the_settings, garbage_on_the_socket,
           packets_that_libmilter_must_not_see, packets_that_come_in_pieces,
           many_connections_at_once]
    rows = [(case.__name__, case) for case in own]
    rows += [("bad_mail_passes: " + name, bad_mail_passes(name)) for name in bad_mails()]
    if shutil.which("miltertest") is not None:
        rows += [("miltertest ordinary", lua("ordinary")),
                 ("miltertest invitation", lua("invitation")),
                 ("miltertest observe", lua("observe", work="observe"))]
    else:
        print("miltertest is missing: its scripts are skipped")
    return rows


if __name__ == "__main__":
    run_cases("wire", cases(),
              alone=[(case.__name__, case) for case in
                     (eight_bad_mails_at_once_are_small, what_mails_held_is_given_back_in_quiet)])
