#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes the completion of bash from what "invitectl -h" says.

usage: make.py INVITECTL > invitectl.bash
"""

import re
import subprocess
import sys

HEAD = """# SPDX-License-Identifier: BSD-2-Clause
# Completes invitectl's commands and options in bash; contrib/completion/make.py wrote it.

_invitectl()
{
	local word=${COMP_WORDS[COMP_CWORD]} words=

	case $COMP_CWORD:${COMP_WORDS[1]}:${COMP_WORDS[2]} in
"""
TAIL = """	esac
	if [[ -n $words ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
	fi
}
complete -o default -F _invitectl invitectl
"""


def said(ctl, *arguments):
    return subprocess.run([ctl, *arguments, "-h"], check=True, capture_output=True, text=True).stdout


def completion(ctl):
    names = [line[2:16].split() for line in said(ctl).splitlines() if re.match("  [a-z]", line)]
    firsts = sorted(set(name[0] for name in names))
    rows = [("1:*", " ".join(firsts) + " --help --version")]
    for first in firsts:
        seconds = [name[1] for name in names if name[0] == first and len(name) > 1]
        if seconds:
            rows.append(("2:%s:*" % first, " ".join(seconds) + " --help"))
    for name in names:
        options = re.findall("(?m)^  (--[a-z-]+)", said(ctl, *name))
        pattern = "*:" + ":".join(name) + (":*" if len(name) == 1 else "")
        rows.append((pattern, " ".join(options)))
    return HEAD + "".join("\t%s)\n\t\twords='%s'\n\t\t;;\n" % row for row in rows) + TAIL


if __name__ == "__main__":
    sys.stdout.write(completion(sys.argv[1]))
