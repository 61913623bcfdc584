# SPDX-License-Identifier: BSD-2-Clause
#
# Processes, signals and time.

pm_test = $(eval $(call ostest,test/pm,pm-$1,$1.c $2 $(TEST_PROGRAM),command))
$(foreach t,process signals interrupt timer registers spawn stop restart siginfo rules wait chain limits groups,$(call pm_test,$t))
$(call pm_test,pingpong,jobs.c)
$(call pm_test,random,actor.c)
# What it is called as says what it expects.
$(foreach t,tuned mistuned,$(eval $(call ostest,test/pm,pm-$t,tuned.c $(TEST_PROGRAM),command)))
