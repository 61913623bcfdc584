# SPDX-License-Identifier: BSD-2-Clause
#
# Memory of programs.

vm_test = $(eval $(call ostest,test/vm,vm-$1,$1.c $(TEST_PROGRAM),command))
$(foreach t,memory cow,$(call vm_test,$t))
