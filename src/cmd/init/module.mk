# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call command,cmd/init,init.c,,/sbin/init))
