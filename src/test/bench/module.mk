# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call ostest,test/bench,bench,bench.c process.c files.c large.c recover.c test/rs/client.c $(TEST_SERVICE) $(REPORT),command))
$(eval $(call ostest,test/bench,bench-echo,echo.c,service))
$(eval $(call ostest,test/bench,bench-ping,ping.c $(TEST_OWNER),service))
$(eval $(call ostest,test/bench,bench-nop,nop.c,command))
$(eval $(call ostest,test/bench,bench-big,big.c,command))
