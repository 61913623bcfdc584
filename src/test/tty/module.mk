# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call ostest,test/tty,tty-terminal,terminal.c $(REPORT),command))
$(eval $(call ostest,test/tty,tty-jobs,jobs.c $(TEST_PROGRAM),command))
