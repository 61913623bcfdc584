# SPDX-License-Identifier: BSD-2-Clause

# The calls themselves are part of the kernel, see src/kernel/module.mk.
$(eval $(call unit,kernel/call,test/grant_test.c,grant.c))
$(eval $(call osunit,kernel/call,test/cowcopy_test.c,cowcopy.c))
$(eval $(call unit,kernel/call,test/vircopy_test.c,vircopy.c memset.c target.c))
