# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call ostest,test/runner,runner,runner.c $(REPORT),command))
