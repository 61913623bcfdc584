# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call library,lib/driver,chardriver.c blockdriver.c))
