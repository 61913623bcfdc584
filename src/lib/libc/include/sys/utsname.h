/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The names of the system.
 */
#ifndef LACUNA_SYS_UTSNAME_H
#define LACUNA_SYS_UTSNAME_H

#include <_ansi.h>

#define _UTSNAME_LENGTH 16

struct utsname {
	char sysname[_UTSNAME_LENGTH];
	char nodename[_UTSNAME_LENGTH];
	char release[_UTSNAME_LENGTH];
	char version[_UTSNAME_LENGTH];
	char machine[_UTSNAME_LENGTH];
};

_BEGIN_STD_C

int uname(struct utsname *__name);

_END_STD_C

#endif
