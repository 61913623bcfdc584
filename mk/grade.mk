# SPDX-License-Identifier: BSD-2-Clause
#
# Grading, staging, benchmarks. The programs are in grader/; each says what it
# can do when it is started without arguments.
#
#   make grade LAB=ds OF=PATH         a directory, an archive, a patch of
#                                     solutions/ds, or solution, or stub;
#                                     ONLY=ds-owner: just that test ("a b": both);
#                                     VERBOSE=1: every failure explained; KEY=FILE
#                                     staff's secret, OUT=DIR where results go,
#                                     LABEL=NAME what to call it, PIN=STAGE
#                                     graded against a stage that was exported
#   make verify LAB=ds [ONLY=wrong]   everything in solutions/ds; ONLY=stages: the
#                                     solution without some of the exercises;
#                                     SCHEDULES=1: none under more than one
#   make replay TOKEN=... [OF=... PIN=STAGE]   a failing run again

LABS := $(patsubst labs/%/manifest.yaml,%,$(wildcard labs/*/manifest.yaml))

# The whole of the finished system, but not of a student's tree, which builds
# the grader when it is asked for a grading.
all: $(if $(FINISHED),$(GRADE) $(STAGE))

# What to grade must be said: a loop with an empty variable earns nothing.
grade: $(IMAGE) $(GRADE) ## Grade LAB=ds OF=stub|solution|PATH
	$(if $(strip $(OF)),,$(error which submission? OF=PATH, OF=stub or \
	    OF=solution))
	@$(built) $(GRADE) run -O $O $(ONLY:%=-t %) $(if $(VERBOSE),-v) \
	    $${KEY:+-k "$$KEY"} $${OUT:+-o "$$OUT"} $${LABEL:+-l "$$LABEL"} \
	    $${PIN:+--stage "$$PIN"} $(or $(LAB),$(error which lab? \
	    LAB=$(firstword $(LABS)))) "$$OF"

verify: $(IMAGE) $(GRADE) ## Grade all of solutions/LAB, compare the verdicts
	@$(built) $(GRADE) verify -O $O $(SCHEDULES:%=-n %) \
	    $(or $(LAB),$(firstword $(LABS))) $(ONLY)

fence: $(IMAGE) $(GRADE) ## Can a submission reach what was built of a solution?
	@$(built) $(GRADE) fence -O $O $(or $(LAB),$(LABS))

bombs: $(IMAGE) $(GRADE) ## Are files that use up the machine the failure of their submission?
	@$(built) grader/test/bombs.sh $(GRADE)

replay: $(IMAGE) $(GRADE) ## Repeat a failing run: TOKEN=... [OF=... PIN=...]
	@$(built) $(GRADE) replay -O $O $${OF:+-s "$$OF"} $(if $(DEBUG),-d) \
	    $${PIN:+--stage "$$PIN"} \
	    $(or $(TOKEN),$(error which run? TOKEN=...))

suite: $(IMAGE) $(PROBE_IMAGE) $(GRADE) ## Boot the system's own tests (AREA=ipc, ONLY=ipc-order: only those)
	@$(built) $(GRADE) suite -O $O $(ONLY:%=-t %) \
	    $${PARAMS:+--params "$$PARAMS"} $(AREA)

adverse: $(IMAGE) $(GRADE) ## Tests of processes against odds: priority, speed, schedule (QUICK=1: some)
	@$(built) mk/adverse $(GRADE) $O "$(QUICK)"

rights: ## What services used of their privileges in the last make suite
	@O=$O mk/rights

SEEDS ?= 1 2 3
shuffled: $(IMAGE) $(GRADE) ## Tests in other orders: solutions still score 100 (SEEDS="1 2 3")
	@$(built) mk/shuffled $(GRADE) $O $(SEEDS) -- $(or $(LAB),$(LABS))

bench: $(IMAGE) $(GRADE) $(STAGE) $(if $(wildcard grader/mutate),$O/host/bin/mutants) ## Measure, and compare with the budgets
	@$(built) $(GRADE) bench -O $O $(if $(QUICK),-q)

# The figures change only with the code that is measured, so they are kept
# with the sources, and handouts can be made without a boot.
plots: $(IMAGE) $(GRADE) ## Measure what the plot of the handout on copies shows
	@$(built) $(GRADE) bench -O $O -q >$O/plots.txt; cat $O/plots.txt; \
	    install -m 644 $O/safeperf.dat handouts/cow/safeperf.dat

labs: $(LABS:%=$O/labs/%.tar.gz) ## The trees that are handed out, as archives

$O/labs/%.tar.gz: $(STAGE) FORCE
	$(call say,STAGE,$O/labs/$*)
	$(Q)O=$O $(STAGE) --check $*
	$(Q)mkdir -p $(@D) && rm -rf $O/labs/$* && \
	    O=$O $(STAGE) $* -o $O/labs/$* && tar -C $O/labs --sort=name \
	    --owner=0 --group=0 --mtime=@1767225600 -cf - $* | gzip -n >$@

check-crashes: $(IMAGE) $(GRADE) ## Reports tell where something crashed, whatever it was (ONLY=function)
	@$(built) $(GRADE) crashes -O $O $(ONLY)

check-interrupt: $(IMAGE) $(GRADE) ## A grading that is interrupted leaves nothing behind
	@$(built) grader/test/interrupt.sh $(GRADE) $O $(or $(LAB),$(firstword $(LABS)))

check-tree: $(IMAGE) $(LAUNCH) ## Odd paths, several makes at once, the console as a pipe
	@$(built) grader/test/tree.sh $(LAUNCH) $(IMAGE)

check-student: $(IMAGE) $(GRADE) $(STAGE) ## A student's tree works by itself
	@$(built) O=$O GRADE=$(GRADE) grader/test/student.sh $(STAGE) \
	    $(or $(LAB),$(firstword $(LABS)))

check-pinned: $(IMAGE) $(GRADE) $(STAGE) ## Gradings against a stage that was exported
	@$(built) O=$O grader/test/pinned.sh $(STAGE) $(GRADE) \
	    $(or $(LAB),$(firstword $(LABS)))

# A budget, because a system with a shell does not end by itself.
trace: $(IMAGE) $(LAUNCH) $O/host/bin/ipctrace ## Boot, print every message (PARAMS="run=/bin/ls,/")
	@$(built) $(LAUNCH) headless $(IMAGE) $(LAUNCH_OPTIONS) -p console=com1 \
	    -p trace=ipc --trace $O/trace.bin --com1 $O/trace.txt \
	    --budget 300000000 >$O/trace.log; $O/host/bin/ipctrace $O/trace.bin

FORCE:
.PHONY: check-tree check-student check-pinned check-crashes check-interrupt trace grade \
	verify fence bombs replay suite rights adverse shuffled bench plots labs FORCE
