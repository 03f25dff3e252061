# SPDX-License-Identifier: BSD-2-Clause
"""A private Sendmail, beside whatever MTA the system has: mail comes in by SMTP,
milters see it, and it goes to mailboxes by LMTP.

Debian's Sendmail and Postfix cannot both be installed, so it may be unpacked
(dpkg -x) below a folder that SENDMAIL_ROOT names; without that the installed one
is taken.
"""

import os
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "wire"))

from daemon import PATIENCE, await_true, require  # noqa: E402
from mailsite import AWAY, DOMAIN, free_ports, read_text  # noqa: E402

ROOT = os.environ.get("SENDMAIL_ROOT", "/")
PROGRAM = os.path.join(ROOT, "usr/libexec/sendmail/sendmail")
MACROS = os.path.join(ROOT, "usr/share/sendmail/cf/")
HOST = "mx.example.net"

# Nothing is asked of the DNS and nothing of the system's files but their users.
SENDMAIL_MC = """\
divert(-1)
include(`{macros}m4/cf.m4')
divert(0)
OSTYPE(`unknown')
undefine(`ALIAS_FILE')
undefine(`HELP_FILE')
undefine(`STATUS_FILE')
define(`QUEUE_DIR', `{folder}/queue')
define(`confPID_FILE', `{folder}/pid')
define(`confSERVICE_SWITCH_FILE', `{folder}/services')
define(`confDOMAIN_NAME', `{host}')
define(`confDELIVERY_MODE', `interactive')
define(`confTO_IDENT', `0')
define(`confTO_QUEUERETURN', `1h')
define(`confBAD_RCPT_THROTTLE', `0')
define(`confLOG_LEVEL', `9')
FEATURE(`no_default_msa')
FEATURE(`nocanonify')
FEATURE(`accept_unqualified_senders')
FEATURE(`accept_unresolvable_domains')
{listeners}
LOCAL_DOMAIN(`{domain}')
define(`confLOCAL_MAILER', `cyrusv2')
define(`CYRUSV2_MAILER_ARGS', `FILE {lmtp}')
define(`ESMTP_MAILER_ARGS', `TCP $h {sink}')
{milters}
MAILER(`local')
MAILER(`smtp')
MAILER(`cyrusv2')
LOCAL_RULE_0
R$+ < @ {away} $* > $*	$#esmtp $@ [127.0.0.1] $: $1 < @ {away} $2 > $3
"""


def what_is_missing():
    """Why there can be no Sendmail here, or None."""
    if os.geteuid() != 0:
        return "a Sendmail of our own needs root"
    for path in (PROGRAM, MACROS + "m4/cf.m4"):
        if not os.path.exists(path):
            return "Sendmail is missing: no %s; SENDMAIL_ROOT names where it was unpacked" % path
    done = subprocess.run(named("exec %s -d0.1 -bt -C /dev/null" % PROGRAM),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if "Version" not in done.stdout:
        return "Sendmail does not run: " + done.stderr
    return None


def named(command):
    """The command on a host whose name has a dot: else Sendmail waits a minute for
    a better one."""
    return ["unshare", "--uts", "sh", "-c", "hostname %s && %s" % (HOST, command)]


class Sendmail:
    """One that delivers mail for DOMAIN to a Mailboxes' LMTP socket.

    milters: lines of sendmail.mc, INPUT_MAIL_FILTER and the like; sink: the port
    that mail for AWAY leaves to; listeners: name of a daemon → the milters it
    asks, where it does not ask all of them.  No folder above a milter's socket
    may be writable for all, not even with the sticky bit, else Sendmail calls
    the socket unsafe: not below /tmp.
    """

    def __init__(self, folder, lmtp, milters="", sink=9, listeners=None):
        self.folder = folder + "/sendmail"
        self.settings = {"lmtp": lmtp, "milters": milters, "sink": sink, "away": AWAY}
        self.listeners = listeners or {"MTA": ""}
        self.ports = {}
        self.process = None

    @property
    def port(self):
        return self.ports["MTA"]

    def listener(self, name):
        filters = self.listeners[name]
        return "DAEMON_OPTIONS(`Name=%s, Addr=127.0.0.1, Port=%d, Family=inet%s')" % (
            name, self.ports[name], filters and ", InputMailFilters=" + filters)

    def write_settings(self):
        with open(self.folder + "/services", "w") as file:
            file.write("hosts files\naliases files\npasswd files\n")
        text = SENDMAIL_MC.format(folder=self.folder, macros=MACROS, host=HOST, domain=DOMAIN,
                                  listeners="\n".join(map(self.listener, self.listeners)),
                                  **self.settings)
        with open(self.folder + "/sendmail.mc", "w") as file:
            file.write(text)
        done = subprocess.run(["m4", "-D_CF_DIR_=" + MACROS, self.folder + "/sendmail.mc"],
                              capture_output=True, text=True)
        require(done.returncode == 0, "m4: " + done.stderr)
        with open(self.folder + "/sendmail.cf", "w") as file:
            file.write(done.stdout)

    def start(self):
        os.makedirs(self.folder + "/queue")
        for name in (self.folder, self.folder + "/queue"):
            os.chmod(name, 0o755)
        os.chmod(self.folder + "/queue", 0o700)
        for _ in range(5):  # a free port may be taken before Sendmail has it
            self.ports = dict(zip(self.listeners, free_ports(len(self.listeners))))
            self.write_settings()
            self.run()
            if self.process.poll() is None:
                return self
        raise AssertionError("no Sendmail: " + self.log())

    def run(self):
        with open(self.folder + "/log", "ab") as log:
            self.process = subprocess.Popen(
                named("exec %s -bD -X %s/traffic -C %s/sendmail.cf" %
                      (PROGRAM, self.folder, self.folder)),
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True)
        await_true(lambda: self.process.poll() is not None or self.answers(),
                   "Sendmail: " + self.log())

    def answers(self):
        try:
            for port in self.ports.values():
                socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            return False
        return True

    def log(self):
        """What it complained of, and what was said in its last sessions."""
        return read_text(self.folder + "/log") + read_text(self.folder + "/traffic")[-2000:]

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def stop(self):
        """It and its children of the moment, which are of its session."""
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
