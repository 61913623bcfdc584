/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * newlib's standard I/O under its POSIX names: getline and getdelim exist
 * there with leading underscores only.
 */
#ifndef LACUNA_STDIO_H
#define LACUNA_STDIO_H

#include_next <stdio.h>

#if __POSIX_VISIBLE >= 200809
_BEGIN_STD_C

ssize_t getdelim(char **__line, size_t *__size, int __delim, FILE *__stream);
ssize_t getline(char **__line, size_t *__size, FILE *__stream);

_END_STD_C
#endif

#endif
