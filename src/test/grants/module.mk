# SPDX-License-Identifier: BSD-2-Clause
#
# Who may copy what, told by two services and a third.

$(eval $(call ostest,test/grants,grants-agent,agent.c $(TEST_OWNER),service))
grants_test = $(eval $(call ostest,test/grants,grants-$1,$1.c client.c $(TEST_SERVICE) $(REPORT),command))
$(foreach t,matrix sequence chain fault vector table traps,$(call grants_test,$t))
