#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Which static functions of src/ are called at one place alone?

Usage: contrib/lib/one-caller.py [LINES]

Prints those with at most LINES lines between their braces (3), the shortest first,
then the share of all.  A short one is worth a look: does its name say more than its
body?  The share is told of the static functions and of all.  Callbacks, which are
named and not called, have no caller here.
"""

import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"
STATIC = re.compile(r"^static [^\n;={(]*\n(\w+)\([^{;]*\)\n\{\n(.*?)^\}\n", re.M | re.S)
ANY = re.compile(r"^\w[^\n;={(]*\n\w+\([^{;]*\)\n\{$", re.M)
PROTOTYPE = re.compile(r"^static [^\n;={(]*\([^{;]*\);$", re.M)
IGNORED = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)


def functions(path):
    """Name, lines of the body, and is it called once, of each."""
    text = PROTOTYPE.sub("", IGNORED.sub("", path.read_text()))
    for found in STATIC.finditer(text):
        name, body = found.groups()
        named = re.findall(rf"\b{name}\b(\(?)", text.replace(found.group(0), ""))
        yield name, body.count("\n"), named == ["("]


def main():
    words = sys.argv[1:]
    if len(words) > 1 or not all(word.isdigit() for word in words):
        print(__doc__)
        return
    most = int(words[0]) if words else 3
    found = [(lines, path.relative_to(SOURCE), name, is_alone)
             for path in sorted(SOURCE.glob("*/*.c"))
             for name, lines, is_alone in functions(path)]
    alone = [row for row in found if row[3]]
    for lines, path, name, _ in sorted(alone):
        if lines <= most:
            print(f"{lines:4}  {path}: {name}()")
    every = sum(len(ANY.findall(path.read_text())) for path in SOURCE.glob("*/*.c"))
    print(f"{len(alone)} of {len(found)} static functions, "
          f"{round(100 * len(alone) / len(found))} %, "
          f"and of {every} in all {round(100 * len(alone) / every)} %")


main()
