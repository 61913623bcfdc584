#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# student.sh STAGE LAB: a student's tree works by itself. Written with the stage
# tool into an empty directory, it builds, grades the bare stub, replays the
# failure, grades the finished files at full marks, packs just these, and the
# archive gets the same marks from the grader of this tree. Proves E1, E3.
set -u
stage=$1
lab=$2
root=$(pwd)
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

rmdir "$tree"
check "a tree is written" "$stage" "$lab" -o "$tree"
mkdir -p "$tree/build"
ln -s "$root/build/newlib" "$tree/build/newlib"
stub=$(sed -n 's/^stub-score: //p' "labs/$lab/manifest.yaml")
check "its working files are those of its commit" \
    test -z "$(git -C "$tree" status --porcelain)"
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
