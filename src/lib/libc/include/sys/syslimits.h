/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * newlib's limits, but for those in which this system differs.
 */
#ifndef LACUNA_SYS_SYSLIMITS_H
#define LACUNA_SYS_SYSLIMITS_H

#include_next <sys/syslimits.h>

#undef CHILD_MAX
#define CHILD_MAX 256 /* as many as the process table has room for */
#undef PIPE_BUF
#define PIPE_BUF 4096 /* a pipe write of at most this size is atomic */
#undef NGROUPS_MAX
#define NGROUPS_MAX 16

#endif
