# SPDX-License-Identifier: BSD-2-Clause
#
# What the kernel's messages do, told by three services under a test's thumb.

$(eval $(call ostest,test/ipc,ipc-agent,agent.c $(TEST_OWNER),service))
$(eval $(call ostest,test/ipc,ipc-endpoint,endpoint.c $(REPORT),command))
ipc_test = $(eval $(call ostest,test/ipc,ipc-$1,$1.c client.c $(TEST_SERVICE) $(REPORT),command))
$(foreach t,order reply notify deadlock death results stream unmapped args,$(call \
	ipc_test,$t))
