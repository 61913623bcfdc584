# SPDX-License-Identifier: BSD-2-Clause
#
# It shows calls as trace(1) does.
$(eval $(call command,cmd/db,main.c command.c target.c breaks.c show.c symbols.c,\
	traced cmd))
