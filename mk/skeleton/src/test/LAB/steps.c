/* SPDX-License-Identifier: BSD-2-Clause */
/** @file seq counts in steps, up and down. */
#include "test/@LAB@/numbers.h"

int
main(int argc, char **argv)
{
	struct numbers got;
	long first;

	report_begin("@LAB@-steps", argc > 1 ? argv[1] : NULL);
	first = 1 + (long)(nonce_u32(report_nonce(), "first", 0) % 999);
	numbers_run(&got, first, 3, first + 17);
	report_number("lines", got.n);
	report_number("last", numbers_last(&got));
	numbers_run(&got, first, -2, first - 9);
	report_number("down", numbers_last(&got));
	report_number("down-lines", got.n);
	return report_end();
}
