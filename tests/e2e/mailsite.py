# SPDX-License-Identifier: BSD-2-Clause
"""A private mail site: Postfix takes mail by SMTP, two daemons see it, Dovecot
gets it by LMTP and keeps it in Maildirs.

    enforce	the banner on, default_action=tempfail
    tags	fields only, default_action=accept
    dead	a milter that nobody serves, default_action=accept
    login	submission: who logs in (Dovecot says who it is), seen by enforce

Mail for DOMAIN is delivered, mail for AWAY leaves by SMTP to a sink.
"""

import imaplib
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "wire"))

from daemon import PATIENCE, Daemon, await_true, require, temporary_folder  # noqa: E402
from daemon import mail as fixture  # noqa: E402

DOMAIN, AWAY = "home.example.net", "away.example.net"
MARK = "sesame"
PATH = os.environ["PATH"] + ":/usr/sbin"

MAIN_CF = """\
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = static:all
virtual_transport = lmtp:unix:{lmtp}
transport_maps = inline:{{ {away}=smtp:[127.0.0.1]:{sink}, example.org=smtp:[127.0.0.1]:{sink} }}
lmtp_line_length_limit = 0
smtp_line_length_limit = 0
message_size_limit = 0
message_drop_headers =
virtual_mailbox_limit = 0
mailbox_size_limit = 0
"""

DOVECOT_23 = """\
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = lmtp
listen = 127.0.0.1
ssl = no
first_valid_uid = 1
auth_username_format = %Ln
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
lda_mailbox_autocreate = yes
postmaster_address = postmaster@{domain}
mail_location = maildir:~/Maildir{location}
mail_fsync = never
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%Ln allow_all_users=yes
}}
service lmtp {{
  unix_listener lmtp {{
    mode = 0666
  }}
}}
disable_plaintext_auth = no
service auth {{
  unix_listener auth-smtp {{
    mode = 0666
  }}
}}
"""

DOVECOT_24 = """\
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = lmtp
listen = 127.0.0.1
ssl = no
first_valid_uid = 1
auth_username_format = %{{user | username | lower}}
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
lda_mailbox_autocreate = yes
postmaster_address = postmaster@{domain}
mail_driver = maildir
mail_path = ~/Maildir
mailbox_list_layout = {layout}
mail_fsync = never
passdb static {{
  fields {{
    nopassword = yes
  }}
}}
userdb static {{
  allow_all_users = yes
  fields {{
    uid = {uid}
    gid = {gid}
    home = {folder}/mail/%{{user | username | lower}}
  }}
}}
service lmtp {{
  unix_listener lmtp {{
    mode = 0666
  }}
}}
auth_allow_cleartext = yes
service auth {{
  unix_listener auth-smtp {{
    mode = 0666
  }}
}}
"""

IMAP = """
protocols = lmtp imap
service imap-login {
  inet_listener imap {
    port = %d
  }
  inet_listener imaps {
    port = 0
  }
}
"""

