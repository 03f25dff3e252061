#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""What helps?  ablation.py FEATURES COSTS.c HELD-OUT... -- TRAIN...

Makes weights from some kinds of features alone, judges notes of other hands by the
costs in COSTS.c (src/note/weights.c), and prints the tables of tests/notes/README.md.
The last row is FEATURES' own: the weights that are shipped, and all that stands beside them.
"""
import re
import subprocess
import sys

import numpy
from sklearn.linear_model import LogisticRegression

sys.dont_write_bytecode = True
import make  # noqa: E402

# Kinds of features that take part in a row; "#" are words and pairs of words.
ROWS = [
    ("rules", {"rule"}),
    ("rules and roles", {"rule", "role"}),
    ("words", {"#"}),
    ("rules and words", {"rule", "#"}),
    ("rules, roles and words", {"rule", "role", "#"}),
]
SHIPPED = "the program"
# Languages with fewer held-out notes share a column.
LEAST_NOTES = 100


def kind_of(name):
    return "#" if name[0] == "#" else "role" if name.startswith("role ") else "rule"


def costs_of(path):
    """Of strangers, then of people who know each other: [is][called]."""
    text = open(path, encoding="utf-8").read()
    table = text[text.index("costs[]"):]
    rows = re.findall(r"\[SIDE_\w+\] = \{ ([\d., ]+) \}", table[:table.index("\n};")])
    return numpy.array([[float(x) for x in row.split(",")] for row in rows]).reshape(2, 4, 4)


def read(program, path):
    """Labelled class, language, judged class and features of each note."""
    out = subprocess.run([program, path], capture_output=True, text=True, check=True)
    for line in out.stdout.splitlines():
        wanted, _, language, _, judged, names = line.split("\t")[:6]
        yield wanted, language, judged, names.split(";") if names else []


def judged_by(kinds, notes, held, costs):
    """The class of each held-out note, by weights of these kinds of features."""
    chosen = [(wanted, [n for n in names if kind_of(n) in kinds]) for wanted, names in notes]
    index = {n: i for i, n in enumerate(sorted({n for _, names in chosen for n in names}))}
    wanted = [make.CLASSES.index(name) for name, _ in chosen]
    model = LogisticRegression(C=make.STRENGTH, max_iter=500, tol=1e-6)
    model.fit(make.matrix(chosen, index), wanted, make.shares(wanted))
    known = [(None, [n for n in names if n in index]) for _, _, _, names in held]
    likely = model.predict_proba(make.matrix(known, index))
    for (_, _, judged, names), row in zip(held, likely):
        among = int("rule" in kinds and "form acquainted" in names)
        # A default text that is known word for word has no features.
        yield make.CLASSES[int((row @ costs[among]).argmin())] if names else judged


def share(part, whole, digits=1):
    return f"{100 * part / whole:.{digits}f}%" if whole else "-"


def figures(pairs):
    """Exact, personal or not, harm, nuisance, recall of (labelled, judged) classes."""
    labelled = {c: [j for w, j in pairs if w == c] for c in make.CLASSES}
    friends, pitches = labelled["personal"], labelled["pitch"]
    return [
        share(sum(w == j for w, j in pairs), len(pairs)),
        share(sum((w == "personal") == (j == "personal") for w, j in pairs), len(pairs)),
        share(sum(j in ("pitch", "default", "none") for j in friends), len(friends)),
        share(pitches.count("personal"), len(pitches)),
        " ".join(share(labelled[c].count(c), len(labelled[c]), 0) for c in make.CLASSES),
    ]


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("| " + " | ".join("---" for _ in head) + " |")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def main():
    program, costs = sys.argv[1], costs_of(sys.argv[2])
    split = sys.argv.index("--")
    held = [note for path in sorted(sys.argv[3:split]) for note in read(program, path)]
    notes = [note for path in sorted(sys.argv[split + 1:]) for note in make.read(program, path)]
    results = [(name, list(judged_by(kinds, notes, held, costs))) for name, kinds in ROWS]
    results.append((SHIPPED, [judged for _, _, judged, _ in held]))
    labels = [wanted for wanted, _, _, _ in held]
    spoken = [language for _, language, _, _ in held]
    columns = sorted({s for s in spoken if spoken.count(s) >= LEAST_NOTES})

    print(f"From {len(notes)} notes, on {len(held)} held-out ones:\n")
    table(["", "exact", "personal or not", "harm", "nuisance",
           "recall default, vague, pitch, personal"],
          [[name] + figures(list(zip(labels, judged))) for name, judged in results])
    print("Exact, and harm, by language:\n")
    table([""] + columns + ["others"],
          [[name] + [", ".join(figures([(w, j) for w, j, s in zip(labels, judged, spoken)
                                        if (s if s in columns else "") == column])[::2][:2])
                     for column in columns + [""]] for name, judged in results])


if __name__ == "__main__":
    main()
