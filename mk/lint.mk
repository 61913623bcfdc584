# SPDX-License-Identifier: BSD-2-Clause
#
# make lint checks every C file, header and script once, and again only when it
# or something it depends on has changed: $O/lint/FILE.ok says it was clean.
# A compiled file waits for its object, so a header's change is seen too.

ifneq ($(filter lint lint-files,$(GOALS)),)

LINT_C := $(sort $(shell find src grader images labs handouts -name '*.c' \
	-not -path '*/fixtures/*' 2>/dev/null))
LINT_H := $(sort $(shell find src grader images labs handouts -name '*.h' \
	-not -path '*/fixtures/*' 2>/dev/null))
LINT_SH := $(sort $(shell grep -lE '^\#! ?/(usr/)?bin/(env )?(ba)?sh' \
	mk/* images/* src/boot/* labs/*/* handouts/* grader/*/* .ci/* 2>/dev/null))
FLOORS := $(sort $(shell find src -name FLOORS))
LINT_OK := $(patsubst %,$O/lint/%.ok,$(LINT_C) $(LINT_H) $(LINT_SH) $(FLOORS) words)

# The flags of gcc that clang does not know, or knows by another name.
NOT_CLANG := -mpreferred-stack-boundary=% -nostdinc -Werror
clang_flags = --target=i686-elf -nostdlibinc $(filter-out $(NOT_CLANG),\
	$(subst -isystem $(GCC_INCLUDE),,$1))
LINT_FLAGS.SYS  = $(call clang_flags,$(SYS_CFLAGS))
LINT_FLAGS.KERN = $(call clang_flags,$(KERN_CFLAGS))
LINT_FLAGS.CMD  = $(call clang_flags,$(CMD_CFLAGS))
LINT_FLAGS.CASE = $(call clang_flags,$(CASE_CFLAGS))
LINT_FLAGS.HOST = $(filter-out -Werror,$(HOST_CFLAGS)) \
	$(if $(ALL_PKGS),$(shell pkg-config --cflags $(sort $(ALL_PKGS))))
LINT_FLAGS.UNIT = $(filter-out -Werror -fsanitize% -fno-sanitize%, \
	$(UNIT_CFLAGS)) $(shell pkg-config --cflags cmocka $(sort $(ALL_PKGS)))

# lint_kind: the kind of code in FILE, from the object that is made of it.
object_of = $(patsubst src/%,$O/%,$(basename $1)).o
case_of = $(patsubst src/%,$O/case/%,$(basename $1)).o
lint_kind = $(or $(KIND.$(call object_of,$1)),$(if \
	$(filter $O/host/$(basename $1).o,$(OBJECTS)),HOST),$(if \
	$(filter $O/unit/$(basename $1).o,$(OBJECTS)),UNIT),$(or \
	$(KIND.$(call case_of,$1)),NONE))
lint_object = $(firstword $(filter $(call object_of,$1) $O/host/$(basename $1).o \
	$O/unit/$(basename $1).o $(call case_of,$1),$(OBJECTS)))
# Headers of programs alone, which may include what the C library has.
PROGRAM_HEADERS := src/cmd/% src/lib/libc/% src/test/ptrace/% src/test/tracee/%
header_kind = $(strip $(if $(filter $(PROGRAM_HEADERS),$1),CMD,$(if \
	$(filter-out src/test/%,$(if $(findstring /test/,$1),$1)),UNIT,$(if \
	$(filter src/kernel/%,$1),KERN,$(if $(filter src/%,$1),SYS,HOST)))))

define lint_c
$O/lint/$1.ok: $1 $(call lint_object,$1) mk/lint \
    .clang-tidy .clang-format
	$$(call say,LINT,$1)
	$$(Q)rm -f $$@ && mkdir -p $$(@D) && mk/lint c $1 $(call lint_kind,$1) \
	    $$(LINT_FLAGS.$(call lint_kind,$1)) && touch $$@

endef
define lint_h
$O/lint/$1.ok: $1 mk/lint .clang-format
	$$(call say,LINT,$1)
	$$(Q)rm -f $$@ && mkdir -p $$(@D) && mk/lint h $1 $(call header_kind,$1) \
	    $$(CC_$(call header_kind,$1)) -MMD -MP -MF $$(@:.ok=.d) -MT $$@ \
	    && touch $$@

endef
CC_SYS   = $(CC) $(SYS_CFLAGS)
CC_KERN  = $(CC) $(KERN_CFLAGS)
CC_CMD   = $(CC) $(CMD_CFLAGS)
CC_HOST  = $(HOSTCC) $(LINT_FLAGS.HOST)
CC_UNIT  = $(HOSTCC) $(LINT_FLAGS.UNIT)
$(foreach f,$(LINT_C),$(eval $(call lint_c,$f)))
$(foreach f,$(LINT_H),$(eval $(call lint_h,$f)))
-include $(LINT_H:%=$O/lint/%.d)
$(filter $(PROGRAM_HEADERS:%=$O/lint/%),$(LINT_OK)): | $(CMD_DEPS)

$(LINT_SH:%=$O/lint/%.ok): $O/lint/%.ok: % mk/lint
	$(call say,LINT,$<)
	$(Q)rm -f $@ && mkdir -p $(@D) && mk/lint sh $< && touch $@

# Directories that say which of their rooms may use which.
define lint_floors
$O/lint/$1.ok: $1 mk/floors $(filter $(patsubst src/%/FLOORS,$O/%,$1)/%.o,$(OBJECTS))
	$$(call say,LINT,$1)
	$$(Q)rm -f $$@ && mkdir -p $$(@D) && mk/floors $(patsubst %/,%,$(dir $1)) \
	    $(patsubst src/%/FLOORS,$O/%,$1) && touch $$@

endef
$(foreach f,$(FLOORS),$(eval $(call lint_floors,$f)))

# Spelling everywhere; no word in src/ about how the course uses it.
LINT_TEXT := $(shell find src grader labs handouts solutions mk images \
	README.md COURSE.md -type f 2>/dev/null)
$O/lint/words.ok: mk/lint mk/words $(LINT_TEXT)
	$(call say,LINT,words)
	$(Q)rm -f $@ && mkdir -p $(@D) && mk/lint words && touch $@

lint-files: $(LINT_OK)
endif

lint: ## Style, static analysis, sizes, spelling (only what has changed)
	$(Q)+$(MAKE) -k lint-files; \
	bad=0; for f in $(LINT_OK); do \
	    [ -f $$f ] || { bad=$$((bad + 1)); echo "  FAIL  $${f#$O/lint/}"; }; \
	done; echo "$$(($(words $(LINT_OK)) - bad)) passed, $$bad failed"; \
	[ $$bad = 0 ]

format: ## Lay out every C file and header as .clang-format says
	$(Q)find src grader images labs handouts -name '*.[ch]' | xargs clang-format -i

.PHONY: lint lint-files format
