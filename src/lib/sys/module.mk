# SPDX-License-Identifier: BSD-2-Clause

# What every service is linked with. A stub per kernel call is named after it.
SYS_STUBS := fork exec clear exit schedule privctl runctl kill getksig endksig \
	sigsend sigreturn whoami getinfo times settime setalarm vtimer \
	diagctl abort setgrant safecopyfrom safecopyto vsafecopy safememset \
	safemap saferevmap safeunmap \
	vircopy memset umap irqctl devio sdevio vdevio vmctl memreq trace \
	statectl
$(eval $(call library,lib/sys,crt0.S $(SYS_STUBS:%=sys_%.c) env.c memcpy.c \
	envlist.c memcmp.c string.c strlcpy.c strtoul.c format.c snprintf.c printf.c \
	panic.c asynsend.c grants.c grant_memory.c))

$(eval $(call unit,lib/sys,test/grants_test.c,grants.c test/step.c))
$(eval $(call unit,lib/sys,test/asynsend_test.c,asynsend.c))
$(eval $(call unit,lib/sys,test/format_test.c,format.c))
$(eval $(call unit,lib/sys,test/envlist_test.c,envlist.c strlcpy.c))
$(eval $(call unit,lib/sys,test/string_test.c,strlcpy.c))
