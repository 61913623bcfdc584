# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,servers/rs,main.c table.c boot.c boot_table.c start.c \
	image.c init.c privilege.c publish.c supervise.c death.c request.c))
