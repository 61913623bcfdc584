/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the driver does for its own replacement, see <lacuna/sef_lu.h>. It is
 * ready when all output has left its queues; what the hardware still holds,
 * the next instance leaves there. Settings and input that nobody has read yet
 * go to the next one through the data store. Requests that wait are lost as in
 * a crash, so with REQUEST_FREE there are none; with PROTOCOL_FREE nobody has
 * typed anything, or asked to be told of something, either.
 */
#include "drivers/tty/update.h"

#include <abi/errno.h>
#include <lacuna/ds.h>
#include <lacuna/printf.h>
#include <lacuna/sef_lu.h>
#include <lacuna/string.h>

#include "drivers/tty/tty.h"

/* What is kept of a line. */
struct saved {
	struct termios termios;
	struct winsize winsize;
	uint32_t column;
	uint32_t count; /* items of input */
	bool holding;   /* the other side was told to hold */
	uint16_t in[LINE_INPUT];
};

static struct saved saved; /* large for a stack; one at a time */

static const char *
key(const struct tty *t)
{
	static const char *const keys[NR_TTYS] = { "tty.vga.line",
		"tty.serial.line", "tty.serial2.line" };

	return keys[t - ttys];
}

/* Can a terminal be left alone in this state? */
static bool
quiet(const struct tty *t, int state)
{
	if (!line_drained(&t->line))
		return false;
	if (state == SEF_LU_STATE_WORK_FREE)
		return true;
	if (t->readers != NULL || t->writers != NULL)
		return false;
	return state == SEF_LU_STATE_REQUEST_FREE ||
	    (line_input_count(&t->line) == 0 && t->news[0] == 0 &&
		t->news[1] == 0);
}

int
tty_update_prepare(int state)
{
	const struct tty *t;

	for (t = ttys; t < ttys + NR_TTYS; t++)
		if (t->present && !quiet(t, state))
			return -ENOTREADY;
	return OK;
}

static int
line_save(const struct tty *t)
{
	const struct line *l = &t->line;
	uint32_t i;

	memset(&saved, 0, sizeof saved);
	saved.termios = l->termios;
	saved.winsize = l->winsize;
	saved.column = l->column;
	saved.holding = l->holding;
	saved.count = line_input_count(l);
	for (i = 0; i < saved.count; i++)
		saved.in[i] = l->in[(l->in_head + i) % LINE_INPUT];
	return ds_publish_mem(key(t), &saved, sizeof saved, DSF_OVERWRITE);
}

int
tty_update_save(int state)
{
	const struct tty *t;
	int r = OK;

	(void)state;
	for (t = ttys; t < ttys + NR_TTYS && r == OK; t++)
		if (t->present)
			r = line_save(t);
	return r;
}

void
tty_update_restore(struct tty *t)
{
	struct line *l = &t->line;
	size_t size = sizeof saved;
	uint32_t i;
	int r = ds_retrieve_mem(key(t), &saved, &size);

	if (r != OK || size != sizeof saved || saved.count > LINE_INPUT) {
		printf("tty %d: settings are lost: %d\n", t->minor, r);
		return;
	}
	l->winsize = saved.winsize;
	l->column = saved.column;
	l->holding = saved.holding;
	for (i = 0; i < saved.count; i++) {
		l->in[i] = saved.in[i];
		l->ends += (saved.in[i] & ITEM_END) != 0;
	}
	l->in_tail = saved.count;
	l->termios = saved.termios;
	t->dev->configure(t);
	(void)ds_delete_mem(key(t)); /* it would only be old */
}
