# SPDX-License-Identifier: BSD-2-Clause
#
# What a module.mk can say, each as $(eval $(call NAME,ARGUMENTS)). DIR is
# relative to src/, SOURCES are relative to DIR (or, when there is no such file
# there, to src/), objects mirror the sources under $O.
#
#   library,DIR,SOURCES[,KIND[,NAME]]   $O/lib/libNAME.a; DIR's last word names
#                                       it; KIND is SYS (as if left out) or CMD
#   part,DIR,SOURCES,NAME               more of $O/lib/libNAME.a, whose module.mk
#                                       comes later
#   kernel,SOURCES                      $O/kernel/kernel; sources below lib/ are
#                                       compiled anew with the kernel's flags
#   service,DIR,SOURCES[,LIBS[,PATH]]   $O/DIR/name, in the image /sbin/name;
#                                       LIBS (driver, fs, ...) then libsys
#   command,DIR,SOURCES[,LIBS[,PATH]]   $O/DIR/name, in the image /bin/name
#   commands,DIR,NAMES[,LIBS]           $O/DIR/x from DIR/x.c, for each x
#   ostest,DIR,NAME,SOURCES,KIND[,LIBS] $O/DIR/NAME, in the image /test/NAME;
#                                       KIND is command or service
#   install,FILE,PATH[,MODE]            FILE (relative to src/) as PATH in the
#                                       image
#   unit,DIR,TEST,SOURCES[,PKGS]        a cmocka test for `make check'; DIR may
#                                       also be relative to the top directory
#   osunit,DIR,TEST,SOURCES             the same, and inside the system, too: the
#                                       program /test/unit-DIR-NAME, of DIR's last
#                                       word and TEST without `_test.c'; SOURCES
#                                       but those in DIR/test are what is tested
#   host,DIR,NAME,SOURCES[,PKGS]        $O/host/bin/NAME; here DIR and SOURCES
#                                       are relative to the top directory
#   hostlib,DIR,NAME,SOURCES[,PKGS]     $O/host/lib/libNAME.a, for PKGS of the
#                                       two above (written as +NAME)
#
# Programs keep their symbols in $O; the image gets stripped copies, those of
# commands with the names of functions, which make up $O/root together with
# installed files: $(ROOT_FILES). A rule that reads $O/root depends on those and
# on $O/root.list, which also removes what is no longer wanted there. With
# TESTS="NAME..." it has only the tests in the directories of these, and what
# they need.