SUBMISSION = """ -o smtpd_sasl_auth_enable=yes -o smtpd_sasl_type=dovecot \
-o smtpd_sasl_path={folder}/dovecot/auth-smtp -o smtpd_relay_restrictions=permit_sasl_authenticated,reject"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def mail(name):
    """A fixture as SMTP can carry it: its last line has an end."""
    text = fixture(name)
    return text if text.endswith(b"\n") else text + b"\n"


def what_is_missing():
    """Why there can be no site here, or None."""
    if os.geteuid() != 0:
        return "Postfix and Dovecot of our own need root"
    for program in ("postfix", "dovecot"):
        if shutil.which(program, path=PATH) is None:
            return program + " is missing"
    return None


def dovecot_version():
    """"2.3.19" and so on."""
    program = shutil.which("dovecot", path=PATH)
    return subprocess.run([program, "--version"], capture_output=True, text=True).stdout


def imap_is_missing():
    """Why nothing can be read by IMAP, or None."""
    path = shutil.which("imap", path="/usr/lib/dovecot:/usr/libexec/dovecot")
    return "Dovecot's imap is missing" if path is None else None


def log_out(imap):
    """The server may hang up before its answer is read."""
    try:
        imap.logout()
    except (OSError, imaplib.IMAP4.abort):
        pass


def read_text(path):
    """What is there; nothing where there is no file."""
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def send(mail, recipients, port, sender="a@example.org", login=None, client="127.0.0.1"):
    """Hand a mail in, bytes with LF lines."""
    with smtplib.SMTP("127.0.0.1", port, timeout=PATIENCE, source_address=(client, 0)) as smtp:
        if login is not None:
            smtp.login(login, "any")
        refused = smtp.sendmail(sender, recipients, mail.replace(b"\n", b"\r\n"))
    require(not refused, "refused: %r" % refused)


def remove_folder(folder):
    for _ in range(50):  # Postfix's children write until they are gone
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            break
        time.sleep(0.1)


class Sink:
    """An SMTP server that keeps what it gets."""

    def __init__(self):
        self.mails = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        with client, client.makefile("rwb") as stream:
            def say(line):
                stream.write(line + b"\r\n")
                stream.flush()

            say(b"220 sink")
            for line in stream:
                if line.upper().startswith(b"DATA"):
                    say(b"354 go on")
                    lines = []
                    while (data := stream.readline()) not in (b".\r\n", b""):
                        lines.append(data[1:] if data[:1] == b"." else data)
                    self.mails.append(b"".join(lines).replace(b"\r\n", b"\n"))
                say(b"221 bye" if line.upper().startswith(b"QUIT") else b"250 ok")
                if line.upper().startswith(b"QUIT"):
                    return


class Mailboxes:
    """A Dovecot that takes mail by LMTP, at self.lmtp, and keeps it in Maildirs:
    that for user+detail in the folder of that name.  Logins are
    asked at auth-smtp, which takes any.

    more	further settings
    imap	is there a listener for IMAP?  Then it is at imap_port.
    layout	how folders lie in a Maildir: maildir++ or fs
    """

    def __init__(self, folder, more="", imap=False, layout="maildir++"):
        self.folder = folder
        self.more = more
        self.imap = imap
        self.layout = layout
        self.imap_port = None
        self.lmtp = folder + "/dovecot/lmtp"
        self.process = None

    def start(self):
        nobody = pwd.getpwnam("nobody")
        for name in ("mail", "dovecot"):
            os.mkdir(os.path.join(self.folder, name))
        os.chown(self.folder + "/mail", nobody.pw_uid, nobody.pw_gid)
        program = shutil.which("dovecot", path=PATH)
        text = DOVECOT_23 if dovecot_version().startswith("2.3") else DOVECOT_24
        for _ in range(5 if self.imap else 1):  # a free port may be taken before Dovecot has it
            with open(self.folder + "/dovecot.conf", "w") as file:
                file.write(text.format(folder=self.folder, domain=DOMAIN, uid=nobody.pw_uid,
                                       gid=nobody.pw_gid, layout=self.layout,
                                       location=":LAYOUT=fs" if self.layout == "fs" else ""))
                if self.imap:
                    self.imap_port = free_ports(1)[0]
                    file.write(IMAP % self.imap_port)
                file.write(self.more)
            self.process = subprocess.Popen([program, "-F", "-c", self.folder + "/dovecot.conf"],
                                            stdin=subprocess.DEVNULL)
            # It says so with all its sockets open.
            await_true(lambda: "starting up" in self.log() or self.process.poll() is not None,
                       "Dovecot's sockets")
            if self.process.poll() is None:
                return
            if "Address already in use" not in self.log():
                break
        raise RuntimeError("Dovecot ended: " + self.log())

    def log(self):
        return read_text(self.folder + "/dovecot.log")

    def maildir(self, user):
        """Where the mail for user or user+detail is."""
        user, _, detail = user.lower().partition("+")
        return os.path.join(self.folder, "mail", user, "Maildir", "." + detail if detail else "",
                            "new")

    def await_mail(self, user, count=1, why=lambda: ""):
        """The folder, once so many mails are there."""
        folder = self.maildir(user)
        await_true(lambda: os.path.isdir(folder) and len(os.listdir(folder)) >= count,
                   lambda: "mail for %s: %s" % (user, why()))
        return folder

    def file_of(self, user, count=1, why=lambda: ""):
        """The newest mail of a user, once there are so many."""
        folder = self.await_mail(user, count, why)
        return max((os.path.join(folder, name) for name in os.listdir(folder)),
                   key=os.path.getmtime)

    def read(self, user, count=1, why=lambda: ""):
        """All mails of user or user+detail by IMAP, bytes with LF lines, once there
        are so many."""
        self.await_mail(user, count, why)
        user, _, detail = user.lower().partition("+")
        imap = imaplib.IMAP4_stream("exec doveadm -c %s/dovecot.conf exec imap -u %s 2>> %s" % (
            self.folder, user, self.folder + "/imap.log"))
        try:
            imap.select(detail or "INBOX", readonly=True)
            answer = imap.fetch("1:*", "BODY.PEEK[]")[1]
        finally:
            log_out(imap)
        return [part[1].replace(b"\r\n", b"\n") for part in answer if isinstance(part, tuple)]

    def counts(self):
        """How many mails everybody has, by user or user+detail."""
        found = {}
        for path, _, names in os.walk(self.folder + "/mail"):
            if names and os.path.basename(path) in ("new", "cur"):
                user, _, inside = os.path.relpath(path, self.folder + "/mail").partition("/")
                detail = inside.split("/")[1][1:] if inside.count("/") == 2 else ""
                name = user + ("+" + detail if detail else "")
                found[name] = found.get(name, 0) + len(names)
        return found

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


class Postfix:
    """One that listens where each of its listeners wants it to."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = {}

    def start(self, main_cf, listeners):
        """listeners: name → what stands behind its port, see postfix.sh."""
        settings = self.folder + "/main.cf"
        with open(settings, "w") as file:
            file.write(main_cf)
        for _ in range(5):  # a free port may be taken before Postfix has it
            shutil.rmtree(self.folder + "/p", ignore_errors=True)
            self.ports = dict(zip(listeners, free_ports(len(listeners))))
            lines = ["%d %s" % (self.ports[name], rest) for name, rest in listeners.items()]
            done = subprocess.run([HERE + "/postfix.sh", "start", self.folder + "/p", settings,
                                   *lines], capture_output=True, text=True)
            if done.returncode == 0:
                return
        raise RuntimeError("no Postfix: " + done.stderr)

    def log(self):
        return read_text(self.folder + "/p/log")

    def stop(self):
        subprocess.run([HERE + "/postfix.sh", "stop", self.folder + "/p"])


