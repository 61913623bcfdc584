# SPDX-License-Identifier: BSD-2-Clause
#
# The C library of programs: newlib, from Debian's newlib-source, built once
# for all build directories by mk/newlib.sh into $(NEWLIB), whose name holds
# the package's version and a hash of everything else that shapes the result.
# A changed overlay header or recipe therefore builds a new one.
#
# A student's tree brings it along, built, as mk/newlib/NAME.tar.xz with its
# checksum, and unpacks it as long as NAME is the one that is wanted.
#
# src/lib/libc supplies what newlib leaves to a system: libport.a and crt0.o.

NEWLIB_OVERLAY := src/lib/libc/include
NEWLIB_TARBALL := $(lastword $(sort $(wildcard /usr/src/newlib/newlib-*.tar.*)))
NEWLIB_RECIPE  := mk/newlib.sh src/include/abi/ioctl.h src/include/abi/termios.h \
	$(sort $(wildcard $(NEWLIB_OVERLAY)/*.h $(NEWLIB_OVERLAY)/*/*.h))
NEWLIB_VERSION := $(patsubst newlib-%,%,$(basename $(basename \
	$(notdir $(NEWLIB_TARBALL)))))
NEWLIB_HASH    := $(shell { cat $(NEWLIB_RECIPE); $(CC) -dumpfullversion; } \
	2>&1 | sha256sum | cut -c1-12)
NEWLIB         := $(NEWLIB_ROOT)/$(or $(NEWLIB_VERSION),none)-$(NEWLIB_HASH)

NEWLIB_BROUGHT := $(wildcard mk/newlib/$(notdir $(NEWLIB)).tar.xz)

$(NEWLIB)/lib/libc.a:
	$(if $(NEWLIB_TARBALL),,$(error install the package newlib-source))
	$(call say,NEWLIB,$(NEWLIB)$(if $(NEWLIB_BROUGHT),, (about a minute, once)))
	$(Q)$(if $(NEWLIB_BROUGHT),mk/newlib-pack -u $(NEWLIB_BROUGHT) \
	    $(NEWLIB) ||) CROSS=$(CROSS) mk/newlib-apart $(NEWLIB_TARBALL) \
	    $(NEWLIB_OVERLAY) src/include $(NEWLIB)

# What a student's tree brings along.
$O/newlib-pack/list: $(NEWLIB)/lib/libc.a mk/newlib-pack
	$(call say,PACK,$(NEWLIB))
	$(Q)mk/newlib-pack $(NEWLIB) $(@D)

newlib-pack: $O/newlib-pack/list
newlib: $(NEWLIB)/lib/libc.a ## The C library (built once, kept by clean)

# The cross compiler believes that it makes programs for Linux.
CMD_CFLAGS   += -U__linux__ -U__gnu_linux__ -U__linux -D_DEFAULT_SOURCE \
	-nostdinc -isystem $(NEWLIB_OVERLAY) -isystem $(NEWLIB)/include \
	-isystem $(GCC_INCLUDE) $(INCLUDES)
# Not libsys: its small printf and string functions must not hide newlib's.
CMD_ARCHIVES := $O/lib/libport.a
CMD_LIBS     := -L$(NEWLIB)/lib -lc -lm -lgcc
CMD_DEPS     := $(NEWLIB)/lib/libc.a

LIBC_TEST := $O/lib/libc/test/libc_test

# The joint between newlib and us: see mk/check-libc.sh. And a program that
# uses both, run on this machine where it can run programs for i386.
check-libc: $(CMD_DEPS) $(CMD_ARCHIVES) $(CMD_CRT0) $(LIBC_TEST) ## newlib and our port of it
	$(call say,CHECK,libc)
	$(Q)CROSS=$(CROSS) mk/check-libc.sh $(NEWLIB)/lib $(CMD_ARCHIVES) \
	    $(CMD_CRT0) $(CC) $(CMD_CFLAGS)
	$(Q)rm -rf $(LIBC_TEST).dir && mkdir $(LIBC_TEST).dir && \
	    { bash -c '"$$0" "$$1"' $(LIBC_TEST) $(LIBC_TEST).dir; r=$$?; \
	    [ $$r != 126 ] || \
	    echo "check-libc: this machine does not run programs for i386"; \
	    [ $$r = 0 ] || [ $$r = 126 ]; }

.PHONY: newlib newlib-pack check-libc
