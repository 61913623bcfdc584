/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * daemon: leave the terminal behind.
 */
#include <fcntl.h>
#include <unistd.h>

int
daemon(int nochdir, int noclose)
{
	int fd;

	switch (fork()) {
	case -1:
		return -1;
	case 0:
		break;
	default:
		_exit(0);
	}
	if (setsid() < 0 || (!nochdir && chdir("/") != 0))
		return -1;
	if (noclose)
		return 0;
	fd = open("/dev/null", O_RDWR);
	if (fd < 0)
		return -1;
	for (int i = 0; i <= 2; i++)
		if (dup2(fd, i) < 0)
			return -1;
	return fd > 2 ? close(fd) : 0;
}
