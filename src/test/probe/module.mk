# SPDX-License-Identifier: BSD-2-Clause
#
# A boot service that misbehaves; it is a module of $(PROBE_IMAGE) only. Boots
# that it does not spoil end with a look at the system.

$(eval $(call ostest,test/probe,probe,probe.c,service))
$(foreach t,ok late twice talk,$(eval $(call ostest,test/probe,probe-$t,ready.c \
	test/rs/client.c $(TEST_PROGRAM),command)))
