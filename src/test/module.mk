# SPDX-License-Identifier: BSD-2-Clause
#
# What tests below here share, as sources for ostest.

# For programs that try things in children (test/program/program.h).
TEST_PROGRAM := test/program/program.c $(REPORT)
