# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,drivers/memory,memory.c,driver))
