# SPDX-License-Identifier: BSD-2-Clause
#
# What mk/faults runs, a fault at a time.

$(eval $(call ostest,test/faults,faulter,faulter.c $(TEST_OWNER),service))
$(eval $(call ostest,test/faults,faults,faults.c babble.c test/rs/client.c \
	$(TEST_SERVICE) $(TEST_PROGRAM),command))
