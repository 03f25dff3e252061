#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""invitectl filter: does it write what the daemon would have made of the mail, and
does it never lose one?"""

import glob
import os
import re
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from check_list import come, read_only  # noqa: E402
from daemon import CTL, MAILS, PATIENCE, Daemon, equal, is_sanitized, mail, require, run_cases  # noqa: E402
from wire import Peer, split  # noqa: E402

OWNER = "marieke@example.net"
MEMBER = "linkedin/member-2024-default.eml"
ORDINARY = "ordinary/plain.eml"
FAKED = b"Invite-Verdict: known\nINVITE-REPLY : yes\n\tyes\nInvite-Other: kept\n"
EX_USAGE, EX_IOERR = 64, 74
NEWLINE = {True: b"\r\n", False: b"\n"}


def run(said, *arguments, config="/dev/null", **others):
    if not isinstance(said, bytes):
        others["stdin"] = said
        said = None
    return subprocess.run([CTL, "filter", "--config", config, *arguments], input=said,
                          timeout=PATIENCE, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                                          **others})


def filtered(said, *arguments, why=b"", **others):
    done = run(said, *arguments, **others)
    equal(done.returncode, 0, "exit status (%r)" % done.stderr)
    require(why in done.stderr if why else not done.stderr, "told %r" % done.stderr)
    return done.stdout


def raw_fields(head):
    """[[name, bytes of the field]]; what is no field has the name None."""
    fields = []
    for line in head.splitlines(keepends=True):
        name = re.match(rb"([!-9;-~]+)[ \t]*:", line)
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1][1] += line
        else:
            fields.append([name[1].lower() if name else None, line])
    return fields


def applied(text, outcome, has_cr):
    """A mail's bytes as Postfix writes them with the daemon's edits made."""
    newline = NEWLINE[has_cr]
    empty = text.find(newline + newline)
    empty = empty + len(newline) if empty >= 0 else len(text)
    fields = raw_fields(text[:empty])
    body = text[empty + len(newline):]
    for kind, index, name, value in outcome.edits:
        field = [name.lower(), name + b": " + value.replace(b"\n", newline) + newline]
        same = [at for at, other in enumerate(fields) if other[0] == name.lower()]
        if kind == "i":
            fields.insert(index, field)
        elif index > len(same):
            fields += [field] if value else []
        else:
            fields[same[index - 1]:same[index - 1] + 1] = [field] if value else []
    if outcome.new_body is not None:
        body = outcome.new_body if has_cr else outcome.new_body.replace(b"\r\n", b"\n")
    return b"".join(field for _, field in fields) + text[empty:empty + len(newline)] + body


def every_mail_comes_out_as_the_daemon_makes_it():
    paths = sorted(glob.glob(MAILS + "/**/*.eml", recursive=True))
    require(len(paths) > 500, "%d mails" % len(paths))
    if is_sanitized():
        paths = paths[::5]
    with Daemon(banner="yes", mark="compared", policy="subject = [%v]\n") as daemon:
        def check(number, path):
            text = mail(path)
            peer = Peer(daemon.socket)
            outcome = peer.mail(*split(text), recipients=[b"<%s>" % OWNER.encode()])
            peer.close()
            has_cr = number % 10 == 0
            if has_cr:
                text = text.replace(b"\n", b"\r\n")
            want = applied(text, outcome, has_cr)
            done = run(text, "--as", OWNER, config=daemon.settings)
            equal(done.returncode, 0, "%s: exit status (%r)" % (path, done.stderr))
            require(done.stdout == want, "%s: %r, want %r" % (
                path, done.stdout[:3000], want[:3000]))
            return len(outcome.edits), outcome.new_body is not None

        with ThreadPoolExecutor(2) as pool:
            edits = list(pool.map(check, range(len(paths)), paths))
    require(sum(count > 0 for count, _ in edits) > len(paths) / 3, "few mails had edits")
    require(sum(has_body for _, has_body in edits) > len(paths) / 4, "few mails had a banner")


def an_odd_mail_comes_out_as_it_came():
    plain = mail(ORDINARY)
    for name, said in (("nothing", b""), ("a line feed", b"\n"), ("CRLF", b"\r\n"),
                       ("no header", b"Hello,\nthis is no mail.\n"),
                       ("no line feed", b"Hello"),
                       ("a header only", plain.partition(b"\n\n")[0] + b"\n"),
                       ("half a header", plain.partition(b"\n\n")[0]),
                       ("no final line feed", plain.rstrip(b"\n")),
                       ("NUL bytes", plain.replace(b"e", b"\0")),
                       ("8 bits", plain + bytes(range(256)) * 10),
                       ("CR alone", plain.replace(b"\n", b"\r")),
                       ("an mbox's line", b"From ann@example.org Thu Nov 26 09:00:00 2026\n" + plain),
                       ("its line alone", b"From ann@example.org Thu Nov 26 09:00:00 2026\n"),
                       ("a body that begins with From", b"Subject: a\n\nFrom here on.\n")):
        require(filtered(said) == said, "%s: %r" % (name, filtered(said)[:300]))


def a_line_of_an_mbox_stays_in_its_place():
    line = b"From ann@example.org Thu Nov 26 09:00:00 2026\n"
    member = mail(MEMBER)
    for first in (line, b">" + line, line + b">" + line, b" odd\n", b"\todd: line\n", line + b" \n"):
        equal(filtered(first + member), first + filtered(member), repr(first))
    require(b"\nInvite-Verdict: " in b"\n" + filtered(member)[:20], "judged")


def lines_end_as_they_came():
    with tempfile.TemporaryDirectory() as folder:
        settings = folder + "/conf"
        with open(settings, "w") as file:
            file.write("[policy]\nbanner = yes\nsubject = [%v]\n")
        member = mail(MEMBER)
        out = filtered(member, config=settings)
        require(b"\r" not in out and b"=3D=3D=3D invite-milter" in out, out)
        crlf = member.replace(b"\n", b"\r\n")
        equal(filtered(crlf, config=settings), out.replace(b"\n", b"\r\n"), "CRLF")
        # A header that a program wrote for a body that it was given.
        head, _, body = member.partition(b"\n\n")
        out_head, _, out_body = out.partition(b"\n\n")
        equal(filtered(head + b"\n\n" + body.replace(b"\n", b"\r\n"), config=settings),
              out_head + b"\n\n" + out_body.replace(b"\n", b"\r\n"), "LF before CRLF")
        # What was mixed stays so.
        require(b"\r\n" + body[-200:] in filtered(
            head + b"\n\n" + body[:-200] + b"\r\n" + body[-200:], config=settings), "a lone CRLF")


def fields_that_a_sender_faked_go():
    for said in (mail(ORDINARY), mail(ORDINARY).replace(b"\n", b"\r\n")):
        newline = NEWLINE[b"\r" in said]
        faked = FAKED.replace(b"\n", newline)
        equal(filtered(faked + said), b"Invite-Other: kept" + newline + said, "fields")
        equal(filtered((b"invite-from: a" + newline) * 3000 + said), said, "many fields")
    equal(filtered(FAKED), b"Invite-Other: kept\n", "fields alone")
    out = filtered(b"Invite-Verdict: known\n" + mail(MEMBER))
    equal(out, filtered(mail(MEMBER)), "of a mail that is judged")


def a_large_mail_passes_in_little_memory():
    """100 MB, of a network and of none; neither is held in memory."""
    within = [] if is_sanitized() else ["prlimit", "--data=%d" % (64 << 20)]
    with tempfile.TemporaryDirectory() as folder:
        for head, why in ((b"Subject: a\n", b""),
                          (mail(MEMBER).partition(b"\n\n")[0] + b"\n", b"over the limits")):
            said = b"Invite-Verdict: known\n" + head + b"\n" + b"0123456789abcde\n" * 6553600
            with open(folder + "/in", "wb") as file:
                file.write(said)
            with open(folder + "/in", "rb") as given, open(folder + "/out", "wb") as out:
                done = subprocess.run([*within, CTL, "filter", "--config", "/dev/null"],
                                      stdin=given, stdout=out, stderr=subprocess.PIPE,
                                      timeout=PATIENCE)
            equal(done.returncode, 0, "exit status (%r)" % done.stderr)
            require(why in done.stderr, done.stderr)
            with open(folder + "/out", "rb") as file:
                require(file.read() == said.partition(b"\n")[2], "another mail")


def trouble_of_ours_changes_no_mail():
    member = b"Invite-Verdict: known\n" + mail(MEMBER)
    with tempfile.TemporaryDirectory() as folder:
        settings = folder + "/conf"
        with open(settings, "w") as file:
            file.write("[policy]\nbaner = yes\n")
        equal(filtered(member, config=settings, why=b"baner"), member, "wrong settings")
        equal(filtered(member, config=folder + "/none", why=b"none: No such file"), member,
              "no settings")
        with open(settings, "w") as file:
            file.write("[milter]\nmode = observe\n")
        equal(filtered(member, config=settings), member, "mode observe")
        # A store that cannot be read, and no daemon.
        with open(settings, "w") as file:
            file.write("[milter]\ncontrol = unix:%s/c\n[people]\nstore = sqlite:%s\n" %
                       (folder, MAILS + "/EXPECTED.tsv"))
        out = filtered(mail(MEMBER), "--as", OWNER, config=settings, why=b"who knows whom")
        require(b"relation=unknown" in out, out[:300])


def a_store_that_is_only_read_is_enough():
    """It has nothing to write; where it cannot even be opened, the mail is judged without it."""
    with Daemon() as daemon:
        come(daemon, MEMBER)
        with read_only(daemon):
            done = run(mail(MEMBER), "--as", OWNER, config=daemon.settings, user="nobody")
            equal(done.returncode, 0, done.stderr)
            require(b"\nInvite-Verdict: " in b"\n" + done.stdout[:20], done.stdout[:300])
            equal(done.stdout.partition(b"\n\n")[2], mail(MEMBER).partition(b"\n\n")[2], "the body")


def trouble_with_the_pipe_is_told_by_the_exit_status():
    member = mail(MEMBER)
    with open("/dev/full", "wb") as full:
        done = run(member, stdout=full)
        equal(done.returncode, EX_IOERR, "full disk")
        equal(done.stderr.count(b"\n"), 1, "lines that say so")
        require(b"standard output cannot be written" in done.stderr, done.stderr)
    with tempfile.TemporaryFile() as file:
        done = subprocess.run(["bash", "-c", "ulimit -f 1; exec \"$@\"", "bash", CTL, "filter",
                               "--config", "/dev/null"], input=member, stdout=file,
                              stderr=subprocess.DEVNULL, timeout=PATIENCE)
        equal(done.returncode, EX_IOERR, "a file that may not grow")
    folder = os.open("/", os.O_RDONLY)
    done = run(folder)
    os.close(folder)
    equal((done.returncode, done.stdout), (EX_IOERR, b""), "a mail that cannot be read")
    for redirection in (">&-", "<&-"):
        done = subprocess.run(["sh", "-c", "exec \"$@\" %s" % redirection, "sh", CTL, "filter",
                               "--config", "/dev/null"], input=member, capture_output=True,
                              timeout=PATIENCE)
        equal((done.returncode, done.stdout), (EX_IOERR, b""), redirection)
    reader, writer = os.pipe()
    os.close(reader)
    equal(run(member, stdout=writer).returncode, EX_IOERR, "a reader that went away")
    os.close(writer)
    done = run(member, "--sa", OWNER)
    equal((done.returncode, done.stdout), (EX_USAGE, b""), "a slip")


def what_a_pipe_cannot_do_is_told():
    passed = b"Authentication-Results: mx.example.net; dkim=pass header.d=linkedin.com\n"
    with tempfile.TemporaryDirectory() as folder:
        settings = folder + "/conf"
        for action in ("reject No", "discard", "redirect a@example.net", "copy a@example.net"):
            with open(settings, "w") as file:
                file.write("[trust]\nauthserv-id = mx.example.net\n"
                           "[policy]\nallow-discard = yes\ndefault-text = %s\n" % action)
            out = filtered(passed + mail(MEMBER), "--as", OWNER, config=settings,
                           why=b"no %s: only the daemon" % action.split()[0].encode())
            require(out.startswith(b"Invite-Verdict: default-text") and
                    out.endswith(passed + mail(MEMBER)), "%s: %r" % (action, out[:300]))


def it_is_for_whom_the_mail_says():
    member = re.sub(rb"(?m)^Delivered-To: .*\n", b"", mail(MEMBER))
    to = re.search(rb"(?m)^To: .*\n", member)[0]
    for head, has_reply in ((to, True), (to + b"Delivered-To: ann@example.net\n", True),
                            (b"To: ann@example.net, bob@example.net\n", False)):
        out = filtered(member.replace(to, head))
        equal(b"\nInvite-Reply: " in out, has_reply, "a reply for %r" % head)
    require(b"\nInvite-Reply: " in filtered(member.replace(to, b""), "--as", OWNER), "--as")


def the_daemon_is_asked_who_knows_whom():
    with Daemon(people="domain = example.net\n") as daemon:
        owner = "nobody@example.net"
        done = subprocess.run([CTL, "people", "add", "--config", daemon.settings, "--owner", owner,
                               "--profile", "https://www.linkedin.com/in/kwabena-osei-tutu"],
                              capture_output=True, timeout=PATIENCE)
        equal(done.returncode, 0, "people add (%r)" % done.stderr)
        os.chmod(daemon.folder + "/c", 0o666)
        os.chmod(daemon.settings, 0o644)
        out = filtered(mail(MEMBER), "--as", owner, config=daemon.settings, user="nobody")
        require(b"relation=known" in out.partition(b"Invite-Reasons")[0], out[:300])


def a_daemon_that_stands_still_is_not_waited_for():
    with Daemon(people="domain = example.net\n") as daemon:
        os.chmod(daemon.folder + "/c", 0o666)
        os.chmod(daemon.settings, 0o644)
        daemon.signal(signal.SIGSTOP)
        try:
            out = filtered(mail(MEMBER), "--as", "nobody@example.net", config=daemon.settings,
                           user="nobody", why=b"did not answer in 5 seconds")
        finally:
            daemon.signal(signal.SIGCONT)
        require(b"relation=unknown" in out, out[:300])


CASES = [every_mail_comes_out_as_the_daemon_makes_it, an_odd_mail_comes_out_as_it_came,
         a_line_of_an_mbox_stays_in_its_place, lines_end_as_they_came,
         fields_that_a_sender_faked_go, a_large_mail_passes_in_little_memory,
         trouble_of_ours_changes_no_mail, trouble_with_the_pipe_is_told_by_the_exit_status,
         what_a_pipe_cannot_do_is_told, it_is_for_whom_the_mail_says,
         the_daemon_is_asked_who_knows_whom, a_daemon_that_stands_still_is_not_waited_for,
         a_store_that_is_only_read_is_enough]

run_cases("check_filter", [(case.__name__, case) for case in CASES])
