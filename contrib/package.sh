#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	package.sh - build Debian's package, and try it
#
# SYNOPSIS
#	sudo contrib/package.sh [--try [bookworm | trixie]...]
#
# DESCRIPTION
#	Installs what the build needs, makes the release's archive from the
#	source, and of it build-package/invite-milter_VERSION_ARCH.deb, which
#	lintian must have nothing against.
#
#	--try then puts the package into these clean Debians, or both, each made
#	by debootstrap below build-package/: it is installed beside Postfix, an
#	invitation is mailed and has to arrive tagged, the package is installed
#	once more as its own upgrade, the store and the settings have to stay,
#	the store of the first package's version has to be read, and after a
#	purge no file is left, and Postfix is as it was.
#
# EXIT STATUS
#	0 where all is well, else 1; what failed is shown.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=contrib/lib/chroot.sh
. "$top/contrib/lib/chroot.sh"

base=$top/build-package
source=$base/source
log=$base/package.log

# The release's archive, of which nothing is built, and Debian's files beside what it holds.
unpack_release()
{
	local archive

	copy_source "$source" || return 1
	rm -rf "$base"/release "$base"/tree "$base"/*.deb
	mkdir "$base/release" && (cd "$base/release" && "$source/configure") || return 1
	make -C "$base/release" dist || return 1
	archive=$(find "$base/release" -maxdepth 1 -name 'invite-milter-*.tar.xz')
	mkdir "$base/tree" && tar -C "$base/tree" --strip-components=1 -xf "$archive" || return 1
	cp -R "$source/contrib/debian" "$base/tree/debian"
}

# Its tests ran before: check.sh is for that.
build_package()
{
	cd "$base/tree" && DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" \
	    dpkg-buildpackage --no-sign --build=binary
}

# What an administrator of the package does: what README.md says.
install_package()
{
	cp "$package" "$source/tests/mail/linkedin/member-2024-default.eml" \
	    "$source/tests/upgrade/0.1.0/people.sqlite" "$root/src"
	inside <<'END'
apt-get -q -y install swaks
apt-get -q -y --no-install-recommends install ./invite-milter_*.deb
apt-get -q -y --no-install-recommends install --reinstall ./invite-milter_*.deb
END
}

use_package()
{
	{
		echo 'cp /etc/postfix/main.cf /root; postfix start'
		readme_commands 'Attach to Postfix'
		cat <<'END'
invitectl people add --owner bob@mx.example.org --address jane@example.org --name 'Jane Doe'
swaks --server 127.0.0.1 --from invitations@example.org --to bob@mx.example.org \
    --data @/src/member-2024-default.eml
END
		await_mail '^Invite-Verdict: default-text; network=linkedin'
		cat <<'END'
echo '# Kept.' >> /etc/invite-milter/invite-milter.conf
dpkg -i /src/invite-milter_*.deb
systemctl disable --now invite-milter
systemctl enable --now invite-milter
tail -n 1 /etc/invite-milter/invite-milter.conf | grep -q '^# Kept'
invitectl people show --owner bob@mx.example.org 'Jane Doe' | grep -q jane@example.org
systemctl disable --now invite-milter
rm /var/lib/invite-milter/people.sqlite*
install -o invite-milter -m 600 /src/people.sqlite /var/lib/invite-milter
systemctl enable --now invite-milter
invitectl people show --owner joost@example.net 'Ilse Brandt' | grep -q ilse@example.org
systemctl disable --now invite-milter
apt-get -q -y purge invite-milter
cmp /etc/postfix/main.cf /root/main.cf
postfix stop
END
	} | inside_alone
}

debians=()
case ${1-} in
'') ;;
--try) debians=("${@:2}"); [ $# -gt 1 ] || debians=(bookworm trixie) ;;
-h | --help) sed -n '4,/^#\t0 where/s/^# \{0,1\}//p' "$0"; exit 0 ;;
*) die "what is \"$1\"?  There is --try" ;;
esac
begin "$@"
wanted=("${build_packages[@]}" dpkg-dev debhelper dh-apparmor lintian xz-utils)
[ ${#debians[@]} -eq 0 ] || wanted+=(debootstrap)
mapfile -t missing < <(missing_packages "${wanted[@]}")
steps=$((4 + 5 * ${#debians[@]}))
step "Installing from Debian: ${#missing[@]} packages are missing" \
    install_packages "${missing[@]}" || exit 1
step "The release" unpack_release || exit 1
step "The package" build_package || exit 1
package=$(find "$base" -maxdepth 1 -name 'invite-milter_*.deb')
# Warnings are mistakes, too.
step "What lintian finds in it" lintian --allow-root --fail-on error,warning "$package" || exit 1
for debian in "${debians[@]}"; do
	root=$base/$debian
	step "$debian: a clean Debian" make_root "$debian" || exit 1
	step "$debian: Postfix, as an administrator has it" install_postfix || exit 1
	step "$debian: the package" install_package || exit 1
	step "$debian: attached, tried, upgraded and purged" use_package || exit 1
	step "$debian: nothing is left" nothing_is_left || exit 1
	umount_root
	rm -rf "$root"
done
printf 'The package: %s\n' "$package"
