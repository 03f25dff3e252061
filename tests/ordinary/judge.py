#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Is any ordinary mail taken for an invitation, or for a forged one?

    judge.py [--count N] [--seed N] [--as-they-are] [--offenders FOLDER] BASES...

Judges N variations of the mails in BASES (see vary.py), or with --as-they-are
these themselves, with "invitectl classify --json".  Every mail must get its
object, with invitation false and the verdict none; only damaged mails may be
unreadable.  Offenders are listed and explained, and kept in FOLDER.

Mails named in KNOWN.tsv are the networks' own.  They are not varied; judged as
they are they must get what stands there.
"""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import bases  # noqa: E402
import vary  # noqa: E402

CTL = os.path.abspath(os.environ.get("INVITECTL", "invitectl"))
CLAIMS = os.path.abspath(os.environ.get("CLAIMS", "tests/ordinary/claims"))
KNOWN = os.path.join(HERE, "KNOWN.tsv")
BATCH = 2000
MAILDIR_EACH = 5  # every so many batches lie in a Maildir, the others in an mbox
EX_OK, EX_DATAERR = 0, 65
SHOWN = 400  # offenders that are explained


def read_known(path=KNOWN):
    """What the networks' own mails must get: {name: (verdict, reason)}."""
    known = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, verdict, reason = line.rstrip("\n").split("\t")
                known[name] = (verdict, reason)
    return known


class Mail:
    def __init__(self, number, recipe, base, raw, wanted="none"):
        self.number, self.recipe, self.base, self.raw = number, recipe, base, raw
        self.wanted = wanted
        self.result = self.claims = None

    def why_offends(self):
        """What is wrong with what was said of it, or None."""
        result = self.result
        if result is None:
            return "not judged"
        if "error" in result and self.recipe not in ("damaged", "as_it_is"):
            return "unreadable: " + result["error"]
        if result["verdict"] != self.wanted or \
                (result["invitation"] and self.wanted == "none"):
            return "%s %s, authenticity %s" % (result["verdict"], result["network"],
                                               result["authenticity"])
        return None


def write_mbox(folder, mails):
    path = os.path.join(folder, "mbox")
    with open(path, "wb") as file:
        for mail in mails:
            file.write(bases.mbox_of(str(mail.number), mail.raw))
    return path


def write_maildir(folder, mails):
    path = os.path.join(folder, "Maildir")
    for below in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(path, below))
    for mail in mails:
        with open("%s/new/%09d.M1P1.example" % (path, mail.number), "wb") as file:
            file.write(mail.raw)
    return path


