#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# NAME
#	run.sh - runs fuzz targets, as many at once as there are processors
#
# SYNOPSIS
#	tests/fuzz/run.sh SOURCE BUILD SECONDS TARGET...
#
# DESCRIPTION
#	"make fuzz" calls it.  Each target runs for so many seconds.  It begins with
#	the files of the source tree that are its seeds, listed below, and with what
#	former runs of this build found, BUILD/corpus/TARGET.  What it says stands in
#	BUILD/TARGET.log; an input that fails is kept as BUILD/TARGET-crash-... and the
#	like.  What failed is told last, with the input where it is short.
#
#	FUZZ_JOBS says how many run at once, where it is not one a processor.
#	FUZZ_SEED, a number, makes two runs over one corpus try the same inputs in the
#	same order, so that what one machine finds another finds as well.
#
#	An input may take a minute, for a machine that does something else as well
#	is slow.
#
# EXIT STATUS
#	0 where all is well, else 1.
set -euo pipefail
shopt -s nullglob
export LC_ALL=C.UTF-8
# A store is made for nearly each input of some.
[ -n "${TMPDIR-}" ] || [ ! -w /dev/shm ] || export TMPDIR=/dev/shm

# Paths below SOURCE; a folder stands for its files.
seeds_of()
{
	case $1 in
	fuzz_assess | fuzz_head | fuzz_insert | fuzz_network)
		echo tests/mail/{ordinary,linkedin,outlook,near,calendar} ;;
	fuzz_apply | fuzz_session | fuzz_skeleton)
		echo tests/mail/{ordinary,outlook,near,calendar,xing} ;;
	fuzz_calendar) echo tests/people/*.ics tests/mail/calendar ;;
	fuzz_csv) echo tests/people/*.csv ;;
	fuzz_vcard) echo tests/people/*.vcf ;;
	fuzz_data | fuzz_keyfile)
		echo tests/fuzz/seeds/data contrib/guild.network \
		    src/data/{networks,notes,people,replies,rewriters} ;;
	fuzz_settings) echo contrib/invite-milter.conf tests/fuzz/seeds/settings ;;
	fuzz_note | fuzz_phrase_set | fuzz_charset) echo tests/mail/ordinary tests/mail/xing ;;
	fuzz_requests | fuzz_milter_client | fuzz_control_client | fuzz_rewriter | fuzz_guard)
		echo "tests/fuzz/seeds/${1#fuzz_}" ;;
	*) echo tests/mail/ordinary tests/mail/linkedin tests/mail/outlook ;;
	esac
}

# The seeds of a target, as libFuzzer takes a list of them.
list_seeds()
{
	# shellcheck disable=SC2046 # a list
	cd "$1" && find $(seeds_of "$2") -type f ! -name '*.md' -size -64k |
	    sort | sed "s|^|$1/|" | paste -s -d ,
}

# run_target SOURCE BUILD SECONDS TARGET
run_target()
{
	local source=$1 build=$2 seconds=$3 name=${4##*/} status=0 log dict=()

	log=$build/$name.log
	mkdir -p "$build/corpus/$name"
	list_seeds "$source" "$name" > "$build/$name.seeds"
	[ ! -e "$source/tests/fuzz/${name#fuzz_}.dict" ] ||
	    dict=("-dict=$source/tests/fuzz/${name#fuzz_}.dict")
	"$build/tests/fuzz/$name" -max_total_time="$seconds" -timeout=60 \
	    -rss_limit_mb=2048 -max_len=32768 -print_final_stats=1 -seed="${FUZZ_SEED:-0}" \
	    -artifact_prefix="$build/$name-" -seed_inputs="@$build/$name.seeds" \
	    "${dict[@]}" "$build/corpus/$name" > "$log" 2>&1 || status=$?
	if [ "$status" -ne 0 ]; then
		printf '%s: FAILED (%d)\n' "$name" "$status"
		: > "$build/$name.failed"
		return 1
	fi
	printf '%-20s %9d executions  cov %6d  ft %6d\n' "$name" \
	    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
	    "$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -n 1)" \
	    "$(sed -n 's/.* ft: \([0-9]*\).*/\1/p' "$log" | tail -n 1)"
}

# The trouble in a log, without the counts of the rounds before and after it.
show_failure()
{
	local log=$1

	printf '\n%s:\n' "$(basename "$log" .log)"
	grep -vE '^#[0-9]+[[:space:]]+(NEW|REDUCE|pulse|RELOAD|INITED|READ)|^(INFO|stat::|Seed)' \
	    "$log" | tail -n 22 | cut -c 1-400
}

if [ "${1-}" = --one ]; then
	shift
	run_target "$@"
	exit
fi
source=$(cd "$1" && pwd) build=$(cd "$2" && pwd) seconds=$3
shift 3
rm -f "$build"/fuzz_*.failed
printf '%s\n' "$@" |
    xargs -P "${FUZZ_JOBS:-$(nproc)}" -I '{}' "$0" --one "$source" "$build" "$seconds" '{}' ||
    status=$?
for failed in "$build"/fuzz_*.failed; do
	show_failure "${failed%.failed}.log"
done
exit "$((${status:-0} != 0))"
