# SPDX-License-Identifier: BSD-2-Clause
#
# Who runs when, and with which registers.

sched_test = $(eval $(call ostest,test/sched,sched-$1,$1.c $(TEST_PROGRAM),command))
$(foreach t,fpu fair,$(call sched_test,$t))
