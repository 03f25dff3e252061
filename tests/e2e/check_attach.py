#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""contrib/postfix/attach, with Postfixes of our own: what it shows, does and takes
back, and what it leaves alone.  In one case Postfix and the daemon run, and mail
arrives tagged."""

import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import mailsite  # noqa: E402
from mailsite import Postfix, Sink, mail, remove_folder  # noqa: E402
from daemon import (CTL, PATIENCE, SKIP, TESTS, Daemon, await_true, equal, require, run_cases,  # noqa: E402
                    temporary_folder)

ATTACH = os.path.join(os.path.dirname(TESTS), "contrib/postfix/attach")
OURS = "{ unix:invite-milter/milter.sock, default_action=accept, connect_timeout=5s }"
WAITS = OURS.replace("accept", "tempfail")
MASTER = """smtp inet n - y - - smtpd
submission inet n - y - - smtpd
pickup unix n - n 60 1 pickup
"""
SETTINGS = """# What the site chose.
[milter]
socket = unix:{folder}/spool/invite-milter/milter.sock

[trust]
# names whose fields are believed
#authserv-id =
"""


class Site:
    """Settings of a Postfix that does not run, and our own."""

    def __init__(self, main="", master=MASTER, settings=SETTINGS):
        self.folder = os.path.realpath(temporary_folder())
        self.main_cf = self.folder + "/postfix/main.cf"
        self.checks = self.folder + "/postfix/invite_header_checks"
        for name in ("postfix", "spool", "etc"):
            os.mkdir(os.path.join(self.folder, name))
        main = "compatibility_level = 3.6\nqueue_directory = %s/spool\nmyhostname = mx.example.net\n" \
            % self.folder + main.replace("FOLDER", self.folder)
        self.write("postfix/main.cf", main)
        self.write("postfix/master.cf", master)
        self.write("conf", settings.format(folder=self.folder))
        self.before = self.all_files()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        shutil.rmtree(self.folder)

    def write(self, name, text, mode="w"):
        with open(os.path.join(self.folder, name), mode) as file:
            file.write(text)

    def read(self, name):
        with open(os.path.join(self.folder, name)) as file:
            return file.read()

    def all_files(self):
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                found[os.path.relpath(path, self.folder)] = (self.read(path), os.stat(path).st_mode)
        return found

    def attach(self, *arguments, status=0, environment=None, folder=True):
        done = subprocess.run(
            [ATTACH, *(["-c", self.folder + "/postfix"] if folder else []),
             "--config", self.folder + "/conf", *arguments], capture_output=True, text=True, timeout=PATIENCE,
            env={**os.environ, "INVITECTL": CTL, "ETC": self.folder + "/etc", **(environment or {})})
        equal(done.returncode, status, "%s: %s%s" % (arguments, done.stdout, done.stderr))
        return (done.stdout + done.stderr).replace(self.folder, "FOLDER")

    def value(self, name):
        done = subprocess.run(["postconf", "-c", self.folder + "/postfix", "-h", name],
                              capture_output=True, text=True, check=True, timeout=PATIENCE)
        equal(done.stderr, "", "postconf")
        return done.stdout.rstrip("\n").replace(self.folder, "FOLDER")

    def lookup(self, line):
        tables = self.value("header_checks").replace("FOLDER", self.folder).replace(",", " ").split()
        for table in tables:
            found = subprocess.run(["postmap", "-q", line, table], capture_output=True, text=True, timeout=PATIENCE)
            if found.stdout:
                return found.stdout.strip()
        return ""

    def is_undone(self):
        self.attach("--undo")
        equal(self.all_files(), self.before, "files after --undo")


def shows_first_and_changes_nothing():
    with Site() as site:
        told = site.attach()
        equal(site.all_files(), site.before, "files")
        for line in ("+smtpd_milters = " + OURS, "+header_checks = regexp:FOLDER/postfix/invite_header_checks",
                     "+/^Invite-/ IGNORE", "Nothing is changed yet", "-c FOLDER/postfix --config FOLDER/conf --yes"):
            require(line in told, "%r is not in %s" % (line, told))


def an_empty_postfix_gets_both_and_gives_them_back():
    with Site() as site:
        told = site.attach("--yes")
        equal((site.value("smtpd_milters"), site.value("header_checks")),
              (OURS, "regexp:FOLDER/postfix/invite_header_checks"), "settings")
        equal(site.lookup("Invite-Verdict: known"), "IGNORE", "header check")
        equal(site.value("non_smtpd_milters"), "", "non_smtpd_milters")
        require("Next: invitectl doctor --postfix FOLDER/postfix --config FOLDER/conf" in told, told)
        site.is_undone()


def a_second_time_changes_nothing():
    with Site(main="smtpd_milters = inet:127.0.0.1:12345\n") as site:
        site.attach("--yes", "--sign", "subject")
        once = site.all_files()
        told = site.attach("--yes", "--sign", "subject")
        require("Nothing is to be changed" in told, told)
        equal(site.all_files(), once, "files")
        site.is_undone()


def what_is_there_stays_and_goes_before_us():
    with Site(main="header_checks = regexp:FOLDER/postfix/own,\n  pcre:FOLDER/postfix/more\n"
              "smtpd_milters = unix:opendkim/sock,\n    { inet:127.0.0.1:12345,\n    default_action=quarantine }\n") as site:
        site.write("postfix/own", "/^Subject: cheap/ REJECT\n")
        site.before = site.all_files()
        site.attach("--yes")
        equal(site.value("smtpd_milters"),
              "unix:opendkim/sock, { inet:127.0.0.1:12345, default_action=quarantine }, " + OURS, "milters")
        equal(site.value("header_checks"), "regexp:FOLDER/postfix/own, pcre:FOLDER/postfix/more, "
              "regexp:FOLDER/postfix/invite_header_checks", "header_checks")
        equal(site.read("postfix/own"), "/^Subject: cheap/ REJECT\n", "the site's own checks")
        site.is_undone()


def checks_that_take_our_fields_off_are_enough():
    with Site(main="header_checks = regexp:FOLDER/postfix/own\n") as site:
        site.write("postfix/own", "/^(X-Old|Invite-[A-Z])/ IGNORE\n")
        site.attach("--yes")
        equal(site.value("header_checks"), "regexp:FOLDER/postfix/own", "header_checks")
        require(not os.path.exists(site.checks), "a file that nobody needs")


def checks_with_another_word_on_our_fields_come_behind():
    with Site(main="header_checks = regexp:FOLDER/postfix/own\n") as site:
        site.write("postfix/own", "/^[A-Z]/ DUNNO\n")
        site.attach("--yes")
        equal(site.value("header_checks"), "regexp:FOLDER/postfix/invite_header_checks, "
              "regexp:FOLDER/postfix/own", "header_checks")


def we_go_behind_verifiers():
    for before, after in (
            (OURS + ", unix:opendkim/sock", "unix:opendkim/sock, " + OURS),
            ("%s, { unix:opendkim/sock, { default_action = accept } }" % OURS,
             "{ unix:opendkim/sock, { default_action = accept } }, " + OURS),
            ("unix:invite-milter/milter.sock, inet:localhost:11332",
             "inet:localhost:11332, " + OURS),
            (OURS.replace("accept", "reject"), OURS), (WAITS, WAITS),
            ("{ unix:invite-milter/milter.sock, { default_action =reject } }",
             "{ unix:invite-milter/milter.sock, { default_action=accept } }"),
            ("{ unix:invite-milter/milter.sock, command_timeout=9s }, inet:localhost:8893",
             "inet:localhost:8893, { unix:invite-milter/milter.sock, default_action=accept, command_timeout=9s }")):
        with Site(main="smtpd_milters = %s\n" % before) as site:
            site.attach("--yes", "--authserv-id", "none")
            equal(site.value("smtpd_milters"), after, before)
            site.is_undone()


def a_list_of_a_variable_stays_one():
    with Site(main="site_milters = inet:127.0.0.1:12345\nsmtpd_milters = $site_milters\n"
              "non_smtpd_milters = $smtpd_milters\n") as site:
        site.attach("--yes", "--non-smtpd")
        equal(site.value("smtpd_milters"), "$site_milters, " + OURS, "smtpd_milters")
        equal(site.value("non_smtpd_milters"), "$smtpd_milters", "non_smtpd_milters")
        site.is_undone()


def mail_by_sendmail_is_for_those_who_want_it():
    with Site() as site:
        site.attach("--yes", "--non-smtpd")
        equal(site.value("non_smtpd_milters"), OURS, "non_smtpd_milters")
        site.is_undone()


def without_a_chroot_the_socket_may_be_elsewhere():
    open_master = MASTER.replace(" y ", " n ")
    settings = "[milter]\nsocket = unix:/run/other/our.sock\n"
    with Site(master=open_master, settings=settings) as site:
        site.attach("--yes")
        require(site.value("smtpd_milters").startswith("{ unix:/run/other/our.sock, "), site.value("smtpd_milters"))
    with Site(settings=settings) as site:
        told = site.attach("--yes", status=1)
        for words in ("FOLDER/conf:2: socket = unix:/run/other/our.sock is outside FOLDER/spool", "FOLDER/postfix/master.cf",
                      "write there: socket = unix:FOLDER/spool/invite-milter/milter.sock"):
            require(words in told, "%r is not in %s" % (words, told))
        equal(site.all_files(), site.before, "files")


def a_port_is_written_as_postfix_does():
    with Site(settings="[milter]\nsocket = inet:8895@127.0.0.1\n") as site:
        site.attach("--yes")
        require(site.value("smtpd_milters").startswith("{ inet:127.0.0.1:8895, "), site.value("smtpd_milters"))


def the_environment_names_the_folder_too():
    with Site() as site:
        site.attach("--yes", folder=False, environment={"MAIL_CONFIG": site.folder + "/postfix"})
        equal(site.value("smtpd_milters"), OURS, "smtpd_milters")


def signs_are_written_into_the_settings():
    with Site() as site:
        require("--sign subject, --sign banner or --sign digest" in site.attach(), "the signs are offered")
        site.attach("--yes", "--sign", "subject")
        require(site.read("conf").endswith("\n[policy]\nsubject = [%v]\n"), site.read("conf"))
        require(OURS in site.value("smtpd_milters"), site.value("smtpd_milters"))
        site.attach("--yes", "--sign", "none")
        require(site.read("conf").endswith("\n[policy]\nsubject = \n"), site.read("conf"))
        site.attach("--yes", "--sign", "digest")
        require(site.read("conf").endswith("\n[digest]\ndigest = daily\n"), site.read("conf"))
        require("Owners see" not in site.attach(), "the digest is a sign")
        site.attach("--yes", "--sign", "none")
        require(site.read("conf").endswith("\n[digest]\ndigest = never\n"), site.read("conf"))
        site.is_undone()


def with_a_banner_mail_waits_for_a_daemon_that_is_there():
    with Site() as site:
        told = site.attach("--yes", "--sign", "banner", status=1)
        require("nobody listens at FOLDER/spool/invite-milter/milter.sock" in told, told)
        equal(site.all_files(), site.before, "files")
    for settings in ("[policy]\nbanner = yes\n", "[policy domain example.org]\nspammy = banner\n"):
        with Site(settings=SETTINGS + settings) as site:
            require("+smtpd_milters = " + WAITS in site.attach(), settings)
    with Site(main="smtpd_milters = %s, inet:127.0.0.1:12345\n" % OURS) as site:
        require("+smtpd_milters = inet:127.0.0.1:12345, " + WAITS in site.attach("--sign", "banner"), "tempfail")


def a_verifier_s_name_is_believed_where_it_is_told():
    for main, file, text, name in (
            ("unix:opendkim/sock", "opendkim.conf", "Mode sv\nAuthservID  verify.example.net\n", "verify.example.net"),
            ("unix:opendmarc/sock", "opendmarc.conf", "AuthservID HOSTNAME\n", None), ("inet:localhost:11332", None, "", None)):
        with Site(main="smtpd_milters = %s\n" % main) as site:
            if file is not None:
                site.write("etc/" + file, text)
            site.before = site.all_files()
            told = site.attach("--yes")
            if name is None:
                require("Most likely that is mx.example.net" in told, told)
                require("--authserv-id mx.example.net --yes" in told, told)
                require("#authserv-id =\n" in site.read("conf"), site.read("conf"))
                site.attach("--yes", "--authserv-id", "mx.example.net")
                name = "mx.example.net"
            else:
                require("as verify.example.net (FOLDER/etc/opendkim.conf:2)" in told, told)
            require("#authserv-id =\nauthserv-id = %s\n" % name in site.read("conf"), site.read("conf"))
            for line, want in (("%s; dkim=pass" % name, "IGNORE"), ('"verify\\.example"; dkim=pass', "IGNORE"),
                               ("other.example.org; dkim=pass", "")):
                equal(site.lookup("Authentication-Results: " + line), want, line)
            site.is_undone()


def what_was_changed_since_stays():
    with Site(main="smtpd_milters = inet:127.0.0.1:12345\n") as site:
        site.attach("--yes", "--sign", "subject")
        subprocess.run(["postconf", "-c", site.folder + "/postfix", "-e", "mydestination=example.org",
                        "header_checks=%s, regexp:/own" % site.value("header_checks").replace("FOLDER", site.folder)],
                       check=True, timeout=PATIENCE)
        site.write("conf", "# Ours.\n", "a")
        told = site.attach("--undo")
        require("FOLDER/postfix/main.cf was changed since: our part alone" in told, told)
        require("FOLDER/conf was changed since, and stays" in told, told)
        equal([site.value(name) for name in ("smtpd_milters", "header_checks", "mydestination")],
              ["inet:127.0.0.1:12345", "regexp:/own", "example.org"], "settings")
        require(site.read("conf").endswith("# Ours.\n"), site.read("conf"))
        require(not os.path.exists(site.checks), "our header checks")


def what_is_in_the_way_is_told_with_its_line():
    for main, words in (
            ("smtpd_milters = { inet:localhost:1\n", "FOLDER/postfix/main.cf:4: the braces of smtpd_milters do not match"),
            ("all_milters = unix:invite-milter/milter.sock, unix:opendkim/s\nsmtpd_milters = $all_milters\n",
             "FOLDER/postfix/main.cf:5: smtpd_milters names us by a variable and before a verifier")):
        with Site(main=main) as site:
            require(words in site.attach("--yes", status=1), words + " in " + site.attach("--yes", status=1))
            equal(site.all_files(), site.before, "files")
    with Site(settings="[polcy]\n") as site:
        told = site.attach("--yes", status=1)
        require('FOLDER/conf:1: [polcy]: no such section' in told, told)
    with Site() as site:
        os.unlink(site.main_cf)
        require("FOLDER/postfix/main.cf or master.cf: no such file" in site.attach(status=1), "main.cf")
        require("nothing to undo" in site.attach("--undo", status=1).replace("main.cf or master.cf: no such file", "nothing to undo"),
                "undo")
    with Site() as site:
        require("nothing to undo" in site.attach("--undo", status=1), "undo")
        require('what is "--no"?' in site.attach("--no", status=2), "usage")


def a_way_back_from_a_filter_is_told():
    for options, is_told in (("", True), (" -o receive_override_options=no_header_body_checks,no_milters", False)):
        with Site(main="content_filter = smtp:[127.0.0.1]:10024\n",
                  master=MASTER + "127.0.0.1:10025 inet n - y - - smtpd%s\n" % options) as site:
            told = site.attach()
            equal("receive_override_options=no_header_body_checks,no_milters" in told, is_told, told)


def mail_arrives_tagged_until_it_is_undone():
    folder = temporary_folder()
    sink, postfix = Sink(), Postfix(folder)
    try:
        postfix.start("transport_maps = static:smtp:[127.0.0.1]:%d\n" % sink.port, {"in": ""})
        place = folder + "/p/spool/invite-milter"
        os.mkdir(place)
        etc, service = folder + "/p/etc", "127.0.0.1:%d/inet/chroot=y" % postfix.ports["in"]
        subprocess.run(["postconf", "-c", etc, "-F", service], check=True, timeout=PATIENCE)
        with open(etc + "/main.cf", "rb") as file:
            before = file.read()
        with Daemon(folder=place) as daemon:
            command = [ATTACH, "-c", etc, "--config", daemon.settings]
            for option, tags in ((None, 0), ("--yes", 1), ("--undo", 0)):
                if option is not None:
                    done = subprocess.run([*command, option], capture_output=True, text=True, timeout=PATIENCE,
                                          env={**os.environ, "INVITECTL": CTL})
                    equal((done.returncode, done.stderr), (0, ""), option)
                    require("Postfix is reloaded." in done.stdout, done.stdout)
                count = len(sink.mails)
                mailsite.send(b"Invite-Verdict: known\n" + mail("linkedin/member-2024-default.eml"),
                              ["bob@home.example.net"], postfix.ports["in"])
                await_true(lambda: len(sink.mails) > count, lambda: "the mail: " + postfix.log()[-800:])
                text = "\n" + sink.mails[-1].decode("utf-8", "replace")
                equal(text.count("\nInvite-Verdict: default-text"), tags, option or "at first")
                equal(text.count("\nInvite-Verdict: known"), 1 - tags, "the sender's own")
        with open(etc + "/main.cf", "rb") as file:
            equal(file.read(), before, "main.cf")
    finally:
        postfix.stop()
        sink.listener.close()
        remove_folder(folder)


CASES = [shows_first_and_changes_nothing, an_empty_postfix_gets_both_and_gives_them_back,
         a_second_time_changes_nothing, what_is_there_stays_and_goes_before_us,
         checks_that_take_our_fields_off_are_enough, checks_with_another_word_on_our_fields_come_behind,
         we_go_behind_verifiers, a_list_of_a_variable_stays_one, mail_by_sendmail_is_for_those_who_want_it,
         without_a_chroot_the_socket_may_be_elsewhere, a_port_is_written_as_postfix_does,
         the_environment_names_the_folder_too, signs_are_written_into_the_settings,
         with_a_banner_mail_waits_for_a_daemon_that_is_there, a_verifier_s_name_is_believed_where_it_is_told,
         what_was_changed_since_stays, what_is_in_the_way_is_told_with_its_line, a_way_back_from_a_filter_is_told,
         mail_arrives_tagged_until_it_is_undone]

if __name__ == "__main__":
    if os.geteuid() != 0 or shutil.which("postconf", path=mailsite.PATH) is None:
        print("attach: root and Postfix are needed")
        sys.exit(SKIP)
    run_cases("attach", [(case.__name__, case) for case in CASES])
