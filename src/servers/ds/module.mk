# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,servers/ds,main.c table.c store.c perm.c label.c \
	subscribe.c match.c key.c list.c mem.c map.c pages.c news.c keep.c \
	recover.c))
$(eval $(call osunit,servers/ds,test/match_test.c,match.c lib/sys/strlcpy.c))
DS_TESTED := test/fake.c test/fake_grants.c store.c perm.c label.c subscribe.c \
	match.c mem.c map.c keep.c lib/sys/strlcpy.c
$(foreach t,store delete perm subscribe gone mem map,$(eval $(call \
	osunit,servers/ds,test/$t_test.c,$(DS_TESTED))))
$(eval $(call unit,servers/ds,test/keep_test.c,test/life.c recover.c $(DS_TESTED)))
