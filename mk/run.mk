# SPDX-License-Identifier: BSD-2-Clause
#
# Running the image. The launcher (grader/emulator/launch.c) owns Bochs' configuration;
# these targets only give it the image and the programs for stack traces.
#
#   PARAMS="key=value ..."  boot parameters      WINDOW=1   a window, VGA
#   WRITE=1                 keep what the system writes to its disk
#   BUDGET=N                end after N emulated instructions, with status 1
#   SERVICE=vfs             whose symbols the debugger gets beside the kernel's
#   GDB=1                   gdb with QEMU instead of Bochs' debugger
#
# make gdb PROGRAM=/bin/ls [ARGS="-l /"] [TTY=/dev/pts/3]: see mk/gdb.

LAUNCH_OPTIONS = --build $O $(PARAMS:%=-p %) $(if $(WRITE),-w) \
	$(BUDGET:%=--budget %)

run: $(IMAGE) $(LAUNCH) ## Boot in Bochs, console in this terminal
	$(if $(WINDOW),$(Q)mk/install window)
	@$(built) $(LAUNCH) run $(IMAGE) $(LAUNCH_OPTIONS) $(if $(WINDOW),--window)

DEBUGGED = $O/kernel/kernel $(if $(SERVICE),$(or $(firstword \
	$(filter %/$(SERVICE),$(PROGRAMS))),$(error no service $(SERVICE); \
	there are $(notdir $(SERVICES)))))

# Symbols for Bochs: "address name", a line each.
$O/symbols/%.sym: $O/%
	$(Q)mkdir -p $(@D) && $(CROSS)nm $< | \
	    sed -n 's/^\([0-9a-f]*\) [A-Za-z] /\1 /p' >$@

debug: $(IMAGE) $(LAUNCH) \
    $(DEBUGGED:$O/%=$O/symbols/%.sym) ## Debug the kernel (SERVICE=vfs: it, too)
	@$(built) $(LAUNCH) $(if $(GDB),gdb,debug) $(IMAGE) $(LAUNCH_OPTIONS) \
	    --com1 $O/console.txt -p console=com1 \
	    $(addprefix --symbols ,$(if $(GDB),$(DEBUGGED),$(filter \
	    %.sym,$^)))

# Where each program of the image has its symbols: PATH=FILE, a line each.
$O/programs.list: $O/stamp/root
	$(Q)printf '%s\n' $(ROOTED) >$@

gdb: $(IMAGE) $(LAUNCH) $O/programs.list ## Debug PROGRAM=/bin/ls in the system with gdb (ARGS="-l /", TTY=terminal)
	@$(built) O=$O mk/gdb $(PROGRAM) $(ARGS)

check-gdb: $(IMAGE) $(LAUNCH) $O/programs.list ## gdb outside debugs a program inside
	@$(built) O=$O src/test/gdb/check

check-boot: $(LAUNCH) $O/host/bin/mkboot $O/boot/mbr.bin \
    $O/boot/loader.bin ## Loader, launcher and emulator, with a small guest
	$(Q)images/test/check "$$(realpath -m '$O')"

check-core: $(IMAGE) $(LAUNCH) ## The debugger of this machine reads core files of the system
	@O=$O mk/core

soak: $(IMAGE) $(LAUNCH) ## Work the system for long (SECONDS=7200, its own)
	@$(built) O=$O mk/soak $(or $(SECONDS),7200)

kills: $(IMAGE) $(LAUNCH) ## Kill each driver and ext2 at work (N=200 times)
	@O=$O mk/kills $(or $(N),200)

storms: $(IMAGE) $(LAUNCH) ## Signals and processes at random, for long (ROUNDS=20000, RANDOM_SEEDS=20)
	@O=$O mk/storms $(or $(ROUNDS),20000) $(or $(RANDOM_SEEDS),20)

faults: $(IMAGE) $(LAUNCH) ## Damage services, a boot for each fault (N=56, SEED=1; ONLY=k repeats one)
	@O=$O mk/faults $(or $(N),56) $(or $(SEED),1) $(ONLY)

.PHONY: run debug gdb check-gdb check-boot check-core soak faults kills storms
