# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call library,lib/cmd,cmd.c signal.c test.c option.c line.c out.c id.c,CMD))
