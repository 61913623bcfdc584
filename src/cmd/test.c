/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * test, [: conditions, for those who do not come from the shell.
 */
#include <lacuna/cmd.h>

int
main(int argc, char *argv[])
{
	cmd_init(argv,
	    "test CONDITION\n"
	    "End with status 0 if the condition holds, else 1. "
	    "Files: -e -f -d -b -c -p -L -r -w -x -s FILE; texts: "
	    "-n -z TEXT, A = B, A != B; numbers: A -eq -ne -lt -le "
	    "-gt -ge B; files: A -nt -ot -ef B; !, -a, -o, ( ).\n");
	return cmd_test(argc, argv);
}
