/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Times of a file, with the prototype that newlib's header lacks.
 */
#ifndef LACUNA_SYS_UTIME_H
#define LACUNA_SYS_UTIME_H

#include <sys/types.h>

struct utimbuf {
	time_t actime;
	time_t modtime;
};

_BEGIN_STD_C

int utime(const char *__path, const struct utimbuf *__times);

_END_STD_C

#endif
