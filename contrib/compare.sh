#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	compare.sh - does the working tree judge as a commit did?
#
# SYNOPSIS
#	contrib/compare.sh [COMMIT]
#
# DESCRIPTION
#	Builds COMMIT, or HEAD, and the working tree in a temporary folder, and
#	lets the programs of both judge every mail of tests/mail and every note
#	of tests/notes.  What differs is printed, COMMIT's lines with a "-":
#
#	    classify.json	invitectl classify, for the mail's own recipient
#	    known.json		the same for an owner who knows every other inviter
#	    explain.txt		invitectl classify --explain
#	    notes.json		invitectl note
#	    notes.txt		invitectl note --explain
#	    daemon.txt		what the daemon does to the mail, and logs
#
#	Mails, notes and settings are the working tree's for both.  Run it after
#	a change of structure, which must change no judgement.  It takes about a
#	minute on two cores where ccache has both builds, and several where not.
#
#	contrib/check.sh installs what the build needs.  configure takes CC and
#	CFLAGS from the environment.
#
# EXIT STATUS
#	0 where both say the same, byte for byte, 1 where they differ, 2 where
#	they could not be compared; what failed is shown.
set -euo pipefail
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=contrib/lib/steps.sh
. "$top/contrib/lib/steps.sh"

base=

# add_worktree COMMIT FOLDER
add_worktree()
{
	git -C "$top" worktree add --detach "$2" "$1" && (cd "$2" && autoreconf -fi)
}

# judge NAME: what the programs built in that folder say, in files of NAME/said.
judge()
{
	INVITE_MILTER=$base/$1/build/invite-milter INVITECTL=$base/$1/build/invitectl \
	    python3 "$top/contrib/lib/compare.py" "$base/$1/said"
}

clean_up()
{
	end_job
	[ -n "$base" ] || return 0
	[ ! -e "$base/commit/source" ] ||
	    git -C "$top" worktree remove --force "$base/commit/source"
	rm -rf "$base"
}

case ${1-} in
-h | --help) sed -n '4,/^#\tthey could not/s/^# \{0,1\}//p' "$0"; exit 0 ;;
-*) die "what is \"$1\"?  There is a commit's name" ;;
esac
commit=$(git -C "$top" rev-parse --verify --quiet "${1-HEAD}^{commit}") || {
	printf '%s: there is no commit "%s"\n' "${0##*/}" "${1-HEAD}" >&2
	exit 2
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
base=$(mktemp -d)
log=$base/log
: > "$log"
steps=6
step "The source of ${1-HEAD}" add_worktree "$commit" "$base/commit/source" || exit 2
step "The source of the working tree" copy_source "$base/tree/source" || exit 2
for side in commit tree; do
	step "Building the $side" build "$base/$side/source" "$base/$side/build" || exit 2
done
for side in commit tree; do
	step "What the $side says" judge "$side" || exit 2
done
cd "$base"
status=0
diff -r -u --show-function-line='^[^ ]' commit/said tree/said || status=$?
[ "$status" -ne 0 ] || say "They say the same."
exit "$status"
