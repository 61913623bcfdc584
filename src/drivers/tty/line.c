/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The input side of a line. Editing happens in the queue itself: the items
 * behind the last one with ITEM_END are the line that is being typed. Each
 * remembers how wide its echo was, so that it can be wiped out.
 */
#include "drivers/tty/line.h"

#include <abi/signal.h>
#include <lacuna/string.h>

#define CTRL(c) ((uint8_t)((c)&0x1f))
#define DEL     0x7f
#define BELL    0x07
#define MARK    0xff /* begins the marks of PARMRK */

static const struct termios settings = {
	.c_iflag = BRKINT | ICRNL | IXON,
	.c_oflag = OPOST | ONLCR,
	.c_cflag = CREAD | CS8 | CLOCAL,
	.c_lflag = ECHO | ECHOE | ECHOK | ICANON | IEXTEN | ISIG,
	.c_cc = {
		[VEOF] = CTRL('D'),
		[VERASE] = DEL,
		[VINTR] = CTRL('C'),
		[VKILL] = CTRL('U'),
		[VMIN] = 1,
		[VQUIT] = CTRL('\\'),
		[VSUSP] = CTRL('Z'),
		[VSTART] = CTRL('Q'),
		[VSTOP] = CTRL('S'),
	},
	.c_ispeed = B115200,
	.c_ospeed = B115200,
};

void
line_init(struct line *l, void (*signal)(const struct line *l, int sig))
{
	memset(l, 0, sizeof *l);
	l->termios = settings;
	l->winsize.ws_row = 24;
	l->winsize.ws_col = 80;
	l->signal = signal;
}

/* Is c the special character n? 0 switches one off. */
static bool
is_special(const struct line *l, int n, uint8_t c)
{
	return c != 0 && l->termios.c_cc[n] == c;
}

static bool
lflag(const struct line *l, tcflag_t flag)
{
	return (l->termios.c_lflag & flag) != 0;
}

static bool
iflag(const struct line *l, tcflag_t flag)
{
	return (l->termios.c_iflag & flag) != 0;
}

/* Echo a byte, control characters as ^X; returns the columns it took. */
static uint32_t
echo(struct line *l, uint8_t c)
{
	uint32_t from = l->column;

	if (!lflag(l, ECHO)) {
		if (c == '\n' && lflag(l, ECHONL) && line_canonical(l))
			line_echo(l, c);
		return 0;
	}
	if ((c < ' ' && c != '\n' && c != '\t') || c == DEL) {
		line_echo(l, '^');
		c ^= 0x40;
	}
	line_echo(l, c);
	return c != '\n' ? l->column - from : 0;
}

/* Append an item. Only one that ends a line may take the last place. */
static bool
put(struct line *l, uint8_t c, uint32_t flags)
{
	uint32_t last = (flags & ITEM_END) != 0 ? 0 : 1;

	if (LINE_INPUT - line_input_count(l) <= last)
		return false;
	l->in[l->in_tail++ % LINE_INPUT] = (uint16_t)(c | flags);
	if ((flags & ITEM_END) != 0)
		l->ends++;
	if (iflag(l, IXOFF) && line_input_count(l) >= INPUT_HIGH)
		line_hold(l, true);
	return true;
}

/* Append an item and echo it, or ring. */
static void
put_echoed(struct line *l, uint8_t c, uint32_t flags)
{
	uint32_t width;

	if (!put(l, c, flags)) {
		line_echo(l, BELL);
		return;
	}
	width = echo(l, c);
	l->in[(l->in_tail - 1) % LINE_INPUT] |=
	    (uint16_t)(width << ITEM_WIDTH_SHIFT);
}

