/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sleep: wait.
 */
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	long n;
	unsigned left;

	cmd_init(argv, "sleep SECONDS\nWait that long.\n");
	cmd_skip_dashes(&argc, &argv);
	if (argc != 2 || cmd_number(argv[1], &n) != 0)
		cmd_usage();
	for (left = (unsigned)n; left > 0; left = sleep(left))
		continue;
	return 0;
}
