# SPDX-License-Identifier: BSD-2-Clause
# steps.sh - what the scripts above share: steps that show their progress, packages,
# and a build beside the source.  Sourced by bash; $top is the source, $log the log,
# $steps how many steps there will be.
# shellcheck shell=bash disable=SC2034,SC2154

# Debian 12 and 13 have them all.
build_packages=(build-essential autoconf automake pkgconf libmilter-dev libgmime-3.0-dev
    libjson-glib-dev libglib2.0-dev-bin libsqlite3-dev libical-dev libcsv-dev
    python3)
try_packages=(postfix)
# Unit tests, wire, and one end to end; then all the others besides.
quick_packages=(check dovecot-core dovecot-imapd dovecot-lmtpd mandoc miltertest postfix)
check_packages=(apparmor clang devscripts clang-format dovecot-sieve iproute2
    libclang-rt-dev m4 opendkim opendmarc openssl prometheus rspamd systemd valgrind xz-utils)
# Not installed: it would put Postfix out.
sendmail_packages=(sendmail-base sendmail-bin sendmail-cf)
# Nor are those that call "invitectl filter": Exim would do so, too, and the others
# might deliver somebody's mail.
filter_packages=(exim4-daemon-light fdm getmail6 maildrop notmuch procmail)

# What is built: all else in the source folder is somebody's own.
source_names=(configure.ac Makefile.am README.md README.owners.md NEWS HACKING.md SECURITY.md COPYING
    .clang-format src tests man contrib .ci)

job=
step_number=0

say()
{
	printf '%s\n' "$*"
}

die()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# Become root, or say how.
need_root()
{
	[ "$(id -u)" -ne 0 ] || return 0
	command -v sudo > /dev/null || die "run me as root: a private Postfix needs it"
	say "A private Postfix needs root; asking sudo."
	exec sudo -- "$0" "$@"
}

# The running step and all it started; tests get the time to clean up.
end_job()
{
	local i

	[ -n "$job" ] || return 0
	kill -- "-$job" 2> /dev/null || :
	for ((i = 0; i < 50; i++)); do
		kill -0 -- "-$job" 2> /dev/null || break
		sleep 0.2
	done
	kill -KILL -- "-$job" 2> /dev/null || :
	job=
}

show_failure()
{
	printf '\n%s: this failed: %s\nThe last lines of %s:\n\n' "${0##*/}" "$1" "$log" >&2
	tail -n 25 "$log" >&2
}

# step WORDS COMMAND...: run it with its output in $log, the seconds on the screen.
step()
{
	local words=$1 start=$SECONDS status=0 title result
	shift
	step_number=$((step_number + 1))
	title=$(printf '[%d/%d] %s' "$step_number" "$steps" "$words")
	printf '\n== %s\n' "$title" >> "$log"
	[ -t 1 ] || printf '%s ...\n' "$title"

	# A job of its own group, so that it can be ended as a whole.
	set -m
	"$@" >> "$log" 2>&1 < /dev/null &
	job=$!
	set +m
	while [ -t 1 ] && kill -0 "$job" 2> /dev/null; do
		printf '\r%s ... %d s' "$title" $((SECONDS - start))
		sleep 0.2
	done
	wait "$job" || status=$?
	[ "$status" -ne 0 ] || job=
	end_job
	case $status in
	0) result='done' ;;
	77) result="skipped, $(tail -n 1 "$log")"; status=0 ;;
	*) result=failed ;;
	esac
	if [ -t 1 ]; then
		printf '\r%s: %s, %d s\033[K\n' "$title" "$result" $((SECONDS - start))
	else
		printf '%s: %s, %d s\n' "$title" "$result" $((SECONDS - start))
	fi
	[ "$status" -eq 0 ] || show_failure "$words"

	return "$status"
}

is_installed()
{
	case $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2> /dev/null) in
	ii*) return 0 ;;
	*) return 1 ;;
	esac
}

# Prints those of the packages that are not here.
missing_packages()
{
	local package

	for package; do
		is_installed "$package" || printf '%s\n' "$package"
	done
}

