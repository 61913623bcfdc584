/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * utimes: utime with times that could be finer than files keep.
 */
#include <sys/time.h>
#include <utime.h>

int
utimes(const char *path, const struct timeval *tv)
{
	struct utimbuf times;

	if (tv == NULL)
		return utime(path, NULL);
	times.actime = tv[0].tv_sec;
	times.modtime = tv[1].tv_sec;
	return utime(path, &times);
}
