#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# interrupt.sh GRADE BUILD LAB: a grading that somebody ends by SIGINT or SIGTERM,
# at several stations, tells what it knows, exits with status 3, and leaves
# neither a process, nor a file of its own elsewhere, nor half a result. All
# gradings use one directory, so each shows that the one before let go of it.
# Proves E3.
set -u
grade=$1
objects=$2
lab=$3
own=$(mktemp -d "${TMPDIR:-/tmp}/lacuna-interrupt-XXXXXX") || exit 3
trap 'rm -rf "$own"' EXIT
mkdir "$own/tmp"
out=$own/out
passed=0
failed=0

# check TEXT COMMAND...: it must succeed
check() {
	text=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		echo "FAIL  $text"
		tail -n 8 "$own/log" | sed 's/^/      /'
		failed=$((failed + 1))
		well=no
	fi
}

# note_scratch: where a grading works, from the arguments of what builds, or
# from the emulator's files
note_scratch() {
	for p in /proc/[0-9]*; do
		grep -qsa "TMPDIR=$own/tmp" "$p/environ" || continue
		cat "$p/cmdline" 2>/dev/null
	done | cat - "$own"/tmp/*/bochsrc 2>/dev/null |
	    grep -ao '/dev/shm/lacuna-[A-Za-z0-9]*' | head -n 1 >"$own/found"
	[ ! -s "$own/found" ] || scratch=$(cat "$own/found")
}

# processes: those that descend from a grading here: its directory is in their
# environment or, behind the fence, in what is mounted
processes() {
	for p in /proc/[0-9]*; do
		grep -qsa "TMPDIR=$own/tmp" "$p/environ" ||
		    grep -qs "${scratch#/dev/shm}/" "$p/mountinfo" || continue
		echo "${p#/proc/}"
	done
}

none_left() {
	left=$(processes)
	[ -z "$left" ] || {
		for p in $left; do
			tr '\0' ' ' <"/proc/$p/cmdline"
			echo
		done
		false
	}
}

# No result, or one that says that it is not complete.
no_half_result() {
	[ ! -e "$out/result.json" ] || {
		tail -n 1 "$out/result.json" | grep -q '}$' &&
		    grep -q '"incomplete": true' "$out/result.json"
	}
}

nothing_elsewhere() {
	[ -z "$(ls -A "$own/tmp")" ] && [ ! -e "$scratch" ]
}

# Has a grading come so far? Something has been compiled behind the fence.
builds() {
	note_scratch
	[ -n "$(find "$scratch" -name '*.o' -print -quit 2>/dev/null)" ]
}

boots() {
	note_scratch
	[ -s "$out/run-1-0/channel.txt" ]
}

has_a_row() {
	note_scratch
	grep -q '[0-9]/[0-9]* pass' "$own/log"
}

# end_at SIGNAL STATION WORDS: end a grading there; what it says
end_at() {
	well=yes
	scratch=/none
	rm -rf "$out"/run-*
	TMPDIR=$own/tmp "$grade" run -O "$objects" -o "$out" -n 1 "$lab" \
	    solution >"$own/log" 2>&1 &
	pid=$!
	while ! "$2" && kill -0 "$pid" 2>/dev/null; do
		sleep 0.1
	done
	kill -"$1" "$pid" 2>/dev/null
	wait "$pid"
	status=$?
	check "SIG$1, $2: exit status $status instead of 3" [ "$status" = 3 ]
	check "SIG$1, $2: it does not say '$3'" grep -q "$3" "$own/log"
	check "SIG$1, $2: where it worked was seen" [ "$scratch" != /none ]
	check "SIG$1, $2: processes are left" none_left
	check "SIG$1, $2: half a result" no_half_result
	check "SIG$1, $2: files are left elsewhere" nothing_elsewhere
	[ $well = no ] || echo "ok    SIG$1, $2"
}

end_at INT builds '[Ii]nterrupted'
end_at TERM builds '[Ii]nterrupted'
end_at INT boots 'Interrupted: 0 of [0-9]* tests were judged, no score'
end_at TERM boots 'Interrupted: 0 of [0-9]* tests were judged, no score'
end_at INT has_a_row 'Interrupted: [1-9][0-9]* of [0-9]* tests were judged'
end_at TERM has_a_row 'Interrupted: [1-9][0-9]* of [0-9]* tests were judged'

echo "$passed passed, $failed failed"
[ $failed = 0 ]
