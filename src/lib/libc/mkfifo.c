/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mkfifo: a named pipe is one kind of special file.
 */
#include <sys/stat.h>

int
mkfifo(const char *path, mode_t mode)
{
	return mknod(path, (mode & ~(mode_t)S_IFMT) | S_IFIFO, 0);
}
