/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Messages on standard error that begin with the program's name. The
 * functions without x add the text of errno; err and errx exit.
 */
#ifndef LACUNA_ERR_H
#define LACUNA_ERR_H

#include <_ansi.h>
#include <stdarg.h>

_BEGIN_STD_C

void err(int __status, const char *__fmt, ...)
    __attribute__((__noreturn__, __format__(__printf__, 2, 3)));
void errx(int __status, const char *__fmt, ...)
    __attribute__((__noreturn__, __format__(__printf__, 2, 3)));
void warn(const char *__fmt, ...) __attribute__((__format__(__printf__, 1, 2)));
void warnx(const char *__fmt, ...)
    __attribute__((__format__(__printf__, 1, 2)));
void verr(int __status, const char *__fmt, va_list __ap)
    __attribute__((__noreturn__, __format__(__printf__, 2, 0)));
void verrx(int __status, const char *__fmt, va_list __ap)
    __attribute__((__noreturn__, __format__(__printf__, 2, 0)));
void vwarn(const char *__fmt, va_list __ap)
    __attribute__((__format__(__printf__, 1, 0)));
void vwarnx(const char *__fmt, va_list __ap)
    __attribute__((__format__(__printf__, 1, 0)));

void setprogname(const char *__name);
const char *getprogname(void);

_END_STD_C

#endif
