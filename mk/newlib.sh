#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Build newlib, the C library of programs that run inside the system.
#
#	newlib.sh TARBALL OVERLAY ABI DEST
#
# TARBALL is what Debian's newlib-source leaves under /usr/src, OVERLAY the
# directory of headers that come before newlib's, ABI that of the system's own
# headers, DEST the directory that appears, complete, when all went well:
# DEST/include, DEST/lib/libc.a and libm.a. The log is DEST.log. Two makes may
# ask at once: the second waits and finds the work done. CROSS is the prefix of
# the cross tools.
set -eu

tarball=$1
overlay=$(cd "$2" && pwd)
abi=$(cd "$3" && pwd)
mkdir -p "$(dirname "$4")"
dest=$(cd "$(dirname "$4")" && pwd)/$(basename "$4")
cross=${CROSS:-i686-linux-gnu-}

exec 9>"$(dirname "$dest")/.lock"
flock 9
[ ! -f "$dest/lib/libc.a" ] || exit 0

work=$(mktemp -d "$dest.XXXXXX")
log=$dest.log
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The code generator must not use SSE or MMX, whose registers the kernel does
# not save, nor anything that wants a thread pointer or a dynamic loader.
codegen="-O2 -g -march=i686 -mno-sse -mno-mmx -ffreestanding -fno-pic \
	-fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables \
	-ffunction-sections -fdata-sections -ffile-prefix-map=$work=/newlib \
	-ffile-prefix-map=$overlay=/overlay -ffile-prefix-map=$abi=/include"
# The cross compiler says it makes Linux programs; newlib must not believe it.
# __unix__ stays: without it newlib takes a DOS branch.
notlinux="-U__linux__ -U__gnu_linux__ -U__linux -Ulinux"
# One name and one function per system call: read() itself, which is ours.
port="-D_COMPILING_NEWLIB -DMISSING_SYSCALL_NAMES \
	-DREENTRANT_SYSCALLS_PROVIDED -DSIGNAL_PROVIDED -DHAVE_FCNTL \
	-DHAVE_RENAME -DHAVE_BLKSIZE -DHAVE_NANOSLEEP -D_NO_GETUT \
	-D_NO_GETLOGIN -D_NO_WORDEXP"

fail() {
	echo "newlib: $1; the end of $log:" >&2
	tail -n 15 "$log" >&2
	exit 1
}

# Directories, glob, regex, exec*p, getpw* and getcwd are in the library for
# i386 only on systems newlib knows by name; this adds ours to its list.
patch_configure_host() {
	conf=$work/src/newlib/configure.host
	sed -i '/^  i\[34567\]86-\*-rdos\*)$/i\
  i[34567]86-*-elf*)\
	posix_dir=posix\
	unix_dir=unix\
	;;' "$conf"
	grep -q '^  i\[34567\]86-\*-elf\*)$' "$conf" ||
	    fail "configure.host has changed, the patch does not fit"
}

configure_newlib() {
	gccinc=$("${cross}gcc" -print-file-name=include)
	"$work/src/configure" --target=i686-elf --prefix="$work/sys" \
	    --disable-multilib --disable-libgloss --disable-nls \
	    --disable-newlib-multithread --enable-newlib-io-long-long \
	    --enable-newlib-io-c99-formats \
	    CC_FOR_TARGET="${cross}gcc -nostdinc -isystem $overlay -isystem $abi -isystem $gccinc" \
	    AR_FOR_TARGET="${cross}ar" RANLIB_FOR_TARGET="${cross}ranlib" \
	    AS_FOR_TARGET="${cross}as" LD_FOR_TARGET="${cross}ld" \
	    STRIP_FOR_TARGET="${cross}strip" \
	    CFLAGS_FOR_TARGET="$codegen $notlinux $port"
}

mkdir "$work/src" "$work/obj"
: >"$log"
tar -xf "$tarball" -C "$work/src" --strip-components=1
patch_configure_host
# The caller is make: neither its flags and job server nor variables that mean
# something to configure may reach newlib's.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES INSTALL CC AR LD AS RANLIB STRIP \
	CFLAGS CPPFLAGS LDFLAGS LIBS
cd "$work/obj"
configure_newlib >>"$log" 2>&1 || fail "configure failed"
make -j2 MAKEINFO=true all-target-newlib >>"$log" 2>&1 || fail "make failed"
make MAKEINFO=true install-target-newlib >>"$log" 2>&1 ||
    fail "make install failed"
cd /

sys=$work/sys/i686-elf
# What is ours must not be there a second time: a library is searched as a
# whole, so newlib's own would win where newlib itself asks. In this mode its
# rename() is, moreover, one instruction that jumps to itself.
"${cross}ar" d "$sys/lib/libc.a" lib_a-rename.o lib_a-execve.o lib_a-isatty.o \
    lib_a-_isatty.o lib_a-pread.o lib_a-pwrite.o lib_a-u_strerr.o
"${cross}ranlib" "$sys/lib/libc.a"

mkdir "$work/out"
mv "$sys/include" "$sys/lib" "$work/out"
cp "$work/src/COPYING.NEWLIB" "$work/out"
rm -rf "$dest"
mv "$work/out" "$dest"
