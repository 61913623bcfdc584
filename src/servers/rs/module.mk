# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,servers/rs,main.c rs.c table.c boot.c boot_order.c \
	boot_table.c start.c image.c init.c privilege.c publish.c supervise.c \
	death.c revive.c request.c))
