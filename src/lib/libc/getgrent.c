/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The group file: name, password, number and members, between colons. As with
 * the password file, the record returned is overwritten by the next call.
 */
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 512
#define MEMBERS    32

static FILE *file;
static char line[LINE_BYTES];
static char *members[MEMBERS + 1];
static struct group entry;

/* Take the field before sep off *s. Not strsep(): newlib's loses a last field
 * that is empty. */
static char *
field(char **s, int sep)
{
	char *start = *s, *end;

	if (start == NULL)
		return NULL;
	end = strchr(start, sep);
	if (end != NULL)
		*end++ = '\0';
	*s = end;
	return start;
}

/* Cut line into the fields of entry; false if it is not a group's line. */
static int
parse(char *s)
{
	char *number, *names, *end;
	unsigned long gid;
	int n = 0;

	s[strcspn(s, "\n")] = '\0';
	entry.gr_name = field(&s, ':');
	entry.gr_passwd = field(&s, ':');
	number = field(&s, ':');
	names = field(&s, ':');
	if (entry.gr_name[0] == '\0' || names == NULL)
		return 0;
	gid = strtoul(number, &end, 10);
	if (end == number || *end != '\0')
		return 0;
	entry.gr_gid = (gid_t)gid;
	while (n < MEMBERS && (members[n] = field(&names, ',')) != NULL)
		if (members[n][0] != '\0')
			n++;
	members[n] = NULL;
	entry.gr_mem = members;
	return 1;
}

void
setgrent(void)
{
	if (file != NULL)
		rewind(file);
	else
		file = fopen(_PATH_GROUP, "r");
}

void
endgrent(void)
{
	if (file != NULL)
		fclose(file);
	file = NULL;
}

struct group *
getgrent(void)
{
	if (file == NULL)
		setgrent();
	while (file != NULL && fgets(line, sizeof line, file) != NULL)
		if (parse(line))
			return &entry;
	return NULL;
}

struct group *
getgrnam(const char *name)
{
	struct group *g;

	setgrent();
	while ((g = getgrent()) != NULL)
		if (strcmp(g->gr_name, name) == 0)
			break;
	endgrent();
	return g;
}

struct group *
getgrgid(gid_t gid)
{
	struct group *g;

	setgrent();
	while ((g = getgrent()) != NULL)
		if (g->gr_gid == gid)
			break;
	endgrent();
	return g;
}
