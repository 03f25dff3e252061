#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""contrib/filter as it is, by the programs that call it: an invitation comes out marked
and filed, an ordinary mail as it was, and a filter that fails loses none.

A program that is missing is passed over.  FILTERS_ROOT names the folder below which
they were unpacked (dpkg -x), for Exim is never installed beside Postfix."""

import glob
import os
import re
import shutil
import socket
import subprocess
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                                "wire"))

import daemon  # noqa: E402
from daemon import CTL, PATIENCE, SKIP, equal, mail, require, run_cases, temporary_folder  # noqa: E402

CONTRIB = os.path.join(os.path.dirname(daemon.TESTS), "contrib", "filter")
OWNER = "marieke@example.net"
MEMBER = mail("linkedin/member-2024-default.eml")
ORDINARY = mail("ordinary/plain.eml")
SENDERS_FIELDS = mail("ordinary/verdict-fields-of-the-sender.eml")
SETTINGS = "[policy]\nbanner = yes\nsubject = [%v]\n"
FAILING = "#!/bin/sh\n[ $1 = filter ] || exec %s \"$@\"\nhead -c 100\nexit 74\n" % CTL
ROOT = os.environ.get("FILTERS_ROOT", "")
PATH = ":".join([ROOT + "/usr/bin", ROOT + "/usr/sbin", os.environ["PATH"], "/usr/sbin"])
LIBRARIES = ":".join(glob.glob(ROOT + "/usr/lib/*-linux-gnu") + [ROOT + "/usr/lib"])
missing = []


class Home:
    """A user's home folder, with settings and an example of ours in it."""

    def __init__(self):
        self.folder = temporary_folder()
        self.settings = self.folder + "/invite-milter.conf"
        self.program = CTL
        self.write("invite-milter.conf", SETTINGS)
        for name in ("Maildir", "Maildir/.Invitations"):
            for part in ("cur", "new", "tmp"):
                os.makedirs("%s/%s/%s" % (self.folder, name, part), 0o700)
        self.give("")

    def give(self, name):
        """To the user, with all below it."""
        top = os.path.join(self.folder, name)
        for folder, _, files in os.walk(top):
            for path in [folder] + [os.path.join(folder, file) for file in files]:
                shutil.chown(path, "nobody", "nogroup")
        if os.path.isfile(top):
            shutil.chown(top, "nobody", "nogroup")

    def write(self, name, text, mode=0o600):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, mode)
        self.give(name)
        return path

    def put(self, name, place, mode=0o600, more=""):
        """An example, as its user would have it, with more at its end."""
        with open(os.path.join(CONTRIB, name)) as file:
            text = file.read()
        text = re.sub(r"(\$HOME|%h|/home/you|/etc/invite-milter)\S*/?invite-milter\.conf",
                      lambda found: self.settings, text)
        text = re.sub(r"\$HOME|%h|~(?=/)|\$home", self.folder, text)
        text = re.sub(r"(?<![-/\w])(/usr/bin/)?invitectl(?=( filter| classify|$))", self.program, text,
                      flags=re.M)
        return self.write(place, text.replace("you@example.org", OWNER) + more, mode)

    def fail(self):
        self.program = self.write("failing", FAILING, 0o755)

    def run(self, *command, said=b"", **others):
        environment = {**os.environ, "HOME": self.folder, "USER": "nobody", "PATH": PATH}
        if ROOT:
            environment["LD_LIBRARY_PATH"] = LIBRARIES
            environment["PYTHONPATH"] = ROOT + "/usr/lib/python3/dist-packages"
        return subprocess.run(command, input=said, env=environment, cwd=self.folder,
                              capture_output=True, timeout=PATIENCE,
                              **{"user": "nobody", "group": "nogroup", "extra_groups": [],
                                 **others})

    def mails(self, mailbox="Maildir"):
        texts = []
        for path in glob.glob("%s/%s/new/*" % (self.folder, mailbox)):
            with open(path, "rb") as file:
                texts.append(file.read().replace(b"\r\n", b"\n"))
            os.unlink(path)
        return texts

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)