# Never at the price of a package that is here: another MTA stays.
install_packages()
{
	[ $# -gt 0 ] || return 0
	command -v apt-get > /dev/null || {
		echo "This is no Debian; install what stands for: $*"
		return 1
	}
	export DEBIAN_FRONTEND=noninteractive
	if [[ " $* " = *" postfix "* ]]; then
		# No main.cf: the system's Postfix stays off.
		echo "postfix postfix/main_mailer_type select No configuration" |
		    debconf-set-selections
	fi
	if [[ " $* " = *" opendmarc "* ]] && ! is_installed dbconfig-common; then
		# No database for its reports.
		set -- "$@" dbconfig-no-thanks
	fi
	apt-get -o DPkg::Lock::Timeout=300 -q update &&
	    apt-get -o DPkg::Lock::Timeout=300 -q -y --no-install-recommends --no-remove install "$@" || {
		echo "apt-get could not install: $*"
		echo "If it would have to remove a package, as another mail server, decide yourself."
		return 1
	}
}

# unpack_sendmail FOLDER: its libraries are installed, itself is put there.
unpack_sendmail()
{
	local libraries package

	[ ! -x "$1/usr/libexec/sendmail/sendmail" ] || return 0
	mapfile -t libraries < <(apt-cache depends sendmail-bin |
	    sed -n 's/^ *\(Pre\)\{0,1\}Depends: \(lib[^ ]*\)$/\2/p')
	mapfile -t libraries < <(missing_packages "${libraries[@]}")
	install_packages "${libraries[@]}" || return 1
	rm -rf "$1" && mkdir -p "$1/packages" || return 1
	(cd "$1/packages" && apt-get -q download "${sendmail_packages[@]}" &&
	    for package in *.deb; do dpkg -x "$package" ..; done) || return 1
	rm -r "$1/packages"
}

# unpack_filters FOLDER: they and their libraries are put there, for any user to run.
unpack_filters()
{
	local packages package

	[ ! -x "$1/usr/bin/procmail" ] || return 0
	mapfile -t packages < <(apt-get -q -s --no-install-recommends install \
	    "${filter_packages[@]}" | sed -n 's/^Inst \([^ ]*\).*/\1/p')
	rm -rf "$1" && mkdir -p "$1/packages" || return 1
	[ ${#packages[@]} -eq 0 ] || (cd "$1/packages" && apt-get -q download "${packages[@]}" &&
	    for package in *.deb; do dpkg -x "$package" ..; done) || return 1
	rm -r "$1/packages"
	# The loader heeds no path of libraries in programs with rights of their own.
	find "$1" -perm /6000 -exec chmod ug-s {} +
}

# Prints what is source in $top, without what a build there left: "make" would find its
# objects, and take them for ours.
source_files()
{
	local file name names=()

	cd "$top" || return 1
	for name in "${source_names[@]}"; do
		[ ! -e "$name" ] || names+=("$name")
	done
	find "${names[@]}" \( -name .deps -o -name __pycache__ \) -prune -o \
	    -type f ! -name '*.o' ! -name '*.a' ! -name '*.log' ! -name '*.trs' \
	    ! -name .dirstamp ! -path 'src/data/resource.*' \
	    ! -path contrib/sieve/invite-learn \
	    ! -path contrib/systemd/invite-milter.service \
	    \( -perm /111 -printf 'x %p\n' -o -printf '- %p\n' \) |
	    while read -r name file; do
		    # A program, not a script.
		    [ "$name" = - ] || [ "$(head -c 4 "$file" | tr -d '\0')" != $'\177ELF' ] ||
		        continue
		    printf '%s\0' "$file"
	    done
}

# copy_source FOLDER: a file that did not change keeps its time, and is not built anew.
copy_source()
{
	mkdir -p "$1"
	source_files | tar -C "$top" --null -T - -cf - | tar -C "$1" -xpf - || return 1
	[ -x "$1/configure" ] || (cd "$1" && autoreconf -fi)
}

# build SOURCE FOLDER [CONFIGURE-ARGUMENT...]
build()
{
	local source=$1 folder=$2
	shift 2
	mkdir -p "$folder"
	if [ ! -e "$folder/config.status" ]; then
		(cd "$folder" && "$source/configure" "$@") || return 1
	fi
	make -C "$folder" -j"$(nproc)"
}
