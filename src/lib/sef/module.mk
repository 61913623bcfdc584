# SPDX-License-Identifier: BSD-2-Clause
# The framework is part of libsys.
$(eval $(call part,lib/sef,sef.c predefined.c startup.c receive.c signal.c \
	lu.c complain.c wait.c server.c slow.c,sys))
$(eval $(call unit,lib/sef,test/sef_test.c,sef.c predefined.c startup.c \
	receive.c signal.c lu.c complain.c))
$(eval $(call unit,lib/sef,test/wait_test.c,wait.c))
$(eval $(call unit,lib/sef,test/lu_test.c,receive.c lu.c))
$(eval $(call osunit,lib/sef,test/startup_test.c,startup.c))
$(eval $(call unit,lib/sef,test/sigset_test.c,))
