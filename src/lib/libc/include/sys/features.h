/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What this system offers, in the words of POSIX, around newlib's own
 * feature-test header. Anything stated here has code behind it.
 */
#ifndef LACUNA_SYS_FEATURES_H
#define LACUNA_SYS_FEATURES_H

#include_next <sys/features.h>

#define _POSIX_VERSION          200809L
#define _POSIX_JOB_CONTROL      1
#define _POSIX_SAVED_IDS        1
#define _POSIX_CHOWN_RESTRICTED 1
#define _POSIX_NO_TRUNC         1
#define _POSIX_VDISABLE         0
#define _POSIX_TIMERS           1 /* clock_gettime, nanosleep */
#define _POSIX_MONOTONIC_CLOCK  1

#endif
