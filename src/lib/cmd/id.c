/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Users and groups by name and number; modes of files.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

/* Cut "NAME:PASSWORD:NUMBER:..." into name and number. */
static bool
entry(char *line, char **name, long *id)
{
	char *number;

	*name = line;
	line = strchr(line, ':');
	if (line == NULL)
		return false;
	*line++ = '\0';
	line = strchr(line, ':');
	if (line == NULL)
		return false;
	number = ++line;
	number[strcspn(number, ":")] = '\0';
	return cmd_number(number, id) == 0;
}

/* Look for a name, or for a number if name is NULL. */
static bool
look_up(const char *file, const char *name, long *id, char found[32])
{
	struct cmd_input in;
	bool hit = false;
	char *line, *this;
	long n = 0;
	int fd = open(file, O_RDONLY);

	if (fd < 0)
		return false;
	cmd_input_init(&in, fd);
	while (!hit && (line = cmd_line(&in, NULL)) != NULL) {
		if (!entry(line, &this, &n) || strlen(this) >= 32)
			continue;
		hit = name != NULL ? strcmp(this, name) == 0 : n == *id;
		if (hit) {
			*id = n;
			strcpy(found, this);
		}
	}
	cmd_input_done(&in);
	(void)close(fd);
	return hit;
}

const char *
cmd_id_name(const char *file, unsigned id)
{
	/* One is remembered for each file: lists have few owners. */
	static struct {
		const char *file;
		unsigned id;
		char name[32];
	} last[2];

	int i = strcmp(file, "/etc/group") == 0;
	long n = (long)id;
	char *p;

	if (last[i].file != NULL && last[i].id == id)
		return last[i].name;
	last[i].file = file;
	last[i].id = id;
	if (look_up(file, NULL, &n, last[i].name))
		return last[i].name;
	p = last[i].name + sizeof last[i].name;
	*--p = '\0';
	do {
		*--p = (char)('0' + id % 10);
		id /= 10;
	} while (id > 0);
	return memmove(last[i].name, p, strlen(p) + 1);
}

int
cmd_id_number(const char *file, const char *name, unsigned *id)
{
	char found[32];
	long n = 0;

	if (!look_up(file, name, &n, found) && cmd_number(name, &n) != 0)
		return -1;
	*id = (unsigned)n;
	return 0;
}

static char
type_letter(unsigned mode)
{
	if (S_ISDIR(mode))
		return 'd';
	if (S_ISCHR(mode))
		return 'c';
	if (S_ISBLK(mode))
		return 'b';
	if (S_ISFIFO(mode))
		return 'p';
	if (S_ISLNK(mode))
		return 'l';
	return S_ISREG(mode) ? '-' : '?';
}

void
cmd_out_mode(unsigned mode)
{
	char text[11];
	int i;

	text[0] = type_letter(mode);
	for (i = 0; i < 9; i++)
		text[i + 1] = (char)(mode & (0400u >> i) ? "rwx"[i % 3] : '-');
	if (mode & S_ISUID)
		text[3] = mode & 0100 ? 's' : 'S';
	if (mode & S_ISGID)
		text[6] = mode & 0010 ? 's' : 'S';
	if (mode & S_ISVTX)
		text[9] = mode & 0001 ? 't' : 'T';
	text[10] = '\0';
	cmd_outs(text);
}
