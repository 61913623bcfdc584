/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * halt: end the run of the machine in good order.
 */
#include <string.h>
#include <sys/reboot.h>
#include <termios.h>
#include <unistd.h>

#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	int how = RB_HALT;

	cmd_init(argv,
	    "halt [-r]\n"
	    "End all processes, write everything to the disks and "
	    "stop the machine; -r: start it again.\n");
	if (argc == 2 && strcmp(argv[1], "-r") == 0)
		how = RB_AUTOBOOT;
	else if (argc != 1)
		cmd_usage();
	/* What was written last is still on its way over a serial line. */
	(void)tcdrain(STDOUT_FILENO); /* it may be a file or a pipe */
	if (reboot(how) != 0)
		cmd_fail("the machine");
	return 0;
}
