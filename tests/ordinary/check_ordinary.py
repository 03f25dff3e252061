#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A few hundred variations of our own ordinary mails: none is an invitation.

"make check-ordinary" judges fifty thousand, of mails from elsewhere.
"""

import io
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "wire")]

import bases  # noqa: E402
import judge  # noqa: E402
import vary  # noqa: E402
from daemon import MAILS, equal, mail, require, run_cases  # noqa: E402

COUNT = 800
ORDINARY, NEAR = (os.path.join(MAILS, folder) for folder in ("ordinary", "near"))
GENUINE = "linkedin/member-2024-default.eml"


def judged(mails):
    found = judge.Judge()
    for batch in judge.batches_of(mails):
        found.run(batch)
    return found


def told(found):
    out = io.StringIO()
    found.report(out)
    return out.getvalue()


def no_variation_is_an_invitation():
    found = judged(judge.variations(list(judge.found_in([ORDINARY])), {}, "1", COUNT))
    print(told(found))
    equal(found.count, COUNT, "mails")
    require(found.is_well, "\n".join("%d %s of %s: %s" % (
        offender.number, offender.recipe, offender.base, why)
        for offender, why in found.offenders) + "".join(found.trouble))


def our_own_ordinary_mails_are_none():
    found = judged(judge.mails_as_they_are(judge.found_in([ORDINARY, NEAR]), {}))
    require(found.is_well, told(found))


def an_invitation_among_them_is_told():
    mails = [judge.Mail(0, "letter", "plain", mail("ordinary/plain.eml")),
             judge.Mail(1, "letter", GENUINE, mail(GENUINE)),
             judge.Mail(2, "letter", "empty", b"")]
    for place in ("an mbox", "a Maildir"):
        found = judge.Judge()
        found.batches = judge.MAILDIR_EACH - 1 if place == "a Maildir" else 0
        found.run(mails)
        equal([offender.number for offender, _ in found.offenders], [1, 2], place)
        require("default-text linkedin" in found.offenders[0][1], found.offenders[0][1])


def a_mail_known_as_a_networks_must_be_told():
    known = {"member.eml": ("default-text", "genuine"), "plain.eml": ("default-text", "wrong")}
    mails = [("member.eml", mail(GENUINE)), ("plain.eml", mail("ordinary/plain.eml"))]
    found = judged(judge.mails_as_they_are(mails, known))
    equal([offender.base for offender, _ in found.offenders], ["plain.eml"], "offenders")


def the_same_seed_makes_the_same_mails():
    one, same, other = (vary.Variations(list(bases.found_in([ORDINARY])), seed)
                        for seed in ("1", "1", "2"))
    equal([one.make(number) for number in range(40)],
          [same.make(number) for number in range(40)], "mails")
    require(one.make(7) != other.make(7), "another seed makes other mails")


def mails_come_out_of_an_mbox_as_they_went_in():
    raw = b"From: a\nTo: b\nSubject: c\n\n\nFrom here 10:00\n>From there\n\nno line end"
    path = os.path.join(os.getcwd(), "ordinary.%d.mbox" % os.getpid())
    try:
        with open(path, "wb") as file:
            for name in ("one", "with blank", "%20"):
                file.write(bases.mbox_of(name, raw + b"\n"))
        equal(list(bases.read(path)), [(name, raw + b"\n")
                                       for name in ("one", "with blank", "%20")], "mails")
    finally:
        os.unlink(path)


CASES = [no_variation_is_an_invitation, our_own_ordinary_mails_are_none,
         an_invitation_among_them_is_told, a_mail_known_as_a_networks_must_be_told,
         the_same_seed_makes_the_same_mails, mails_come_out_of_an_mbox_as_they_went_in]

if __name__ == "__main__":
    run_cases("ordinary", [(case.__name__, case) for case in CASES])
