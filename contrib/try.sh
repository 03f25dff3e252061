#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	try.sh - see in two minutes what invite-milter does
#
# SYNOPSIS
#	sudo contrib/try.sh
#
# DESCRIPTION
#	On Debian 12 or 13: installs what is needed to build, builds in build-try/
#	below the source, starts a Postfix of its own on a free port of 127.0.0.1
#	with the milter attached and the banner on, sends example mails through
#	it, shows what arrived, and ends what it started.  The system's own mail
#	server and its settings are not touched.  The delivered mails stay, in a
#	folder that it names.
#
#	The next run finds packages and build in place and takes seconds.
set -euo pipefail
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
PATH=$PATH:/usr/sbin:/sbin
umask 022

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=contrib/lib/steps.sh
. "$top/contrib/lib/steps.sh"

steps=4
mails=(
	linkedin/member-2024-default.eml
	linkedin/guest-2011-de-latin1.eml
	linkedin/member-2026-no-note.eml
	linkedin/member-2025-own-en.eml
	linkedin/member-2025-pitch-software.eml
	linkedin/forged-look-alike-domain.eml
	linkedin/lookalike-messages-digest.eml
	ordinary/plain.eml
)
mails=("${mails[@]/#/$top/tests/mail/}")
work='' kept='' daemon='' was_shown=no

clean_up()
{
	local status=$?

	end_job
	# Interrupted, it tells nothing.
	[ "$status" -le 128 ] || rm -f "$log"
	[ -z "$work" ] || "$top/tests/e2e/postfix.sh" stop "$work/p" || :
	[ -z "$daemon" ] || { kill "$daemon" && wait "$daemon"; } 2> /dev/null || :
	[ -z "$work" ] || rm -rf "$work" 2> /dev/null || { sleep 1; rm -rf "$work"; }
	[ "$was_shown" = yes ] || [ -z "$kept" ] || rm -rf "$kept"
}

write_settings()
{
	cat > "$work/invite-milter.conf" <<END
[milter]
socket = unix:$work/milter/sock
socket-mode = 0666
control =
[people]
store = sqlite:$work/milter/people.sqlite
[policy]
banner = yes
[log]
target = stderr
END
	# A body is replaced: should we die over it, the sender tries again.
	cat > "$work/main.cf" <<END
virtual_mailbox_domains = example.net
virtual_mailbox_base = $kept
virtual_mailbox_maps = static:Maildir/
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
smtpd_milters = { unix:$work/milter/sock, default_action=tempfail }
END
}

# As nobody, from a folder that nobody can read.
start_daemon()
{
	local i

	mkdir "$work/milter"
	chown nobody "$work/milter"
	cp "$top/build-try/build/invite-milter" "$work/"
	setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups \
	    "$work/invite-milter" -f -c "$work/invite-milter.conf" >> "$log" 2>&1 &
	daemon=$!
	for ((i = 0; i < 600; i++)); do
		[ ! -S "$work/milter/sock" ] || return 0
		kill -0 "$daemon" 2> /dev/null || break
		sleep 0.1
	done
	show_failure "starting invite-milter"
	return 1
}

# Between our look and Postfix's, somebody may take the port.
start_postfix()
{
	local i

	for ((i = 0; i < 5; i++)); do
		rm -rf "$work/p"
		port=$(python3 "$top/contrib/lib/try.py" port)
		echo "$port" > "$work/port"
		! "$top/tests/e2e/postfix.sh" start "$work/p" "$work/main.cf" "$port" || return 0
	done
	return 1
}

build_here()
{
	mkdir -p "$top/build-try"
	# Two that try at once build once.
	flock "$top/build-try" bash -c '. "$0/contrib/lib/steps.sh"; top=$0
	    copy_source "$0/build-try/source" &&
	    build "$0/build-try/source" "$0/build-try/build"' "$top"
}

deliver()
{
	python3 "$top/contrib/lib/try.py" send "$(cat "$work/port")" marieke@example.net \
	    "${mails[@]}" &&
	    python3 "$top/contrib/lib/try.py" await "$kept/Maildir" "${#mails[@]}" ||
	    { cat "$work/p/log"; return 1; }
}

case ${1-} in
'') ;;
-h | --help) sed -n '4,19s/^# \{0,1\}//p' "$0"; exit 0 ;;
*) die "what is \"$1\"? I take no arguments." ;;
esac
need_root "$@"
log=$(mktemp /tmp/invite-milter-try.log.XXXXXX)
trap clean_up EXIT
trap 'exit 129' HUP
trap 'echo; exit 130' INT
trap 'exit 143' TERM

mapfile -t missing < <(missing_packages "${build_packages[@]}" "${try_packages[@]}")
step "Installing from Debian: ${#missing[@]} packages are missing" \
    install_packages "${missing[@]}" || exit 1
step "Building in $top/build-try" build_here || exit 1

work=$(mktemp -d /tmp/im-try.XXXXXX)
kept=$(mktemp -d /tmp/invite-milter-mails.XXXXXX)
chmod 755 "$work"
chown nobody "$kept"
write_settings
start_daemon || exit 1
step "Starting a private Postfix on 127.0.0.1, with the milter" start_postfix || exit 1
step "Sending ${#mails[@]} example mails" deliver || exit 1

# Whoever called reads them.
chown -R "${SUDO_UID:-0}:${SUDO_GID:-0}" "$kept"
printf '\nWhat arrived:\n\n'
python3 "$top/contrib/lib/try.py" table "$kept/Maildir" "$top/build-try/build/invitectl" \
    "$work/invite-milter.conf" "${mails[@]}" || exit 1
was_shown=yes
rm -f "$log"
printf '\nThe mails as delivered, with banner and fields:\n    %s\n' "$kept/Maildir/new"
printf '\nPostfix and the milter are stopped.  How to attach yours: README.md.\n'
