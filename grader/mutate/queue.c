/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Workers that take the next mutant until there is none.
 */
#include "grader/mutate/queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grader/base/job.h"

#define WORKERS_MAX 64
#define SAVE_NS     10000000000ull /* between two savings */
#define SAY_NS      20000000000ull /* between two lines of a log */

struct queue {
	struct court *court;
	struct results *r;
	const size_t *todo;
	size_t n, next, done, survivors;
	uint64_t began, saved, said;
	bool terminal;
	uv_mutex_t lock;
};

struct worker {
	struct queue *q;
	unsigned int number;
};

/* How far we are, and how long it may still take. */
static void
progress(struct queue *q, bool last)
{
	uint64_t now = uv_hrtime(), left;

	if (!last && !q->terminal && now - q->said < SAY_NS)
		return;
	q->said = now;
	left = q->done > 0
	    ? (now - q->began) / q->done * (q->n - q->done) / 1000000000ull
	    : 0;
	fprintf(stderr,
	    "%s  %zu of %zu tried, %zu survive, %llu:%02llu min left%s",
	    q->terminal ? "\r" : "", q->done, q->n, q->survivors,
	    (unsigned long long)left / 60, (unsigned long long)left % 60,
	    q->terminal && !last ? "   " : "\n");
}

static void
note(struct queue *q, size_t i, enum fate fate, char *by)
{
	uint64_t now;

	uv_mutex_lock(&q->lock);
	if (fate != FATE_UNKNOWN)
		results_set(q->r, i, fate, by);
	q->done++;
	q->survivors += fate == FATE_SURVIVED;
	now = uv_hrtime();
	if (now - q->saved > SAVE_NS) {
		results_save(q->court->w, q->r);
		q->saved = now;
	}
	progress(q, q->done == q->n);
	uv_mutex_unlock(&q->lock);
}

static void
work(void *arg)
{
	const struct worker *me = arg;
	struct queue *q = me->q;
	enum fate fate;
	size_t i;
	char *by;

	for (;;) {
		uv_mutex_lock(&q->lock);
		i = q->next < q->n ? q->todo[q->next++] : SIZE_MAX;
		uv_mutex_unlock(&q->lock);
		if (i == SIZE_MAX || job_interrupted())
			return;
		fate = try_mutant(q->court, &q->court->w->mutants.at[i],
		    q->r->at[i].hint, me->number, &by);
		note(q, i, fate, by);
	}
}

static void
run_workers(struct queue *q, unsigned int n)
{
	uv_thread_t threads[WORKERS_MAX];
	struct worker workers[WORKERS_MAX];
	unsigned int i;

	if (n > WORKERS_MAX)
		n = WORKERS_MAX;
	for (i = 0; i < n; i++) {
		workers[i] = (struct worker){ q, i };
		if (uv_thread_create(&threads[i], work, &workers[i]) < 0)
			die(EXIT_INFRA, "no thread");
	}
	for (i = 0; i < n; i++)
		uv_thread_join(&threads[i]);
}

/* What was killed before is soon done, what survived takes longest. */
static int
turn_of(const struct outcome_of *o)
{
	if (o->hint != NULL)
		return 0;
	return o->survived ? 2 : 1;
}

size_t
queue_run(struct court *court, struct results *r, const bool *chosen,
    unsigned int workers)
{
	size_t *todo = need((r->n + 1) * sizeof *todo), i;
	struct queue q = { .court = court, .r = r, .todo = todo };
	int turn;

	for (turn = 0; turn < 3; turn++)
		for (i = 0; i < r->n; i++)
			if (chosen[i] && !court->w->mutants.at[i].dead &&
			    r->at[i].fate == FATE_UNKNOWN &&
			    turn_of(&r->at[i]) == turn)
				todo[q.n++] = i;
	q.terminal = isatty(STDERR_FILENO) != 0;
	q.began = q.saved = q.said = uv_hrtime();
	uv_mutex_init(&q.lock);
	job_guard();
	run_workers(&q, workers);
	uv_mutex_destroy(&q.lock);
	results_save(court->w, r);
	free(todo);
	if (job_interrupted())
		die(EXIT_INFRA,
		    "interrupted; what is known was kept, the same "
		    "command goes on from there");
	return q.n;
}
