# SPDX-License-Identifier: BSD-2-Clause
#
# The whole system is one dependency graph, and this is the only file make
# runs: it includes the parts in mk/ and one module.mk per directory, which
# names that directory's programs, libraries and tests (mk/rules.mk says how).
#
#   make help          what can be made
#   make               the system, its disk image, the grader
#   make LAB=ds        the same, as the students of lab ds first see it
#   make V=1 ...       show every command       make O=dir ...  build elsewhere
#   make TESTS="a b"   an image with only these tests and their neighbours

O ?= build$(OVERLAY:%=/lab-%)
Q := $(if $(V),,@)

# A lab replaces whole files: labs/LAB/stub/PATH stands in for src/PATH. Some
# targets take a lab's name but work on the finished tree.
WHOLE_TREE := grade verify symptoms mutants shuffled fence replay check-student check-pinned check-interrupt labs handouts test nightly lint clean
OVERLAY := $(if $(filter $(WHOLE_TREE),$(MAKECMDGOALS)),,$(LAB))
STUBS := $(OVERLAY:%=labs/%/stub)
FINISHED := $(if $(OVERLAY),,$(wildcard solutions))

ifneq ($(words $O),1)
$(error O="$O": a directory for built files has no blank in its name)
endif
$(shell mk/place)
ifneq ($(.SHELLSTATUS),0)
$(error the path of this tree has characters in it that cannot be built)
endif

all: ## The system, its disk image, the grader (what plain make builds)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Before anything else, the packages that these goals need.
GOALS := $(or $(MAKECMDGOALS),all)
LIGHT := help clean doctor lab
ifneq ($(PACKAGES),no)
$(shell mk/install -t $(GOALS) $(if \
    $(filter check,$(GOALS)),$(wildcard grader/mutate)) $(if \
    $(filter all,$(GOALS)),$(FINISHED:solutions=grade)) >&2)
ifneq ($(.SHELLSTATUS),0)
$(error packages are missing; PACKAGES=no skips this check)
endif
export PACKAGES := no
endif

# One make at a time builds in a tree: what one is writing, the other would read
# half-written, or start. So this make only waits for its turn; a second one
# below it does the work and holds the lock by descriptor 9. A recipe that works
# long with what has been built begins with $(built): the next may go ahead.
built := flock -u 9 2>/dev/null;

ifeq ($(or $(LOCKED),$(if $(filter-out $(LIGHT),$(GOALS)),,light)),)
$(GOALS): locked
locked:
	+@mkdir -p $O && exec 9>$O/.lock && { flock -n 9 || { \
	    echo 'lacuna: another make is building here; waiting for it' >&2; \
	    flock 9; }; } && LOCKED=yes $(MAKE) $(GOALS)
.PHONY: locked $(GOALS)
else

EARLY := mk/flags.mk $(wildcard mk/newlib.mk) mk/rules.mk
include $(EARLY)
include $(MODULES)
ROOT_FILES := $(call wanted_files,$(ROOT_FILES))
include $(filter-out $(EARLY),$(sort $(wildcard mk/*.mk)))

$O/root.list: $O/stamp/root
	$(Q)mkdir -p $O/root && cd $O/root && find . ! -type d | sed 's/^\.//' | \
	    grep -vxF "$$(printf '%s\n' $(ROOT_FILES:$O/root%=%))" | \
	    sed 's/^/./' | xargs -r rm -f
	$(Q)printf '%s\n' $(ROOT_FILES:$O/root%=%) >$@

root: $(ROOT_FILES) $O/root.list
programs: $(PROGRAMS) $(HOST_PROGRAMS) $(UNITS)
all: root

help: ## This list
	@sed -e ':more' -e '/\\$$/{N;b more' -e '}' -e 's/\\\n */ /g' \
	    $(MAKEFILE_LIST) | awk -F ':.*## ' '/^[a-z-]+:.*## / \
	    { printf "  make %-15s %s\n", $$1, $$2 }'

clean: ## Remove everything that was built but newlib
	$(Q)rm -rf $(filter-out $(NEWLIB_ROOT),$(wildcard $O/*))

.PHONY: all root programs help clean

ifneq ($(filter-out $(LIGHT),$(GOALS)),)
$(write_stamps)
-include $(OBJECTS:.o=.d)
endif

endif
