#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Make the table of weights from labelled notes: make.py FEATURES OUT NOTES.tsv...

FEATURES is the program built from features.c.  Needs python3-sklearn; nothing is
drawn by lot, so the same notes make the same bytes.
"""
import os
import struct
import subprocess
import sys

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

CLASSES = ["default", "vague", "pitch", "personal"]
BUCKETS = 32768
ROW_SCALE, BUCKET_SCALE = 1000, 100
# How far a feature may speak: roles and words less than what they say together.
SCALES = {"role": 0.7, "#": 0.4}
STRENGTH = 0.3
# 0: every note counts as much; 1: every class.
BALANCE = 0.5


def is_held_out(path, text):
    """The third of notes.tsv that check_notes judges (src/ctl/evaluate.c)."""
    return os.path.basename(path) == "notes.tsv" and fnv(text.encode()) % 3 == 0


def read(program, path):
    """Class and feature names of each note that is not held out."""
    out = subprocess.run([program, path], capture_output=True, text=True, check=True)
    for line in out.stdout.splitlines():
        cells = line.split("\t")
        if cells[0] in CLASSES and cells[5] and not is_held_out(path, cells[6]):
            yield cells[0], cells[5].split(";")


def scale_of(name):
    return SCALES.get("#" if name[0] == "#" else name.split(" ")[0], 1.0)


def matrix(notes, index):
    rows, columns, values = [], [], []
    for i, (_, names) in enumerate(notes):
        for name in names:
            rows.append(i)
            columns.append(index[name])
            values.append(scale_of(name))
    return csr_matrix((values, (rows, columns)), shape=(len(notes), len(index)))


def shares(wanted):
    """How much each note counts: a class of few notes is not outvoted by their number."""
    counts = numpy.bincount(wanted, minlength=len(CLASSES))
    return [(len(wanted) / len(CLASSES) / counts[i]) ** BALANCE for i in wanted]


def fnv(data):
    value = 2166136261
    for byte in data:
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def table(weights, start, index):
    """The bytes of a file of weights (src/note/weights.h)."""
    rows = {fnv(b""): start}
    buckets = numpy.zeros((BUCKETS, len(CLASSES)))
    for name, column in index.items():
        values = weights[:, column] * scale_of(name)
        if name[0] == "#":
            buckets[int(name[1:])] = values
        else:
            rows[fnv(name.encode())] = values
    body = b"".join(
        struct.pack("<I4h", key, *(int(round(max(-32, min(32, v)) * ROW_SCALE)) for v in rows[key]))
        for key in sorted(rows)
    )
    body += numpy.clip(numpy.round(buckets * BUCKET_SCALE), -127, 127).astype("<i1").tobytes()
    return b"invite-weights 1\n" + struct.pack(
        "<5I", len(rows), BUCKETS, ROW_SCALE, BUCKET_SCALE, fnv(body)) + body


def main():
    program, out, paths = sys.argv[1], sys.argv[2], sorted(sys.argv[3:])
    notes = [note for path in paths for note in read(program, path)]
    index = {name: i for i, name in enumerate(sorted({n for _, names in notes for n in names}))}
    wanted = [CLASSES.index(name) for name, _ in notes]
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-6)
    model.fit(matrix(notes, index), wanted, shares(wanted))
    # The sums matter only against each other.
    weights = model.coef_ - model.coef_.mean(axis=0)
    with open(out, "wb") as file:
        file.write(table(weights, model.intercept_ - model.intercept_.mean(), index))


if __name__ == "__main__":
    main()