# Parents come before children.
MODULES := $(foreach depth,src src/* src/*/* src/*/*/* grader grader/* \
	images labs/*,$(sort $(wildcard $(depth)/module.mk)))

# What a program below src/test adds to its sources to report to the host:
#   $(eval $(call ostest,test/ipc,ipc-order,order.c $(REPORT),command))
REPORT := $(addprefix test/report/,report.c check.c nonce.c sha256.c line.c)
# The same for a test that starts services (test/service/service.h), and for
# those services.
TEST_SERVICE := test/service/service.c
TEST_OWNER   := test/service/owner.c

# What rules build and start. They are named here, for a prerequisite that is
# named in a file behind its rule's would be none.
IMAGE  := $O/lacuna.img
PROBE_IMAGE := $O/probe.img
LAUNCH := $O/host/bin/launch
GRADE  := $O/host/bin/grade
STAGE  := $O/host/bin/stage
LIMIT  := $O/host/bin/limit
FACTS  := $O/host/bin/facts

# say: one line of progress, unless the command itself is shown.
say = $(if $(V),,$(info $()  $1  $2))
pick = $(firstword $(wildcard $(STUBS:%=%/$1)) src/$1)

# objs: the objects of DIR's SOURCES (a source may also be named from src/ on).
from = $(if $(wildcard src/$1/$2 $(STUBS:%=%/$1/$2)),$1/$2,$(if \
	$(wildcard src/$2),$2,$1/$2))
objs = $(addsuffix .o,$(addprefix $O/,$(basename \
	$(foreach s,$2,$(call from,$1,$s)))))
libs = $(patsubst %,$O/lib/lib%.a,$1)

# note: LIST is what TARGET is made of; TARGET is remade when it changes.
define note
NOTED += $1
WHAT($1) := $2
$1: $O/stamp/$(subst /,+,$(1:$O/%=%))
endef

# compiled: OBJECTS are code of KIND.
define compiled
OBJECTS += $1
$(foreach o,$1,$(eval KIND.$o := $2))
$1: KIND := $2
$1: $O/stamp/$2 | $$($2_DEPS)
endef

# in_root: what is below DIR becomes PATH in the image. What a directory of
# tests puts into the image is left out of an image with TESTS of others.
define in_root
ROOT_FILES += $O/root$2
$(if $(filter test/%,$1),AREA.$O/root$2 := $(word 2,$(subst /, ,$1)))
endef
wanted_areas = $(sort runner $(foreach t,$(TESTS),$(or \
	$(AREA.$O/root/test/$t),$(error there is no test $t))))
wanted_files = $(if $(TESTS),$(call files_of,$(wanted_areas),$1),$1)
files_of = $(foreach f,$2,$(if $(AREA.$f),$(if $(filter \
	$(AREA.$f),$1),$f),$f))

# rooted: PROGRAM is in the image as PATH, without its symbols; or STRIP_SOME:
# with the names of functions and variables, for db(1). ROOTED says of each path
# where the program with all its symbols is.
define rooted
$(call in_root,$(1:$O/%=%),$2)
ROOTED += $2=$1
$O/root$2: $1 $(if $3,mk/rules.mk)
	$$(Q)mkdir -p $$(@D) && $$(STRIP) $3 -o $$@ $$<
endef
STRIP_SOME := --strip-debug

define part
$(call compiled,$(call objs,$1,$2),SYS)
PARTS.$3 += $(call objs,$1,$2)
endef
define library
$(call compiled,$(call objs,$1,$2),$(or $3,SYS))
$(call archive,$(or $4,$(notdir $1)),$(call objs,$1,$2))
endef
# archive: libNAME.a of these OBJECTS and its parts.
define archive
$(call note,$O/lib/lib$1.a,$2 $(PARTS.$1))
$O/lib/lib$1.a: $2 $(PARTS.$1)
	$$(call say,AR,lib$1.a)
	$$(Q)mkdir -p $$(@D) && rm -f $$@ && $$(AR) rcsD $$@ $$(filter %.o,$$^)
endef

kernel_objs = $(foreach s,$1,$(if $(filter lib/%,$s),$O/kernel/shared/$(basename \
	$s).o,$O/kernel/$(basename $s).o))
define kernel
$(call compiled,$(call kernel_objs,$1),KERN)
$(call note,$O/kernel/kernel,$(call kernel_objs,$1) $(KERN_LDFLAGS))
$(call rooted,$O/kernel/kernel,/boot/kernel)
$O/kernel/kernel: $(call kernel_objs,$1) src/kernel/kernel.ld
	$$(call say,LD,kernel)
	$$(Q)$$(CC) $$(KERN_LDFLAGS) $$(filter %.o,$$^) -lgcc -o $$@
endef

# link_sys, link_cmd: TARGET from OBJECTS and LIBS.
define link_sys
$(call compiled,$2,SYS)
$(call note,$1,$2 $3 $(USER_LDFLAGS))
PROGRAMS += $1
$1: $2 $(call libs,$3 sys) mk/user.ld
	$$(call say,LD,$(1:$O/%=%))
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(LINK_NUMBER) $$(USER_LDFLAGS) \
	    $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) \
	    -lgcc -Wl,--end-group -o $$@
endef
define link_cmd
$(call compiled,$2,CMD)
$(call note,$1,$2 $3 $(CMD_LDFLAGS) $(CMD_LIBS))
PROGRAMS += $1
$1: $2 $(CMD_CRT0) $(call libs,$3) $(CMD_ARCHIVES) mk/user.ld
	$$(call say,LD,$(1:$O/%=%))
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(CMD_LDFLAGS) $$(CMD_CRT0) \
	    $$(filter-out $$(CMD_CRT0),$$(filter %.o,$$^)) \
	    -Wl,--start-group $$(filter %.a,$$^) $$(CMD_LIBS) \
	    -Wl,--end-group -o $$@
endef

define service
$(eval SERVICES += $O/$1/$(notdir $1))
$O/$1/$(notdir $1): LINK_NUMBER = -Wl,--defsym=service=$(words $(SERVICES))
$(call link_sys,$O/$1/$(notdir $1),$(call objs,$1,$2),$3)
$(call rooted,$O/$1/$(notdir $1),$(or $4,/sbin/$(notdir $1)))
endef

define command
$(call link_cmd,$O/$1/$(notdir $1),$(call objs,$1,$2),$3)
$(call rooted,$O/$1/$(notdir $1),$(or $4,/bin/$(notdir $1)),$(STRIP_SOME))
endef

define one_command
$(call link_cmd,$O/$1/$2,$O/$1/$2.o,$3)
$(call rooted,$O/$1/$2,/bin/$2,$(STRIP_SOME))

endef
commands = $(foreach x,$2,$(call one_command,$1,$x,$3))

define ostest
$(call $(if $(filter service,$4),link_sys,link_cmd),$O/$1/$2,$(call \
	objs,$1,$3),$5)
$(call rooted,$O/$1/$2,/test/$2)
OSTESTS += $2
endef

define install
$(call in_root,$1,$2)
$O/root$2: $(call pick,$1)
	$$(Q)mkdir -p $$(@D) && install -m $(or $3,644) $$< $$@
endef

# The same for programs of this machine. +NAME among PKGS is a hostlib.
pkgs     = $(filter-out +%,$1)
hostlibs = $(patsubst +%,$O/host/lib/lib%.a,$(filter +%,$1))
pc       = $(if $(call pkgs,$2),$$(shell pkg-config $1 $(call pkgs,$2)))

define host_compiled
OBJECTS += $1
ALL_PKGS += $(call pkgs,$2)
$1: $O/stamp/HOST
$1: PKG_CFLAGS = $(call pc,--cflags,$2)
endef
host_objs = $(addprefix $O/host/,$(addsuffix .o,$(basename $(addprefix $1/,$2))))
define hostlib
$(call host_compiled,$(call host_objs,$1,$3),$4)
$(call note,$O/host/lib/lib$2.a,$(call host_objs,$1,$3))
$O/host/lib/lib$2.a: $(call host_objs,$1,$3)
	$$(call say,AR,lib$2.a)
	$$(Q)mkdir -p $$(@D) && rm -f $$@ && ar rcsD $$@ $$(filter %.o,$$^)
endef
define host
$(call host_compiled,$(call host_objs,$1,$3),$4)
$(call note,$O/host/bin/$2,$(call host_objs,$1,$3) $4)
HOST_PROGRAMS += $O/host/bin/$2
$O/host/bin/$2: $(call host_objs,$1,$3) $(call hostlibs,$4)
	$$(call say,LD,$2)
	$$(Q)mkdir -p $$(@D) && $$(HOSTCC) $$(filter %.o,$$^) \
	    $$(filter %.a,$$^) $(call pc,--libs,$4) -o $$@
endef

# Unit tests: objects mirror the whole tree below $O/unit, with sanitizers.
unit_dir  = $(if $(wildcard src/$1/.),src/$1,$1)
unit_from = $(if $(wildcard $1/$2),$1/$2,$(if $(wildcard src/$2),src/$2,$2))
unit_objs = $(addprefix $O/unit/,$(addsuffix .o,$(basename $(foreach \
	s,$2,$(call unit_from,$(call unit_dir,$1),$s)))))
UNIT_HELP := test/unit/filter.c test/unit/status.c test/report/errors.c
define unit
ALL_PKGS += $(call pkgs,$4)
OBJECTS += $(call unit_objs,$1,$2 $3 $(UNIT_HELP))
$(call unit_objs,$1,$2 $3 $(UNIT_HELP)): $O/stamp/UNIT
$(call unit_objs,$1,$2 $3 $(UNIT_HELP)): PKG_CFLAGS = $(call pc,--cflags,cmocka $4)
$(call note,$O/unit/$1/$(basename $2),$(call unit_objs,$1,$2 $3 $(UNIT_HELP)) $4)
UNITS += $O/unit/$1/$(basename $2)
$O/unit/$1/$(basename $2): $(call unit_objs,$1,$2 $3 $(UNIT_HELP))
	$$(call say,LD,unit $1/$2)
	$$(Q)mkdir -p $$(@D) && $$(HOSTCC) $$(UNIT_CFLAGS) $$(filter %.o,$$^) \
	    $(call pc,--libs,cmocka $4) -o $$@
endef

# The same tests inside the system: objects below $O/case, compiled against the
# C library of programs and test/unit/cmocka.h, and linked apart from the runner.
UNIT_RUNNER := unit.c case.c test/report/errors.c $(REPORT)
case_objs = $(addprefix $O/case/,$(addsuffix .o,$(basename \
	$(foreach s,$2,$(call from,$1,$s)))))
define osunit
$(call unit,$1,$2,$3)
$(call guest_unit,unit-$(notdir $1)-$(subst _,-,$(patsubst %_test,%,$(notdir \
	$(basename $2)))),$(call case_objs,$1,$(filter-out test/%,$3)),$(call \
	case_objs,$1,$2 $(filter test/%,$3)))
endef
# guest_unit: program NAME from objects that are TESTED and OTHERs.
define guest_unit
$(call compiled,$2 $3 $(call case_objs,test/unit,$(UNIT_RUNNER)),CASE)
$(call note,$O/case/$1.o,$2 $3)
$O/case/$1.o: $2 $3 mk/isolate
	$$(Q)CROSS=$$(CROSS) mk/isolate $$@ $2 -- $3
	$$(Q)cat $(patsubst %.o,%.d,$2 $3) >$$(@:.o=.d)
$(call note,$O/case/$1,$O/case/$1.o $(CMD_LDFLAGS) $(CMD_LIBS))
PROGRAMS += $O/case/$1
OSTESTS += $1
$O/case/$1: $O/case/$1.o $(call case_objs,test/unit,$(UNIT_RUNNER)) $(CMD_CRT0) \
    $(CMD_ARCHIVES) mk/user.ld
	$$(call say,LD,$1)
	$$(Q)$$(CC) $$(CMD_LDFLAGS) $$(filter %.o,$$^) \
	    -Wl,--start-group $$(filter %.a,$$^) $$(CMD_LIBS) \
	    -Wl,--end-group -o $$@
$(call rooted,$O/case/$1,/test/$1)
AREA.$O/root/test/$1 := $1
endef

# The pattern rules. A lab's file comes first.
# What changes no object: no temporary files, whose names would get into
# messages, and an end to errors that never end.
TERSE := -pipe -fmax-errors=20
define compile
$(call say,$1,$(patsubst src/%,%,$<))
$(Q)mkdir -p $(@D) && $(CCACHE) $(CC) $($(KIND)_CFLAGS) $(PREFIX_MAP) $(TERSE) \
    $(DEPENDS) -c $< -o $@
endef
define host_compile
$(call say,HOSTCC,$<)
$(Q)mkdir -p $(@D) && $(CCACHE) $(HOSTCC) $(HOST_CFLAGS) $(PKG_CFLAGS) \
    $(PREFIX_MAP) $(DEPENDS) -c $< -o $@
endef
define unit_compile
$(call say,UNITCC,$(patsubst src/%,%,$<))
$(Q)mkdir -p $(@D) && $(CCACHE) $(HOSTCC) $(UNIT_CFLAGS) $(PKG_CFLAGS) \
    $(DEPENDS) -c $< -o $@
endef

ifneq ($(STUBS),)
$O/%.o: $(STUBS)/%.c ; $(call compile,CC)
$O/%.o: $(STUBS)/%.S ; $(call compile,AS)
$O/unit/src/%.o: $(STUBS)/%.c ; $(unit_compile)
$O/kernel/shared/%.o: $(STUBS)/%.c ; $(call compile,CC)
$O/case/%.o: $(STUBS)/%.c ; $(call compile,CC)
endif
$O/case/%.o: src/%.c ; $(call compile,CC)
$O/kernel/shared/%.o: src/%.c ; $(call compile,CC)
$O/kernel/shared/%.o: src/%.S ; $(call compile,AS)
$O/unit/%.o: %.c ; $(unit_compile)
$O/host/%.o: %.c ; $(host_compile)
$O/%.o: src/%.c  ; $(call compile,CC)
$O/%.o: src/%.S  ; $(call compile,AS)

# write_stamps: $O/stamp/X is rewritten only when what X is made of has changed
# since the last time: flags, the list of objects, a lab's files. Directories
# that may be anywhere do not count.
placed = $(subst $O/,O/,$(subst $(NEWLIB_ROOT)/,newlib/,$(strip $1)))
same  = $(if $(subst x$1x,,x$2x)$(subst x$2x,,x$1x),,yes)
stamp = $(call stamp_as,$1,$(call placed,$2))
stamp_as = $(if $(call same,$(strip $(file <$O/stamp/$1)),$2),,$(file \
	>$O/stamp/$1,$2))
kinds = KERN SYS CMD CASE
write_stamps = $(shell mkdir -p $O/stamp)$(strip \
	$(foreach k,$(kinds),$(call stamp,$k,$(CC) $($k_CFLAGS) $(STUB_FILES))) \
	$(foreach k,HOST UNIT,$(call stamp,$k,$(HOSTCC) $($k_CFLAGS) $(STUB_FILES))) \
	$(foreach n,$(NOTED),$(call stamp,$(subst /,+,$(n:$O/%=%)),of $(WHAT($n)))) \
	$(call stamp,root,of $(ROOT_FILES)))
STUB_FILES = $(if $(STUBS),$(shell find $(STUBS) -type f))
