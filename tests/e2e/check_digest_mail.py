#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A digest on its way: by sendmail(1) into a real Postfix, signed by a real OpenDKIM and
seen by our daemon, into a real Dovecot, where its signature is checked."""

import email
import email.policy
import os
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from mailsite import DOMAIN, PATH, Mailboxes, Postfix, mail, remove_folder, send, what_is_missing  # noqa: E402
from daemon import CTL, PATIENCE, SKIP, Daemon, await_true, equal, noon, require, run_cases, temporary_folder  # noqa: E402
from delivered import OURS  # noqa: E402
from dkim import SELECTOR, Signer, verifies  # noqa: E402
from mime import head_and_body, names  # noqa: E402
from verifiers import Verifier  # noqa: E402

ANNA = "anna@" + DOMAIN
INVITATION = "linkedin/member-2025-own-de.eml"
DIGEST = "[digest]\ndigest = daily\ndigest-hour = 0\ntime-zone = %s\n[domain %s]\nlanguage = de\n" % (noon(), DOMAIN)

MAIN_CF = """\
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = static:all
virtual_transport = lmtp:unix:{lmtp}
smtpd_milters = unix:{folder}/s
non_smtpd_milters = unix:{folder}/s, unix:{signer}
"""

OPENDKIM = """\
Mode s
Domain {domain}
KeyFile {key}
Selector {selector}
Canonicalization relaxed/relaxed
RequireSafeKeys no
Background no
Syslog no
UMask 0
Socket local:{folder}/s
"""


class SigningOpenDKIM(Verifier):
    program = "opendkim"

    def __init__(self, folder, signer):
        super().__init__(folder)
        self.signer = signer

    def prepare(self):
        self.write("conf", OPENDKIM.format(folder=self.folder, domain=DOMAIN, key=self.signer.key,
                                           selector=SELECTOR))
        return ["-f", "-x", self.folder + "/conf"]


class Site:
    """A context manager; everything lies in one folder and ends with it."""

    def __init__(self):
        self.folder = temporary_folder()
        os.chmod(self.folder, 0o755)
        self.signer = Signer(self.folder, DOMAIN)
        self.opendkim = SigningOpenDKIM(self.folder, self.signer)
        self.daemon = Daemon(folder=self.folder, banner="yes", more=DIGEST)
        self.mailboxes = Mailboxes(self.folder)
        self.postfix = Postfix(self.folder)

    def __enter__(self):
        try:
            self.daemon.start()
            self.opendkim.start()
            self.opendkim.await_socket()
            self.mailboxes.start()
            self.postfix.start(MAIN_CF.format(domain=DOMAIN, lmtp=self.mailboxes.lmtp, folder=self.folder,
                                              signer=self.opendkim.socket), {"in": ""})
            # The one of this Postfix, under the name by which it is called.
            os.mkdir(self.folder + "/bin")
            with open(self.folder + "/bin/sendmail", "w") as file:
                file.write("#!/bin/sh\nexec %s -C %s/p/etc \"$@\"\n" % (
                    shutil.which("sendmail", path=PATH), self.folder))
            os.chmod(self.folder + "/bin/sendmail", 0o755)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        self.postfix.stop()
        self.mailboxes.stop()
        self.opendkim.stop()
        self.daemon.stop()
        remove_folder(self.folder)

    def digest(self):
        return subprocess.run([CTL, "digest", "--all", "--send", "--config", self.daemon.settings],
                              capture_output=True, text=True, timeout=PATIENCE,
                              env={**os.environ, "PATH": self.folder + "/bin:" + PATH})


def a_digest_arrives_signed_and_unchanged():
    with Site() as site:
        send(mail(INVITATION), [ANNA], site.postfix.ports["in"])
        site.mailboxes.await_mail("anna", 1, site.postfix.log)
        for sent in (1, 0):
            done = site.digest()
            equal(done.returncode, 0, done.stderr)
            require("%d sent, of 1" % sent in done.stderr, done.stderr)
        folder = site.mailboxes.await_mail("anna", 2, site.postfix.log)
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                delivered = file.read()
            if b"\nAuto-Submitted:" in delivered:
                break
        equal(len(os.listdir(folder)), 2, "mails")
        require(verifies(delivered, site.signer), "the signature")
        broken = delivered.replace(b"Einladungen", b"Einladungen!")
        require(not verifies(broken, site.signer), "a signature of anything")
        equal([name for name in names(head_and_body(delivered)[0]) if name in OURS], [], "our fields")
        read = email.message_from_bytes(delivered, policy=email.policy.default)
        equal((read["To"], read["From"]), (ANNA, "Einladungen <postmaster@%s>" % DOMAIN), "for whom, from whom")
        require(read["Return-Path"].strip("<>") == "postmaster@" + DOMAIN, read["Return-Path"])
        text, html = (read.get_body((kind,)).get_content() for kind in ("plain", "html"))
        require("* Walburga Kneißl" in text and "Einer Antwort wert" in text, text)
        require(max(map(len, text.splitlines())) <= 72, text)
        require(not re.search(r"(?i)<(img|script|link|iframe|form)|url\(|src=", html), "remote content")
        # Whoever is mailed by a program does not become known by it.
        people = subprocess.run([CTL, "people", "list", "--owner", ANNA, "--config", site.daemon.settings],
                                capture_output=True, text=True, timeout=PATIENCE)
        equal((people.returncode, people.stdout), (0, ""), people.stderr)


if __name__ == "__main__":
    missing = what_is_missing() or SigningOpenDKIM.what_is_missing()
    if missing is not None:
        print(missing)
        sys.exit(SKIP)
    run_cases("digest mail", [(case.__name__, case) for case in (a_digest_arrives_signed_and_unchanged,)])
