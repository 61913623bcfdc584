# SPDX-License-Identifier: BSD-2-Clause
#
# What seq writes, line by line.
$(foreach t,up steps,$(eval $(call ostest,test/@LAB@,@LAB@-$t,$t.c numbers.c \
	test/program/program.c $(REPORT),command)))
