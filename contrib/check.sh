#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	check.sh - build and run the tests
#
# SYNOPSIS
#	sudo contrib/check.sh [--all | --long]
#
# DESCRIPTION
#	On Debian 12 or 13: installs what the tests need, then works in
#	build-check/ below the source.  A build in the source folder itself may
#	stay.  At its start it tells each step and how long that takes on two
#	cores.
#
#	Without an option, before a commit: gcc, where warnings are errors; unit
#	tests, tests/wire, and one test with a real Postfix and Dovecot.
#
#	--all, as CI does, then:
#
#	    end to end	attaching, Sieve, policies, verifiers, a daemon that is killed
#	    sanitizers	clang, where warnings are errors, with AddressSanitizer and
#	    	UBSan; unit tests and wire
#	    threads	ThreadSanitizer; the unit tests with threads, and wire
#	    fuzzers	each for 20 seconds
#	    valgrind	the unit tests that are quick
#	    twice	a build in the source folder, then one outside
#	    no fd	without libmilter's fd:N, as Debian's libmilter may be
#	    distcheck	the release, built and tried from its archive
#
#	--long, before a release, then: valgrind on every unit test, each fuzzer
#	for half an hour, 50,000 ordinary mails, first-day.sh, package.sh and boot.sh in
#	clean Debians, and the tables of tests/RELIABILITY.md, which is written anew.
#
#	At its end stand the closing lines of every suite.
#
# EXIT STATUS
#	0 where all is well, else 1; what failed is shown.
set -euo pipefail
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
PATH=$PATH:/usr/sbin:/sbin
umask 022

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=contrib/lib/steps.sh
. "$top/contrib/lib/steps.sh"

base=$top/build-check
source=$base/source
failed=()

