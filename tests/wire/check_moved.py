#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Is a note found, or told to be not found, wherever in its mail it stands?

A network's next design moves the note: below the links, between the cards, above the
footer.  So each note of tests/mail/ is taken out of its mail and put behind every other
block, in the text and in the HTML; and above it where it stands is put a line that leads
it in, in words that no file knows.
"""

import csv
import email
import html
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from daemon import CTL, MAILS, require, run_cases  # noqa: E402

CALENDARS = {"calendar", "google", "icloud", "outlook"}

# Within the inviter's block, a note is taken for a headline; and a reminder's stands
# behind one line alone.
MOST_LOST = 0.03

# Its text shows name and headline where no block is known: what is left are these.  And
# behind "NAME wrote:" the note stands once more.
TAKEN = {"linkedin/request-recommendation-own.eml",
         "linkedin/member-2026-told-above-en-both.eml",
         "linkedin/member-2026-told-above-en-text.eml"}

TAG = re.compile(r"(<!--.*?-->|<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>)",
                 re.S | re.I)
BLOCK_END = re.compile(r"</(p|tr|div|h\d|table)>|<br", re.I)

LEADS = [
    "Hi there, %s would love to be in your circle",
    "Sie haben eine neue Anfrage von %s",
    "%s souhaite faire partie de vos proches",
    "%s desea formar parte de tu red",
    "%s wil graag in je netwerk",
    "%s haluaa verkostoitua kanssasi",
    "%s sizinle bağlantı kurmak istiyor",
    "%s muốn kết nối với bạn",
    "%sさんがつながりを求めています",
    "%s 想加你为好友",
    "%s님이 1촌을 맺고 싶어합니다",
    "يريد %s التواصل معك",
    "%s רוצה להתחבר איתך",
    "%s ต้องการเชื่อมต่อกับคุณ",
]


def words(text):
    return " ".join(text.replace("\xa0", " ").split())


def read_parts(mail):
    parts = {}
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and kind not in parts:
            charset = part.get_content_charset() or "utf-8"
            try:
                parts[kind] = part.get_payload(decode=True).decode(charset)
            except (LookupError, UnicodeDecodeError):
                pass
    return parts


def written(mail, kind, text):
    """The mail with one part alone, of this kind and text."""
    fields = "".join("%s: %s\n" % (name, value) for name, value in mail.items()
                     if not name.lower().startswith(("content-", "mime-")))
    return ("%sMIME-Version: 1.0\nContent-Type: %s; charset=utf-8\n"
            "Content-Transfer-Encoding: 8bit\n\n%s\n" % (fields, kind, text)).encode(
                "utf-8", "surrogateescape")


def find(pieces, wanted, is_text, meaning):
    """From which piece to which one the note stands, or None."""
    for start, piece in enumerate(pieces):
        if not is_text(piece):
            continue
        said = ""
        for end in range(start, min(len(pieces), start + 60)):
            said += " " + meaning(pieces[end])
            if words(said) == wanted:
                return start, end + 1
            if not wanted.startswith(words(said)):
                break
    return None


class Text:
    kind = "text/plain"

    def __init__(self, text):
        self.pieces = text.replace("\r", "").split("\n")

    def find(self, note):
        return find(self.pieces, note, str.strip, str)

    def remove(self, start, end):
        del self.pieces[start:end]

    def places(self):
        return [at for at in range(1, len(self.pieces))
                if self.pieces[at].strip() and not self.pieces[at - 1].strip()]

    def with_blocks(self, at, blocks):
        more = [line for block in blocks for line in block.split("\n") + [""]]
        return "\n".join(self.pieces[:at] + more + self.pieces[at:])


class Html:
    kind = "text/html"

    def __init__(self, text):
        self.pieces = TAG.split(text)

    @staticmethod
    def is_text(piece):
        return not piece.startswith("<") and piece.strip()

    def find(self, note):
        return find(self.pieces, note, self.is_text,
                    lambda piece: "" if piece.startswith("<") else html.unescape(piece))

    def remove(self, start, end):
        for at in range(start, end):
            if self.is_text(self.pieces[at]):
                self.pieces[at] = ""

    def places(self):
        found, is_behind_text = [], False
        for at, piece in enumerate(self.pieces):
            if is_behind_text and BLOCK_END.match(piece):
                found.append(at + 1)
                is_behind_text = False
            is_behind_text = is_behind_text or bool(self.is_text(piece))
        return found

    def with_blocks(self, at, blocks):
        form = ("<tr><td>%s</td></tr>" if self.pieces[at - 1].lower().startswith("</tr")
                else "<div>%s</div>")
        more = [form % html.escape(block, False).replace("\n", "<br>")
                for block in blocks]
        return "".join(self.pieces[:at] + more + self.pieces[at:])


def notes():
    """Of each mail with a note its row, the note, the mail, and a part that has it."""
    with open(os.path.join(MAILS, "EXPECTED.tsv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if (row["note"] not in ("personal", "vague", "pitch") or row["forged"] == "true" or
                row["network"] in CALENDARS or not row["text"] or not row["inviter"]):
            continue
        with open(os.path.join(MAILS, row["file"]), "rb") as file:
            mail = email.message_from_bytes(file.read())
        note = row["text"].replace("\\n", "\n")
        parts = read_parts(mail)
        for form in (Text, Html):
            if form.kind in parts and form(parts[form.kind]).find(words(note)):
                yield row, note, mail, form(parts[form.kind])


def judge(mails):
    """What is said of each mail."""
    with tempfile.TemporaryDirectory() as folder:
        said = []
        for start in range(0, len(mails), 500):
            files = []
            for at, mail in enumerate(mails[start:start + 500]):
                files.append(os.path.join(folder, "%03d.eml" % at))
                with open(files[-1], "wb") as file:
                    file.write(mail)
            out = subprocess.run([CTL, "classify", "--json"] + files,
                                 stdout=subprocess.PIPE, check=True).stdout
            said += [json.loads(line) for line in out.decode("utf-8").splitlines()]
        require(len(said) == len(mails), "%d of %d answers" % (len(said), len(mails)))
        return said


def emptied(part, note):
    while part.find(words(note)):
        part.remove(*part.find(words(note)))
    return part


def a_note_that_was_moved_is_not_lost():
    mails, what = [], []
    for row, note, mail, part in notes():
        if row["note"] != "personal":
            continue
        emptied(part, note)
        for at in part.places():
            mails.append(written(mail, part.kind, part.with_blocks(at, [note])))
            what.append("%s, %s behind block %d" % (row["file"], part.kind, at))
    require(len(mails) > 1000, "only %d mails" % len(mails))
    lost = [name for name, said in zip(what, judge(mails))
            if said["invitation"] and said["note"]["class"] in ("none", "default")]
    require(len(lost) <= MOST_LOST * len(mails), "%d of %d notes lost: %s" %
            (len(lost), len(mails), "; ".join(lost[:20])))


def without_the_note_there_is_none():
    mails, what = [], []
    for row, note, mail, part in notes():
        mails.append(written(mail, part.kind, emptied(part, note).with_blocks(0, [])))
        what.append(row["file"])
    taken = ["%s: %s" % (name, said["note"]["text"])
             for name, said in zip(what, judge(mails))
             if said["invitation"] and said["note"]["class"] == "personal" and
             name not in TAKEN]
    require(not taken, "notes that are none: %s" % "; ".join(taken[:20]))


def a_line_that_leads_in_the_note_does_not_join_it():
    mails, what = [], []
    for row, note, mail, part in notes():
        if row["network"] == "linkedin" and len(mails) % 3 != 0:
            mails.append(None)
            what.append(None)
            continue
        start, _ = part.find(words(note))
        if part.kind == Html.kind:
            while start > 0 and not re.match(r"<(p|div|tr)\b", part.pieces[start], re.I):
                start -= 1
        lead = LEADS[len(mails) % len(LEADS)] % row["inviter"]
        mails.append(written(mail, part.kind, part.with_blocks(start, [lead])))
        what.append((row["file"], lead))
    pairs = [(mail, name) for mail, name in zip(mails, what) if mail is not None]
    joined = ["%s: %s" % name for (_, name), said in
              zip(pairs, judge([mail for mail, _ in pairs]))
              if said["note"] and name[1] in (said["note"]["text"] or "")]
    require(len(pairs) > 50, "only %d mails" % len(pairs))
    require(len(joined) <= MOST_LOST * len(pairs), "%d of %d leads joined: %s" %
            (len(joined), len(pairs), "; ".join(joined[:20])))


CASES = [a_note_that_was_moved_is_not_lost, without_the_note_there_is_none,
         a_line_that_leads_in_the_note_does_not_join_it]

if __name__ == "__main__":
    run_cases("moved", [(case.__name__, case) for case in CASES])
