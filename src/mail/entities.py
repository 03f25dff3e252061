#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Write entities.inc: the names of HTML's character references, sorted.

The list is Python's, which is the standard's (WHATWG HTML, 13.5).  A name that
browsers read without its ";" as well stands twice, as it does there.
"""

import html.entities
import os

LINE = """{{ "{name}", {first}, {second} }},"""


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "entities.inc"), "w", encoding="ascii") as out:
        out.write("/* Written by entities.py from Python's html.entities. */\n")
        for name in sorted(html.entities.html5, key=lambda name: name.encode("ascii")):
            characters = [hex(ord(c)) for c in html.entities.html5[name]] + ["0"]
            out.write(LINE.format(name=name, first=characters[0], second=characters[1]) + "\n")


if __name__ == "__main__":
    main()
