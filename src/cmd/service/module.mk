# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call command,cmd/service,main.c agent.c conf.c explain.c program.c \
	reason.c start.c status.c update.c,,/bin/service))
$(eval $(call unit,cmd/service,test/conf_test.c,conf.c))
$(eval $(call unit,cmd/service,test/update_test.c,update.c conf.c program.c \
	explain.c reason.c))
$(eval $(call unit,cmd/service,test/rights_test.c,conf.c \
	servers/rs/boot_table.c))
$(eval $(call install,etc/system.conf,/etc/system.conf))
$(eval $(call install,etc/test.conf,/etc/test.conf))
