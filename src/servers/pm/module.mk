# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,servers/pm,main.c table.c proc.c fork.c exec.c exit.c \
	signal.c sigcalls.c timer.c ids.c vfs.c rs.c misc.c shutdown.c \
	dump.c))
$(eval $(call unit,servers/pm,test/signal_test.c,signal.c))
$(eval $(call unit,servers/pm,test/fork_test.c,fork.c rs.c timer.c))
