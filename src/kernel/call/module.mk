# SPDX-License-Identifier: BSD-2-Clause

# For kernel/module.mk: one file per kernel call, and what they share.
KERNEL_CALL_SOURCES := $(addprefix call/,table.c target.c grant.c fork.c exec.c \
	clear.c exit.c schedule.c privctl.c runctl.c kill.c getksig.c \
	endksig.c sigsend.c sigreturn.c whoami.c getinfo.c times.c settime.c \
	setalarm.c vtimer.c diagctl.c abort.c setgrant.c safecopy.c \
	vsafecopy.c safememset.c vircopy.c memset.c umap.c irqctl.c devio.c \
	sdevio.c vdevio.c vmctl.c memreq.c trace.c statectl.c)
