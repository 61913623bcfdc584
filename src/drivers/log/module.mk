# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,drivers/log,log.c,driver))
