# SPDX-License-Identifier: BSD-2-Clause
#
# Mutation analysis: a program of its own, so that only those who teach need
# libclang. `grade mutants' starts it.

CLANG  := grader/mutate/libclang.pc
PARSER := $(addprefix mutate/,scan.c parse.c shape.c mutant.c rules.c \
	rules_expression.c rules_statement.c rewrite.c)
MUTANTS := mutate/workshop.c mutate/lists.c mutate/results.c mutate/trial.c \
	mutate/queue.c mutate/verdicts.c mutate/mutants_main.c

$(eval $(call host,grader,mutants,$(PARSER) $(MUTANTS),+grading +emulator \
	+base +report $(GRADE_PKGS) $(CLANG)))

MUTATE_TESTED := mutate/test/fixture.c $(PARSER) $(BASE) $(JOBS) $(NONCE)
$(eval $(call unit,grader,mutate/test/rules_test.c,$(MUTATE_TESTED),libuv \
	$(CLANG)))
$(eval $(call unit,grader,mutate/test/rewrite_test.c,$(MUTATE_TESTED),libuv \
	$(CLANG)))
$(eval $(call unit,grader,mutate/test/lists_test.c,mutate/lists.c $(BASE) \
	$(NONCE),libcyaml))
