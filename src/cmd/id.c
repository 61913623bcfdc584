/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * id: who the user is.
 */
#include <limits.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define USERS  "/etc/passwd"
#define GROUPS "/etc/group"

static void
show(const char *what, const char *file, unsigned id)
{
	cmd_outs(what);
	cmd_out_number(id, 0);
	cmd_outc('(');
	cmd_outs(cmd_id_name(file, id));
	cmd_outc(')');
}

/* One id, by itself. */
static void
show_only(const char *file, unsigned id, bool name)
{
	if (name)
		cmd_outs(cmd_id_name(file, id));
	else
		cmd_out_number(id, 0);
}

/* The effective group, and those beside it. */
static void
show_groups(bool name)
{
	gid_t list[NGROUPS_MAX], own = getegid();
	int n = getgroups(NGROUPS_MAX, list), i;

	show_only(GROUPS, own, name);
	for (i = 0; i < n; i++) {
		if (list[i] == own)
			continue;
		cmd_outc(' ');
		show_only(GROUPS, list[i], name);
	}
}

static void
show_all(void)
{
	gid_t list[NGROUPS_MAX];
	int n = getgroups(NGROUPS_MAX, list), i;

	show("uid=", USERS, (unsigned)getuid());
	show(" gid=", GROUPS, (unsigned)getgid());
	if (geteuid() != getuid())
		show(" euid=", USERS, (unsigned)geteuid());
	if (getegid() != getgid())
		show(" egid=", GROUPS, (unsigned)getegid());
	for (i = 0; i < n; i++)
		show(i == 0 ? " groups=" : ",", GROUPS, list[i]);
}

int
main(int argc, char *argv[])
{
	int c, what = 0;
	bool name = false;

	cmd_init(argv,
	    "id [-g | -G | -u] [-n]\n"
	    "Show user and groups, or only the user, the group or all groups, "
	    "as numbers\nor by name (-n).\n");
	while ((c = cmd_option(argc, argv, "gGun")) != -1) {
		if (c == 'n')
			name = true;
		else
			what = c;
	}
	if (what == 'u')
		show_only(USERS, (unsigned)geteuid(), name);
	else if (what == 'g')
		show_only(GROUPS, (unsigned)getegid(), name);
	else if (what == 'G')
		show_groups(name);
	else
		show_all();
	cmd_outc('\n');
	return 0;
}
