#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Check the joint between newlib and our port layer.
#
#	check-libc.sh NEWLIB-LIBDIR LIBPORT CRT0 COMPILER-AND-FLAGS...
#
# 1. Every function newlib leaves to the system is in LIBPORT, but for those
#    named below with the reason.
# 2. Nothing is defined by both of them, but for what only programs ask for:
#    they get ours, which comes first.
# 3. No instruction uses SSE or MMX registers.
# 4. The numbers of the ABI are those that programs see.
set -u

libdir=$1
port=$2
crt0=$3
shift 3
cross=${CROSS:-i686-linux-gnu-}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0

# _jp2uc_l, _uc2jp_l: converters of Japanese that no locale of ours reaches.
# The others: long double mathematics, which newlib has not for i386, and which
# only its complex functions of that type mention.
unneeded='_jp2uc_l _uc2jp_l
	atan2l copysignl coshl cosl expl fabsl logl powl sinhl sinl'
complain() {
	echo "check-libc: $1" >&2
	bad=1
}

words() {
	tr -s ' \t' '\n' | grep . | sort -u
}

# undefined, defined: names of a library's functions and data.
undefined() {
	"${cross}nm" -u "$@" 2>/dev/null | awk '$1 == "U" { print $2 }' | sort -u
}

defined() {
	"${cross}nm" -g --defined-only "$@" 2>/dev/null |
	    awk 'NF == 3 { print $3 }' | sort -u
}

libgcc=$("$@" -print-libgcc-file-name)
undefined "$libdir/libc.a" "$libdir/libm.a" "$port" "$crt0" >"$tmp/wanted"
{
	defined "$libdir/libc.a" "$libdir/libm.a" "$port" "$crt0" "$libgcc"
	echo main # of the program
	# From the linker script.
	echo '__init_array_start __init_array_end _end end' | words
	echo '__preinit_array_start __preinit_array_end' | words
	echo '__fini_array_start __fini_array_end' | words
	echo "$unneeded" | words
} | sort -u >"$tmp/there"
missing=$(comm -23 "$tmp/wanted" "$tmp/there" | tr '\n' ' ')
[ -z "$missing" ] || complain "nobody defines: $missing"

defined "$libdir/libc.a" "$libdir/libm.a" >"$tmp/newlib"
defined "$port" >"$tmp/port"
undefined "$libdir/libc.a" "$libdir/libm.a" >"$tmp/asked"
comm -12 "$tmp/newlib" "$tmp/port" >"$tmp/both"
twice=$({
	grep -vx 'system\|posix_spawn.*' "$tmp/both"
	comm -12 "$tmp/both" "$tmp/asked"
} | words | tr '\n' ' ')
[ -z "$twice" ] || complain "defined by newlib and by us: $twice"

if "${cross}objdump" -d --no-show-raw-insn "$libdir/libc.a" \
    "$libdir/libm.a" "$port" | grep -m 3 '%[xyz]\?mm[0-7]' >&2; then
	complain 'SSE or MMX instructions'
fi

# The numbers: expand each macro of an ABI header, then let the compiler
# compare it with what programs get under the same name.
for h in errno fcntl signal limits; do
	"$@" -dM -E -include "abi/$h.h" -x c /dev/null | sort >"$tmp/with"
	"$@" -dM -E -include abi/types.h -x c /dev/null | sort >"$tmp/without"
	comm -23 "$tmp/with" "$tmp/without" |
	    awk '$2 !~ /\(/ && NF > 2 { print $2 }' >"$tmp/names"
	{
		echo "#include <abi/$h.h>"
		sed 's/.*/ABI_VALUE "&" &/' "$tmp/names"
	} | "$@" -P -E -x c - | sed -n 's/^ABI_VALUE //p' >"$tmp/values"
	{
		echo '#include <errno.h>'
		echo '#include <fcntl.h>'
		echo '#include <limits.h>'
		echo '#include <signal.h>'
		echo '#include <unistd.h>'
		sed 's/^"\([^"]*\)" \(.*\)/#ifdef \1\
_Static_assert((\1) == (\2), "\1");\
#endif/' "$tmp/values"
	} >"$tmp/check.c"
	"$@" -Wno-error -fsyntax-only "$tmp/check.c" >"$tmp/out" 2>&1 ||
	    complain "abi/$h.h: $(grep -o 'failed: "[^"]*"' "$tmp/out" |
		tr '\n' ' ')"
done

exit $bad
