/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The worker threads themselves: a list of those that may run, and a switch
 * of stacks.
 */
#include "servers/vfs/worker.h"

#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/string.h>

struct worker workers[NR_WORKERS];

static struct worker *self;
static struct worker *ready_head, **ready_tail = &ready_head;
static uint32_t main_sp;

/* Save the registers a C function must keep, go on with the other stack; in
 * switch.S. */
void worker_switch(uint32_t *save_sp, uint32_t load_sp);

struct worker *
worker_self(void)
{
	return self;
}

static void
make_ready(struct worker *w)
{
	w->next = NULL;
	*ready_tail = w;
	ready_tail = &w->next;
}

/* What a new worker's stack returns to. */
static void
worker_main(void)
{
	self->run(self);
	self->busy = false;
	self->fp = NULL;
	worker_switch(&self->sp, main_sp);
	assert(!"an idle worker runs");
}

/* Lay the stack out as worker_switch() leaves it. */
static void
stack_init(struct worker *w)
{
	uint32_t *sp = (uint32_t *)(void *)(w->stack + WORKER_STACK);

	*--sp = 0; /* worker_main() has no caller */
	*--sp = (uint32_t)worker_main;
	*--sp = 0; /* ebp: the end of a stack trace */
	*--sp = 0; /* ebx */
	*--sp = 0; /* esi */
	*--sp = 0; /* edi */
	w->sp = (uint32_t)sp;
}

int
worker_start(struct fproc *fp, const struct message *in,
    void (*run)(struct worker *w), bool for_pm)
{
	struct worker *w, *found = NULL;
	int left = 0;

	for (w = workers; w < workers + NR_WORKERS; w++) {
		if (w->busy)
			continue;
		if (found == NULL)
			found = w;
		if (for_pm || ++left > WORKERS_FOR_PM)
			break;
	}
	if (w == workers + NR_WORKERS)
		return -EAGAIN;

	found->busy = true;
	found->fp = fp;
	found->run = run;
	found->wait = WAIT_NOTHING;
	found->deadline = 0;
	if (in != NULL)
		found->in = *in;
	stack_init(found);
	make_ready(found);
	return OK;
}

int
worker_wait(enum wait_kind kind, const void *object)
{
	struct worker *w = self;

	assert(w != NULL);
	w->wait = kind;
	w->object = object;
	worker_switch(&w->sp, main_sp);
	return w->wait_result;
}

void
worker_wake(struct worker *w, int result)
{
	assert(w->busy && w->wait != WAIT_NOTHING);
	w->wait = WAIT_NOTHING;
	w->wait_result = result;
	make_ready(w);
}

void
worker_wake_all(enum wait_kind kind, const void *object, int result)
{
	struct worker *w;

	for (w = workers; w < workers + NR_WORKERS; w++) {
		if (w->busy && w->wait == kind && w->object == object)
			worker_wake(w, result);
	}
}

void
worker_run_ready(void)
{
	struct worker *w;

	assert(self == NULL);
	while ((w = ready_head) != NULL) {
		ready_head = w->next;
		if (ready_head == NULL)
			ready_tail = &ready_head;
		self = w;
		worker_switch(&main_sp, w->sp);
		self = NULL;
	}
}
