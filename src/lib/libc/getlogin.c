/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getlogin: the name that belongs to the real user id.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

char *
getlogin(void)
{
	struct passwd *pw = getpwuid(getuid());

	return pw != NULL ? pw->pw_name : NULL;
}

int
getlogin_r(char *name, size_t size)
{
	const char *login = getlogin();

	if (login == NULL)
		return ENOENT;
	return strlcpy(name, login, size) < size ? 0 : ERANGE;
}
