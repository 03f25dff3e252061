#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	boot.sh - boot a Debian with the package, under systemd and AppArmor
#
# SYNOPSIS
#	sudo contrib/boot.sh
#
# DESCRIPTION
#	Takes the package that package.sh made, and makes it where there is
#	none.  debootstrap makes a clean Debian 12 below build-boot/; Postfix
#	and the package are installed, and user-mode Linux boots it: a kernel
#	that is a program, so that neither a virtual machine nor a change of the
#	host is needed.  What the host's kernel may not have is real there:
#	systemd starts the units, and AppArmor enforces the profile.
#
#	Inside, contrib/lib/booted.sh looks at it: the units, the profile and
#	what it denies, attaching, mails over the daemon's sockets, a reload, a
#	stop, the watchdog, the digest, and who may ask the control socket.
#
#	It takes about four minutes, half an hour in a slow virtual machine, and a
#	mirror of Debian.
#
# EXIT STATUS
#	0 where all is well, else 1; what failed is shown.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=contrib/lib/chroot.sh
. "$top/contrib/lib/chroot.sh"

base=$top/build-boot
log=$base/boot.log
root=$base/root
image=$base/image
console=$base/console.log
# Far beyond what it takes: a guest that hangs is ended.  In a virtual machine whose
# processor does much else, a guest's fork takes a tenth of a second.
limit=3600

make_package()
{
	package=$(find "$top/build-package" -maxdepth 1 -name 'invite-milter_*.deb' 2> /dev/null) || :
	[ -n "$package" ] || "$top/contrib/package.sh"
}

unpack_kernel()
{
	rm -rf "$base/kernel" && mkdir "$base/kernel" && cd "$base/kernel" || return 1
	apt-get -q download user-mode-linux && dpkg -x user-mode-linux_*.deb . &&
	    gcc -Wall -Wextra -Werror -O1 -shared -fPIC -o xstate.so "$top/contrib/lib/xstate.c"
}

# The package starts nothing here: at the boot systemd does.
install_package()
{
	cp "$top"/build-package/invite-milter_*.deb "$root/src" || return 1
	inside <<'END'
rm /usr/local/sbin/systemctl
apt-get -q -y --no-install-recommends install systemd-sysv dbus apparmor procps swaks
apt-get -q -y --no-install-recommends install ./invite-milter_*.deb
echo mx.example.org > /etc/hostname
echo '127.0.0.1 localhost mx.example.org' > /etc/hosts
useradd -m anna
rm /usr/sbin/policy-rc.d
END
}

# What runs inside, once all else is up; then the image.
make_image()
{
	umount_root
	install -m 755 "$top/contrib/lib/booted.sh" "$root/root/booted" &&
	    cp "$top/tests/mail/linkedin/member-2024-default.eml" "$root/root/mail.eml" &&
	    cp -R "$base"/kernel/usr/lib/uml/modules "$root/lib/" || return 1
	# Postfix's start, a shell script of a thousand forks, may take more than the 90 s that
	# systemd grants, which would be told as a mail that does not arrive.
	mkdir -p "$root/etc/systemd/system.conf.d" || return 1
	printf '[Manager]\nDefaultTimeoutStartSec=infinity\n' > "$root/etc/systemd/system.conf.d/slow.conf"
	cat > "$root/etc/systemd/system/booted.service" <<'END'
[Unit]
After=postfix.service invite-milter.service apparmor.service
[Service]
Type=oneshot
ExecStart=/root/booted
ExecStopPost=systemctl poweroff --force
TimeoutStartSec=infinity
END
	ln -sf ../booted.service "$root/etc/systemd/system/multi-user.target.wants/" || return 1
	rm -f "$image" && truncate -s 2G "$image" && mkfs.ext4 -q -d "$root" "$image"
}

boot()
{
	local status=0

	# In the foreground it is of this step's group, and is ended with it.
	env -i LD_PRELOAD="$base/kernel/xstate.so" TMPDIR=/dev/shm HOME=/ timeout --foreground "$limit" \
	    "$base/kernel/usr/bin/linux.uml" ubd0="$image" root=/dev/ubda rw mem=1G \
	    con=null con0=fd:0,fd:1 con1=null ssl=null security=apparmor \
	    > "$console" 2>&1 || status=$?
	tr -d '\r' < "$console" | sed -n 's/^booted| //p'
	grep -a -q '^booted| booted: [0-9]* passed, 0 failed' "$console" ||
	    { tail -n 20 "$console"; echo "linux.uml: $status"; return 1; }
}

begin "$@"
[ $# -eq 0 ] || die "what is \"$1\"?  There are no options"
wanted=(debootstrap e2fsprogs gcc)
mapfile -t missing < <(missing_packages "${wanted[@]}")
steps=7
step "Installing from Debian: ${#missing[@]} packages are missing" \
    install_packages "${missing[@]}" || exit 1
step "The package" make_package || exit 1
step "User-mode Linux" unpack_kernel || exit 1
step "A clean Debian" make_root bookworm || exit 1
step "Postfix, as an administrator has it, and the package" \
    eval 'install_postfix && install_package' || exit 1
step "The image of its disk" make_image || exit 1
step "Booted, tried and stopped" boot || exit 1
sed -n 's/^booted| \(booted: .*\)/\1/p' "$console" | tr -d '\r'
rm -rf "$root" "$image"
