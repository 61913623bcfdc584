/* SPDX-License-Identifier: BSD-2-Clause */
/** @file seq counts from one number to another. Where it begins is drawn from
 * the nonce, so no program can know it. */
#include "test/@LAB@/numbers.h"

int
main(int argc, char **argv)
{
	struct numbers got;
	long first;

	report_begin("@LAB@-up", argc > 1 ? argv[1] : NULL);
	first = 1 + (long)(nonce_u32(report_nonce(), "first", 0) % 999);
	numbers_run(&got, first, 0, first + 20);
	report_number("lines", got.n);
	report_number("first", got.n > 0 ? got.at[0] : -1);
	report_number("last", numbers_last(&got));
	for (int i = 1; i < got.n && i < NUMBERS_MAX; i++)
		CHECK_EQ(got.at[i], got.at[i - 1] + 1);
	numbers_run(&got, 0, 0, 3);
	report_number("from-one", got.n > 0 ? got.at[0] : -1);
	numbers_run(&got, 7, 0, 7);
	report_number("one", got.n);
	numbers_run(&got, 7, 0, 6);
	report_number("none", got.n);
	return report_end();
}
