/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What programs can ask of this system beyond POSIX. A program that needs
 * the rest of a server's protocol includes that from <proto/> and
 * <lacuna/msgcall.h>.
 */
#ifndef LACUNA_SYS_LACUNA_H
#define LACUNA_SYS_LACUNA_H

#include <sys/types.h>

struct pm_procinfo; /* <proto/pm.h> */

_BEGIN_STD_C

/**
 * Look up a boot parameter.
 *
 * @param[in]  key    its name
 * @param[out] value  its value, NUL-terminated
 * @param[in]  size   room in value
 *
 * @retval 0   found
 * @retval -1  errno is ESRCH: not given; E2BIG: does not fit
 * @source own design
 */
int getparam(const char *key, char *value, size_t size);

/**
 * Describe the first process whose slot is not below a number.
 *
 * @param[in]  slot  where to begin; 0 for the first process
 * @param[out] info  the process
 *
 * @return the slot to ask for next, or -1; errno is ESRCH after the last one
 * @source own design
 */
int getprocinfo(int slot, struct pm_procinfo *info);

_END_STD_C

#endif
