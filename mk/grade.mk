# SPDX-License-Identifier: BSD-2-Clause
#
# Grading, staging, benchmarks. The programs are in grader/, their manuals
# are what they print with --help.

# A program below src/test adds these sources to report to the host, as in
#   $(eval $(call ostest,test/ipc,ipc-order,order.c $(REPORT),command))
REPORT := test/report/report.c test/report/nonce.c test/report/sha256.c \
	test/report/line.c
