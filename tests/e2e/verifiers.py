# SPDX-License-Identifier: BSD-2-Clause
"""The milters that check signatures, as they are in Debian and set up as
invite-milter.conf(5) says: the lines that matter are those of contrib/verifiers."""

import os
import pwd
import shutil
import subprocess

from daemon import PATIENCE, TESTS, await_true, require
from mailsite import read_text
from network import NAMESERVER

CONTRIB = os.path.join(os.path.dirname(TESTS), "contrib")

OPENDKIM = """
Mode v
Nameservers {nameserver}
Background no
Syslog no
UMask 0
Socket local:{folder}/s
"""

OPENDMARC = """
Background no
Syslog no
UMask 0
Socket local:{folder}/s
"""

# The plugins that matter and no others: all of them take long to start.  So does
# Debian's list of 9,600 top-level domains.
RSPAMD = """
options {{
  filters = "dkim";
  dns {{ nameserver = ["{nameserver}"]; }}
  pidfile = "{folder}/pid";
  control_socket = "{folder}/control mode=0600";
  tempdir = "{folder}";
  hs_cache_dir = "{folder}";
  url_tld = "{folder}/tld";
}}
logging {{ type = "console"; }}
worker "rspamd_proxy" {{
  bind_socket = "{folder}/s mode=0666";
  milter = yes;
  count = 1;
  upstream "local" {{ self_scan = yes; }}
}}
modules {{
  path = "/usr/share/rspamd/plugins/spf.lua";
  path = "/usr/share/rspamd/plugins/dmarc.lua";
  path = "/usr/share/rspamd/plugins/milter_headers.lua";
}}
spf {{ }}
dkim {{ }}
dmarc {{ }}
milter_headers {{ .include "{folder}/milter_headers.conf" }}
"""


def lines_of(path):
    """What a file of contrib/ sets, without its comments."""
    with open(os.path.join(CONTRIB, path)) as file:
        return [line for line in file.read().splitlines()
                if line and not line.startswith(("#", "dnl"))]


class Verifier:
    """A milter in a folder of its own, below the one that is given."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, self.program)
        self.socket = self.folder + "/s"
        self.process = None

    @classmethod
    def what_is_missing(cls):
        return None if shutil.which(cls.program) is not None else cls.program + " is missing"

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def start(self):
        os.mkdir(self.folder)
        command = self.prepare()
        with open(self.folder + "/log", "ab") as log:
            self.process = subprocess.Popen([self.program, *command], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=subprocess.STDOUT)

    def await_socket(self):
        await_true(lambda: os.path.exists(self.socket) or self.process.poll() is not None,
                   self.program + "'s socket: " + self.log())
        require(self.process.poll() is None, self.program + " ended: " + self.log())

    def log(self):
        return read_text(self.folder + "/log")

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class OpenDKIM(Verifier):
    program = "opendkim"
    settings = lines_of("verifiers/opendkim.conf")

    def prepare(self):
        own = OPENDKIM.format(folder=self.folder, nameserver=NAMESERVER)
        self.write("conf", "\n".join(self.settings) + own)
        return ["-f", "-x", self.folder + "/conf"]


class OpenDMARC(Verifier):
    program = "opendmarc"
    settings = lines_of("verifiers/opendmarc.conf")

    def prepare(self):
        self.write("conf", "\n".join(self.settings) + OPENDMARC.format(folder=self.folder))
        return ["-f", "-c", self.folder + "/conf"]


class Rspamd(Verifier):
    program = "rspamd"
    settings = lines_of("verifiers/milter_headers.conf")

    def prepare(self):
        self.write("rspamd.conf", RSPAMD.format(folder=self.folder, nameserver=NAMESERVER))
        self.write("milter_headers.conf", "\n".join(self.settings))
        self.write("tld", "com\nnet\norg\n")
        user = pwd.getpwnam("_rspamd")
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return ["-f", "-u", "_rspamd", "-g", "_rspamd", "-c", self.folder + "/rspamd.conf"]
