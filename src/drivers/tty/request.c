/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests that may have to wait. Readers wait for input; writers wait for
 * room in the output queue, and in the same queue of requests those control
 * requests that wait for the output to be sent: so each waits for exactly
 * what was written before it.
 */
#include "drivers/tty/tty.h"

#include <abi/dev.h>
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#define NR_REQUESTS NR_PROCS /* a process has one request at a time */
#define CHUNK       2048u

/* A writer is woken for so much room, or for all it has left. */
#define WORTH (LINE_OUTPUT / 2)

/* A device that takes everything at once (the screen) must not keep us from
 * other requests: after so much a writer waits for the next tick. */
#define SLICE 8192u

static struct request requests[NR_REQUESTS];
static uint8_t buffer[CHUNK];

static uint32_t
smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* The clock; if it fails, which it does not, all timers are due. */
static clock_ticks
now(void)
{
	clock_ticks ticks;

	return getticks(&ticks) == OK ? ticks : UINT32_MAX / 2;
}

static void
timer_start(struct timer *timer, clock_ticks wait)
{
	timer->on = true;
	timer->due = now() + wait;
}

static bool
timer_expired(const struct timer *timer)
{
	return timer->on && (int32_t)(timer->due - now()) <= 0;
}

/* Put a request at the end of a queue. */
static int
suspend(struct request **queue, const struct cdev_io *io, uint32_t done,
    bool write)
{
	struct request *q;

	for (q = requests; q < requests + NR_REQUESTS && q->used; q++)
		continue;
	if (q == requests + NR_REQUESTS)
		return -EAGAIN;
	*q = (struct request){ .io = *io,
		.used = true,
		.write = write,
		.done = done };
	while (*queue != NULL)
		queue = &(*queue)->next;
	*queue = q;
	return SUSPEND;
}

/* Answer a request and take it out of its queue. */
static void
finish(struct request **link, int status, uint32_t moved)
{
	struct request *q = *link;

	*link = q->next;
	q->used = false;
	chardriver_reply(q->io.minor, q->io.id, status, moved);
}

/* Has the time that VTIME gives the first reader run out? */
static bool
out_of_time(const struct tty *t)
{
	return !line_canonical(&t->line) && timer_expired(&t->read_timer) &&
	    (t->line.termios.c_cc[VMIN] == 0 || line_input_count(&t->line) > 0);
}

/* Read what there is. */
static int
deliver(struct tty *t, const struct cdev_io *io, uint32_t *moved)
{
	uint32_t n, items;
	int r;

	n = line_peek(&t->line, buffer, smaller(io->bytes, CHUNK), &items);
	r = n == 0 ? OK
		   : sys_safecopyto(VFS_PROC_NR, io->gid, 0,
			 (vir_bytes)(uintptr_t)buffer, n);
	if (r != OK)
		return r; /* the input is kept for the next reader */
	line_consume(&t->line, items);
	*moved = n;
	return OK;
}

/* Start, restart or stop the timer of the first reader. */
static void
read_timer_set(struct tty *t)
{
	const cc_t *cc = t->line.termios.c_cc;
	uint32_t n = line_input_count(&t->line);
	bool wanted = t->readers != NULL && !line_canonical(&t->line) &&
	    cc[VTIME] > 0 && (cc[VMIN] == 0 || n > 0);

	if (!wanted)
		t->read_timer.on = false;
	else if (!t->read_timer.on || (cc[VMIN] > 0 && n != t->timed))
		timer_start(&t->read_timer, cc[VTIME] * sys_hz() / 10 + 1);
	t->timed = n;
}

int
tty_read(struct tty *t, const struct cdev_io *io, uint32_t *moved)
{
	bool wait = (io->flags & CDEV_NONBLOCK) == 0;

	if (io->bytes == 0)
		return OK;
	if (t->readers == NULL &&
	    (line_readable(&t->line, io->bytes) ||
		(!wait && line_available(&t->line) > 0)))
		return deliver(t, io, moved);
	return wait ? suspend(&t->readers, io, 0, false) : -EAGAIN;
}

/* Serve readers; true if one was. */
static bool
readers_run(struct tty *t)
{
	struct request *q;
	uint32_t moved;
	bool served = false;
	int r;

	while ((q = t->readers) != NULL &&
	    (line_readable(&t->line, q->io.bytes) || out_of_time(t))) {
		moved = 0;
		r = deliver(t, &q->io, &moved);
		finish(&t->readers, r, moved);
		t->read_timer.on = false;
		served = true;
	}
	read_timer_set(t);
	return served;
}

/* Move what there is room for from a writer; SUSPEND: there is more. */
static int
write_step(struct tty *t, const struct cdev_io *io, uint32_t *done)
{
	uint32_t n, slice_end = *done + SLICE;
	int r;

	while (*done < io->bytes) {
		if (*done >= slice_end) {
			timer_start(&t->write_timer, 1);
			return SUSPEND;
		}
		n = smaller(io->bytes - *done, line_output_room(&t->line));
		n = smaller(n, CHUNK);
		if (n == 0)
			return SUSPEND;
		r = sys_safecopyfrom(VFS_PROC_NR, io->gid, *done,
		    (vir_bytes)(uintptr_t)buffer, n);
		if (r != OK)
			return *done > 0 ? OK : r;
		*done += line_write(&t->line, buffer, n);
		t->dev->output(t);
	}
	return OK;
}

