/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * uname: the names of the system.
 */
#include <sys/utsname.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	int c, all = 0, wanted[5] = { 0 }, i, n = 0;
	const char *letters = "snrvm";
	struct utsname u;

	cmd_init(argv,
	    "uname [-amnrsv]\n"
	    "Name the system (-s), the machine in its network (-n), "
	    "release (-r), version (-v), processor (-m), or all.\n");
	while ((c = cmd_option(argc, argv, "amnrsv")) != -1) {
		all |= c == 'a';
		for (i = 0; i < 5; i++)
			wanted[i] |= letters[i] == c;
		n += c != 'a';
	}
	if (uname(&u) != 0)
		cmd_fail("the system");
	if (n == 0)
		wanted[0] = 1;
	for (i = 0, n = 0; i < 5; i++) {
		if (!all && !wanted[i])
			continue;
		if (n++ > 0)
			cmd_outc(' ');
		cmd_outs(i == 0  ? u.sysname
			: i == 1 ? u.nodename
			: i == 2 ? u.release
			: i == 3 ? u.version
				 : u.machine);
	}
	cmd_outc('\n');
	return 0;
}
