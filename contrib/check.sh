#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	check.sh - build and run every test
#
# SYNOPSIS
#	sudo contrib/check.sh [--quick]
#
# DESCRIPTION
#	On Debian 12 or 13: installs what the tests need, then, in build-check/
#	below the source:
#
#	    gcc		warnings are errors; every test: unit, wire, e2e
#	    clang	warnings are errors
#	    sanitizers	AddressSanitizer and UBSan; unit tests and wire
#	    valgrind	the unit tests
#	    distcheck	the release, built and tested from its archive
#
#	At its end stand the closing lines of every suite.  With --quick only
#	the first is done.
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

unit_tests()
{
	printf 'include Makefile\nprint-units:\n\t@echo $(check_PROGRAMS)\n' |
	    make -s --no-print-directory -C "$1" -f - print-units
}

gcc_build()
{
	build "$source" "$base/gcc" --enable-werror CC=gcc
}

clang_build()
{
	build "$source" "$base/clang" --enable-werror CC=clang
}

sanitizers()
{
	local units

	build "$source" "$base/sanitizers" --enable-werror --enable-sanitizers CC=gcc || return 1
	units=$(unit_tests "$base/sanitizers") || return 1
	# shellcheck disable=SC2086 # a list
	make_check "$base/sanitizers" $units tests/wire/check_wire.py \
	    tests/wire/check_people.py tests/wire/check_control.py
}

# valgrind_unit SOURCE TEST
valgrind_unit()
{
	local output status=0

	output=$(srcdir=$1 CK_FORK=no CK_DEFAULT_TIMEOUT=300 G_SLICE=always-malloc \
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

# Check forks for each test; under valgrind that only costs time.
valgrind_units()
{
	export -f valgrind_unit
	# shellcheck disable=SC2016 # the inner shell's
	(cd "$base/gcc" && unit_tests . | tr ' ' '\n' |
	    xargs -P "$(nproc)" -n 1 bash -c 'valgrind_unit "$@"' valgrind "$source") \
	    > "$base/valgrind.log" 2>&1 || { cat "$base/valgrind.log"; return 1; }
}

distcheck()
{
	make -C "$base/gcc" -j"$(nproc)" distcheck
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
		show_failed_logs
	}
}

# The closing lines of every suite of a build.
show_closing_lines()
{
	local test

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

quick=no
case ${1-} in
'') ;;
--quick) quick=yes ;;
-h | --help) sed -n '4,26s/^# \{0,1\}//p' "$0"; exit 0 ;;
*) die "what is \"$1\"?" ;;
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

steps=5
[ "$quick" = yes ] || steps=9
mapfile -t missing < <(missing_packages "${build_packages[@]}" "${check_packages[@]}")
step "Installing from Debian: ${#missing[@]} packages are missing" \
    install_packages "${missing[@]}" || exit 1
step "Unpacking Sendmail beside Postfix" unpack_sendmail "$base/sendmail" || exit 1
export SENDMAIL_ROOT=$base/sendmail
step "Copying the source to $source" copy_source "$source" || exit 1
# Results of a former run tell nothing about this one.
find "$base" -path '*/tests/*' \( -name '*.log' -o -name '*.trs' \) -delete
: > "$base/valgrind.log"
step "Building with gcc" gcc_build || exit 1
try_step "Every test: unit, wire, end to end" make_check "$base/gcc"
if [ "$quick" = no ]; then
	try_step "Building with clang" clang_build
	try_step "AddressSanitizer and UBSan: unit and wire" sanitizers
	try_step "valgrind: unit" valgrind_units
	try_step "distcheck" distcheck
fi

show_closing_lines "gcc:" gcc
if [ "$quick" = no ]; then
	show_closing_lines "AddressSanitizer and UBSan:" sanitizers
	printf '\nvalgrind:\n'
	grep -E '%: Checks: |: FAILED' "$base/valgrind.log" | sort | sed 's/^/  /' || :
fi

if [ ${#failed[@]} -gt 0 ]; then
	printf '\nFAILED after %d s:\n' "$SECONDS"
	printf '  %s\n' "${failed[@]}"
	exit 1
fi
printf '\nAll is well, after %d s.  Log: %s\n' "$SECONDS" "$log"
