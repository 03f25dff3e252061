#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Broken installations: does the doctor name each cause, and does its command cure it?

The daemon runs as nobody, and Postfix's settings are real ones in a folder of
their own, whose queue folder is another one; Postfix itself runs in one case alone,
where the test mail is sent through it.
"""

import os
import shutil
import signal
import socket
import struct
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "wire"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import (CTL, DAEMON, PATIENCE, SKIP, TESTS, await_true, equal, require, run_cases,  # noqa: E402
                    temporary_folder)
from mailsite import Postfix, Sink, remove_folder  # noqa: E402

EX_CONFIG = 78
SETTINGS = """[milter]
socket = unix:{folder}/invite-milter/milter.sock
control = unix:{folder}/invite-milter/control.sock
[people]
store = sqlite:{folder}/lib/people.sqlite
[log]
target = stderr
"""
MAIN = """compatibility_level = 3.6
queue_directory = {folder}
myhostname = mx.example.net
smtpd_milters = {{ unix:invite-milter/milter.sock, default_action=accept, connect_timeout=5s }}
header_checks = regexp:{folder}/postfix/invite_header_checks
"""
MASTER = """smtp inet n - y - - smtpd
submission inet n - y - - smtpd
"""


# postfix -c FOLDER/postfix status|start|reload, of one that need not run.
POSTFIX = """#!/bin/sh
case $3 in
status) [ ! -e "$2/down" ] ;;
start) rm "$2/down" ;;
esac
"""

# systemctl -q is-active UNIT, where somebody wrote down that it is.
SYSTEMCTL = """#!/bin/sh
[ -e "${0%/*}/active" ]
"""


class Site:
    """An installation that is well, until a case breaks it."""

    def __init__(self):
        self.folder = temporary_folder()
        self.elsewhere = temporary_folder()
        self.settings = self.folder + "/conf"
        self.place = self.folder + "/invite-milter"
        self.socket = self.place + "/milter.sock"

    def __enter__(self):
        os.mkdir(self.folder + "/postfix")
        self.write("conf", SETTINGS.format(folder=self.folder))
        self.write("postfix/main.cf", MAIN.format(folder=self.folder))
        self.write("postfix/master.cf", MASTER)
        self.write("postfix/invite_header_checks", "/^Invite-/ IGNORE\n")
        os.mkdir(self.folder + "/bin")
        os.symlink(DAEMON, self.folder + "/bin/invite-milter")
        os.symlink(os.path.join(os.path.dirname(TESTS), "contrib/postfix/attach"),
                   self.folder + "/bin/invite-milter-attach")
        self.script("postfix", POSTFIX)
        self.shell("install -d -o nobody -g postfix -m 2750 " + self.place)
        self.shell("install -d -o nobody -m 700 %s/lib" % self.folder)
        self.shell("setpriv --reuid=nobody --regid=$(id -g nobody) --init-groups "
                   "invite-milter -c " + self.settings)
        await_true(lambda: self.process() > 0, "the daemon")
        return self

    def __exit__(self, kind, value, trace):
        self.end(signal.SIGTERM)
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.elsewhere, ignore_errors=True)

    def write(self, name, text, mode="w"):
        with open(os.path.join(self.folder, name), mode) as file:
            file.write(text)

    def script(self, name, text):
        self.write("bin/" + name, text)
        os.chmod(self.folder + "/bin/" + name, 0o755)

    def environment(self):
        return {**os.environ, "PATH": self.folder + "/bin:" + os.environ["PATH"], "COLUMNS": "500",
                "INVITECTL": CTL, "ETC": self.folder}

    def shell(self, command):
        # A file, for a daemon that is started keeps it open.
        with open(self.folder + "/shell.log", "a+") as log:
            done = subprocess.run(["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                  timeout=PATIENCE, env=self.environment())
            log.seek(0)
            equal(done.returncode, 0, command + ": " + log.read())

    def postconf(self, *arguments):
        subprocess.run(["postconf", "-c", self.folder + "/postfix", *arguments], check=True, timeout=PATIENCE)

    def process(self):
        """Who listens; 0: nobody."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(self.socket)
            except OSError:
                return 0
            return struct.unpack("3i", probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]

    def end(self, number):
        process = self.process()
        if process:
            os.kill(process, number)
            await_true(lambda: self.process() != process, "the daemon's end")

    def ask(self, *arguments, by=()):
        return subprocess.run([*by, CTL, "doctor", "--config", self.settings, "--user", "nobody", "--postfix",
                               self.folder + "/postfix", *arguments], capture_output=True, text=True,
                              timeout=PATIENCE, env=self.environment())


