#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Is each kind of invitation forged, once all of its links lead elsewhere?

Every genuine mail below tests/mail/ is made a forgery: where it leads to the
network, it leads to evil.example.  Calendars lead anywhere, and of networks that
nobody read (seen = no) no word makes a forgery.
"""

import base64
import csv
import email
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import CTL, MAILS, equal, require, run_cases  # noqa: E402

NETWORKS = os.path.join(MAILS, "..", "..", "src", "data", "networks")
CALENDARS = {"calendar", "google", "icloud", "outlook"}

# No link of these is offered: those from the inviter's own address, in words that
# people write, too; what came through a list, which adds links of its own, without a
# word that tells what the other link does; and Plaxo's of 2003, which is no invitation
# any more.
NOT_FORGED = {
    "friendster_join-2008-default.eml": "contextless",
    "linkedin_guest-2009-default.eml": "default-text",
    "linkedin_reminder-list-view-this.eml": "contextless",
    "plaxo_update-2003-default.eml": "none",
    "plaxo_update-2003-own.eml": "none",
}

URL = re.compile(rb"https?://[^\s\"'<>)]+", re.I)


def read_networks():
    """Of each network its domains, and whether its mail was read."""
    networks = {}
    for name in os.listdir(NETWORKS):
        with open(os.path.join(NETWORKS, name), encoding="utf-8") as file:
            text = file.read()
        lists = re.findall(r"^domains(?:-\d+)? = (.*)$", text, re.M)
        networks[re.search(r"^name = (.*)$", text, re.M).group(1)] = (
            [domain.strip() for words in lists for domain in words.split(";")],
            "\nseen = no" not in text)
    return networks


def lead_elsewhere(raw, domains):
    """The mail with other links, and how many were changed."""
    mail = email.message_from_bytes(raw)
    changed = 0

    def replace(match):
        nonlocal changed
        url = match.group(0).decode("latin-1").lower()
        if not any(domain in url for domain in domains):
            return match.group(0)
        changed += 1
        return b"https://evil.example/%d" % changed

    for part in mail.walk():
        text = part.get_payload(decode=True)
        if part.get_content_maintype() != "text" or text is None:
            continue
        text = URL.sub(replace, text)
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = "base64"
        part.set_payload(base64.encodebytes(text).decode("ascii"))
    return mail.as_bytes(), changed


def forgeries(folder):
    """Writes the forgeries into folder; their paths."""
    networks = read_networks()
    with open(os.path.join(MAILS, "EXPECTED.tsv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["invitation"] != "true" or row["network"] in CALENDARS:
            continue
        domains, is_seen = networks[row["network"]]
        with open(os.path.join(MAILS, row["file"]), "rb") as file:
            raw, changed = lead_elsewhere(file.read(), domains)
        if not is_seen or changed == 0:
            continue
        path = os.path.join(folder, row["file"].replace("/", "_"))
        with open(path, "wb") as file:
            file.write(raw)
        yield path


def every_kind_that_leads_elsewhere_is_forged():
    with tempfile.TemporaryDirectory() as folder:
        files = list(forgeries(folder))
        require(len(files) > 200, "only %d mails" % len(files))
        out = subprocess.run([CTL, "classify", "--json"] + files,
                             stdout=subprocess.PIPE, check=True).stdout
        missed = {}
        for line in out.decode("utf-8").splitlines():
            mail = json.loads(line)
            if mail["authenticity"] != "forged":
                missed[os.path.basename(mail["file"])] = mail["verdict"]
                offered = mail["accept"] or (mail["suggestion"] or {}).get("url")
                require(offered is None, "%s: offered is %s" % (mail["file"], offered))
        equal(missed, NOT_FORGED, "mails that are not forged")


CASES = [every_kind_that_leads_elsewhere_is_forged]

if __name__ == "__main__":
    run_cases("forgeries", [(case.__name__, case) for case in CASES])
