# SPDX-License-Identifier: BSD-2-Clause
"""The words of networks' mail, out of the data files: what people quote and ask about."""

import glob
import os
import re

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILES = os.path.join(TOP, "src/data/networks/*.network")

HOLES = {
    # Nobody who writes in material.py: who asks about an invitation is not who invites.
    "inviter": ["Hinnerk Oldenbuttel", "Femke", "Íñigo Urrutia", "Depot Zuid", "小野寺 涼"],
    "recipient": ["Marieke", "Hein"],
    "headline": ["Keeper at Depot Nord"],
    "company": ["Depot Nord"],
    "location": ["Ghent, Belgium"],
    "address": ["wout@example.org"],
    "count": ["3", "17"],
    "template": ["invite_member_28"],
    "id": ["wout-spaander"],
    "*": ["", "today", "the choir", "your", "our rehearsal at Depot Nord"],
}
# Of a kind that asks.
KEYS = {"subject": "subjects", "own-subject": "subjects", "line": "lines", "link": "links"}

TOKENS = ["a1b2c3", "17", "Xy-9_z"]


def unescaped(text):
    return re.sub(r"\\([sntr\\;])", lambda found: {"s": " ", "n": "\n", "t": "\t", "r": "\r"}
                  .get(found[1], found[1]), text)


def listed(value):
    """The items of a list, parted by ";" where no backslash is before it."""
    return [unescaped(item.strip()) for item in re.split(r"(?<!\\);", value) if item.strip()]


class Network:
    def __init__(self, path):
        self.name = self.title = ""
        self.domains, self.subjects, self.lines, self.links = [], [], [], []
        self.claims = []
        with open(path, encoding="utf-8") as file:
            self.read(file)

    def read(self, file):
        section, kind = "", {}
        for line in file:
            line = line.strip()
            if line.startswith("["):
                section, kind = line.strip("[]"), {}
            elif line and not line.startswith("#"):
                key, _, value = line.partition("=")
                self.take(section, kind, re.sub(r"(?:-\d+)?(?:\[.*\])?$", "", key.strip()), value)

    def take(self, section, kind, key, value):
        """One key of the file; kind: what its section said before."""
        if section == "network" and key == "title":
            self.title = value.strip()
        elif section == "network" and key == "domains":
            self.domains = listed(value)
        elif section == "claims" and key == "name":
            self.claims += listed(value)
        elif section == "lines" and key == "frame":
            self.lines += listed(value)
        elif section == "links" and key == "accept":
            self.links += listed(value)
        elif section.startswith("kind"):
            kind[key] = value.strip()
            if "request" in kind and key in KEYS:
                getattr(self, KEYS[key]).extend(listed(value))

    def is_named_in(self, pattern):
        """Does the text say which network?"""
        names = [self.title] + [claim.strip("* ") for claim in self.claims]
        folded = pattern.casefold()
        return any(name and re.search(r"\b" + re.escape(name.casefold()), folded)
                   for name in names)


class NetworkWords:
    def __init__(self):
        # What any calendar program writes is no domain's.
        self.all = [network for network in map(Network, sorted(glob.glob(FILES)))
                    if network.domains]
        self.subjects = [text for network in self.all for text in network.subjects]
        self.lines = [text for network in self.all for text in network.lines]
        self.links = [text for network in self.all for text in network.links]
        # A form that many programs use has no domain of its own.
        self.with_domains = [network for network in self.all if network.domains]
        # Anybody may write these.
        self.plain_subjects = [text for network in self.all for text in network.subjects
                               if not network.is_named_in(text)]

    @staticmethod
    def filled(rng, pattern):
        """The pattern with something in each hole."""
        text = re.sub(r"\{(\w+)\}", lambda hole: rng.choice(HOLES[hole[1]]), pattern)
        return plain(re.sub(r"(?<!\\)(\S?)\*(?=(\S?))", lambda star: "%s%s%s%s" % (
            star[1], " " * bool(star[1]), rng.choice(HOLES["*"]), " " * bool(star[2])), text))

    @staticmethod
    def link(rng, pattern):
        """As filled(), but a URL."""
        text = plain(re.sub(r"(?<!\\)\*", lambda _: rng.choice(TOKENS), re.sub(
            r"\{(\w+)\}", lambda hole: rng.choice(TOKENS), pattern.lstrip("*"))))
        return text if "://" in text else "https://" + text.lstrip("./")


def plain(pattern):
    return re.sub(r"\\([*{}\\])", r"\1", pattern).strip()