def stop(site):
    site.end(signal.SIGTERM)


def kill(site):
    """The supervisor starts another one, so both are killed."""
    process = site.process()
    with open("/proc/%d/stat" % process) as file:
        parent = int(file.read().rsplit(")", 1)[1].split()[1])
    for one in (parent, process):
        if one > 1:
            os.kill(one, signal.SIGKILL)
    await_true(lambda: site.process() == 0, "the daemon's end")
    require(os.path.exists(site.socket), "it leaves its socket")


def hold(site):
    os.kill(site.process(), signal.SIGSTOP)


def lose_folder(site):
    stop(site)
    shutil.rmtree(site.place)


def close_folder(site):
    os.chmod(site.place, 0o700)


def take_folder(site):
    os.chown(site.place, 0, -1)


def close_socket(site):
    os.chmod(site.socket, 0o600)


def lose_store(site):
    shutil.rmtree(site.folder + "/lib")


def take_store(site):
    os.chown(site.folder + "/lib/people.sqlite", 0, 0)


def say_nothing(site):
    site.postconf("-e", "smtpd_milters=")


def say_whole_path(site):
    site.postconf("-e", "smtpd_milters=unix:" + site.socket)


def leave_submission_out(site):
    site.postconf("-P", "submission/inet/smtpd_milters=unix:other/sock")


def show_banner(site):
    site.write("conf", "[policy]\nbanner = yes\n", "a")


def refuse_mail(site):
    site.postconf("-e", "smtpd_milters={ unix:invite-milter/milter.sock, default_action=reject }")


def believe_senders(site):
    site.postconf("-e", "header_checks=regexp:%s/postfix/none" % site.folder)
    site.write("postfix/none", "/^X-Other:/ IGNORE\n")


def forget_verifier(site):
    site.write("conf", "[trust]\nown-hosts = mx.example.net\n", "a")
    site.postconf("-e", "smtpd_milters=unix:opendkim/sock, { unix:invite-milter/milter.sock, "
                  "default_action=accept }")


def come_first(site):
    site.write("conf", "[trust]\nauthserv-id = mx.example.net\n", "a")
    site.postconf("-e", "smtpd_milters={ unix:invite-milter/milter.sock, default_action=accept }, "
                  "unix:opendkim/sock")


def misname_verifier(site):
    site.write("conf", "[trust]\nauthserv-id = other.example.net\n", "a")
    site.write("opendkim.conf", "AuthservID mail.example.net\n")
    site.postconf("-e", "smtpd_milters=unix:opendkim/sock, { unix:invite-milter/milter.sock, "
                  "default_action=accept }")


def hold_mail(site):
    show_banner(site)
    site.postconf("-e", "smtpd_milters={ unix:invite-milter/milter.sock, default_action=quarantine }")


def name_us_twice(site):
    site.postconf("-e", "smtpd_milters={ unix:invite-milter/milter.sock, default_action=accept }, "
                  "unix:invite-milter/milter.sock")


def name_us_elsewhere(site):
    site.postconf("-e", "smtpd_milters={ unix:invite-milter/milter.sock, default_action=accept }, "
                  "unix:/run/invite-milter/milter.sock")


def leave_everybody_out(site):
    site.postconf("-P", "smtp/inet/smtpd_milters=")


def ask_no_milter(site):
    site.postconf("-e", "receive_override_options=no_address_mappings, no_milters")


def ask_no_milter_for_smtp(site):
    site.postconf("-P", "smtp/inet/receive_override_options=no_milters")


def close_settings(site):
    os.chmod(site.settings, 0o600)


