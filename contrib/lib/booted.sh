#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# booted.sh - what contrib/boot.sh runs inside, as root: prints "booted| ok WORDS" or
# "booted| FAIL WORDS" for each check, and how many at the end.
set -u
export LC_ALL=C.UTF-8
exec 3> /dev/console > /root/booted.log 2>&1
set -x

passed=0
failed=0
unit=invite-milter.service
profile=/etc/apparmor.d/usr.sbin.invite-milter
verdict='^Invite-Verdict: default-text; network=linkedin'

say()
{
	printf 'booted| %s\n' "$*" >&3
}

# check WORDS COMMAND...
check()
{
	local words=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		say "ok   $words"
	else
		failed=$((failed + 1))
		say "FAIL $words"
		{ tail -n 12 /root/booted.log; journalctl --no-pager -n 4 -u "$unit"; } >&3
	fi
}

wait_for()
{
	for _ in {1..240}; do
		! "$@" || return 0
		sleep 0.5
	done
	return 1
}

property()
{
	systemctl show --property="$1" --value "$unit"
}

# tagged COUNT: so many mails arrived, and each has the verdict.
has_arrived()
{
	[ "$(find ~bob/Maildir/new -type f | wc -l)" -eq "$1" ]
}

tagged()
{
	wait_for has_arrived "$1" && [ "$(cat ~bob/Maildir/new/* | grep -c "$verdict")" -eq "$1" ]
}

send()
{
	swaks --timeout 600 --server 127.0.0.1 --from invitations@example.org --to bob@mx.example.org \
	    --data @/root/mail.eml
}

is_enforced()
{
	grep -q '^invite-milter (enforce)' "/proc/$(property MainPID)/attr/current"
}

has_restarted()
{
	[ "$(property NRestarts)" -eq 1 ] && systemctl is-active "$unit"
}

# Without auditd the kernel's messages have them.
nothing_is_denied()
{
	! journalctl --no-pager --boot | grep 'apparmor="DENIED".*profile="invite-milter"'
}

is_exposed_little()
{
	systemd-analyze --no-pager --threshold=14 security "$unit"
}

# as USER COMMAND...
as()
{
	runuser -u "$1" -- "${@:2}"
}

is_refused()
{
	! "$@"
}

check 'the units are up after the boot' \
    systemctl is-active invite-milter.socket "$unit" invite-milter-digest.timer postfix@-
check 'it tells systemd how it stands' grep -q 'mails=0' <<< "$(property StatusText)"
check 'its exposure is 1.4 or less' is_exposed_little

sed -i 's/ flags=(complain)//' "$profile"
check 'the profile is enforced' apparmor_parser --replace "$profile"
sed -i '/^\[people\]/a domain = mx.example.org' /etc/invite-milter/invite-milter.conf
check 'it starts under the profile' systemctl restart "$unit"
check 'it is under the profile' is_enforced

check 'invite-milter-attach' invite-milter-attach --yes
check 'invitectl doctor' invitectl doctor
send
check 'a mail is tagged' tagged 1
check 'it reads its settings again' systemctl reload "$unit"
send
check 'a mail after that is tagged' tagged 2
systemctl stop "$unit"
send
check 'the socket starts it for a mail' tagged 3
check 'it runs' systemctl is-active "$unit"

check 'bob has his list' eval 'as bob invitectl list | grep -q linkedin'
check 'bob knows somebody' as bob invitectl people add --address jane@example.org --name 'Jane Doe'
check 'anna does not see her' eval '! as anna invitectl people list | grep -q Jane'
check 'anna may not ask for bob' is_refused as anna invitectl people list --owner bob@mx.example.org
check 'bob sees her' eval 'as bob invitectl people list | grep -q Jane'
check 'the digest runs' systemctl start invite-milter-digest.service

mkdir -p "/run/systemd/system/$unit.d"
printf '[Service]\nWatchdogSec=8\n' > "/run/systemd/system/$unit.d/watchdog.conf"
systemctl daemon-reload
systemctl restart "$unit"
sleep 12
check 'the watchdog is content' [ "$(property NRestarts)" -eq 0 ]
kill -STOP "$(property MainPID)"
check 'the watchdog starts it anew' wait_for has_restarted
send
check 'a mail after that is tagged, too' tagged 4
check 'AppArmor denied nothing' nothing_is_denied

say "booted: $passed passed, $failed failed"
sync