def need(program):
    """The program's path; where it is missing, that is noted."""
    path = shutil.which(program, path=PATH)
    if path is None:
        missing.append(program)
        print("passed over: no " + program, flush=True)
    return path


def marked(home, given=MEMBER):
    """What the filter makes of it."""
    done = home.run(CTL, "filter", "--config", home.settings, "--as", OWNER, said=given)
    equal((done.returncode, done.stderr), (0, b""), "exit status")
    require(done.stdout != given or given != MEMBER, "nothing done")
    return done.stdout


def require_one(texts, want, what):
    """One mail, which ends as wanted: deliverers put fields before it, and procmail an
    empty line behind it."""
    equal(len(texts), 1, what + ": mails")
    require(texts[0].rstrip(b"\n").endswith(want.rstrip(b"\n")),
            "%s: %r" % (what, texts[0][:2000]))


def require_marked(home, texts, what):
    """One mail, with our fields once and the banner."""
    want = marked(home)
    equal(len(texts), 1, what + ": mails")
    head, _, body = texts[0].partition(b"\n\n")
    equal(body.rstrip(b"\n"), want.partition(b"\n\n")[2].rstrip(b"\n"), what + ": body")
    equal(len(re.findall(rb"(?m)^Invite-Verdict: default-text", head)), 1, what + ": verdicts")
    require(b"\nSubject: [default-text] I want to connect" in head, what + ": no words")


def check_delivery(home, deliver, kept):
    """deliver(mail) as the example says; kept: where a filter that fails leaves it."""
    deliver(MEMBER)
    require_marked(home, home.mails("Maildir/.Invitations"), "an invitation")
    deliver(ORDINARY)
    require_one(home.mails(), ORDINARY, "an ordinary mail")
    home.fail()
    deliver(MEMBER)
    require_one(kept(), MEMBER, "a filter that fails")


def deliverer(home, name, *command, more=""):
    """By a program that takes the mail on its standard input."""
    def deliver(given):
        home.put(name, "rc", more=more)
        done = home.run(*command, said=given)
        equal(done.returncode, 0, "%s: %r" % (command[0], done.stderr))
    return deliver


def procmail_marks_and_files():
    program = need("procmail")
    with Home() as home:
        if program:
            check_delivery(home, deliverer(home, "procmailrc", program, "./rc"), home.mails)


def maildrop_marks_and_files():
    program = need("maildrop")
    with Home() as home:
        if program:
            check_delivery(home, deliverer(home, "mailfilter", program, "./rc"), home.mails)


def fdm_marks_and_files():
    program = need("fdm")
    with Home() as home:
        if not program:
            return
        # It looks for the user's home folder itself.
        lock = 'set lock-file "%s/lock"\n' % home.folder
        deliver = deliverer(home, "fdm.conf", program, "-f", "rc", "-a", "stdin", "fetch",
                            more=lock)
        deliver(MEMBER)
        require_marked(home, home.mails("Maildir/.Invitations"), "an invitation")
        deliver(ORDINARY)
        require_one(home.mails(), ORDINARY, "an ordinary mail")
        home.fail()
        home.put("fdm.conf", "rc", more=lock)
        done = home.run(program, "-f", "rc", "-a", "stdin", "fetch", said=MEMBER)
        equal(home.mails() + home.mails("Maildir/.Invitations"), [], "a filter that fails")
        require(b"aborted" in done.stderr, done.stderr)