def change_settings(site):
    site.write("conf", "[policy]\nsubject = [%v]\n", "a")


def lose_control(site):
    """The daemon makes one anew that is removed, but not its folder."""
    stop(site)
    site.shell("sed -i 's|^control = .*|control = unix:%s/run/control.sock|' %s" % (site.folder, site.settings))
    site.shell("setpriv --reuid=nobody --regid=$(id -g nobody) --init-groups invite-milter -c " + site.settings)


def damage_store(site):
    stop(site)
    site.write("lib/people.sqlite", "no database\n" * 400)


def put_file_for_folder(site):
    stop(site)
    shutil.rmtree(site.place)
    site.write("invite-milter", "")


def lose_postfix(site):
    site.write("postfix/down", "")


def go_elsewhere(site):
    stop(site)
    site.shell("install -d -o nobody -g postfix -m 2750 " + site.elsewhere)
    site.shell("sed -i 's|^socket = .*|socket = unix:%s/milter.sock|' %s" % (site.elsewhere, site.settings))
    site.shell("setpriv --reuid=nobody --regid=$(id -g nobody) --init-groups invite-milter -c " + site.settings)


def come_back_from_a_filter(site):
    site.postconf("-e", "content_filter=smtp:[127.0.0.1]:10024")
    site.write("postfix/master.cf", "127.0.0.1:10025 inet n - y - - smtpd\n  -o content_filter=\n", "a")


BROKEN = ((stop, "no daemon listens at "), (kill, "milter.sock: Connection refused"),
          (hold, "test mail to the milter: the milter did not answer"),
          (lose_folder, "the socket's folder FOLDER/invite-milter: No such file or directory for nobody"),
          (close_folder, "the socket's folder FOLDER/invite-milter: Permission denied for postfix"),
          (take_folder, "Permission denied for nobody, who runs the daemon"),
          (close_socket, "the socket FOLDER/invite-milter/milter.sock: Permission denied for postfix"),
          (lose_store, "the store's folder FOLDER/lib: No such file or directory for nobody"),
          (take_store, "the store FOLDER/lib/people.sqlite cannot be used by nobody"),
          (say_nothing, "smtpd_milters is empty"),
          (say_whole_path, "smtpd finds it as unix:invite-milter/milter.sock"),
          (leave_submission_out, "submission/inet/smtpd_milters = unix:other/sock leaves us out"),
          (show_banner, "a daemon that dies over a mail would cost its body"),
          (refuse_mail, "default_action=reject"),
          (believe_senders, "header_checks does not take off"),
          (forget_verifier, "its results begin with a name, mx.example.net: a guess, Postfix's own"),
          (lose_postfix, "Postfix does not run"),
          (go_elsewhere, "/milter.sock is outside FOLDER, in which Postfix's smtpd is shut"),
          (come_back_from_a_filter, "comes back from the content filter smtp:[127.0.0.1]:10024 through"),
          (come_first, "asks us before a verifier, unix:opendkim/sock"),
          (misname_verifier, "its results begin with a name, mail.example.net, as it says in FOLDER/opendkim.conf:1"),
          (hold_mail, "default_action=quarantine: a daemon that dies over a mail would cost its body"),
          (name_us_twice, "asks us twice, the second time by unix:invite-milter/milter.sock"),
          (name_us_elsewhere, "names us by unix:/run/invite-milter/milter.sock, too"),
          (leave_everybody_out, "smtp/inet/smtpd_milters = leaves us out"),
          (ask_no_milter, "main.cf: receive_override_options has no_milters"),
          (ask_no_milter_for_smtp, "master.cf: smtp/inet/receive_override_options has no_milters"),
          (close_settings, "the settings FOLDER/conf: Permission denied for nobody"),
          (change_settings, "the daemon has settings of before: FOLDER/conf changed"),
          (lose_control, "ask the daemon: FOLDER/run/control.sock: No such file or directory"),
          (damage_store, "file is not a database: this is no database"),
          (put_file_for_folder, "the socket's folder FOLDER/invite-milter: Not a directory"))


def cures(told):
    return [line[4:] for line in told.splitlines() if line.startswith("    ")]


