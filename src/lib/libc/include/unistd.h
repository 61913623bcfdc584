/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * newlib's <unistd.h>, and the calls it does not declare.
 */
#ifndef LACUNA_UNISTD_H
#define LACUNA_UNISTD_H

#include_next <unistd.h>

#define L_ctermid 9 /* "/dev/tty" */

_BEGIN_STD_C

int brk(void *__addr);
char *ctermid(char *__buf);
int getlogin_r(char *__name, size_t __size);
int pipe2(int __fd[2], int __flags);

_END_STD_C

#endif
