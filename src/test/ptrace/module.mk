# SPDX-License-Identifier: BSD-2-Clause
#
# Debugging: what a tracer sees and does, a test for each theme.

ptrace_test = $(eval $(call ostest,test/ptrace,ptrace-$1,$1.c scene.c tracee.c counts.c events.c $(TEST_PROGRAM),command))
$(foreach t,attach stop memory registers signals wait death fork exec calls,$(call ptrace_test,$t))
$(foreach t,service setid,$(eval $(call ostest,test/ptrace,ptrace-$t,$t.c $(TEST_PROGRAM),command)))
