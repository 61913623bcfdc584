# SPDX-License-Identifier: BSD-2-Clause
#
# A test is one line in its directory's module.mk, for instance
#
#   $(eval $(call ostest,test/ipc,ipc-order,order.c $(REPORT),command))
#
# which makes the program /test/ipc-order. REPORT is what it tells the host
# with (test/report/report.h).

REPORT := test/report/report.c test/report/nonce.c test/report/sha256.c \
	test/report/line.c
