# SPDX-License-Identifier: BSD-2-Clause
#
# A program for gdb, which src/test/gdb/check has debug it from outside.
$(eval $(call ostest,test/gdb,gdb-debuggee,debuggee.c,command))

# Each line has its code, each variable its place.
$O/test/gdb/debuggee.o: CMD_CFLAGS += -O0