class Judge:
    """Judges mails batch by batch, and remembers who offends."""

    def __init__(self):
        self.offenders, self.trouble = [], []
        self.count = self.seconds = self.batches = 0
        self.by_recipe, self.let_in = collections.Counter(), collections.Counter()
        self.by_claim, self.of_network = collections.Counter(), collections.Counter()

    def run(self, mails):
        with tempfile.TemporaryDirectory(prefix="ordinary-") as folder:
            is_maildir = self.batches % MAILDIR_EACH == MAILDIR_EACH - 1
            place = (write_maildir if is_maildir else write_mbox)(folder, mails)
            start = time.monotonic()
            done = subprocess.run([CTL, "classify", "--json", "--config", "/dev/null", place],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.seconds += time.monotonic() - start
            self.take_results(mails, done)
            if os.path.exists(CLAIMS):
                self.take_claims(mails, subprocess.run([CLAIMS, place], stdout=subprocess.PIPE))
        self.batches += 1
        self.count += len(mails)
        for mail in mails:
            self.take(mail)

    def take_results(self, mails, done):
        lines = done.stdout.split(b"\n")[:-1]
        if done.returncode not in (EX_OK, EX_DATAERR) or len(lines) != len(mails):
            self.trouble.append("mails %d to %d: exit status %d, %d objects of %d\n%s" % (
                mails[0].number, mails[-1].number, done.returncode, len(lines), len(mails),
                done.stderr.decode(errors="replace")[-2000:]))
        for mail, line in zip(mails, lines):
            mail.result = json.loads(line.decode("utf-8", "replace"))

    @staticmethod
    def take_claims(mails, done):
        for mail, line in zip(mails, done.stdout.decode().splitlines()):
            mail.claims = [] if line == "-" else line.split()

    def take(self, mail):
        why = mail.why_offends()
        if why is not None:
            self.offenders.append((mail, why))
        self.by_recipe[mail.recipe] += 1
        if mail.result is not None and mail.result["network"] is not None:
            self.of_network[mail.result["network"]] += 1
        if mail.claims:
            self.let_in[mail.recipe] += 1
            self.by_claim.update(mail.claims)

    def report(self, out):
        rate = self.count / self.seconds if self.seconds else 0
        print("ordinary: %d mails judged, %d a second" % (self.count, rate), file=out)
        if os.path.exists(CLAIMS) and self.count:
            let_in = sum(self.let_in.values())
            print("the claim index let in %d, %.2f%%:" % (let_in, 100 * let_in / self.count), file=out)
            for recipe, count in sorted(self.by_recipe.items()):
                print("  %-22s %6d of %6d, %6.2f%%" % (recipe, self.let_in[recipe], count,
                                                       100 * self.let_in[recipe] / count),
                      file=out)
            print("networks that claim: %s" % tell(self.by_claim), file=out)
        print("networks' other mail: %s" % tell(self.of_network), file=out)
        for trouble in self.trouble:
            print("TROUBLE %s" % trouble, file=out)
        seen = collections.Counter((mail.recipe, why) for mail, why in self.offenders)
        for (recipe, why), count in seen.most_common():
            print("OFFENDERS %5d of %s: %s" % (count, recipe, why), file=out)

    def keep(self, folder):
        """The offenders as files, and why they got their verdict."""
        os.makedirs(folder, exist_ok=True)
        for mail, why in self.offenders[:SHOWN]:
            path = os.path.join(folder, "%06d-%s.eml" % (mail.number, mail.recipe))
            with open(path, "wb") as file:
                file.write(mail.raw)
            told = subprocess.run([CTL, "classify", "--explain", "--config", "/dev/null", path],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            with open(path[:-4] + ".why", "wb") as file:
                file.write(("%s, made of %s\n" % (why, mail.base)).encode(errors="replace"))
                file.write(told.stdout)

    @property
    def is_well(self):
        return self.count > 0 and not self.offenders and not self.trouble


def tell(counter):
    return ", ".join("%s %d" % pair for pair in counter.most_common()) or "none"


def batches_of(mails):
    batch = []
    for mail in mails:
        batch.append(mail)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def found_in(places):
    """The bases: what bases.py wrote is read as it is, for its names."""
    for place in places:
        if os.path.isfile(place) and place.endswith(".mbox"):
            yield from bases.read(place)
        else:
            yield from bases.found_in([place])


def mails_as_they_are(found, known):
    for number, (name, raw) in enumerate(found):
        yield Mail(number, "as_it_is", name, raw, known.get(name, ("none",))[0])


def variations(found, known, seed, count):
    maker = vary.Variations([pair for pair in found if pair[0] not in known], seed)
    for number in range(count):
        yield Mail(number, *maker.make(number))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=50000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--as-they-are", action="store_true")
    parser.add_argument("--offenders", metavar="FOLDER")
    parser.add_argument("bases", nargs="+")
    given = parser.parse_args()
    known = read_known()
    found = found_in(given.bases)
    judge = Judge()
    for batch in batches_of(mails_as_they_are(found, known) if given.as_they_are else
                            variations(found, known, given.seed, given.count)):
        judge.run(batch)
    judge.report(sys.stdout)
    if given.offenders:
        judge.keep(given.offenders)
    for mail, why in judge.offenders[:50]:
        print("  %d %s of %s: %s" % (mail.number, mail.recipe, mail.base, why))
    sys.exit(0 if judge.is_well else 1)


if __name__ == "__main__":
    main()