def check_well(site, what):
    """Sooner or later: a reload takes its time."""
    done = site.ask()

    def is_well():
        nonlocal done
        done = done if done.returncode == 0 else site.ask()
        return done.returncode == 0
    await_true(is_well, lambda: what + ": " + done.stdout + done.stderr)
    equal(done.stderr, "", what + ": " + done.stdout)
    require("\nNothing is wrong.\n" in done.stdout and "WRONG" not in done.stdout, done.stdout)
    require("ok     test mail to the milter: default-text; network=" in done.stdout, done.stdout)


def broken(break_it, words):
    def case():
        with Site() as site:
            check_well(site, "at first")
            break_it(site)
            done = site.ask()
            told = done.stdout.replace(site.folder, "FOLDER")
            equal(done.returncode, EX_CONFIG, told)
            require(words in told, "%r is not in %s" % (words, told))
            require(cures(done.stdout), told)
            for command in cures(done.stdout):
                site.shell(command)
            await_true(lambda: site.process() > 0, "the daemon")
            check_well(site, "cured by " + "; ".join(cures(told)))
    case.__name__ = break_it.__name__
    return case


def a_milter_that_is_not_named_is_attached_by_the_program():
    with Site() as site:
        say_nothing(site)
        equal(cures(site.ask().stdout), ["invite-milter-attach -c '%s/postfix' --config '%s' --yes" % (
            site.folder, site.settings)], "cures")


def systemd_is_told_to_enable_what_is_not_active():
    """In a /run of its own, where systemd is."""
    by = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && exec \"$@\"", "-"]
    with Site() as site:
        stop(site)
        site.script("systemctl", SYSTEMCTL)
        equal(cures(site.ask(by=by).stdout), ["systemctl enable --now invite-milter"], "one that is not active")
        site.write("bin/active", "")
        equal(cures(site.ask(by=by).stdout), ["systemctl restart invite-milter"], "one that is active")


def postconf(folder, *settings):
    for setting in settings:
        subprocess.run(["postconf", "-c", folder + "/p/etc", *setting], check=True, timeout=PATIENCE)
    subprocess.run(["postfix", "-c", folder + "/p/etc", "reload"], check=True, timeout=PATIENCE,
                   capture_output=True)


def a_test_mail_goes_through_postfix():
    """By SMTP as others' mail does, and by sendmail(1) where nobody serves that."""
    folder = temporary_folder()
    sink, postfix = Sink(), Postfix(folder)
    try:
        postfix.start("transport_maps = static:smtp:[127.0.0.1]:%d\n" % sink.port, {"in": ""})
        with Site() as site:
            os.unlink(site.folder + "/bin/postfix")
            settings = ["--postfix", folder + "/p/etc", "--mail", "bob@home.example.net"]
            by_smtp = "handed in by SMTP at 127.0.0.1:%d" % postfix.ports["in"]

            def ask(words, tags):
                count = len(sink.mails)
                told = site.ask(*settings).stdout
                require("ok     test mail to bob@home.example.net: " + words in told, told)
                require("Postfix does not run" not in told, told)
                await_true(lambda: len(sink.mails) > count, lambda: "the mail: " + postfix.log()[-800:])
                got = sink.mails[-1]
                equal((b"\n" + got).count(b"\nInvite-Verdict: default-text"), tags, words)
                require(b"\n\n" in got and not got.endswith(b"\n.\n"), "the mail's end: %r" % got[-100:])

            postconf(folder, ["-e", "smtpd_milters="])
            ask(by_smtp, 0)
            postconf(folder, ["-e", "smtpd_milters=unix:" + site.socket])
            ask(by_smtp, 1)
            postconf(folder, ["-e", "smtpd_recipient_restrictions=reject"])
            told = site.ask(*settings).stdout
            require("WRONG  test mail to bob@home.example.net: by SMTP at 127.0.0.1:%d: 554 " %
                    postfix.ports["in"] in told, told)
            postconf(folder, ["-MX", "127.0.0.1:%d/inet" % postfix.ports["in"]],
                     ["-e", "non_smtpd_milters="])
            ask("handed in by sendmail(1), which asks non_smtpd_milters; and these are none", 0)
            postconf(folder, ["-e", "non_smtpd_milters=unix:" + site.socket])
            ask("handed in by sendmail(1), which asks non_smtpd_milters; look there for Invite-Verdict", 1)
            postfix.stop()
            told = site.ask(*settings).stdout
            require("WRONG  Postfix does not run" in told, told)
            require("hint   test mail to bob@home.example.net: handed in by sendmail(1), waits until Postfix runs" in
                    told, told)
            require("postfix -c '%s/p/etc' start" % folder in cures(told), told)
    finally:
        postfix.stop()
        sink.listener.close()
        remove_folder(folder)


