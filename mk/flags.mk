# SPDX-License-Identifier: BSD-2-Clause
#
# Tools and their flags. Code comes in four kinds, and each kind K has its
# K_CFLAGS: KERN the kernel, SYS services and the libraries under them, CMD
# programs on the C library, HOST tools that run on the building machine.

CROSS   ?= i686-linux-gnu-
CC      := $(CROSS)gcc
AR      := $(CROSS)ar
STRIP   := $(CROSS)strip
OBJCOPY := $(CROSS)objcopy
HOSTCC  ?= gcc

WARNINGS := -Wall -Wextra -Werror -Wpedantic -Wshadow -Wundef -Wvla \
	-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wpointer-arith -Wcast-qual -Wwrite-strings -Wconversion \
	-Wimplicit-fallthrough -Wswitch-enum

# No path of the building machine gets into an object, nor into a stamp or a
# file of dependencies: a built tree may be copied to another place.
PREFIX_MAP  = '-ffile-prefix-map=$(CURDIR)=.' \
	'-ffile-prefix-map=$(NEWLIB_ROOT)=newlib'
DEPENDS     = -MMD -MP -MT '$$O/$(@:$O/%=%)'

# CCACHE=ccache keeps objects by content, so that trees can share them.
CCACHE  ?=

MACHINE := -march=i686 -mno-sse -mno-mmx -mpreferred-stack-boundary=2
CODEGEN := -std=c11 -O2 -g $(MACHINE) -ffreestanding -fno-common \
	-fno-strict-aliasing -fno-omit-frame-pointer -fno-stack-protector \
	-fno-pic -fno-pie -fno-asynchronous-unwind-tables

# The compiler's own headers (stdint.h, stdarg.h, ...). Asked once, when used.
GCC_INCLUDE = $(eval GCC_INCLUDE := \
	$(shell $(CC) -print-file-name=include))$(GCC_INCLUDE)
INCLUDES := $(STUBS:%=-I%) -Isrc -Isrc/include

SYS_CFLAGS   = $(CODEGEN) $(WARNINGS) -Wframe-larger-than=1024 \
	-nostdinc -isystem $(GCC_INCLUDE) $(INCLUDES)
KERN_CFLAGS  = $(SYS_CFLAGS) -mno-80387
LDFLAGS     := -nostdlib -static -no-pie -Wl,--fatal-warnings \
	-Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,max-page-size=4096
USER_LDFLAGS := $(LDFLAGS) -Wl,-T,mk/user.ld
KERN_LDFLAGS := $(LDFLAGS) -Wl,-T,src/kernel/kernel.ld

# Programs on newlib. mk/newlib.mk says where newlib is, and adds to these.
NEWLIB_ROOT  ?= build/newlib
# OPTIMISE=-O0 compiles them, and nothing else, in another way than usual.
CMD_CFLAGS    = $(CODEGEN) -ffunction-sections -fdata-sections $(WARNINGS) \
	$(OPTIMISE)
CMD_LDFLAGS   = $(USER_LDFLAGS) -Wl,--gc-sections
CMD_LIBS      = -lgcc
CMD_CRT0      = $O/lib/libc/crt0.o
CMD_ARCHIVES  = $O/lib/libport.a $O/lib/libsys.a
CMD_DEPS      =# must be there before the first such file is compiled

# Unit tests inside the system: <cmocka.h> is ours, the rest the C library's.
CASE_CFLAGS   = $(CMD_CFLAGS) -DUNIT_TEST -isystem src/test/unit
CASE_DEPS     = $(CMD_DEPS)

HOST_CFLAGS  := -std=c11 -O2 -g -D_GNU_SOURCE $(WARNINGS) \
	-I. -Isrc -Isrc/include
UNIT_CFLAGS  := -std=c11 -O1 -g -D_GNU_SOURCE $(WARNINGS) -DUNIT_TEST \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer $(STUBS:%=-I%) -I. -Isrc -Isrc/include
