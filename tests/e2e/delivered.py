# SPDX-License-Identifier: BSD-2-Clause
"""A delivered mail held against what was sent."""

import re

from daemon import equal, require
from mailsite import MARK
from mime import head_and_body, inserted, names, take_apart

OURS = ["Invite-Verdict", "Invite-Reasons", "Invite-From", "Invite-Suggestion", "Invite-Reply"]
FENCE = b"invite-milter-" + MARK.encode()
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


def check_banner(delivered, original, parts):
    """Every byte outside of these parts' contents stands as it did, and their
    contents too, but for one block.  Returns our fields."""
    frame, leaves = take_apart(original)
    new_frame, new_leaves = take_apart(delivered)
    ours = check_untouched(new_frame, frame)
    equal(len(new_leaves), len(leaves), "parts")
    bannered = []
    for old, new in zip(leaves, new_leaves):
        if old.raw == new.raw:
            continue
        block = inserted(old.content(), new.content())
        require(block is not None, "%s: more than a block was changed" % old.kind)
        require(FENCE in block, "%s: a block without the fence" % old.kind)
        require(MARK.encode() in block, "%s: a block without the mark" % old.kind)
        require(not re.search(rb"(?i)<(img|script|style|link|iframe)|url\(", block),
                "%s: remote content in the block" % old.kind)
        bannered.append(old.kind)
    equal(bannered, parts, "parts with a banner")
    return ours


def difference(delivered, original):
    got, want = delivered.split(b"\n")[::-1], original.split(b"\n")[::-1]
    for line, (a, b) in enumerate(zip(got, want)):
        if a != b:
            return "line %d from the end is %r, was %r" % (line, a[:200], b[:200])
    return "%d lines instead of %d" % (len(got), len(want))
