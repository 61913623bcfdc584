# SPDX-License-Identifier: BSD-2-Clause
#
# Your tree of the lab that the file LAB describes. Only the files listed
# there are handed in and graded; you may change any other to find out more.
#
#   make           build the system with your files
#   make run       boot it, with its console in this terminal (Ctrl-] leaves)
#   make test      the lab's tests once: quick; with ONLY=ds-owner just that
#                  test, with VERBOSE=1 every failure is explained in full
#   make grade     the lab's tests under several schedules: what counts
#   make check     unit tests on this machine, of all files; with ONLY=word
#                  those whose names have it, with CASE=word only these cases
#   make replay TOKEN=...   a failing test again, instruction for instruction
#   make debug     the system in a debugger; with TOKEN=... a failing test,
#                  stopped where your files are entered before it fails
#   make gdb PROGRAM=/bin/ls   gdb on a program in the system
#   make submit    the archive you hand in
#   make doctor    is everything there that is needed?
#   make clean     remove what was built
#   make help      this list

LAB    := $(shell sed -n 's/^lab: //p' LAB)
SYSTEM := $(MAKE) --no-print-directory -f mk/system.make
GRADER := build/host/bin/grade
unexport LAB

# What your tree and the grader's own copy of the system have in common is
# compiled once: objects are kept by content.
export CCACHE            ?= $(shell command -v ccache)
export CCACHE_DIR        ?= $(CURDIR)/build/cache
export CCACHE_BASEDIR    ?= $(CURDIR)
export CCACHE_CONFIGPATH := /dev/null

# As many at a time as there are processors, unless make was told.
JOBS = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

ASKED = $(ONLY:%=-t %) $(if $(VERBOSE),-v)

# The grader's copy of the system is not this tree's, which you may change.
all image run: tell-once
tell-once:
	@[ -e build/kernel ] || echo 'Building this tree, once; the grader has its own copy.'

all image run doctor clean:
	+@$(SYSTEM) $(JOBS) $@

# The first time it tells of each file, for that takes a while.
$(GRADER): FORCE
	@[ -x $@ ] || echo 'Building the grader, once.'
	+@$(SYSTEM) $(JOBS) $(if $(wildcard $@),-s) $@

test: $(GRADER)
	@$(GRADER) run -n 1 $(ASKED) $(LAB)

grade: $(GRADER)
	@$(GRADER) run $(ASKED) $(LAB)

check:
	+@$(SYSTEM) $(JOBS) check

gdb:
	+@$(SYSTEM) $(JOBS) gdb

replay: $(GRADER)
	@$(GRADER) replay $${OF:+-s "$$OF"} $${PIN:+--stage "$$PIN"} \
	    $(or $(TOKEN),$(error give the token: TOKEN=...))

debug: $(if $(TOKEN),$(GRADER))
	@$(if $(TOKEN),$(GRADER) replay -d $(TOKEN),$(SYSTEM) debug)

help:
	@sed -n 's/^#   /  /p' Makefile

submit: $(GRADER)
	@$(GRADER) submit

FORCE:
.PHONY: tell-once all image run test grade check debug gdb replay submit doctor clean help FORCE
