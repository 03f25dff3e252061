# SPDX-License-Identifier: BSD-2-Clause
# chroot.sh - a clean Debian in a folder, with a Postfix as an administrator has it.
# What package.sh and first-day.sh share: sourced by bash, with steps.sh.  $root is the
# folder, below $base; $top is the source, $log the log.
# shellcheck shell=bash disable=SC2034,SC2154

export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
PATH=$PATH:/usr/sbin:/sbin
umask 022

# shellcheck source=contrib/lib/steps.sh
. "$top/contrib/lib/steps.sh"

root=
mirror=${MIRROR-http://deb.debian.org/debian}

# readme_commands SECTION: the commands of a section of README.md, for somebody at example.org.
readme_commands()
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

# The same without the host's network, and with a name that a mail server can be called by.
inside_alone()
{
	{ echo 'hostname mx.example.org; ip link set lo up'; cat; } | keep_commands
	unshare --net --uts --pid --fork --kill-child --mount-proc="$root/proc" \
	    chroot "$root" env -C /src bash /root/commands < /dev/null
}

# Debootstrap takes minutes: what it made is taken once more where $CLEAN_DEBIANS, a
# folder, keeps it.  "apt-get update" and the packages are the mirror's each time.
unpack_debian()
{
	local kept=${CLEAN_DEBIANS:+$CLEAN_DEBIANS/$1.tar}

	[ -z "$kept" ] || [ ! -e "$kept" ] || { tar -C "$root" --numeric-owner -xpf "$kept"; return; }
	debootstrap --variant=minbase --include=ca-certificates "$1" "$root" "$mirror" || return 1
	[ -z "$kept" ] || { tar -C "$root" --numeric-owner -cf "$kept.new" . && mv "$kept.new" "$kept"; }
}

make_root()
{
	umount_root
	rm -rf "$root" && mkdir -p "$root" && unpack_debian "$1" || return 1
	mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev" || return 1
	# Nothing is started by its package.
	printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
	chmod 755 "$root/usr/sbin/policy-rc.d"
	mkdir "$root/src"
}

# await_mail WORDS: inside, until a mail of bob's has them, which takes seconds at most.
await_mail()
{
	cat <<END
i=0
until cat ~bob/Maildir/new/* /var/mail/bob 2> /dev/null | grep '$1' || [ \$((i += 1)) -gt 300 ]
do sleep 0.2; done
cat ~bob/Maildir/new/* /var/mail/bob | grep '$1' || { cat /var/log/mail.log; false; }
END
}

umount_root()
{
	local folder

	for folder in dev proc; do
		! mountpoint -q "$root/$folder" || umount -l "$root/$folder"
	done
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
"enable --now "*invite-milter)
	install -d -o "$(value User)" "/run/$(value RuntimeDirectory)"
	setsid setpriv --reuid "$(value User)" --regid "$(value Group)" --clear-groups \
	    $(value ExecStart) > /run/invite-milter.log 2>&1 &
	i=0
	until grep -qs ' serves ' /run/invite-milter.log || [ $((i += 1)) -gt 300 ]; do sleep 0.2; done ;;
"disable --now "*invite-milter)
	for process in /proc/[0-9]*; do
		case $(readlink "$process/exe") in
		/usr/sbin/invite-milter*) # an upgrade says "(deleted)"
			kill "${process##*/}"
			while readlink "$process/exe" > /dev/null; do sleep 0.2; done ;;
		esac
	done
	rm -rf "/run/$(value RuntimeDirectory)" /run/invite-milter.log ;;
"restart "*) shift; "$0" disable --now "$@" && "$0" enable --now "$@" ;;
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

clean_up()
{
	end_job
	[ -z "$root" ] || umount_root
}

# begin ARGUMENT...: as root, with an empty log; nothing stays mounted at the end.
begin()
{
	need_root "$@"
	mkdir -p "$base"
	: > "$log"
	trap clean_up EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

nothing_is_left()
{
	local left

	left=$(find "$root" -xdev -path "$root/src" -prune -o -path "$root/proc" -prune -o \
	    -path "$root/dev" -prune -o \( -iname '*invite-milter*' -o -name 'invitectl*' \) -print)
	[ -z "$left" ] || { echo "left: $left"; return 1; }
	! grep invite-milter "$root/etc/passwd" "$root/etc/group"
}
