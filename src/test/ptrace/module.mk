# SPDX-License-Identifier: BSD-2-Clause
#
# Debugging: what a tracer sees and does.

ptrace_test = $(eval $(call ostest,test/ptrace,ptrace-$1,$1.c tracee.c $(TEST_PROGRAM),command))
$(foreach t,control memory calls signals,$(call ptrace_test,$t))
