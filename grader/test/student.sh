#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# student.sh STAGE LAB: a student's tree works by itself. Written with the stage
# tool into an empty directory, it builds, grades the bare stub, replays the
# failure, grades the finished files at full marks, packs just these, and the
# archive gets the same marks from the grader of this tree. It is at a path with
# blanks, compiles nothing twice, and may be copied. Proves E1, E3.
set -u
stage=$1
lab=$2
tree=$(mktemp -d "${TMPDIR:-/tmp}/lacuna-student-XXXXXX") || exit 3
trap 'rm -rf "$tree"' EXIT
passed=0
failed=0

# check TEXT COMMAND...: it must succeed
check() {
	text=$1
	shift
	if "$@" >"$tree.log" 2>&1; then
		echo "ok    $text"
		passed=$((passed + 1))
	else
		echo "FAIL  $text"
		tail -n 25 "$tree.log"
		failed=$((failed + 1))
	fi
	rm -f "$tree.log"
}

# score N COMMAND...: its last line is Score: N/100
score() {
	wanted=$1
	shift
	"$@" 2>&1 | tee "$tree/score.log" | tail -n 1 |
	    grep -qx "Score: $wanted/100" || { cat "$tree/score.log"; false; }
}

# compiled TREE: how many objects are in its build directory, and how new
compiled() {
	find "$1/build" -name '*.o' -printf '%P %T@\n' | sort | sha256sum
}

helps() {
	make -C "$tree" help | grep -q 'make submit'
}

# The test may fail: there is only a stub.
builds_one_test() {
	make -C "$tree" check ONLY=store_test
	test "$(find "$tree/build/unit" -type f -executable | wc -l)" = 1
}

# One case of it: its name stands above what was wrong. A negative number is one.
one_case() {
	make -C "$tree" check ONLY=store_test CASE=overwriting >"$tree.said"
	grep -q '^1 passed, 0 failed$' "$tree.said" ||
	    grep -q '^  test_overwriting_must_be_asked_for:$' "$tree.said"
	told=$?
	grep -q 'test_key' "$tree.said" && told=1
	rm -f "$tree.said"
	! make -C "$tree" check ONLY=store_test CASE=nonsense >/dev/null || told=1
	return $told
}

negative_numbers() {
	printf '%s\n' '[  ERROR   ] --- 0xffffffffffffffff != 0xfffffffffffffff2' \
	    '[   LINE   ] --- x_test.c:12: error: Failure!' '[  FAILED  ] test_a' |
	    awk -v errors=src/include/abi/errno.h -f mk/check.awk | tr '\n' '|' |
	    grep -qxF '  test_a:|    -1 (EPERM) != -14 (EFAULT)|    x_test.c:12|'
}

# What nobody needs is not told of as if it were missing.
clear_doctor() {
	make -C "$tree" doctor >"$tree.said"
	! grep qemu "$tree.said" | grep -v optional | grep -q ' -- '
	told=$?
	rm -f "$tree.said"
	return $told
}

# within SECONDS COMMAND...: it prints something so soon, whatever comes of it
within() {
	seconds=$1
	shift
	timeout "$seconds" sh -c '"$@" 2>&1 | head -n 1 | grep -q .' sh "$@"
}

# Where nobody sees a terminal, lines come all the same: of the build, then of
# the boots, before the first row.
tells_how_far() {
	make -C "$tree" --no-print-directory test 2>&1 |
	    sed '/TEST *POINTS/,$d' >"$tree.said"
	grep -q '^Building the system with these files' "$tree.said" &&
	    grep -q '^Booting' "$tree.said"
	told=$?
	rm -f "$tree.said"
	return $told
}

# No note of what a tree has of itself.
notes_nothing() {
	! grep -q '^Note:' "$tree/score.log"
}

# The path has a blank, and the machine's own cache is not used.
unset CCACHE_DIR CCACHE_BASEDIR
rmdir "$tree"
tree="$tree a b"
trap 'rm -rf "$tree" "$tree copy"' EXIT
check "a tree is written" "$stage" "$lab" -o "$tree"
stub=$(sed -n 's/^stub-score: //p' "labs/$lab/manifest.yaml")
check "its working files are those of its commit" \
    test -z "$(git -C "$tree" status --porcelain)"
check "make help lists targets" helps
check "one unit test is built alone" builds_one_test
check "one case is run alone, and named" one_case
check "a status is read as a number" negative_numbers
check "make doctor says what is optional" clear_doctor
check "the first score says at once what it does" \
    within 60 make -C "$tree" --no-print-directory test
check "and is the stub's" score "$stub" make -C "$tree" test
before=$(compiled "$tree")
check "with no note on the tree's own archives" notes_nothing
check "the next score says how far it is, and compiles nothing" tells_how_far
check "and has compiled nothing" test "$before" = "$(compiled "$tree")"
check "the C library was brought along, not built" \
    test -z "$(find "$tree/build/newlib" -name '*.log')"
cp -a "$tree" "$tree copy"
check "a copied tree scores" make -C "$tree copy" test
check "and compiles nothing" test "$before" = "$(compiled "$tree copy")"
rm -rf "$tree copy"
check "it builds" make -C "$tree" -j2 all
check "the bare stub scores $stub" score "$stub" make -C "$tree" grade
token=$(sed -n 's/.*"token": "\(.*\)".*/\1/p' \
    "$tree/build/grade/$lab/result.json" | head -n 1)
check "a failure is replayed" make -C "$tree" replay TOKEN="$token"
for f in $(cd "labs/$lab/stub" && find . -type f); do
	cp "src/$f" "$tree/src/$f"
done
echo '#error broken' >>"$tree/src/servers/pm/main.c"
check "the finished files score 100, whatever else was changed" score 100 make -C "$tree" grade
check "they are packed" make -C "$tree" submit
check "and nothing else" \
    test "$(tar -tf "$tree/$lab.tar.gz" | wc -l)" = \
    "$(find "labs/$lab/stub" -type f | wc -l)"
check "the archive scores the same here" score 100 \
    "${GRADE:-build/host/bin/grade}" run ${O:+-O "$O"} -n 1 \
    -o "$tree/out" "$lab" "$tree/$lab.tar.gz"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
