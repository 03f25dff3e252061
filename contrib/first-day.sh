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
#	mail is tagged, and at the end no file is left.
#
#	Postfix runs chrooted, as Debian has it, in a network of its own.  What
#	stands in for systemd is a script that starts what the unit names.
#
#	It takes about six minutes for each, and a mirror of Debian.
#
# EXIT STATUS
#	0 where all went as README.md says, else 1; what failed is shown.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
PATH=$PATH:/usr/sbin:/sbin
umask 022

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=contrib/lib/steps.sh
. "$top/contrib/lib/steps.sh"

base=$top/build-first-day
log=$base/first-day.log
mirror=${MIRROR-http://deb.debian.org/debian}
root=

# commands SECTION: the commands of a section of README.md, for somebody at example.org.
commands()
{
	awk -v section="## $1" '
		/^## / { is_it = $0 == section }
		is_it && /^    [^\/ ]/ || is_it && is_command && /^    / {
			is_command = 1; print substr($0, 5); next }
		{ is_command = 0 }' "$top/README.md" |
	    sed -e 's/YOU@YOUR.DOMAIN/bob@mx.example.org/' \
	        -e 's/apt install/apt-get -q -y install/'
}

# keep_commands: standard input as a script that ends at the first that fails.
keep_commands()
{
	{ echo 'set -ex'; cat; } > "$root/root/commands"
}

inside()
{
	keep_commands
	(cd "$root" && chroot "$root" env -C /src bash /root/commands < /dev/null)
}

# The same without the host's network.
inside_alone()
{
	keep_commands
	unshare --net --pid --fork --kill-child --mount-proc="$root/proc" \
	    chroot "$root" env -C /src bash /root/commands < /dev/null
}

make_root()
{
	umount_root
	rm -rf "$root" && mkdir -p "$root" || return 1
	debootstrap --variant=minbase --include=ca-certificates "$1" "$root" "$mirror" || return 1
	mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev" || return 1
	# Nothing is started by its package.
	printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
	chmod 755 "$root/usr/sbin/policy-rc.d"
	copy_source "$root/src" || return 1
	rm -rf "$root/src/autom4te.cache" "$root/src/configure"
}

umount_root()
{
	local folder

	for folder in dev proc; do
		! mountpoint -q "$root/$folder" || umount -l "$root/$folder"
	done
}

run_try()
{
	inside <<< 'contrib/try.sh && rm -r build-try /tmp/invite-milter-mails.*'
}

# What an administrator has already: a Postfix that takes mail for bob.
install_postfix()
{
	cat > "$root/usr/local/sbin/systemctl" <<'END'
#!/bin/sh
# Starts and stops what the unit names, as its user.
unit=/usr/lib/systemd/system/invite-milter.service
value() { sed -n "s/^$1=//p" "$unit"; }
case $* in
"enable --now invite-milter")
	install -d -o "$(value User)" "/run/$(value RuntimeDirectory)"
	setsid setpriv --reuid "$(value User)" --regid "$(value Group)" --clear-groups \
	    $(value ExecStart) > /run/invite-milter.log 2>&1 &
	sleep 2 ;;
"disable --now invite-milter")
	for process in /proc/[0-9]*; do
		[ "$(readlink "$process/exe")" != /usr/sbin/invite-milter ] || kill "${process##*/}"
	done
	sleep 2; rm -rf "/run/$(value RuntimeDirectory)" /run/invite-milter.log ;;
esac
END
	chmod 755 "$root/usr/local/sbin/systemctl"
	inside <<'END'
apt-get -q update
echo "postfix postfix/main_mailer_type select Internet Site" | debconf-set-selections
echo "postfix postfix/mailname string mx.example.org" | debconf-set-selections
apt-get -q -y --no-install-recommends install systemd postfix iproute2
postconf -e inet_protocols=ipv4 inet_interfaces=loopback-only home_mailbox=Maildir/ \
    maillog_file=/var/log/mail.log 'mydestination=mx.example.org, localhost'
useradd -m bob
END
}

install_by_readme()
{
	{ commands Install; commands 'Test it' | sed -n '/^apt-get/p'; } | inside
}

use_by_readme()
{
	{
		echo 'ip link set lo up'
		echo 'postfix start'
		commands 'Attach to Postfix'
		commands 'Test it' | sed '/^apt-get/d'
		echo 'sleep 3; cat /var/log/mail.log; cat ~bob/Maildir/new/*'
		echo 'grep -q "^Invite-Verdict: default-text; network=linkedin" ~bob/Maildir/new/*'
		echo 'postconf -X smtpd_milters header_checks'
		commands 'Remove it'
		echo 'postfix stop'
	} | inside_alone
}

nothing_is_left()
{
	local left

	left=$(find "$root" -xdev -path "$root/src" -prune -o -path "$root/proc" -prune -o \
	    -path "$root/dev" -prune -o \( -iname '*invite-milter*' -o -name 'invitectl*' \) -print)
	[ -z "$left" ] || { echo "left: $left"; return 1; }
}

clean_up()
{
	end_job
	[ -z "$root" ] || umount_root
}

debians=("$@")
[ $# -gt 0 ] || debians=(bookworm trixie)
need_root "$@"
mkdir -p "$base"
: > "$log"
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
steps=$((6 * ${#debians[@]} + 1))
mapfile -t missing < <(missing_packages debootstrap)
step "Installing debootstrap" install_packages "${missing[@]}" || exit 1
for debian in "${debians[@]}"; do
	root=$base/$debian
	step "$debian: a clean Debian" make_root "$debian" || exit 1
	step "$debian: Postfix, as an administrator has it" install_postfix || exit 1
	step "$debian: contrib/try.sh" run_try || exit 1
	step "$debian: README.md, to install" install_by_readme || exit 1
	step "$debian: README.md, to attach, to test and to remove" use_by_readme || exit 1
	step "$debian: nothing is left" nothing_is_left || exit 1
	umount_root
	rm -rf "$root"
done
printf 'All went as README.md says, after %d s.  Log: %s\n' "$SECONDS" "$log"
