/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The output side of a line: what programs write and what is echoed, in one
 * queue, already in the form the device sends.
 */
#include "drivers/tty/line.h"

static uint32_t
space(const struct line *l)
{
	return LINE_OUTPUT - (l->out_tail - l->out_head);
}

static void
queue(struct line *l, uint8_t c)
{
	l->out[l->out_tail++ % LINE_OUTPUT] = c;
}

/* Keep track of the cursor. */
static void
advance(struct line *l, uint8_t c)
{
	if (c == '\r')
		l->column = 0;
	else if (c == '\t')
		l->column = (l->column | 7) + 1;
	else if (c == '\b')
		l->column -= l->column > 0 ? 1 : 0;
	else if (c >= ' ')
		l->column++;
}

/* Queue one byte as it is to be sent; there is room for two. */
static void
process(struct line *l, uint8_t c)
{
	const tcflag_t nlcr = OPOST | ONLCR;

	if (c == '\n' && (l->termios.c_oflag & nlcr) == nlcr) {
		queue(l, '\r');
		l->column = 0;
	}
	queue(l, c);
	advance(l, c);
}

uint32_t
line_output_room(const struct line *l)
{
	return space(l) > ECHO_SPARE + 1 ? space(l) - ECHO_SPARE - 1 : 0;
}

uint32_t
line_write(struct line *l, const uint8_t *buf, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n && line_output_room(l) > 0; i++)
		process(l, buf[i]);
	return i;
}

void
line_echo(struct line *l, uint8_t c)
{
	if (space(l) >= 2)
		process(l, c);
}

bool
line_echo_room(const struct line *l)
{
	return space(l) >= ECHO_SPARE / 2;
}

uint32_t
line_output(struct line *l, uint8_t *buf, uint32_t size)
{
	uint32_t n = 0;

	if (size > 0 && l->urgent != 0) {
		buf[n++] = l->urgent;
		l->urgent = 0;
	}
	while (n < size && !l->stopped && l->out_head != l->out_tail)
		buf[n++] = l->out[l->out_head++ % LINE_OUTPUT];
	return n;
}

void
line_flush_output(struct line *l)
{
	l->out_head = l->out_tail;
}

void
line_hold(struct line *l, bool hold)
{
	if (l->holding == hold)
		return;
	l->holding = hold;
	l->urgent = l->termios.c_cc[hold ? VSTOP : VSTART];
}
