/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * nanosleep: a select that waits for nothing but the time.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>

/* What is left of a sleep that began at start; zero if it is over. */
static struct timespec
left(const struct timespec *sleep, const struct timespec *start)
{
	struct timespec now, end, rest = { 0, 0 };

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return rest;
	timespecadd(start, sleep, &end);
	timespecsub(&end, &now, &rest);
	if (rest.tv_sec < 0)
		rest = (struct timespec){ 0, 0 };
	return rest;
}

int
nanosleep(const struct timespec *sleep, struct timespec *rest)
{
	struct timespec start;
	struct timeval tv;

	if (sleep->tv_sec < 0 || sleep->tv_nsec < 0 ||
	    sleep->tv_nsec >= 1000000000)
		return errno_return(-EINVAL);
	if (rest != NULL && clock_gettime(CLOCK_MONOTONIC, &start) != 0)
		return -1;
	/* Rounded up: a sleep may be too long, never too short. */
	tv.tv_sec = sleep->tv_sec;
	tv.tv_usec = (sleep->tv_nsec + 999) / 1000;
	if (tv.tv_usec == 1000000) {
		tv.tv_sec++;
		tv.tv_usec = 0;
	}
	if (select(0, NULL, NULL, NULL, &tv) == 0)
		return 0;
	if (errno == EINTR && rest != NULL) {
		*rest = left(sleep, &start);
		errno = EINTR;
	}
	return -1;
}
