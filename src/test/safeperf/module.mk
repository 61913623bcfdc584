# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call ostest,test/safeperf,safeperf,safeperf.c $(TEST_SERVICE) $(REPORT),command))
$(eval $(call ostest,test/safeperf,safeperf-agent,agent.c $(TEST_OWNER),service))