# make_check FOLDER TEST...: without TEST all of them.
make_check()
{
	local folder=$1
	shift
	if [ $# -eq 0 ]; then
		make -C "$folder" -j"$(nproc)" check
	else
		make -C "$folder" -j"$(nproc)" check TESTS="$*"
	fi
}

# make_check_alone FOLDER UNITS TEST...: no unit test but these is built.
make_check_alone()
{
	local folder=$1 units=$2
	shift 2
	make -C "$folder" -j"$(nproc)" check check_PROGRAMS="$units" TESTS="$units $*"
}

unit_tests()
{
	printf 'include Makefile\nprint-units:\n\t@echo $(check_PROGRAMS)\n' |
	    make -s --no-print-directory -C "$1" -f - print-units
}

wire_tests=(tests/wire/check_ctl.py tests/wire/check_install.py tests/wire/check_network.py
    tests/wire/check_metrics.py tests/wire/check_wire.py tests/wire/check_people.py tests/wire/check_learn.py
    tests/wire/check_list.py tests/wire/check_scan.py tests/wire/check_upgrade.py tests/wire/check_forgeries.py
    tests/wire/check_moved.py tests/wire/check_control.py tests/wire/check_banner.py tests/wire/check_filter.py
    tests/wire/check_digest.py tests/wire/check_rights.py tests/wire/check_log.py)

# These start threads, or are what threads share.  Sessions and judging have none of
# their own: the wire's tests run them in many at once.
thread_tests=(tests/check_log tests/check_store tests/check_store_trouble
    tests/check_budget tests/check_guard tests/check_listener)

gcc_build()
{
	build "$source" "$base/gcc" --enable-werror CC=gcc
}

quick_tests()
{
	local units

	units=$(unit_tests "$base/gcc") || return 1
	# shellcheck disable=SC2086 # a list
	make_check "$base/gcc" $units "${wire_tests[@]}" tests/ordinary/check_ordinary.py \
	    tests/e2e/check_e2e.py
}

end_to_end()
{
	make_check "$base/gcc" tests/e2e/check_attach.py tests/e2e/check_digest_mail.py \
	    tests/e2e/check_doctor.py tests/e2e/check_filters.py tests/e2e/check_killed.py \
	    tests/e2e/check_month.py tests/e2e/check_policy.py tests/e2e/check_sieve.py \
	    tests/e2e/check_verifiers.py
}

# Debian's start files do not say that they follow the control flow.  What the unit
# leaves open is counted from 0 to 100, most by what a service on sockets needs.
hardening()
{
	hardening-check --nocfprotection "$base/gcc/invite-milter" "$base/gcc/invitectl" &&
	    make -C "$base/gcc" contrib/systemd/invite-milter.service &&
	    systemd-analyze security --no-pager --offline=true --threshold=14 \
	        "$base/gcc/contrib/systemd/invite-milter.service" &&
	    apparmor_parser --skip-kernel-load --skip-cache \
	        "$source/contrib/apparmor/usr.sbin.invite-milter"
}

# To clang a variable that only cleans up is unused; gcc looks for the others.
sanitizers()
{
	local units

	build "$source" "$base/sanitizers" --enable-werror --enable-sanitizers CC=clang \
	    CFLAGS='-O1 -g -Wno-unused-variable' || return 1
	# What a text costs is nothing that a sanitizer's allocator tells.
	units=$(unit_tests "$base/sanitizers" | sed 's| tests/check_steps | |') || return 1
	# shellcheck disable=SC2086 # a list
	SUITE_TIMEOUT=1200 make_check "$base/sanitizers" $units tests/wire/check_wire.py \
	    tests/wire/check_control.py
}

# GLib's slices give memory from thread to thread by locks that are not seen.
thread_sanitizer()
{
	local folder=$base/threads
	local glib=$folder/tsan-glib.o

	mkdir -p "$folder" || return 1
	# shellcheck disable=SC2046 # a list
	gcc -D_GNU_SOURCE -Wall -Wextra -Werror -O1 -g -c -o "$glib" \
	    "$source/contrib/lib/tsan-glib.c" $(pkg-config --cflags glib-2.0) || return 1
	build "$source" "$folder" --enable-werror --enable-sanitizers=thread CC=gcc \
	    CFLAGS='-O1 -g' || return 1
	# What build() linked knows nothing of GLib's locks yet.
	rm -f "$folder/invite-milter" "$folder/invitectl"
	G_SLICE=always-malloc SUITE_TIMEOUT=1200 \
	    TSAN_OPTIONS="suppressions=$source/contrib/lib/tsan.supp" \
	    make -C "$folder" -j"$(nproc)" check LIBS="$glib" \
	    check_PROGRAMS="${thread_tests[*]}" \
	    TESTS="${thread_tests[*]} tests/wire/check_wire.py tests/wire/check_control.py \
	        tests/wire/check_metrics.py"
}

# Other versions lay out the same settings differently.  Debian 12, where CI runs,
# has 14.
formatted()
{
	local version

	version=$(clang-format --version | sed -n 's/.*version \([0-9]*\).*/\1/p')
	if [ "$version" != 14 ]; then
		echo "the tree is formatted by clang-format 14, and this is ${version:-none}"
		! grep -q '^VERSION_ID="12"' /etc/os-release || return 1
		return 77
	fi
	find "$source/src" "$source/tests" -name '*.[ch]' -print0 |
	    xargs -0 clang-format --dry-run --Werror
}

# As with a libmilter that takes no descriptor: the daemon finds its socket's.
no_fd_build()
{
	build "$source" "$base/no-fd" --enable-werror CC=gcc CFLAGS=-O1 im_cv_smfi_fd=no &&
	    make_check_alone "$base/no-fd" tests/check_listener tests/wire/check_wire.py
}

# fuzz SECONDS: each so long, as many at once as there are processors.
fuzz()
{
	build "$source" "$base/fuzzers" --enable-fuzzers CC=clang CFLAGS='-O1 -g' || return 1
	make -s -C "$base/fuzzers" fuzz FUZZ_SECONDS="$1" > "$base/fuzz.log" 2>&1 ||
	    { cat "$base/fuzz.log"; return 1; }
}

# A change is to blame for what it breaks, not for what chance finds.
short_fuzzing()
{
	FUZZ_SEED=1 fuzz 20
}

long_fuzzing()
{
	fuzz 1800
}

# valgrind_unit SOURCE TEST
valgrind_unit()
{
	local output status=0

	output=$(srcdir=$1 CK_FORK=no G_SLICE=always-malloc timeout 1800 \
	    valgrind -q --error-exitcode=9 --leak-check=full \
	    --errors-for-leak-kinds=definite \
	    --suppressions="$1/contrib/lib/valgrind.supp" "$2" 2>&1) || status=$?
	if [ "$status" -eq 0 ]; then
		printf '%s: %s\n' "${2##*/}" "$(tail -n 1 <<< "$output")"
	else
		printf '%s: FAILED (%d)\n%s\n' "${2##*/}" "$status" "$output"
	fi
	return "$status"
}

# valgrind_all TEST...
valgrind_all()
{
	export -f valgrind_unit
	# shellcheck disable=SC2016 # the inner shell's
	(cd "$base/gcc" && printf '%s\n' "$@" |
	    xargs -P "$(nproc)" -n 1 bash -c 'valgrind_unit "$@"' valgrind "$source") \
	    > "$base/valgrind.log" 2>&1 || { cat "$base/valgrind.log"; return 1; }
}

# These read what a sender writes, and take seconds under valgrind, not minutes.
valgrind_quick()
{
	local name names=(text pattern charset keyfile settings head html tokens
	    visible insert encoded results received mailbox url vcard network
	    lookalike suggestion replies verdict policy)
	local tests=()

	for name in "${names[@]}"; do
		[ ! -x "$base/gcc/tests/check_$name" ] || tests+=("tests/check_$name")
	done
	valgrind_all "${tests[@]}"
}

valgrind_units()
{
	local units

	units=$(unit_tests "$base/gcc") || return 1
	# shellcheck disable=SC2086 # a list
	valgrind_all $units
}

# A build in the source folder, then one outside: nothing of the first is found there.
build_twice()
{
	rm -rf "$base/twice" && mkdir "$base/twice" || return 1
	cp -R -p "$source/." "$base/twice" && cd "$base/twice" || return 1
	./configure -q && make src/data/resource.h src/text/letter.o || return 1
	mkdir build && cd build && ../configure -q || return 1
	[ -z "$(find .. -name '*.o' -print -quit)" ] || { echo "objects are left"; return 1; }
	make src/data/resource.h src/text/letter.o
}

# All of it is tried before: here the archive has to build, to install and to start.
distcheck()
{
	local units=(tests/check_data tests/check_settings tests/check_layers)

	make -C "$base/gcc" -j"$(nproc)" distcheck check_PROGRAMS="${units[*]}" \
	    TESTS="${units[*]} tests/wire/check_ctl.py tests/wire/check_install.py" \
	    AM_DISTCHECK_CONFIGURE_FLAGS="CFLAGS=-O1"
}

ordinary_mails()
{
	make -C "$base/gcc" check-ordinary
}

# These tell their own steps, which are kept.
first_day()
{
	"$source/contrib/first-day.sh" | tee "$base/first-day.steps"
}

# What is killed, bombed and cut off, beside OpenDKIM.
reliability()
{
	COMMIT=$(git -C "$top" rev-parse --short HEAD 2> /dev/null || :) \
	    make -C "$base/gcc" reliability RELIABILITY="--sessions 1000000 \
	        --out $top/tests/RELIABILITY.md --first-day $base/first-day.steps \
	        --package $base/package.steps --boot $base/boot.steps"
}

packaged()
{
	"$source/contrib/package.sh" --try | tee "$base/package.steps"
}

booted()
{
	"$source/contrib/boot.sh" | tee "$base/boot.steps"
}

# The logs of the tests that failed.
show_failed_logs()
{
	local result

	# shellcheck disable=SC2044 # we named these files
	for result in $(find "$base" -name '*.trs' -newer "$base/step" \
	    -exec grep -l '^:test-result: \(FAIL\|ERROR\)' {} +); do
		printf '\n%s:\n' "${result%.trs}.log"
		tail -n 60 "${result%.trs}.log"
	done
}

# Go on after a failure: one run tells all.
try_step()
{
	touch "$base/step"
	step "$@" || {
		failed+=("$1")
		{ printf '\n%s:\n' "$1"; tail -n 25 "$log"; } >> "$base/failed.log"
		show_failed_logs | tee -a "$base/failed.log"
	}
}

# The closing lines of every suite of a build.
show_closing_lines()
{
	local test

	[ -d "$base/$2/tests" ] || return 0
	printf '\n%s\n' "$1"
	find "$base/$2/tests" -name '*.log' | sort | while read -r test; do
		grep -E '^[0-9]+%: Checks: |^[a-z0-9]+: [0-9]+ passed, [0-9]+ failed' "$test" |
		    sed "s|^|  $(basename "$test" .log): |" ||
		    printf '  %s: %s\n' "$(basename "$test" .log)" "$(grep -i -m 1 skip "$test" || tail -n 1 "$test")"
	done
}

clean_up()
{
	end_job
}

# Function, seconds on two cores, words.
quick_steps=(
    'gcc_build 70 Building with gcc'
    'quick_tests 220 Unit tests, wire, and one end to end')
all_steps=(
    'hardening 2 How the programs are hardened'
    'end_to_end 180 The other tests end to end'
    'sanitizers 600 clang, AddressSanitizer and UBSan: unit and wire'
    'thread_sanitizer 260 ThreadSanitizer: threads and wire'
    'short_fuzzing 450 Fuzzers: 20 seconds each'
    'valgrind_quick 130 valgrind: parsers'
    'formatted 5 Laid out by clang-format'
    'no_fd_build 100 Without fd:N of libmilter'
    'build_twice 50 A build in the source folder, then one outside'
    'distcheck 150 distcheck')
long_steps=(
    'valgrind_units 1800 valgrind: every unit test'
    'long_fuzzing 26000 Fuzzers: half an hour each'
    'ordinary_mails 900 50,000 ordinary mails'
    'first_day 800 README.md in a clean Debian 12, and in 13'
    'packaged 500 The package in a clean Debian 12, and in 13'
    'booted 300 The package under systemd and AppArmor'
    'reliability 3000 Killed, bombed and cut off: tests/RELIABILITY.md')

todo=("${quick_steps[@]}")
packages=("${build_packages[@]}" "${quick_packages[@]}")
case ${1-} in
'') ;;
--all) todo+=("${all_steps[@]}"); packages+=("${check_packages[@]}") ;;
--long) todo+=("${all_steps[@]}" "${long_steps[@]}"); packages+=("${check_packages[@]}") ;;
-h | --help) sed -n '4,/^#\t0 where/s/^# \{0,1\}//p' "$0"; exit 0 ;;
*) die "what is \"$1\"?  There are --all and --long" ;;
esac
need_root "$@"
mkdir -p "$base"
exec 9> "$base/lock"
flock -n 9 || die "another check.sh runs in $base"
log=$base/check.log
: > "$log"
trap clean_up EXIT
trap 'exit 129' HUP
trap 'echo; exit 130' INT
trap 'exit 143' TERM

