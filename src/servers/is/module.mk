# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,servers/is,main.c tables.c usage.c store.c))
