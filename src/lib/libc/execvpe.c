/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * execvpe: exec a program that is looked for in the directories of PATH, as
 * posix_spawnp() wants it. A name with a slash is a path already.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Write DIR/NAME; an empty DIR is the working directory. False: too long. */
static int
join(char *path, size_t size, const char *dir, size_t len, const char *name)
{
	if (len + strlen(name) + 2 > size)
		return 0;
	memcpy(path, dir, len);
	if (len != 0)
		path[len++] = '/';
	strcpy(path + len, name);
	return 1;
}

int
execvpe(const char *name, char *const argv[], char *const envp[])
{
	const char *dir = getenv("PATH");
	char path[PATH_MAX];
	int denied = 0;

	if (strchr(name, '/') != NULL)
		return execve(name, argv, envp);
	if (name[0] == '\0')
		return errno_return(-ENOENT);
	if (dir == NULL)
		dir = "/bin";
	for (;;) {
		size_t len = strcspn(dir, ":");

		errno = ENAMETOOLONG;
		if (join(path, sizeof path, dir, len, name))
			execve(path, argv, envp);
		if (errno == EACCES)
			denied = 1; /* there may be another one further on */
		else if (errno != ENOENT && errno != ENOTDIR)
			return -1;
		if (dir[len] == '\0')
			return errno_return(denied ? -EACCES : -ENOENT);
		dir += len + 1;
	}
}