mapfile -t missing < <(missing_packages "${packages[@]}")
steps=$((${#todo[@]} + 2))
[ "${1-}" = "" ] || steps=$((steps + 2))

# How long: packages take half a minute and more, by the mirror.
seconds=5
for entry in "${todo[@]}"; do
	read -r _ about words <<< "$entry"
	seconds=$((seconds + about))
	printf '%5d s  %s\n' "$about" "$words"
done
say "About $(((seconds + 59) / 60)) minutes on two cores, and what it takes to install ${#missing[@]} packages."

step "Installing from Debian: ${#missing[@]} packages are missing" \
    install_packages "${missing[@]}" || exit 1
if [ "${1-}" != "" ]; then
	step "Unpacking Sendmail beside Postfix" unpack_sendmail "$base/sendmail" || exit 1
	export SENDMAIL_ROOT=$base/sendmail
	step "Unpacking programs that call the filter" unpack_filters "$base/filters" || exit 1
	export FILTERS_ROOT=$base/filters
fi
step "Copying the source to $source" copy_source "$source" || exit 1
# Results of a former run tell nothing about this one.
find "$base" -path '*/tests/*' \( -name '*.log' -o -name '*.trs' \) -delete
: > "$base/valgrind.log"
: > "$base/fuzz.log"
: > "$base/failed.log"
for entry in "${todo[@]}"; do
	read -r name about words <<< "$entry"
	try_step "$words, about $about s" "$name"
	# Without a build there is nothing to be tested.
	[ "$name" != gcc_build ] || [ ${#failed[@]} -eq 0 ] || exit 1
done

show_closing_lines "gcc:" gcc
if [ "${1-}" != "" ]; then
	show_closing_lines "clang, AddressSanitizer and UBSan:" sanitizers
	show_closing_lines "ThreadSanitizer:" threads
	printf '\nFuzzers:\n'
	sed 's/^/  /' "$base/fuzz.log"
	printf '\nvalgrind:\n'
	grep -E '%: Checks: |: FAILED' "$base/valgrind.log" | sort | sed 's/^/  /' || :
fi

if [ ${#failed[@]} -gt 0 ]; then
	printf '\nFAILED after %d s:\n' "$SECONDS"
	printf '  %s\n' "${failed[@]}"
	# Once more, for whoever reads the end alone.
	cat "$base/failed.log"
	exit 1
fi
printf '\nAll is well, after %d s.  Log: %s\n' "$SECONDS" "$log"