class Site:
    """A context manager; everything lies in one folder and ends with it.

    people: lines of the daemons' [people]."""

    def __init__(self, people=""):
        self.people = people
        self.folder = temporary_folder()
        self.sink = Sink()
        self.daemons = {}
        self.mailboxes = Mailboxes(self.folder)
        self.postfix = Postfix(self.folder)

    def start_daemons(self):
        for name, settings in (("enforce", {"banner": "yes", "mark": MARK}), ("tags", {})):
            folder = os.path.join(self.folder, name)
            os.mkdir(folder)
            self.daemons[name] = Daemon(folder=folder, people=self.people, **settings).start()

    def start_postfix(self):
        milter = "-o { smtpd_milters = { unix:%s/%s/s, default_action=%s } }"
        listeners = {name: milter % (self.folder, name, action) for name, action in (
            ("enforce", "tempfail"), ("tags", "accept"), ("dead", "accept"))}
        listeners["login"] = listeners["enforce"] + SUBMISSION.format(folder=self.folder)
        self.postfix.start(MAIN_CF.format(lmtp=self.mailboxes.lmtp, domain=DOMAIN, away=AWAY,
                                          sink=self.sink.port), listeners)

    def send(self, mail, users, by="enforce", domain=DOMAIN, sender="a@example.org", login=None):
        send(mail, ["%s@%s" % (user, domain) for user in users], self.postfix.ports[by], sender,
             login)

    def file_of(self, user, count=1):
        return self.mailboxes.file_of(user, count, lambda: self.postfix.log()[-500:])

    def deliver(self, mail, user, by="enforce"):
        self.send(mail, [user], by)
        with open(self.file_of(user), "rb") as file:
            return file.read()

    def __enter__(self):
        try:
            self.start_daemons()
            self.mailboxes.start()
            self.start_postfix()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, value, trace):
        self.postfix.stop()
        self.mailboxes.stop()
        for daemon in self.daemons.values():
            daemon.stop()
        self.sink.listener.close()
        remove_folder(self.folder)
