# SPDX-License-Identifier: BSD-2-Clause
#
# What can be said about the tree without booting it: unit tests, style and
# static analysis, the reference, which requirement has which tests.

CHECKED := $(if $(ONLY),$(foreach u,$(UNITS),$(if $(strip $(foreach w,$(ONLY),\
	$(findstring $w,$u))),$u)),$(UNITS))
ifneq ($(filter check,$(GOALS)),)
$(if $(CHECKED),,$(error no unit test has "$(ONLY)" in its name; there are \
	$(UNITS:$O/unit/%=%)))
endif

check: $(LIMIT) $(CHECKED) ## Unit tests, on this machine (ONLY=word: programs, CASE=word: tests whose names have it)
	@$(built) mk/check $(LIMIT) $(CHECKED)

docs: ## The reference of every public declaration, in build/doc/html
	$(call say,DOXY,$O/doc/html/index.html)
	$(Q)O=$O mk/docs

requirements: $(GRADE) ## What proved, what explains each requirement; 1 if one lacks it
	@$(built) $(GRADE) requirements -O $O

doctor: ## Is this machine able to build, boot and grade?
	@mk/doctor

test: $(LIMIT) ## Everything: builds, unit tests, lint, boots, labs (STEPS="a b": these)
	@$(built) unset LOCKED; O=$O mk/test always $(STEPS)

nightly: $(LIMIT) ## The same, and what takes long
	@$(built) unset LOCKED; O=$O mk/test nightly $(STEPS)

.PHONY: check docs requirements doctor test nightly
