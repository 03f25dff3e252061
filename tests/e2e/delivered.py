# SPDX-License-Identifier: BSD-2-Clause
"""A delivered mail held against what was sent."""

import re

from daemon import equal, require
from mime import head_and_body, names

OURS = ["Invite-Verdict", "Invite-Reasons", "Invite-From", "Invite-Suggestion", "Invite-Reply"]
TRACES = {"Return-Path", "Delivered-To", "Received"}


def without_ours(original):
    head, body = head_and_body(original)
    ours = "|".join(OURS).encode()
    return re.sub(rb"(?im)^(?:" + ours + rb"):.*\n(?:[ \t].*\n)*", b"", head) + b"\n" + body


def check_untouched(delivered, original, others=()):
    """Everything that was sent is there, at the end, behind traces, our fields and
    those of other milters."""
    require(delivered.endswith(original), "changed: " + difference(delivered, original))
    added = names(delivered[:len(delivered) - len(original)])
    foreign = [name for name in added if name not in {*TRACES, *OURS, *others}]
    equal(foreign, [], "fields added")
    return [name for name in added if name in OURS]


def difference(delivered, original):
    got, want = delivered.split(b"\n")[::-1], original.split(b"\n")[::-1]
    for line, (a, b) in enumerate(zip(got, want)):
        if a != b:
            return "line %d from the end is %r, was %r" % (line, a[:200], b[:200])
    return "%d lines instead of %d" % (len(got), len(want))
