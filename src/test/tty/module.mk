# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call ostest,test/tty,tty-terminal,terminal.c $(REPORT),command))