class PopServer(threading.Thread):
    """POP3 for one mailbox, and one connection after the other."""

    def __init__(self, mails):
        super().__init__(daemon=True)
        self.mails = dict(enumerate(mails, 1))
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def answer(self, words):
        if words[0] == b"STAT":
            return b"+OK %d %d" % (len(self.mails), sum(map(len, self.mails.values())))
        if words[0] in (b"LIST", b"UIDL"):
            form = b"%d %d" if words[0] == b"LIST" else b"%d id%d"
            return b"\r\n".join([b"+OK"] + [form % (number, len(text)) for number, text
                                            in self.mails.items()] + [b"."])
        if words[0] == b"RETR":
            lines = self.mails[int(words[1])].rstrip(b"\n").split(b"\n")
            return b"\r\n".join([b"+OK"] + [line[:1].replace(b".", b"..") + line[1:]
                                            for line in lines] + [b"."])
        if words[0] == b"DELE":
            self.mails.pop(int(words[1]))
        return b"-ERR no" if words[0] in (b"CAPA", b"AUTH", b"STLS") else b"+OK"

    def run(self):
        while True:
            try:
                peer = self.socket.accept()[0]
            except OSError:
                return
            with peer, peer.makefile("rwb") as stream:
                stream.write(b"+OK ready\r\n")
                stream.flush()
                for line in stream:
                    words = line.upper().split()
                    stream.write(self.answer(words) + b"\r\n")
                    stream.flush()
                    if words[0] == b"QUIT":
                        break


def getmail_marks():
    program = need("getmail")
    with Home() as home:
        if not program:
            return
        server = PopServer([MEMBER])
        server.start()

        def get():
            path = home.put("getmailrc", ".getmail/getmailrc")
            with open(path) as file:
                text = file.read()
            text = text.replace("SimplePOP3SSLRetriever", "SimplePOP3Retriever")
            text = text.replace("pop.example.org", "127.0.0.1\nport = %d" % server.port)
            home.write(".getmail/getmailrc", text + "[options]\ndelete = true\n")
            home.give(".getmail")
            return home.run(program, "--getmaildir", home.folder + "/.getmail")

        done = get()
        equal(done.returncode, 0, "getmail: %r %r" % (done.stdout, done.stderr))
        require_marked(home, home.mails(), "an invitation")
        equal(server.mails, {}, "mails on the server")
        server.mails = {1: ORDINARY}
        shutil.rmtree(home.folder + "/.getmail")
        get()
        require_one(home.mails(), ORDINARY.partition(b"\n\n")[2], "an ordinary mail")
        server.mails = {1: MEMBER}
        shutil.rmtree(home.folder + "/.getmail")
        home.fail()
        get()
        equal((home.mails(), server.mails), ([], {1: MEMBER}), "a filter that fails")
        server.socket.close()


SIEVE = """\
mail_home = {folder}
mail_location = maildir:{folder}/Maildir
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = nobody
default_login_user = nobody
base_dir = {folder}/run
ssl = no
"""


def sieve_marks():
    program = need("sieve-test")
    with Home() as home:
        if not program:
            return
        with open(CONTRIB + "/dovecot-2.3.conf") as file:
            conf = file.read().replace("/etc/dovecot/invite-milter", home.folder)
        home.write("dovecot.conf", SIEVE.format(folder=home.folder) + conf)
        home.put("filter.sieve", "filter.sieve")

        def deliver(given):
            home.put("invite-filter", "filter/invite-filter", 0o755)
            path = home.folder + "/mail"
            with open(path, "wb") as file:
                file.write(given)
            done = home.run(program, "-c", home.folder + "/dovecot.conf", "-r", OWNER, "-e", "-l",
                            "maildir:%s/Maildir" % home.folder, home.folder + "/filter.sieve", path)
            equal(done.returncode, 0, "sieve-test: %r" % done.stderr)

        deliver(MEMBER)
        require_marked(home, home.mails(), "an invitation")
        deliver(ORDINARY)
        require_one(home.mails(), ORDINARY, "an ordinary mail")
        home.fail()
        deliver(MEMBER)
        require_one(home.mails(), MEMBER, "a filter that fails")


