# SPDX-License-Identifier: BSD-2-Clause
"""What try.sh does with mails.

usage: try.py port                            print a free port of 127.0.0.1
       try.py send PORT RECIPIENT FILE...     hand the mails in by SMTP
       try.py await MAILDIR COUNT             wait until so many have arrived
       try.py table MAILDIR CTL CONFIG FILE...   show what became of these
"""

import email
import email.policy
import json
import os
import shutil
import smtplib
import socket
import subprocess
import sys
import textwrap
import time
import unicodedata
from email.header import decode_header, make_header

COLOURS = {"default-text": "36", "contextless": "36", "personal": "32", "known": "32",
           "spammy": "33", "forged": "31", "impostor": "31"}

# Seconds, in which Postfix has a mail delivered, or hangs.
PATIENCE = 120

# As wide as the terminal; what is cut of a mail is said in two of the columns.
WIDTH = min(shutil.get_terminal_size((80, 24)).columns, 120)
FREE = max(WIDTH - 2 - 3 * 2 - 12 - 17, 20)
COLUMNS = (("From", FREE * 2 // 5), ("Subject", FREE - FREE * 2 // 5), ("Verdict", 12),
           ("Suggestion", 17))


def read(path):
    with open(path, "rb") as file:
        return email.message_from_binary_file(file, policy=email.policy.compat32)


def words(value):
    """A field's value, decoded, in one line, fit for a terminal."""
    try:
        text = str(make_header(decode_header(str(value or ""))))
    except (UnicodeError, LookupError, email.errors.HeaderParseError):
        text = str(value)
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def name_in(value):
    name = words(value).split("<")[0].strip().strip('"')
    return name or words(value).strip("<>")


def width(text):
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cell(text, size):
    if width(text) > size:
        while width(text) > size - 1:
            text = text[:-1]
        text += "\u2026"
    return text + " " * (size - width(text))


def coloured(text, verdict):
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ or verdict not in COLOURS:
        return text
    return "\033[1;%sm%s\033[0m" % (COLOURS[verdict], text)


def send(port, recipient, files):
    with smtplib.SMTP("127.0.0.1", int(port), timeout=PATIENCE) as smtp:
        for path in files:
            with open(path, "rb") as file:
                mail = file.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            smtp.sendmail("sender@example.org", [recipient], mail)
            print("sent " + path)


def await_mails(maildir, count):
    new = os.path.join(maildir, "new")
    end = time.monotonic() + PATIENCE
    while not os.path.isdir(new) or len(os.listdir(new)) < int(count):
        if time.monotonic() > end:
            sys.exit("the mails have not arrived within %d seconds" % PATIENCE)
        time.sleep(0.1)


def show_row(cells):
    print("  " + "  ".join(cells).rstrip())


def show_reply(path, ctl, config):
    found = json.loads(subprocess.run([ctl, "classify", "--json", "--config", config, path],
                                      capture_output=True, text=True, check=True).stdout)
    print("\nThe reply to %s, ready to send:\n" % found["inviter"]["name"])
    for line in found["suggestion"]["reply"].split("\n"):
        print(textwrap.fill(line, min(WIDTH, 80) - 4, initial_indent="    ", subsequent_indent="    "))


def table(maildir, ctl, config, files):
    new = os.path.join(maildir, "new")
    arrived = {read(os.path.join(new, name))["Message-ID"]: os.path.join(new, name)
               for name in os.listdir(new)}
    example = None
    show_row([cell(title, size) for title, size in COLUMNS])
    show_row(["-" * size for _, size in COLUMNS])
    for path in [arrived[read(sent)["Message-ID"]] for sent in files]:
        mail = read(path)
        verdict = words(mail["Invite-Verdict"]).split(";")[0]
        suggestion = words(mail["Invite-Suggestion"]).split(";")[0]
        row = [name_in(mail["Invite-From"] or mail["From"]), words(mail["Subject"]),
               verdict or "-", suggestion or "-"]
        cells = [cell(text, size) for text, (_, size) in zip(row, COLUMNS)]
        cells[2] = coloured(cells[2], verdict)
        show_row(cells)
        if example is None and mail["Invite-Reply"] is not None:
            example = path
    if example is None:
        sys.exit("no mail got a reply")
    show_reply(example, ctl, config)
    print("\nSee why:\n    %s classify --explain \\\n\t%s" % (ctl, example))


def main():
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "port":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            print(probe.getsockname()[1])
    elif command == "send":
        send(arguments[0], arguments[1], arguments[2:])
    elif command == "await":
        await_mails(*arguments)
    elif command == "table":
        table(arguments[0], arguments[1], arguments[2], arguments[3:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
