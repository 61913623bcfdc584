# SPDX-License-Identifier: BSD-2-Clause
#
# What the manual promises.
$(eval $(call install,test/manual/services.sh,/test/manual-services,755))
$(eval $(call ostest,test/manual,manual-counter,counter.c,service))
$(eval $(call ostest,test/manual,manual-echo,echo.c,service))
