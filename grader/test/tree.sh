#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# tree.sh LAUNCH IMAGE: commands in a tree that lies in an odd place, that
# several of them build at once, or whose console is a pipe. Proves E1.
set -u
launch=$1
image=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
passed=0 failed=0
unset LOCKED MAKEFLAGS MFLAGS MAKELEVEL

# check WHAT COMMAND...: the command must succeed
check() {
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		echo "ok    $what"
	else
		failed=$((failed + 1))
		echo "FAIL  $what; the last words were:"
		tail -n 5 "$work/said"
	fi
}

# status N COMMAND...: it must end with this status
status() {
	wanted=$1
	shift
	"$@" >"$work/said" 2>&1
	[ $? -eq "$wanted" ]
}

# says WORDS: the last command did
says() {
	grep -q -e "$1" "$work/said"
}

# In a path that is misread, every command stops at once and says so.
odd() {
	dir=$work/odd/$1
	mkdir -p "$dir"
	cp -r Makefile mk "$dir"
	for goal in all doctor run; do
		status 2 make -C "$dir" "$goal" &&
		    says 'cannot be built where it is' &&
		    says 'Rename the directory' || return 1
	done
	(cd "$dir" && ! mk/place 2>/dev/null)
}
for c in "'" '"' '$' '`' '#' '%' ':' ';' ',' '=' '~' '|' '&' '(' ')' '*' '?' \
    '!' '{' '[' "\\"; do
	check "a path with $c is refused" odd "a${c}b"
done
check "and one with a newline" odd 'a
b'
for goal in help test grade suite labs handouts docs bench clean lab; do
	check "by make $goal, too" status 2 make -C "$work/odd/a(b" $goal
done

# place DIR: one that is fine
place() {
	mkdir -p "$work/$1/mk"
	cp mk/place "$work/$1/mk"
	(cd "$work/$1" && mk/place)
}
check "blanks and letters of any language are not" place 'a bä ж_.+-@1'
check "nor is this tree" status 0 mk/place
check "a build directory with a blank is refused" \
    status 2 make help O="$work/a b"
check "and told so" says 'has no blank in its name'

# A make that comes while another one builds.
turns() {
	mkdir -p "$work/o"
	flock "$work/o/.lock" sleep 2 &
	sleep 0.5
	make O="$work/o" newlib >"$work/said" 2>&1 || return 1
	says 'waiting for it'
}
check "a make waits while another one builds" turns
check "and does not wait for nothing" sh -c \
    "! make O='$work/o' newlib 2>&1 | grep -q waiting"

# The console as a pipe: what was asked for is done, and then the machine halts.
session() {
	"$launch" run "$image" "$@" >"$work/said" 2>&1
}
echo 'echo one; sleep 60; echo t"w"o' >"$work/commands"
check "a session by pipe ends with its shell" session <"$work/commands"
check "after all of it" says '^two'
check "so does one without commands" session </dev/null
check "and a program, however silent" \
    session -p run=/bin/sleep,600 </dev/null
if session -p run=/bin/yes --budget 400000000 </dev/null; then
	check "a limit tells by its status" false
else
	check "a limit tells by its status" says 'ended: budget'
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
