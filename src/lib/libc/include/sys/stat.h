/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * newlib's struct stat and mode bits, and the calls it declares for other
 * systems only.
 */
#ifndef LACUNA_SYS_STAT_H
#define LACUNA_SYS_STAT_H

#include_next <sys/stat.h>

_BEGIN_STD_C

int lstat(const char *__restrict __path, struct stat *__restrict __buf);
int mknod(const char *__path, mode_t __mode, dev_t __dev);

_END_STD_C

#endif
