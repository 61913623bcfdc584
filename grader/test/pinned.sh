#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# pinned.sh STAGE GRADE LAB: gradings that are pinned to a stage which was
# exported, as a directory and as an archive, get the verdicts of this tree,
# whatever was done to the stage's working files; and what is no stage, or none
# of this lab, or not what it says, is refused with status 2 and a sentence.
# Proves E3.
set -u
stage=$1
grade=$2
lab=$3
dir=$(mktemp -d "${TMPDIR:-/tmp}/lacuna pinned-XXXXXX") || exit 3
pinned=${O:-build}/pinned
trap 'rm -rf "$dir"; for d in $(made); do rm -rf "$d"; done' EXIT
passed=0
failed=0
before=$(echo "$pinned"-*)

# made: what was unpacked and built by this test
made() {
	for d in "$pinned"-*; do
		case " $before " in *" $d "*) ;; *) echo "$d" ;; esac
	done
}

# check TEXT COMMAND...: it must succeed
check() {
	text=$1
	shift
	if "$@" >"$dir/log" 2>&1; then
		echo "ok    $text"
		passed=$((passed + 1))
	else
		echo "FAIL  $text"
		tail -n 25 "$dir/log"
		failed=$((failed + 1))
	fi
}

# score N PIN WHAT: its last line is Score: N/100
score() {
	"$grade" run --stage "$2" -n 1 -o "$dir/results/$1" "$lab" "$3" 2>&1 |
	    tee "$dir/score" | tail -n 1 | grep -qx "Score: $1/100" ||
	    { cat "$dir/score"; false; }
}

# refused WORDS LAB PIN: with status 2, and in these words
refused() {
	"$grade" run --stage "$3" -n 1 -o "$dir/results/no" "$2" \
	    "$dir/files" >"$dir/said" 2>&1
	[ $? -eq 2 ] && grep -q "$1" "$dir/said" || { cat "$dir/said"; false; }
}

# The result names the stage that the file LAB does.
same_stage() {
	hash=$(sed -n 's/^stage: //p' "$dir/stage/LAB")
	grep -q "\"stage\": \"$hash\"" "$dir/results/100/result.json"
}

# What was compiled, and when.
compiled() {
	for d in $(made); do
		find "$d" -name '*.o' -printf '%P %T@\n'
	done | sort | sha256sum
}

check "a stage is exported" "$stage" "$lab" -o "$dir/stage"
mkdir -p "$dir/files"
for f in $(cd "labs/$lab/stub" && find . -type f); do
	mkdir -p "$dir/files/src/${f%/*}"
	cp "src/$f" "$dir/files/src/$f"
done
check "the finished files score 100 against it" score 100 "$dir/stage" \
    "$dir/files"
check "the result says which stage that was" same_stage
first=$(compiled)
echo '#error broken' >>"$dir/stage/src/servers/pm/main.c"
sed -i 's/^budget: .*/budget: 1/' "$dir/stage/labs/$lab/manifest.yaml"
check "and once more, whatever was done to its working files" score 100 \
    "$dir/stage" "$dir/files"
check "which says that they differ" \
    grep -q "differ from its first commit" "$dir/score"
check "and has compiled nothing of the system" test "$first" = "$(compiled)"
git -C "$dir/stage" checkout -q .
tar -C "$dir" -czf "$dir/stage.tar.gz" stage
stub=$(sed -n 's/^stub-score: //p' "labs/$lab/manifest.yaml")
check "as an archive it is as good: the stub's files score $stub" \
    score "$stub" "$dir/stage.tar.gz" stub
for other in labs/*/manifest.yaml; do
	other=${other%/*}
	other=${other#labs/}
	[ "$other" = "$lab" ] ||
	    check "it is no stage of lab $other" refused "$lab" "$other" \
		"$dir/stage"
done
check "a directory that is no stage is refused" \
    refused "no stage" "$lab" "$dir/files"
check "nor is there one that does not exist" \
    refused "no such stage" "$lab" "$dir/nothing"
tar -C "$dir" -czf "$dir/files.tar.gz" files
check "an archive of something else is refused" \
    refused "no stage" "$lab" "$dir/files.tar.gz"
head -c 5000 "$dir/stage.tar.gz" >"$dir/cut.tar.gz"
check "so is half an archive" refused "cut.tar.gz" "$lab" "$dir/cut.tar.gz"
mkdir -p "$dir/changed"
cp -a "$dir/stage/." "$dir/changed"
rm -rf "$dir/changed/.git"
sed -i 's/^budget: .*/budget: 1/' "$dir/changed/labs/$lab/manifest.yaml"
tar -C "$dir" -czf "$dir/changed.tar.gz" changed
check "so is a stage that was changed" refused "" "$lab" "$dir/changed.tar.gz"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
