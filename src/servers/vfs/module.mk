# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,servers/vfs,main.c table.c worker.c switch.S fproc.c \
	fscall.c unsynced.c lost.c answer.c watch.c vnode.c mount.c mountcalls.c revive.c services.c \
	path.c filp.c open.c rdwr.c pipe.c select.c link.c attr.c flock.c dev.c \
	dmap.c exec.c execfmt.c usage.c shutdown.c dump.c core.c,core))
$(eval $(call unit,servers/vfs,test/execfmt_test.c,execfmt.c \
	lib/sys/strlcpy.c))
$(eval $(call unit,servers/vfs,test/answer_test.c,answer.c))
