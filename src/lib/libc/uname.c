/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * uname: the names of the system. The host name is what /etc/hostname says.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static void
node_name(char *name, size_t size)
{
	ssize_t n = -1;
	int fd;

	fd = open("/etc/hostname", O_RDONLY);
	if (fd >= 0) {
		n = read(fd, name, size - 1);
		(void)close(fd); /* nothing was written */
	}
	if (n <= 0)
		n = (ssize_t)strlcpy(name, "lacuna", size);
	name[n] = '\0';
	name[strcspn(name, "\n")] = '\0';
}

int
uname(struct utsname *name)
{
	strlcpy(name->sysname, "Lacuna", sizeof name->sysname);
	node_name(name->nodename, sizeof name->nodename);
	strlcpy(name->release, "0.1", sizeof name->release);
	strlcpy(name->version, "1", sizeof name->version);
	strlcpy(name->machine, "i686", sizeof name->machine);
	return 0;
}
