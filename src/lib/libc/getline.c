/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getline and getdelim, which newlib has under other names.
 */
#include <stdio.h>

ssize_t
getdelim(char **line, size_t *size, int delim, FILE *stream)
{
	return __getdelim(line, size, delim, stream);
}

ssize_t
getline(char **line, size_t *size, FILE *stream)
{
	return __getdelim(line, size, '\n', stream);
}
