# SPDX-License-Identifier: BSD-2-Clause
#
# From the first instruction of a service to the moment it is up.

$(eval $(call ostest,test/init,init-agent,agent.c $(TEST_OWNER),service))
init_test = $(eval $(call ostest,test/init,init-$1,$1.c client.c test/rs/client.c \
	$(TEST_SERVICE) $(TEST_PROGRAM),command))
$(foreach t,types failed report end forged order,$(call init_test,$t))
