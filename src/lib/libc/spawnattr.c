/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * posix_spawnattr: what a child is to be, beside what its parent is.
 * @source POSIX.1-2017, posix_spawnattr_init() and others
 */
#include <errno.h>
#include <stdlib.h>

#include "lib/libc/spawn.h"

#define FLAGS_ALL                                                              \
	(POSIX_SPAWN_RESETIDS | POSIX_SPAWN_SETPGROUP |                        \
	    POSIX_SPAWN_SETSCHEDPARAM | POSIX_SPAWN_SETSCHEDULER |             \
	    POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)

int
posix_spawnattr_init(posix_spawnattr_t *sa)
{
	*sa = calloc(1, sizeof **sa);
	return *sa == NULL ? ENOMEM : 0;
}

int
posix_spawnattr_destroy(posix_spawnattr_t *sa)
{
	free(*sa);
	return 0;
}

int
posix_spawnattr_getflags(const posix_spawnattr_t *restrict sa,
    short *restrict flags)
{
	*flags = (*sa)->flags;
	return 0;
}

int
posix_spawnattr_setflags(posix_spawnattr_t *sa, short flags)
{
	if ((flags & ~FLAGS_ALL) != 0)
		return EINVAL;
	(*sa)->flags = flags;
	return 0;
}

int
posix_spawnattr_getpgroup(const posix_spawnattr_t *restrict sa,
    pid_t *restrict pgroup)
{
	*pgroup = (*sa)->pgroup;
	return 0;
}

int
posix_spawnattr_setpgroup(posix_spawnattr_t *sa, pid_t pgroup)
{
	(*sa)->pgroup = pgroup;
	return 0;
}

int
posix_spawnattr_getschedparam(const posix_spawnattr_t *restrict sa,
    struct sched_param *restrict param)
{
	*param = (*sa)->param;
	return 0;
}

int
posix_spawnattr_setschedparam(posix_spawnattr_t *restrict sa,
    const struct sched_param *restrict param)
{
	(*sa)->param = *param;
	return 0;
}

int
posix_spawnattr_getschedpolicy(const posix_spawnattr_t *restrict sa,
    int *restrict policy)
{
	*policy = (*sa)->policy;
	return 0;
}

int
posix_spawnattr_setschedpolicy(posix_spawnattr_t *sa, int policy)
{
	(*sa)->policy = policy;
	return 0;
}

int
posix_spawnattr_getsigdefault(const posix_spawnattr_t *restrict sa,
    sigset_t *restrict defaults)
{
	*defaults = (*sa)->defaults;
	return 0;
}

int
posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict sa,
    const sigset_t *restrict defaults)
{
	(*sa)->defaults = *defaults;
	return 0;
}

int
posix_spawnattr_getsigmask(const posix_spawnattr_t *restrict sa,
    sigset_t *restrict mask)
{
	*mask = (*sa)->mask;
	return 0;
}

int
posix_spawnattr_setsigmask(posix_spawnattr_t *restrict sa,
    const sigset_t *restrict mask)
{
	(*sa)->mask = *mask;
	return 0;
}
