/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * id: who the user is.
 */
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static void
show(const char *what, const char *file, unsigned id)
{
	cmd_outs(what);
	cmd_out_number(id, 0);
	cmd_outc('(');
	cmd_outs(cmd_id_name(file, id));
	cmd_outc(')');
}

int
main(int argc, char *argv[])
{
	int c, user = 0, group = 0, name = 0;
	unsigned id;

	cmd_init(argv,
	    "id [-g | -u] [-n]\n"
	    "Show user and group, or only one of them, as a number "
	    "or by name (-n).\n");
	while ((c = cmd_option(argc, argv, "gun")) != -1) {
		group |= c == 'g';
		user |= c == 'u';
		name |= c == 'n';
	}
	if (user || group) {
		id = user ? (unsigned)geteuid() : (unsigned)getegid();
		if (name)
			cmd_outs(cmd_id_name(
			    user ? "/etc/passwd" : "/etc/group", id));
		else
			cmd_out_number(id, 0);
	} else {
		show("uid=", "/etc/passwd", (unsigned)getuid());
		show(" gid=", "/etc/group", (unsigned)getgid());
		if (geteuid() != getuid())
			show(" euid=", "/etc/passwd", (unsigned)geteuid());
	}
	cmd_outc('\n');
	return 0;
}
