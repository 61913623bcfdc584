# SPDX-License-Identifier: BSD-2-Clause
#
# Programs whose memory the host looks at from outside.

memory_test = $(eval $(call ostest,test/memory,memory-$1,$1.c $(TEST_PROGRAM),command))
$(foreach t,fork stops,$(call memory_test,$t))
