# SPDX-License-Identifier: BSD-2-Clause
#
# Core files. core-crash is no test by itself: `make check-core' runs it, and
# wants to see its variables.

$(eval $(call ostest,test/core,core-files,files.c $(TEST_PROGRAM),command))
$(eval $(call ostest,test/core,core-crash,crash.c,command))
$O/test/core/crash.o: CMD_CFLAGS += -O0
