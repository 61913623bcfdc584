# SPDX-License-Identifier: BSD-2-Clause
# The client of the data store is part of libsys.
DS_OBJS := $(call objs,lib/ds,client.c memory.c)
$(eval $(call compiled,$(DS_OBJS),SYS))
$O/lib/libsys.a: $(DS_OBJS)
