#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	first-day.sh - do what README.md says, in a clean Debian
#
# SYNOPSIS
#	sudo contrib/first-day.sh [bookworm | trixie]...
#
# DESCRIPTION
#	For each of these Debians, or both: debootstrap makes a clean one below
#	build-first-day/; there the commands of README.md, taken from it as they
#	stand, build, install, attach to a Postfix, test and remove invite-milter,
#	and contrib/try.sh is run.  What has to come of it is looked at: the test
#	mail is tagged, and at the end no file is left, and Postfix is as it was.
#
#	Postfix runs chrooted, as Debian has it, in a network of its own.  What
#	stands in for systemd is a script that starts what the unit names.
#
#	It takes about six minutes for each, and a mirror of Debian.
#
# EXIT STATUS
#	0 where all went as README.md says, else 1; what failed is shown.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=contrib/lib/chroot.sh
. "$top/contrib/lib/chroot.sh"

base=$top/build-first-day
log=$base/first-day.log

make_root_with_source()
{
	make_root "$1" && copy_source "$root/src" || return 1
	rm -rf "$root/src/autom4te.cache" "$root/src/configure"
}

run_try()
{
	inside <<< 'contrib/try.sh && rm -r build-try /tmp/invite-milter-mails.*'
}

install_by_readme()
{
	{ readme_commands 'Install from source'; readme_commands 'Test it' | sed -n '/^apt-get/p'; } | inside
}

use_by_readme()
{
	{
		echo 'ip link set lo up'
		echo 'cp /etc/postfix/main.cf /root; postfix start'
		readme_commands 'Attach to Postfix'
		readme_commands 'Test it' | sed '/^apt-get/d'
		show_mail
		echo 'grep -q "^Invite-Verdict: default-text; network=linkedin" ~bob/Maildir/new/*'
		readme_commands 'Remove it'
		echo 'cmp /etc/postfix/main.cf /root/main.cf'
		echo 'postfix stop'
	} | inside_alone
}

debians=("$@")
[ $# -gt 0 ] || debians=(bookworm trixie)
begin "$@"
steps=$((6 * ${#debians[@]} + 1))
mapfile -t missing < <(missing_packages debootstrap)
step "Installing debootstrap" install_packages "${missing[@]}" || exit 1
for debian in "${debians[@]}"; do
	root=$base/$debian
	step "$debian: a clean Debian" make_root_with_source "$debian" || exit 1
	step "$debian: Postfix, as an administrator has it" install_postfix || exit 1
	step "$debian: contrib/try.sh" run_try || exit 1
	step "$debian: README.md, to install" install_by_readme || exit 1
	step "$debian: README.md, to attach, to test and to remove" use_by_readme || exit 1
	step "$debian: nothing is left" nothing_is_left || exit 1
	umount_root
	rm -rf "$root"
done
printf 'All went as README.md says, after %d s.  Log: %s\n' "$SECONDS" "$log"
