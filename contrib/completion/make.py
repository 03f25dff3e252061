#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes the completion of bash or zsh from what "invitectl -h" says.

usage: make.py INVITECTL > invitectl.bash
       make.py INVITECTL zsh > _invitectl
"""

import re
import subprocess
import sys

BASH_HEAD = """# SPDX-License-Identifier: BSD-2-Clause
# Completes invitectl's commands and options in bash; contrib/completion/make.py wrote it.

_invitectl()
{
	local word=${COMP_WORDS[COMP_CWORD]} words=

	case $COMP_CWORD:${COMP_WORDS[1]}:${COMP_WORDS[2]} in
"""
BASH_TAIL = """	esac
	if [[ -n $words ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
	fi
}
complete -o default -F _invitectl invitectl
"""

ZSH_HEAD = """#compdef invitectl
# SPDX-License-Identifier: BSD-2-Clause
# Completes invitectl's commands and options in zsh; contrib/completion/make.py wrote it.

local -a found

case $((CURRENT - 1)):$words[2]:$words[3] in
"""
ZSH_TAIL = """esac
# A command is one of these; else an option, or a file.
if [[ $CURRENT -eq 2 || -n $found && $found[1] != --* || $words[CURRENT] == -* ]]; then
	_describe invitectl found
else
	_files
fi
"""

HELP = ("--help", "what there is")


def said(ctl, *arguments):
    return subprocess.run([ctl, *arguments, "-h"], check=True, capture_output=True, text=True).stdout


def rows(ctl):
    """What may stand where: (pattern of POSITION:FIRST:SECOND, [(word, help)])."""
    names = [(line[2:16].split(), line[16:].strip()) for line in said(ctl).splitlines()
             if re.match("  [a-z]", line)]
    firsts = {}
    for name, help_ in names:
        firsts.setdefault(name[0], []).append((name, help_))
    tops = [(first, of[0][1] if len(of[0][0]) == 1 else ", ".join(name[1] for name, _ in of))
            for first, of in sorted(firsts.items())]
    yield "1:*", tops + [HELP, ("--version", "which version it is")]
    for first, of in sorted(firsts.items()):
        seconds = [(name[1], help_) for name, help_ in of if len(name) > 1]
        if seconds:
            yield "2:%s:*" % first, seconds + [HELP]
    for name, _ in names:
        options = re.findall("(?m)^  (--[a-z-]+)[^\n]*\n +([^\n]+)", said(ctl, *name))
        yield ("*:" + ":".join(name) + (":*" if len(name) == 1 else ""),
               [HELP if word == "--help" else (word, re.sub(r", instead of /.*", "", help_))
                for word, help_ in options])


def bash(ctl):
    return BASH_HEAD + "".join("\t%s)\n\t\twords='%s'\n\t\t;;\n" % (pattern, " ".join(word for word, _ in found))
                               for pattern, found in rows(ctl)) + BASH_TAIL


def zsh(ctl):
    def quoted(word, help_):
        return "'%s:%s'" % (word, help_.replace("\\", "\\\\").replace(":", "\\:").replace("'", "'\\''"))

    return ZSH_HEAD + "".join("(%s)\n\tfound=(\n%s\t)\n\t;;\n" % (
        pattern, "".join("\t\t%s\n" % quoted(*one) for one in found)) for pattern, found in rows(ctl)) + ZSH_TAIL


if __name__ == "__main__":
    sys.stdout.write((zsh if sys.argv[2:] == ["zsh"] else bash)(sys.argv[1]))
