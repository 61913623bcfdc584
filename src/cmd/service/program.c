/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The programs of services.
 */
#include "cmd/service/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/service/explain.h"

/* Read a file that is open. */
static int
file_read(int fd, char **buf, size_t *size)
{
	struct stat st;
	ssize_t n = 1;
	size_t got = 0;

	if (fstat(fd, &st) != 0)
		return errno;
	if (!S_ISREG(st.st_mode))
		return EINVAL;
	if (st.st_size == 0)
		return ENOEXEC;
	*buf = malloc((size_t)st.st_size);
	if (*buf == NULL)
		return ENOMEM;
	while (got < (size_t)st.st_size && n > 0) {
		n = read(fd, *buf + got, (size_t)st.st_size - got);
		got += n > 0 ? (size_t)n : 0;
	}
	*size = got;
	return n < 0 ? errno : 0;
}

int
program_read(const char *path, vir_bytes *image, uint32_t *size)
{
	int fd = open(path, O_RDONLY);
	size_t bytes = 0;
	char *buf = NULL;
	int r = fd < 0 ? errno : file_read(fd, &buf, &bytes);

	if (fd >= 0)
		close(fd);
	if (r == EINVAL)
		return wrong(path, "not a file, and so no program");
	if (r != 0)
		return explain(path, -r);
	*image = (vir_bytes)(uintptr_t)buf;
	*size = (uint32_t)bytes;
	return 0;
}
