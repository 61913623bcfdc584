# SPDX-License-Identifier: BSD-2-Clause
#
# Handouts (handouts/LAB/handout.tex), hints for them (hints.tex, beside it) and
# guides for instructors (solutions/LAB/guide.tex) as PDF and text in $O/handouts. Everything they say about the
# code comes from the very stage that is handed out: titles, points and
# requirements from the manifest, places from the sources, transcripts from
# the grader. $O/handouts/LAB holds these pieces and TeX's log.
#
#   make handouts DRAFT=yes   without transcripts, so without booting, in
#                             $O/handouts-draft, where no stage takes them from

HANDOUTS := $(patsubst handouts/%/handout.tex,%,$(wildcard \
	handouts/*/handout.tex))
HINTS    := $(patsubst handouts/%/hints.tex,%,$(wildcard handouts/*/hints.tex))
GUIDES   := $(patsubst solutions/%/guide.tex,%,$(wildcard \
	solutions/*/guide.tex))
H        := $O/handouts$(DRAFT:%=-draft)

$(eval $(call host,handouts,facts,facts.c,+grading +base +report $(GRADE_PKGS)))

handouts: $(HANDOUTS:%=$H/%.pdf) $(HINTS:%=$H/%-hints.pdf) $(GUIDES:%=$H/%-guide.pdf) ## Handouts, hints and guides as PDF and text, in build/handouts

check-handouts: ## Do the tools that make handouts refuse what they must?
	$(Q)handouts/test.sh "$$(realpath -m '$O')/handouts-test"

symptoms: ## What LAB's wrong variants showed when make verify graded them last
	@handouts/symptoms . $(or $(LAB),$(firstword $(HANDOUTS)))
	@handouts/seen . $(or $(LAB),$(firstword $(HANDOUTS))) \
	    $O/grade/$(or $(LAB),$(firstword $(HANDOUTS)))-verify

.PHONY: handouts check-handouts symptoms

ifneq ($(filter handouts labs $H/% $O/labs/%,$(GOALS)),)

# A tree that is handed out contains its handout, and the hints.
$(HANDOUTS:%=$O/labs/%.tar.gz): $O/labs/%.tar.gz: $H/%.pdf
$(HINTS:%=$O/labs/%.tar.gz): $O/labs/%.tar.gz: $H/%-hints.pdf

# What a stage is made of.
STAGE_PARTS := $(shell find src mk images grader labs Makefile -type f)

$(HANDOUTS:%=$H/%/staged): $H/%/staged: $(STAGE) $(STAGE_PARTS)
	$(call say,STAGE,$*)
	$(Q)mkdir -p $(@D) && rm -rf $(@D)/stage && \
	    O=$O $(STAGE) $* -o $(@D)/stage >$@

$(HANDOUTS:%=$H/%/facts.tex): $H/%/facts.tex: $H/%/staged $(FACTS)
	$(Q)$(FACTS) $* $(@D)/stage >$@

# Handout and hints talk of the stage, a guide of the finished tree.
$(HANDOUTS:%=$H/%/handout-cited.tex): $H/%/handout-cited.tex: \
    handouts/%/handout.tex $H/%/staged handouts/cite
	$(call say,CITE,$<)
	$(Q)handouts/cite $(@D)/stage $< >$@

$(HINTS:%=$H/%/hints-cited.tex): $H/%/hints-cited.tex: handouts/%/hints.tex \
    $H/%/staged handouts/cite
	$(call say,CITE,$<)
	$(Q)handouts/cite $(@D)/stage $< >$@

$(GUIDES:%=$H/%/guide-cited.tex): $H/%/guide-cited.tex: solutions/%/guide.tex \
    $H/%/staged handouts/cite
	$(call say,CITE,$<)
	$(Q)handouts/cite . $< >$@

$(GUIDES:%=$H/%/variants.tex): $H/%/variants.tex: $(FACTS) $H/%/staged \
    $(wildcard solutions/*/*/*.patch solutions/*/*/*/head)
	$(Q)$(FACTS) -v $* >$@

# The same transcripts serve until the system or the lab changes.
$(HANDOUTS:%=$H/%/transcripts): $H/%/transcripts: handouts/transcribe \
    handouts/excerpts $(FACTS) $(GRADE) $H/%/staged $(if $(DRAFT),FORCE,$(IMAGE))
	$(call say,RUN,$* as handed out and as solved)
	$(Q)rm -f $@; for what in stub solution; do \
	    DRAFT=$(DRAFT) GRADE=$(GRADE) GRADE_OPTIONS='-O $O' \
	    handouts/transcribe $(@D) $* $$what || exit 1; done
	$(Q)$(FACTS) -t $* >$(@D)/tests && handouts/excerpts $(@D)
	$(if $(DRAFT),,$(Q)touch $@)

# Sessions at the finished system's terminal, of labs that show some.
SESSIONS := $(wildcard handouts/*/*.session)
$(SESSIONS:handouts/%.session=$H/%.txt): $H/%.txt: handouts/%.session \
    handouts/session $(if $(DRAFT),FORCE,$(IMAGE) $(LAUNCH))
	$(call say,RUN,$<)
	$(Q)mkdir -p $(@D) && DRAFT=$(DRAFT) LAUNCH=$(LAUNCH) \
	    LAUNCH_OPTIONS='--build $O' handouts/session $(IMAGE) $(@D) $<
$(foreach s,$(SESSIONS:handouts/%.session=%),$(eval \
	$H/$(patsubst %/,%,$(dir $s)).pdf: $H/$s.txt))

$(HANDOUTS:%=$H/%.pdf): $H/%.pdf: handouts/%/handout.tex handouts/typeset \
    handouts/lacuna-handout.cls $(wildcard handouts/*/*.dat) $H/%/facts.tex $H/%/handout-cited.tex \
    $H/%/transcripts
	$(call say,TEX,$@)
	$(Q)handouts/typeset $(@D)/$* $< $(@:.pdf=)

$(HINTS:%=$H/%-hints.pdf): $H/%-hints.pdf: handouts/%/hints.tex \
    handouts/typeset handouts/lacuna-handout.cls $H/%/facts.tex \
    $H/%/hints-cited.tex
	$(call say,TEX,$@)
	$(Q)handouts/typeset $H/$* $< $(@:.pdf=)

$(GUIDES:%=$H/%-guide.pdf): $H/%-guide.pdf: solutions/%/guide.tex \
    handouts/typeset handouts/lacuna-handout.cls $H/%/facts.tex \
    $H/%/guide-cited.tex $H/%/variants.tex
	$(call say,TEX,$@)
	$(Q)handouts/typeset $H/$* $< $(@:.pdf=)
endif
