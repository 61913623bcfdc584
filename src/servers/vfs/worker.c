/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The worker threads themselves: a list of those that may run, and a switch
 * of stacks.
 */
#include "servers/vfs/worker.h"

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/msgcall.h>
#include <lacuna/string.h>
#include <proto/vm.h>

struct worker workers[NR_WORKERS];
struct worker *workers_top = workers;

static struct worker_room first_rooms[FIRST_WORKERS];

static struct worker *self;
static struct worker *ready_head, **ready_tail = &ready_head;
static int worker_count; /* workers with a room; the others are not used */
static int idle_count;
static uint32_t main_sp;
static int waiting[WAIT_KINDS]; /* workers by what they wait for */

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

static void
idle_put(struct worker *w)
{
	w->busy = false;
	w->fp = NULL;
	idle_count++;
	while (workers_top > workers && !workers_top[-1].busy)
		workers_top--;
}

/* Workers with these rooms. */
static void
workers_add(struct worker_room *rooms, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		workers[worker_count].room = &rooms[i];
		idle_put(&workers[worker_count++]);
	}
}

/* Get rooms for more workers. Their memory is there at once: VFS must not
 * find out in the middle of a request that there is none left. */
static void
workers_grow(void)
{
	struct vm_mmap_req req = {
		.length = MORE_WORKERS * sizeof(struct worker_room),
		.prot = VM_PROT_READ | VM_PROT_WRITE,
		.flags = VM_MAP_PREALLOC,
	};
	struct vm_mmap_rep rep;

	if (worker_count + MORE_WORKERS > NR_WORKERS)
		return;
	if (msg_call(VM_PROC_NR, VM_MMAP, &req, sizeof req, &rep, sizeof rep) ==
	    OK)
		workers_add((struct worker_room *)(uintptr_t)rep.addr,
		    MORE_WORKERS);
}

/* A worker that has nothing to do; the last few are for PM. It is the first
 * such, so that who looks for one that waits need not look far. */
static struct worker *
idle_take(bool for_pm)
{
	const int kept = for_pm ? 0 : WORKERS_FOR_PM;
	struct worker *w = workers;

	if (idle_count <= kept)
		workers_grow();
	if (idle_count <= kept)
		return NULL;
	while (w->busy)
		w++;
	w->busy = true;
	idle_count--;
	if (w >= workers_top)
		workers_top = w + 1;
	return w;
}

void
worker_init(void)
{
	workers_add(first_rooms, FIRST_WORKERS);
}

/* What a new worker's stack returns to. */
static void
worker_main(void)
{
	self->run(self);
	idle_put(self);
	worker_switch(&self->sp, main_sp);
	assert(!"an idle worker runs");
}

/* Lay the stack out as worker_switch() leaves it. */
static void
stack_init(struct worker *w)
{
	uint32_t *sp = (uint32_t *)(void *)(w->room->stack + WORKER_STACK);

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
	struct worker *w = idle_take(for_pm);

	if (w == NULL)
		return -EAGAIN;
	w->fp = fp;
	w->run = run;
	w->wait = WAIT_NOTHING;
	w->deadline = 0;
	w->interrupted = w->dying = false;
	if (in != NULL)
		w->in = *in;
	stack_init(w);
	make_ready(w);
	return OK;
}

/* May a wait last, because of what other processes do or do not do? */
static bool
may_last(enum wait_kind kind)
{
	return kind == WAIT_PIPE || kind == WAIT_SELECT || kind == WAIT_FLOCK ||
	    kind == WAIT_SERVER || kind == WAIT_DRIVER;
}

int
worker_wait(enum wait_kind kind, const void *object)
{
	struct worker *w = self;

	assert(w != NULL);
	if ((w->interrupted && may_last(kind)) ||
	    (w->dying && kind == WAIT_LOCK))
		return -EINTR;
	w->wait = kind;
	w->object = object;
	waiting[kind]++;
	worker_switch(&w->sp, main_sp);
	return w->wait_result;
}

void
worker_yield(void)
{
	struct worker *w = self;

	make_ready(w);
	worker_switch(&w->sp, main_sp);
}

void
worker_interrupt(struct worker *w)
{
	w->interrupted = true;
	if (may_last(w->wait))
		worker_wake(w, -EINTR);
}

void
worker_end(struct worker *w)
{
	w->dying = true;
	worker_interrupt(w);
	if (w->wait == WAIT_LOCK)
		worker_wake(w, -EINTR);
}

bool
worker_waiting(enum wait_kind kind)
{
	return waiting[kind] > 0;
}

void
worker_wake(struct worker *w, int result)
{
	assert(w->busy && w->wait != WAIT_NOTHING);
	waiting[w->wait]--;
	w->wait = WAIT_NOTHING;
	w->wait_result = result;
	make_ready(w);
}

void
worker_wake_all(enum wait_kind kind, const void *object, int result)
{
	struct worker *w;
	int left = waiting[kind];

	for (w = workers; left > 0; w++) {
		if (!w->busy || w->wait != kind)
			continue;
		left--;
		if (w->object == object)
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
