# SPDX-License-Identifier: BSD-2-Clause
#
# What `grade mutants' asks make: how FILES are compiled, in gcc's words and in
# clang's, and which unit tests are linked with their objects.

FILES ?=
kind_of_file = $(KIND.$(patsubst src/%.c,$O/%.o,$1))
units_with = $(foreach u,$(UNITS),$(if $(filter \
	$(patsubst %.c,$O/unit/%.o,$1),$(WHAT($u))),$u))

clang_knows = $(filter-out -mpreferred-stack-boundary=% -Werror,$1)

mutant-flags:
	@$(foreach f,$(FILES),echo 'gcc $f $(CC) \
	    $($(call kind_of_file,$f)_CFLAGS)'; echo 'clang $f \
	    --target=i686-linux-gnu \
	    $(call clang_knows,$($(call kind_of_file,$f)_CFLAGS))';)

mutant-units: $(if $(FILES),$(call units_with,$(FILES)))
	@$(foreach u,$^,echo 'unit $(u:$O/%=%)';)

# A sample is another one for each commit.
SAMPLE_SEED = $(or $(shell git rev-parse HEAD 2>/dev/null),none)

mutants: $(IMAGE) $(GRADE) $O/host/bin/mutants ## Which small mistakes in LAB do no test notice? (ONLY=file|function|key)
	@$(built) $(GRADE) mutants -O $O $(ONLY:%=--only %) $(SAMPLE:%=--sample %) \
	    $(if $(SAMPLE),--seed $(SAMPLE_SEED)) $(or $(LAB),$(firstword $(LABS)))

.PHONY: mutant-flags mutant-units mutants
