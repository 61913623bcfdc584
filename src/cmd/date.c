/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * date: show or set the clock.
 */
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	struct timeval tv = { .tv_usec = 0 };
	long n;

	cmd_init(argv,
	    "date [-s SECONDS | -u]\n"
	    "Show the time, which is that of Greenwich; -u: in "
	    "seconds since 1970; -s: set it so.\n");
	if (argc == 3 && strcmp(argv[1], "-s") == 0) {
		if (cmd_number(argv[2], &n) != 0)
			cmd_usage();
		tv.tv_sec = n;
		if (settimeofday(&tv, NULL) != 0)
			cmd_fail("clock");
		return 0;
	}
	if (gettimeofday(&tv, NULL) != 0)
		cmd_fail("clock");
	if (argc == 2 && strcmp(argv[1], "-u") == 0)
		cmd_out_number(tv.tv_sec, 0);
	else if (argc == 1)
		cmd_out_time(tv.tv_sec);
	else
		cmd_usage();
	cmd_outc('\n');
	return 0;
}
