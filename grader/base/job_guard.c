/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals that are to end the program, while it has jobs. They are in groups
 * of their own and would not notice, so the signals are noted, the jobs look,
 * end, and the program after them. Several threads may have jobs.
 */
#include <pthread.h>
#include <signal.h>

#include "grader/base/job.h"

static const int signals[2] = { SIGINT, SIGTERM };
static struct sigaction before[2];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned int depth;
static volatile sig_atomic_t interrupted;

static void
note(int sig)
{
	(void)sig;
	interrupted = 1;
}

void
job_guard(void)
{
	struct sigaction sa = { .sa_handler = note };
	size_t i;

	pthread_mutex_lock(&lock);
	for (i = 0; depth == 0 && i < 2; i++)
		(void)sigaction(signals[i], &sa, &before[i]); /* cannot fail */
	depth++;
	pthread_mutex_unlock(&lock);
}

void
job_unguard(void)
{
	size_t i;

	pthread_mutex_lock(&lock);
	depth--;
	for (i = 0; depth == 0 && i < 2; i++)
		(void)sigaction(signals[i], &before[i], NULL); /* as above */
	pthread_mutex_unlock(&lock);
}

bool
job_interrupted(void)
{
	return interrupted != 0;
}
