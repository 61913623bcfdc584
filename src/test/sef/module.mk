# SPDX-License-Identifier: BSD-2-Clause
#
# Services as an operator sees them.

sef_test = $(eval $(call ostest,test/sef,sef-$1,$1.c $2 $(TEST_PROGRAM),command))
$(call sef_test,command)
$(call sef_test,backoff,test/rs/client.c)
$(call sef_test,events,test/rs/client.c)
$(eval $(call ostest,test/sef,sef-agent,agent.c,service))
