/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * date: show or set the clock.
 */
#include <stdbool.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	struct timeval tv = { .tv_usec = 0 };
	const char *set = NULL;
	bool seconds = false;
	int c;
	long n;

	cmd_init(argv,
	    "date [-s SECONDS | -u]\n"
	    "Show the time, which is that of Greenwich; -u: in "
	    "seconds since 1970; -s: set it so.\n");
	while ((c = cmd_option(argc, argv, "s:u")) != -1) {
		seconds |= c == 'u';
		if (c == 's')
			set = cmd_argument;
	}
	if (cmd_operand != argc || (set != NULL && seconds))
		cmd_usage();
	if (set != NULL) {
		if (cmd_number(set, &n) != 0)
			cmd_usage();
		tv.tv_sec = n;
		if (settimeofday(&tv, NULL) != 0)
			cmd_fail("clock");
		return 0;
	}
	if (gettimeofday(&tv, NULL) != 0)
		cmd_fail("clock");
	if (seconds)
		cmd_out_number(tv.tv_sec, 0);
	else
		cmd_out_time(tv.tv_sec);
	cmd_outc('\n');
	return 0;
}