/* Take the last item of the line that is being typed; false: there is none. */
static bool
rub_out(struct line *l, bool show)
{
	uint32_t width;
	uint16_t item;

	if (line_input_count(l) == 0)
		return false;
	item = l->in[(l->in_tail - 1) % LINE_INPUT];
	if ((item & ITEM_END) != 0)
		return false;
	l->in_tail--;
	if (!show)
		return true;
	for (width = item >> ITEM_WIDTH_SHIFT; width > 0; width--) {
		line_echo(l, '\b');
		line_echo(l, ' ');
		line_echo(l, '\b');
	}
	return true;
}

static void
erase(struct line *l, uint8_t c)
{
	bool show = lflag(l, ECHO) && lflag(l, ECHOE);

	if (rub_out(l, show) && !show)
		(void)echo(l, c); /* its width is of no use */
}

static void
kill_line(struct line *l, uint8_t c)
{
	bool show = lflag(l, ECHO) && lflag(l, ECHOE) && lflag(l, ECHOK);

	while (rub_out(l, show))
		continue;
	if (show || !lflag(l, ECHO))
		return;
	(void)echo(l, c); /* likewise */
	if (lflag(l, ECHOK))
		line_echo(l, '\n');
}

static void
receive_canonical(struct line *l, uint8_t c)
{
	if (is_special(l, VERASE, c))
		erase(l, c);
	else if (is_special(l, VKILL, c))
		kill_line(l, c);
	else if (is_special(l, VEOF, c))
		(void)put(l, c, ITEM_END | ITEM_EOF); /* full: readable */
	else if (c == '\n' || is_special(l, VEOL, c))
		put_echoed(l, c, ITEM_END);
	else
		put_echoed(l, c, 0);
}

/* Send a signal, as a key or a break does. */
static void
interrupt(struct line *l, int sig)
{
	if (!lflag(l, NOFLSH)) {
		line_flush_input(l);
		line_flush_output(l);
	}
	l->stopped = false;
	if (l->pgrp > 0)
		l->signal(l, sig);
}

static bool
signal_key(struct line *l, uint8_t c)
{
	int sig;

	if (is_special(l, VINTR, c))
		sig = SIGINT;
	else if (is_special(l, VQUIT, c))
		sig = SIGQUIT;
	else if (is_special(l, VSUSP, c))
		sig = SIGTSTP;
	else
		return false;
	interrupt(l, sig);
	(void)echo(l, c); /* after the flush, to be seen */
	return true;
}

static bool
flow_key(struct line *l, uint8_t c)
{
	if (is_special(l, VSTART, c))
		l->stopped = false;
	else if (is_special(l, VSTOP, c))
		l->stopped = true;
	else
		return false;
	return true;
}

static void
receive(struct line *l, uint8_t c)
{
	if (c == '\r') {
		if (iflag(l, IGNCR))
			return;
		if (iflag(l, ICRNL))
			c = '\n';
	} else if (c == '\n' && iflag(l, INLCR)) {
		c = '\r';
	}
	if (lflag(l, ISIG) && signal_key(l, c))
		return;
	if (iflag(l, IXON) && flow_key(l, c))
		return;
	if (line_canonical(l))
		receive_canonical(l, c);
	else
		put_echoed(l, c, 0);
}

/* A byte with an error, or a break as 0, for a program that asked for it. */
static void
receive_marked(struct line *l, uint8_t c)
{
	if (!iflag(l, PARMRK)) {
		receive(l, 0);
		return;
	}
	if (LINE_INPUT - line_input_count(l) < INPUT_SPARE)
		return;        /* all of the mark or nothing */
	(void)put(l, MARK, 0); /* there is room */
	(void)put(l, 0, 0);
	(void)put(l, c, 0);
}

void
line_receive(struct line *l, uint8_t c, enum line_event how)
{
	if ((l->termios.c_cflag & CREAD) == 0)
		return;
	if (how == LINE_BREAK) {
		if (iflag(l, IGNBRK))
			return;
		if (iflag(l, BRKINT))
			interrupt(l, SIGINT);
		else
			receive_marked(l, 0);
		return;
	}
	if (how == LINE_BAD && iflag(l, INPCK)) {
		if (!iflag(l, IGNPAR))
			receive_marked(l, c);
		return;
	}
	if (iflag(l, ISTRIP))
		c &= 0x7f;
	else if (c == MARK && iflag(l, PARMRK))
		(void)put(l, MARK, 0); /* doubled: data; full: rings below */
	receive(l, c);
}