def wrong_settings_are_told_with_their_line():
    with Site() as site:
        site.write("conf", "[polcy]\n", "a")
        done = site.ask()
        equal(done.returncode, EX_CONFIG, done.stdout)
        require('WRONG  %s:8: [polcy]: no such section; did you mean "policy"?' % site.settings in
                done.stdout, done.stdout)


def a_socket_that_is_none_is_told_with_its_line():
    with Site() as site:
        for place in ("nonsense", "unix:relative/sock"):
            site.write("conf", SETTINGS.format(folder=site.folder).replace("unix:" + site.socket, place))
            done = site.ask()
            equal(done.returncode, EX_CONFIG, done.stdout)
            require("WRONG  %s:2: [milter] socket: give unix: and a whole path" % site.settings in done.stdout,
                    done.stdout)


def a_filter_may_give_mail_back_past_us():
    with Site() as site:
        site.write("postfix/master.cf", "127.0.0.1:smtp inet n - y - - smtpd\n  -o smtpd_milters=\n"
                   "  -o receive_override_options=no_milters\n", "a")
        check_well(site, "given back")


def what_owners_see_is_told():
    with Site() as site:
        require("invite-milter-attach --sign subject, --sign banner or --sign digest shows more" in
                site.ask().stdout, site.ask().stdout)
        site.write("conf", "[digest]\ndigest = weekly\n", "a")
        require("ok     what recipients see: header fields, a digest weekly\n" in site.ask().stdout,
                site.ask().stdout)


def a_brace_that_is_missing_is_told():
    """No command is named for it, and attaching would not mend it."""
    with Site() as site:
        ours = "unix:invite-milter/milter.sock"
        open_list = "{ unix:other/sock, default_action=accept } { %s, { default_action = accept }" % ours
        site.postconf("-e", "smtpd_milters=" + open_list)
        site.postconf("-P", "submission/inet/smtpd_milters={%s" % ours)
        done = site.ask()
        equal((done.returncode, cures(done.stdout)), (EX_CONFIG, []), done.stdout)
        for words in ('main.cf: smtpd_milters: a "}" is missing in "{ %s, { default_action = accept }": each smtpd' % ours,
                      'master.cf: submission/inet/smtpd_milters: a "}" is missing in "{%s": each smtpd' % ours):
            require("WRONG  " + words in done.stdout, done.stdout)
        site.postconf("-e", "smtpd_milters=%s }" % open_list)
        site.postconf("-P", "submission/inet/smtpd_milters={%s}" % ours)
        check_well(site, "closed, with braces in braces")
        for blanks in (" = ", " =", "= "):
            list_ = open_list.replace(" = ", blanks)
            site.postconf("-e", "smtpd_milters=%s }" % list_)
            told = site.ask().stdout
            require("default_action" not in told.replace(list_, ""), told)


def networks_that_are_left_out_are_told():
    with Site() as site:
        site.write("conf", "[policy]\nnetworks = xing\n", "a")
        os.kill(site.process(), signal.SIGHUP)
        await_true(lambda: "hint   test mail to the milter: it was let go" in site.ask().stdout,
                   lambda: site.ask().stdout)
        told = site.ask().stdout
        require("%s:9: [policy] networks" % site.settings in told and "WRONG" not in told, told)


