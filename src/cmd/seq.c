/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * seq: numbers in order.
 */
#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static long
number(const char *s)
{
	long n;

	if (cmd_number(s + (*s == '-'), &n) != 0)
		cmd_usage();
	return *s == '-' ? -n : n;
}

int
main(int argc, char *argv[])
{
	int64_t first = 1, step = 1, last;

	cmd_init(argv,
	    "seq [FIRST [STEP]] LAST\n"
	    "Write the numbers from the first, else 1, to the last, "
	    "a line each.\n");
	cmd_skip_dashes(&argc, &argv);
	if (argc < 2 || argc > 4)
		cmd_usage();
	if (argc > 2)
		first = number(argv[1]);
	if (argc > 3)
		step = number(argv[2]);
	last = number(argv[argc - 1]);
	if (step == 0)
		cmd_usage();
	for (; step > 0 ? first <= last : first >= last; first += step) {
		cmd_out_number(first, 0);
		cmd_outc('\n');
	}
	return 0;
}
