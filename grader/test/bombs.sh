#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# bombs.sh GRADE: files that try to use up the machine on which they
# are compiled. Each must be the failure of its submission, with a sentence
# that names the limit or what the compiler says: a score of 0, status 0, and
# next to nothing of the machine's memory, disk or time. Takes minutes.
set -u
dir=$(mktemp -d "${TMPDIR:-/tmp}/lacuna-bombs-XXXXXX") || exit 3
trap 'rm -rf "$dir"' EXIT
passed=0
failed=0
grade="$*"

# bomb WORDS NAME: a submission of stdin must fail, and say WORDS
bomb() {
	mkdir -p "$dir/$2"
	cat >"$dir/$2/perm.c"
	# shellcheck disable=SC2086 # words are what is wanted
	$grade run -n 1 -o "$dir/out" ds "$dir/$2" >"$dir/said" 2>&1
	status=$?
	why=
	[ "$status" -eq 0 ] || why="exit status $status"
	tail -n 1 "$dir/said" | grep -qx 'Score: 0/100' || why="$why, no score"
	grep -q '"class": "build"' "$dir/out/result.json" || why="$why, no class"
	grep -qE "$1" "$dir/said" || why="$why, nothing said of: $1"
	[ "$(wc -c <"$dir/said")" -lt 20000 ] || why="$why, too many words"
	if [ -z "$why" ]; then
		echo "ok    $2"
		passed=$((passed + 1))
	else
		echo "FAIL  $2: ${why#, }"
		head -n 30 "$dir/said"
		failed=$((failed + 1))
	fi
}

cpu='60 s of processor time'
memory='1 GiB of memory'
file='64 MiB'

bomb 'nested depth' includes-itself <<'END'
#include "servers/ds/perm.c"
END
bomb "$cpu|$memory" includes-itself-twice <<'END'
#if __INCLUDE_LEVEL__ < 60
#include "servers/ds/perm.c"
#include "servers/ds/perm.c"
#endif
END
bomb "$memory|$cpu|is a device|No such file" includes-a-device <<'END'
#include "/dev/zero"
END
bomb "error" includes-a-terminal <<'END'
#include "/dev/stdin"
END
bomb "$memory|$cpu" macros-that-double <<'END'
#define A 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
#define B A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A
#define C B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B
#define D C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C
#define E D, D, D, D, D, D, D, D, D, D, D, D, D, D, D, D
#define F E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E
#define G F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F
int many[] = { G };
END
bomb "$file|$memory" a-great-array <<'END'
char great[1u << 29] = { 1 };
END
bomb "$file|$memory|$cpu" filled <<'END'
__asm__(".data\n.fill 0x7fffffff, 1, 1");
END
bomb "$file|$memory|$cpu" repeated <<'END'
__asm__(".rept 0x7fffffff\n.long 1\n.endr");
END
bomb "$file|$memory|$cpu" repeated-in-repeated <<'END'
__asm__(".rept 100000\n.rept 100000\nnop\n.endr\n.endr");
END
bomb "error|$memory|$cpu" assembler-macro-without-end <<'END'
__asm__(".macro m\nm\nm\n.endm\nm");
END
bomb "$file|$memory|error" far-away <<'END'
__asm__(".data\n.org 0x7fffffff\n.byte 1");
END
bomb "$file|$memory|error" aligned <<'END'
__asm__(".data\n.byte 1\n.balign 0x40000000\n.byte 1");
END
{
	echo 'int deep = '
	head -c 3000000 /dev/zero | tr '\0' '('
	echo '1;'
} >"$dir/deep"
head -c 1000000 "$dir/deep" >"$dir/deep.1m"
bomb "error|$memory|$cpu" parentheses <"$dir/deep.1m"
{
	echo 'int sum(int a);int sum(int a){return 0'
	head -c 200000 /dev/zero | tr '\0' '!' | sed 's/!/+a*a/g'
	echo ';}'
} >"$dir/long"
head -c 700000 "$dir/long" >"$dir/long.cut"
bomb "error|$memory|$cpu" a-long-line-without-end <"$dir/long.cut"
seq 1 30000 | sed 's/.*/int wrong& = nothing&;/' >"$dir/wrong"
bomb "nothing1" errors-without-end <"$dir/wrong"
bomb "error" a-great-message <<'END'
#define X "01234567890123456789012345678901234567890123456789"
#define Y X X X X X X X X X X
#define Z Y Y Y Y Y Y Y Y Y Y
_Static_assert(0, Z Z Z Z Z Z Z Z Z Z);
END

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