def notmuch_marks():
    program = need("notmuch")
    with Home() as home:
        if not program:
            return
        home.write(".notmuch-config", "[database]\npath=%s/Maildir\n[new]\ntags=new\n" % home.folder)

        def add(given, name="1.a.b"):
            hook = home.put("pre-new", "Maildir/.notmuch/hooks/pre-new", 0o755)
            home.give("Maildir/.notmuch")
            with open(home.folder + "/Maildir/new/" + name, "wb") as file:
                file.write(given)
            home.give("Maildir/new")
            done = home.run(program, "new")
            equal((done.returncode, os.access(hook, os.X_OK)), (0, True),
                  "notmuch new: %r" % done.stderr)

        add(MEMBER)
        done = home.run(program, "search", "--output=files", "subject:default-text")
        equal(done.stdout.decode(), home.folder + "/Maildir/new/1.a.b\n", "files")
        require_one(home.mails(), marked(home), "an invitation")
        add(ORDINARY)
        require_one(home.mails(), ORDINARY, "an ordinary mail")
        add(SENDERS_FIELDS)
        require_one(home.mails(), marked(home, SENDERS_FIELDS), "fields of the sender")
        # Dovecot's files have their size in their names.
        add(MEMBER, "2.a.b,S=%d" % len(MEMBER))
        require_one(home.mails(), MEMBER, "a file of Dovecot's")
        home.fail()
        add(MEMBER)
        require_one(home.mails(), MEMBER, "a filter that fails")
        equal(os.listdir(home.folder + "/Maildir/tmp"), [], "left over")


EXIM = """\
exim_path = {folder}/exim
spool_directory = {folder}/spool
log_file_path = {folder}/log-%s
exim_user = nobody
exim_group = nogroup
never_users =
qualify_domain = example.net
local_from_check = false
begin routers
all:
  driver = accept
  transport = local_delivery
begin transports
{transport}
  user = nobody
  group = nogroup
begin retry
* * F,1h,1m
"""

# The package's user is compiled into Exim, and there is none where it is not installed.
EXIM_RUN = """\
#!/bin/sh
mount --bind {folder}/passwd /etc/passwd && mount --bind {folder}/group /etc/group &&
exec {folder}/exim -C {folder}/exim.conf "$@"
"""


def exim_marks():
    program = need("exim4")
    with Home() as home:
        if not program:
            return
        with open("/etc/passwd") as users, open("/etc/group") as groups:
            home.write("passwd", users.read() + "Debian-exim:x:9999:9999::/:/bin/false\n", 0o644)
            home.write("group", groups.read() + "Debian-exim:x:9999:\n", 0o644)
        home.write("exim", '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' % (LIBRARIES, program),
                   0o755)
        home.write("run", EXIM_RUN.format(folder=home.folder), 0o755)

        def deliver(given):
            with open(home.put("exim.conf", "transport")) as file:
                transport = file.read().strip()
            path = home.write("exim.conf", EXIM.format(folder=home.folder, transport=transport), 0o644)
            shutil.chown(path, "root", "root")
            done = home.run("unshare", "-m", home.folder + "/run", "-odf", "-i", "-f",
                            "a@example.org", OWNER, said=given, user="root", group="root")
            equal(done.returncode, 0, "exim: %r" % done.stderr)

        deliver(MEMBER)
        require_marked(home, home.mails(), "an invitation")
        deliver(ORDINARY)
        require_one(home.mails(), ORDINARY.partition(b"\n\n")[2], "an ordinary mail")
        home.fail()
        deliver(MEMBER)
        equal((home.mails(), len(glob.glob(home.folder + "/spool/input/*-D"))), ([], 1),
              "a filter that fails: mails, and those that wait")


CASES = [procmail_marks_and_files, maildrop_marks_and_files, fdm_marks_and_files, getmail_marks,
         sieve_marks, notmuch_marks, exim_marks]


def main():
    if os.geteuid() != 0:
        print("needs root, to be another user")
        sys.exit(SKIP)
    if not os.access(CTL, os.X_OK):
        print("no " + CTL)
        sys.exit(SKIP)
    run_cases("filters", [(case.__name__, case) for case in CASES], missing=missing)


main()
