# SPDX-License-Identifier: BSD-2-Clause
# The client of the data store is part of libsys.
$(eval $(call part,lib/ds,client.c memory.c,sys))