int
tty_write(struct tty *t, const struct cdev_io *io, uint32_t *moved)
{
	uint32_t done = 0;
	int r = SUSPEND;

	if (t->writers == NULL)
		r = write_step(t, io, &done);
	if (r == SUSPEND && (io->flags & CDEV_NONBLOCK) != 0)
		r = done > 0 ? OK : -EAGAIN;
	if (r == SUSPEND)
		r = suspend(&t->writers, io, done, true);
	if (r == OK || (r == -EAGAIN && done > 0)) {
		*moved = done;
		return OK;
	}
	return r;
}

int
tty_drain(struct tty *t, const struct cdev_io *io)
{
	return suspend(&t->writers, io, 0, false);
}

/* Break for a quarter of a second; SUSPEND: not over. */
static int
break_step(struct tty *t, struct request *q)
{
	if (q->done == 0) {
		q->done = 1;
		t->dev->set_break(t, true);
		timer_start(&t->write_timer, sys_hz() / 4 + 1);
	}
	if (!timer_expired(&t->write_timer))
		return SUSPEND;
	t->dev->set_break(t, false);
	return OK;
}

/* Go on with a request that waits for the output to be sent. */
static int
drain_step(struct tty *t, struct request *q)
{
	if (q->done == 0 && !line_drained(&t->line))
		return SUSPEND;
	if (q->done == 0 && !t->dev->idle(t)) {
		timer_start(&t->write_timer, 1); /* nothing tells us */
		return SUSPEND;
	}
	if (q->io.request == TCSBRK)
		return break_step(t, q);
	return termios_finish(t, &q->io);
}

/* Shall the first writer go on? */
static bool
write_worth(struct tty *t, const struct request *q)
{
	if (t->write_timer.on && !timer_expired(&t->write_timer))
		return false;
	t->write_timer.on = false;
	return line_output_room(&t->line) >=
	    smaller(q->io.bytes - q->done, WORTH);
}

/* Serve writers; true if one was. */
static bool
writers_run(struct tty *t)
{
	struct request *q;
	bool served = false;
	int r;

	while ((q = t->writers) != NULL) {
		if (q->write && !write_worth(t, q))
			break;
		if (q->write)
			r = write_step(t, &q->io, &q->done);
		else
			r = drain_step(t, q);
		if (r == SUSPEND)
			break;
		finish(&t->writers, r, q->write ? q->done : 0);
		t->write_timer.on = false;
		served = true;
	}
	if (t->writers == NULL)
		t->write_timer.on = false;
	return served;
}

void
tty_cancel(struct tty *t, uint32_t id)
{
	struct request **link, *q;

	for (link = &t->readers; (q = *link) != NULL; link = &q->next) {
		if (q->io.id != id)
			continue;
		if (link == &t->readers)
			t->read_timer.on = false;
		finish(link, -EINTR, 0);
		return;
	}
	for (link = &t->writers; (q = *link) != NULL; link = &q->next) {
		if (q->io.id != id)
			continue;
		if (link == &t->writers)
			t->write_timer.on = false;
		if (!q->write && q->done != 0)
			t->dev->set_break(t, false);
		finish(link, q->write && q->done > 0 ? OK : -EINTR,
		    q->write ? q->done : 0);
		return;
	}
}

uint32_t
tty_ready(const struct tty *t, uint32_t ops)
{
	const cc_t *cc = t->line.termios.c_cc;
	uint32_t want = cc[VTIME] == 0 && cc[VMIN] > 0 ? cc[VMIN] : 1;
	uint32_t ready = 0;

	/* An end of file is readable, too, though no byte is available. */
	if (line_canonical(&t->line) ? t->line.ends > 0
				     : line_input_count(&t->line) >= want)
		ready |= CDEV_OP_RD;
	if (t->writers == NULL && line_output_room(&t->line) > 0)
		ready |= CDEV_OP_WR;
	return ready & ops;
}

/* Tell VFS what it waits for. */
static void
news_run(struct tty *t)
{
	const int minors[2] = { t->minor, CONSOLE_MINOR };
	uint32_t ready;
	int i;

	for (i = 0; i < 2; i++) {
		ready = tty_ready(t, t->news[i]);
		t->news[i] &= ~ready;
		if (ready != 0)
			chardriver_ready(minors[i], ready);
	}
}

void
tty_run(struct tty *t)
{
	bool again;

	do {
		if (!line_drained(&t->line))
			t->dev->output(t);
		again = readers_run(t);
		again = writers_run(t) || again;
		if (line_input_room(&t->line) > 0)
			again = t->dev->resume(t) || again;
	} while (again);
	news_run(t);
}

void
tty_alarm(bool rang)
{
	static struct timer set;
	struct timer first = { 0 };
	const struct timer *timer;
	int i;

	for (i = 0; i < 2 * NR_TTYS; i++) {
		timer = i % 2 == 0 ? &ttys[i / 2].read_timer
				   : &ttys[i / 2].write_timer;
		if (timer->on &&
		    (!first.on || (int32_t)(timer->due - first.due) < 0))
			first = *timer;
	}
	if (!rang && first.on == set.on && first.due == set.due)
		return;
	set = first;
	if (!first.on) {
		(void)sys_setalarm(0, NULL); /* services may */
		return;
	}
	i = (int32_t)(first.due - now());
	(void)sys_setalarm(i > 0 ? (clock_ticks)i : 1, NULL);
}