def a_port_without_a_host_is_the_loopbacks():
    with Site() as site:
        for place, words in (("inet:8891", "ok     smtpd_milters: inet:127.0.0.1:8891"),
                             ("inet:8891@127.0.0.1", "ok     smtpd_milters: inet:127.0.0.1:8891"),
                             ("inet:8891@localhost", "ok     smtpd_milters: inet:127.0.0.1:8891"),
                             ("inet:8892", "WRONG  ")):
            site.write("conf", SETTINGS.format(folder=site.folder).replace("unix:" + site.socket, place))
            site.postconf("-e", "smtpd_milters = inet:127.0.0.1:8891")
            told = site.ask().stdout
            require(words in told, "%s: %s" % (place, told))
            require(place != "inet:8891" or "does not lead to the daemon" not in told, told)


def whose_login_is_whose_mailbox_is_told():
    with Site() as site:
        site.write("conf", SETTINGS.format(folder=site.folder))
        require("hint   nobody knows which mailbox a login has" in site.ask().stdout, site.ask().stdout)
        for words, told in (("domain = example.net", "ok     a login's mailbox: LOGIN@example.net"),
                            ("aliases = bob=bob@example.net", None)):
            site.write("conf", SETTINGS.format(folder=site.folder).replace("[log]", words + "\n[log]"))
            done = site.ask()
            require("which mailbox a login has" not in done.stdout, done.stdout)
            require(told is None or told in done.stdout, done.stdout)


def a_user_who_is_not_there_is_told():
    with Site() as site:
        stop(site)
        done = site.ask("--user", "im-nobody")
        equal(done.returncode, EX_CONFIG, done.stdout)
        require('there is no user "im-nobody"' in done.stdout, done.stdout)
        require(cures(done.stdout)[0].startswith("useradd ") and len(cures(done.stdout)) == 1, done.stdout)


def sendmail_is_asked_for_its_filter():
    with Site() as site:
        ours = "Xinvite-milter, S=local:%s, T=C:5s\n" % site.socket
        for text, words in (("", "WRONG  FILE: no filter has our socket"),
                            (ours, "WRONG  FILE: InputMailFilters does not name invite-milter"),
                            (ours + "O InputMailFilters=other,invite-milter\n", "ok     FILE: filter invite-milter")):
            site.write("sendmail.cf", text)
            done = site.ask("--sendmail", site.folder + "/sendmail.cf")
            told = done.stdout.replace(site.folder + "/sendmail.cf", "FILE")
            require(words in told, told)


def sendmail_comes_as_root_whoever_postfix_was():
    with Site() as site:
        site.write("sendmail.cf", "Xinvite-milter, S=local:%s, T=C:5s\nO InputMailFilters=invite-milter\n" %
                   site.socket)
        os.chmod(site.socket, 0o600)
        no_postfix = ("--postfix", site.folder + "/none")
        alone = site.ask("--sendmail", site.folder + "/none", *no_postfix).stdout
        require("as whom the MTA comes" in alone and "Postfix was not looked at" in alone, alone)
        beside = site.ask("--sendmail", site.folder + "/sendmail.cf", *no_postfix).stdout
        require("as whom the MTA comes" not in beside and "Postfix was not" not in beside, beside)


if __name__ == "__main__":
    if os.geteuid() != 0 or shutil.which("postconf") is None or shutil.which("setpriv") is None:
        print("doctor: root, postconf and setpriv are needed")
        sys.exit(SKIP)
    run_cases("doctor", [(case.__name__, case) for case in
                         [broken(*row) for row in BROKEN] +
                         [a_milter_that_is_not_named_is_attached_by_the_program,
                          systemd_is_told_to_enable_what_is_not_active, a_test_mail_goes_through_postfix,
                          wrong_settings_are_told_with_their_line,
                          a_socket_that_is_none_is_told_with_its_line,
                          a_filter_may_give_mail_back_past_us, what_owners_see_is_told,
                          a_brace_that_is_missing_is_told, networks_that_are_left_out_are_told,
                          a_port_without_a_host_is_the_loopbacks, a_user_who_is_not_there_is_told,
                          whose_login_is_whose_mailbox_is_told,
                          sendmail_is_asked_for_its_filter,
                          sendmail_comes_as_root_whoever_postfix_was]])
