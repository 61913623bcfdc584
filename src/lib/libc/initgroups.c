/* SPDX-License-Identifier: BSD-2-Clause */
/** @file initgroups: the groups that the group file has a user in. */
#include <grp.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

static int
is_member(const struct group *g, const char *name)
{
	char **member = g->gr_mem;

	while (*member != NULL && strcmp(*member, name) != 0)
		member++;
	return *member != NULL;
}

int
initgroups(const char *name, gid_t group)
{
	gid_t list[NGROUPS_MAX];
	const struct group *g;
	int n = 0;

	list[n++] = group;
	setgrent();
	while (n < NGROUPS_MAX && (g = getgrent()) != NULL)
		if (g->gr_gid != group && is_member(g, name))
			list[n++] = g->gr_gid;
	endgrent();
	return setgroups(n, list);
}
