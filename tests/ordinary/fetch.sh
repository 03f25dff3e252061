#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	fetch.sh - get source packages of Debian that hold mails
#
# SYNOPSIS
#	fetch.sh FOLDER
#
# DESCRIPTION
#	Leaves the packages' upstream archives in FOLDER, unopened; what is
#	there already is not fetched again.  apt gets its settings and lists in
#	FOLDER/apt, so that nothing of the machine's own changes.  A package
#	that one suite of the mirror does not have is sought in the next, and
#	of SpamAssassin the binary package's two samples must do at worst.
#
# EXIT STATUS
#	0 where something is there, else 1.
set -eu

packages="gmime notmuch spamassassin mutt
alot apache-mime4j b4 bogofilter bsfilter cyrus-imapd dkimpy flufl.bounce geary
grepmail hyperkitty kdepim-addons kdepim-runtime kf5-messagelib kmime
libemail-folder-perl libemail-mime-attachment-stripper-perl libemail-mime-perl
libemail-outlook-message-perl libemail-simple-perl libmail-box-perl
libmail-deliverystatus-bounceparser-perl libmail-dkim-perl libmail-gnupg-perl
libmail-mbox-messageparser-perl libmail-message-perl libmail-thread-perl
libmime-tools-perl libsisimai-perl mailagent mailman3 mailscripts mailutils
php-horde-mime public-inbox python3.11 redmine request-tracker4 roundcube rspamd
ruby-mail sympa uudeview"
suites="bookworm trixie sid"
mirror=http://deb.debian.org/debian
keys=/usr/share/keyrings/debian-archive-keyring.gpg

[ $# -eq 1 ] || { sed -n 's/^#	fetch.sh F/usage: fetch.sh F/p' "$0" >&2; exit 64; }
mkdir -p "$1/apt/lists/partial" "$1/apt/parts" "$1/apt/cache/archives/partial"
cd "$1"
folder=$(pwd)

for suite in $suites; do
	echo "deb-src [signed-by=$keys] $mirror $suite main"
done > apt/sources.list
cat > apt/apt.conf <<- END
	Dir::Etc::sourcelist "$folder/apt/sources.list";
	Dir::Etc::sourceparts "$folder/apt/parts";
	Dir::State::lists "$folder/apt/lists";
	Dir::Cache "$folder/apt/cache";
	Acquire::Languages "none";
	APT::Sandbox::User "";
END

has()
{
	for file in "$1"_*.orig.tar.*[z2] "$1"_*.deb; do
		[ -f "$file" ] && return 0
	done
	return 1
}

private_apt()
{
	APT_CONFIG=$folder/apt/apt.conf apt-get -q "$@" >> apt/log 2>&1
}

fetch()
{
	for suite in $suites; do
		private_apt source --download-only "$1/$suite" || :
		if has "$1"; then
			return 0
		fi
	done
	[ "$1" = spamassassin ] && apt-get -q download "$1" >> apt/log 2>&1
}

for package in $packages; do
	has "$package" || missing="${missing-} $package"
done
[ -z "${missing-}" ] || private_apt update || echo "fetch.sh: see $folder/apt/log" >&2
for package in ${missing-}; do
	fetch "$package" || echo "fetch.sh: the mirror has no $package" >&2
done

for package in $packages; do
	if has "$package"; then
		exit 0
	fi
done
exit 1