uint32_t
line_input_room(const struct line *l)
{
	uint32_t used = line_input_count(l) + INPUT_SPARE;

	/* Output that is held does not count: START must come through. */
	if (lflag(l, ECHO) && !l->stopped && !line_echo_room(l))
		return 0;
	if (line_canonical(l) && l->ends == 0)
		return LINE_INPUT;
	return used < LINE_INPUT ? (LINE_INPUT - used) / INPUT_SPARE : 0;
}

bool
line_readable(const struct line *l, uint32_t bytes)
{
	uint32_t min = l->termios.c_cc[VMIN];

	if (line_canonical(l))
		return l->ends > 0;
	if (min == 0)
		min = l->termios.c_cc[VTIME] > 0 ? 1 : 0;
	return line_input_count(l) >= (min < bytes ? min : bytes);
}

uint32_t
line_available(const struct line *l)
{
	uint32_t i, ends = l->ends, n = 0;
	uint16_t item;

	if (!line_canonical(l))
		return line_input_count(l);
	for (i = l->in_head; ends > 0; i++) {
		item = l->in[i % LINE_INPUT];
		if ((item & ITEM_EOF) == 0)
			n++;
		if ((item & ITEM_END) != 0)
			ends--;
	}
	return n;
}

uint32_t
line_peek(const struct line *l, uint8_t *buf, uint32_t size, uint32_t *items)
{
	bool lines = line_canonical(l), end = false;
	uint32_t i = l->in_head, n = 0;
	uint16_t item;

	while (i != l->in_tail && !end) {
		item = l->in[i % LINE_INPUT];
		/* An EOF just behind the last byte goes with it: it must not
		 * become an end of file of its own. */
		if (lines && (item & ITEM_EOF) != 0) {
			i++;
			break;
		}
		if (n == size)
			break;
		buf[n++] = (uint8_t)(item & ITEM_BYTE);
		end = lines && (item & ITEM_END) != 0;
		i++;
	}
	*items = i - l->in_head;
	return n;
}

void
line_consume(struct line *l, uint32_t items)
{
	for (; items > 0 && l->in_head != l->in_tail; items--)
		if ((l->in[l->in_head++ % LINE_INPUT] & ITEM_END) != 0)
			l->ends--;
	if (l->holding && iflag(l, IXOFF) && line_input_count(l) <= INPUT_LOW)
		line_hold(l, false);
}

void
line_flush_input(struct line *l)
{
	line_consume(l, line_input_count(l));
}

/* What an item that was queued raw means in canonical mode. */
static uint16_t
item_canonical(const struct line *l, uint16_t item)
{
	uint8_t c = (uint8_t)(item & ITEM_BYTE);

	if (c == '\r' && iflag(l, ICRNL))
		c = '\n';
	if (is_special(l, VEOF, c))
		return c | ITEM_END | ITEM_EOF;
	return c == '\n' || is_special(l, VEOL, c) ? c | ITEM_END : c;
}

void
line_set(struct line *l, const struct termios *t)
{
	bool was_canonical = line_canonical(l);
	uint32_t i;

	l->termios = *t;
	if (!iflag(l, IXON))
		l->stopped = false;
	if (l->holding && !iflag(l, IXOFF))
		line_hold(l, false);
	if (was_canonical || !line_canonical(l))
		return;
	l->ends = 0;
	for (i = l->in_head; i != l->in_tail; i++) {
		l->in[i % LINE_INPUT] =
		    item_canonical(l, l->in[i % LINE_INPUT]);
		if ((l->in[i % LINE_INPUT] & ITEM_END) != 0)
			l->ends++;
	}
}
