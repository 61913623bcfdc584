/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Two reasons to look closer, see stall.h, and a handful of samples.
 */
#include "grader/judge/stall.h"

#include <stdlib.h>
#include <string.h>

#include "grader/emulator/symbols.h"

#define START  20    /* seconds that a system has to come up */
#define GRACE  3     /* seconds that the runner has to say that time is over */
#define WINDOW 8     /* seconds over which samples are taken */
#define OFF    12347 /* instructions, so that no sample hits a clock's tick */

#define KERNEL_BASE 0xC0000000u

static uint64_t
seconds(const struct stall *s, unsigned int n)
{
	return (uint64_t)n * s->ips;
}

/* How long the runner may be silent: a test has its time, and so has a system
 * that comes up. */
static unsigned int
patience(const struct stall *s)
{
	return (s->last != 0 ? s->seconds : START) + GRACE;
}

/* When the runner must have spoken again. */
static uint64_t
due(const struct stall *s)
{
	return s->last + seconds(s, patience(s));
}

uint64_t
stall_first(const struct stall *s)
{
	return due(s);
}

/* How a test ended, or NULL: nobody has said. */
static const struct observation *
end_of(const struct stream *runner, const char *test)
{
	char *name = text("end.%s", test);
	const struct observation *o = stream_obs(runner, name);

	free(name);
	return o;
}

/* The test that is on: the first whose end nobody has told, or NULL. While the
 * one before it has only been given up by the runner, it is still that. */
static const char *
test_on(struct stall *s, const struct stream *runner)
{
	const struct observation *end = NULL, *o;
	size_t i;

	s->given_up = 0;
	if (runner == NULL)
		return NULL;
	for (i = 0; s->tests[i] != NULL; i++) {
		o = end_of(runner, s->tests[i]);
		if (o == NULL)
			break;
		end = o;
	}
	if (end == NULL || strncmp(end->value, "timeout ", 8) != 0 ||
	    end->time == s->cleared)
		return s->tests[i];
	s->given_up = end->time;
	return s->tests[i - 1];
}

/* Samples of another matter are worth nothing. */
static void
forget(struct stall *s)
{
	while (s->nsamples > 0)
		free(s->samples[--s->nsamples].answers);
	s->found = false;
}

bool
stall_look(struct stall *s, const struct record *rec, uint64_t ticks,
    uint64_t *next)
{
	const struct stream *runner = record_stream(rec, RUNNER);
	const char *on;

	s->last = runner != NULL ? runner->last : 0;
	if (s->last > ticks)
		s->last = ticks; /* no guest tells us the time */
	on = test_on(s, runner);
	if (on != s->test)
		forget(s);
	s->test = on;
	if (s->nsamples > 0 || s->given_up != 0 || ticks >= due(s))
		return true;
	*next = due(s);
	return false;
}

/* Did the processor rest? Looking is dear, so not twice at one address. */
static bool
is_idle(const struct stall *s, uint32_t pc, const char *answers)
{
	size_t i;

	for (i = 0; i < s->nsamples; i++)
		if (s->samples[i].pc == pc)
			return s->samples[i].idle;
	return pc >= KERNEL_BASE &&
	    (s->objects == NULL || hot_idle(s->objects, answers));
}

/* Does a service, or a call of one in the kernel, have nine of ten samples? A
 * test that is busy has its time, and is none of our business. */
static bool
is_hot(const struct stall *s)
{
	struct hot_loop loop;
	char *path;
	size_t most;
	bool test;

	(void)hot_space(s->samples, s->nsamples, &most);
	if (most * 10 < s->nsamples * 9 ||
	    !hot_find(s->objects, s->samples, s->nsamples, &loop))
		return false;
	path = symbols_program(s->objects, loop.program);
	test = path != NULL && strstr(path, "/test/") != NULL;
	free(path);
	hot_loop_free(&loop);
	return !test;
}

/* Enough samples: is it the end? A runner that still speaks may go on to the
 * next test, unless there is no processor for that. */
static bool
decide(struct stall *s, uint64_t ticks)
{
	s->silence = (unsigned int)((ticks - s->began) / s->ips) + patience(s);
	s->found = (s->given_up == 0 && s->last < s->began) || is_hot(s);
	if (s->found)
		return true;
	s->cleared = s->given_up;
	forget(s);
	return false;
}

bool
stall_sample(struct stall *s, const struct bochs_stop *at, const char *answers,
    uint64_t *next)
{
	struct hot_sample *h = &s->samples[s->nsamples];

	if (s->nsamples == 0)
		s->began = at->ticks;
	*h = (struct hot_sample){ .space = at->page_dir,
		.pc = at->pc,
		.idle = is_idle(s, at->pc, answers),
		.answers = text("%s", answers) };
	s->nsamples++;
	*next = at->ticks + seconds(s, WINDOW) / STALL_SAMPLES + OFF;
	return s->nsamples == STALL_SAMPLES && decide(s, at->ticks);
}

void
stall_free(struct stall *s)
{
	forget(s);
	memset(s, 0, sizeof *s);
}
