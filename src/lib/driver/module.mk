# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call library,lib/driver,chardriver.c blockdriver.c))
$(eval $(call unit,lib/driver,test/blockdriver_test.c,blockdriver.c))
