# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,servers/ds,main.c table.c store.c perm.c label.c \
	subscribe.c match.c key.c))
$(eval $(call unit,servers/ds,test/match_test.c,match.c lib/sys/strlcpy.c))
$(eval $(call unit,servers/ds,test/store_test.c,test/fake.c store.c perm.c \
	label.c subscribe.c match.c lib/sys/strlcpy.c))
