/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The serial lines, each a 16550. An interrupt tells that the transmitter's
 * FIFO is empty; then 16 bytes go into it with one kernel call, and the
 * processor is free until they are sent. Input that the line has no room for
 * stays in the receiver, whose interrupt is closed meanwhile; so whoever sends
 * is slowed down and loses nothing.
 *
 * @source National Semiconductor, PC16550D data sheet, 1995
 */
#include "drivers/tty/tty.h"

#include <abi/dev.h>
#include <abi/errno.h>
#include <lacuna/syslib.h>

#define CLOCK_RATE 115200u /* bits per second with divisor 1 */
#define FIFO       16u

enum {                  /* registers */
	DATA = 0,       /* LCR_DLAB: low byte of the divisor */
	IER = 1,        /* interrupts wanted; LCR_DLAB: high byte */
	IIR = 2,        /* read: which interrupt */
	FCR = 2,        /* write: FIFO control */
	LCR = 3,        /* format */
	MCR = 4,        /* modem lines */
	LSR = 5,        /* state */
	MSR = 6,        /* modem state */
	SCRATCH = 7,    /* remembers a byte */
	IER_INPUT = 1,  /* a byte is there */
	IER_OUTPUT = 2, /* the transmitter's FIFO is empty */
	IER_STATE = 4,  /* an error or a break */
	IIR_NONE = 1,
	IIR_WHICH = 0x0e,
	IIR_MODEM = 0,
	FCR_ENABLE = 1,
	LCR_STOP2 = 4,
	LCR_PARITY = 8,
	LCR_EVEN = 0x10,
	LCR_BREAK = 0x40,
	LCR_DLAB = 0x80,
	MCR_DTR_RTS = 3,
	MCR_OUT2 = 8, /* connects the interrupt */
	LSR_READY = 1,
	LSR_PARITY = 4,
	LSR_FRAME = 8,
	LSR_BREAK = 0x10,
	LSR_EMPTY = 0x20, /* the transmitter's FIFO */
	LSR_SENT = 0x40   /* the last bit is on the line */
};

/** A line's hardware, and what is known of it. */
struct uart {
	const uint32_t port;
	const int irq;
	bool sending;   /* an interrupt will tell when there is room */
	bool waiting;   /* the receiver may hold input nobody had room for */
	uint32_t state; /* of the line, as LSR said last */
	uint32_t format, divisor; /* in force */
};

static struct uart uarts[NR_SERIALS] = {
	{ .port = 0x3f8, .irq = 4 },
	{ .port = 0x2f8, .irq = 3 },
};

static struct uart *
uart_of(const struct tty *t)
{
	return &uarts[t->minor - SERIAL_MINOR];
}

/* Our ports cannot be refused to us: RS has given them. */
static uint32_t
get(const struct uart *u, uint32_t reg)
{
	uint32_t value = 0;

	(void)sys_inb(u->port + reg, &value);
	return value;
}

static void
set(const struct uart *u, uint32_t reg, uint32_t value)
{
	(void)sys_outb(u->port + reg, value);
}

static void
output(struct tty *t)
{
	struct uart *u = uart_of(t);
	uint8_t buf[FIFO];
	uint32_t n;

	if (u->sending)
		return;
	n = line_output(&t->line, buf, FIFO);
	if (n == 0)
		return;
	u->sending = true;
	(void)sys_outsb(u->port + DATA, buf, n); /* our port, our memory */
}

static bool
idle(struct tty *t)
{
	const struct uart *u = uart_of(t);
	int tries;

	if (u->sending)
		return false;
	/* The last byte takes a few polls at full speed. */
	for (tries = 0; tries < 16; tries++)
		if ((get(u, LSR) & LSR_SENT) != 0)
			return true;
	return false;
}

/* What the state says of the byte that is to be read. */
static enum line_event
event(const struct uart *u)
{
	if ((u->state & LSR_BREAK) != 0)
		return LINE_BREAK;
	return (u->state & (LSR_PARITY | LSR_FRAME)) != 0 ? LINE_BAD
							  : LINE_BYTE;
}

/* Take what the receiver has, as far as there is room. A byte is read only
 * when the state has shown it: one that comes in between would be lost. */
static void
receive(struct tty *t)
{
	struct uart *u = uart_of(t);
	bool more;

	while ((more = (u->state & LSR_READY) != 0) &&
	    line_input_room(&t->line) > 0) {
		line_receive(&t->line, (uint8_t)get(u, DATA), event(u));
		u->state = get(u, LSR);
	}
	if (more == u->waiting)
		return;
	u->waiting = more;
	set(u, IER, more ? IER_OUTPUT : IER_OUTPUT | IER_INPUT | IER_STATE);
}

static bool
resume(struct tty *t)
{
	struct uart *u = uart_of(t);

	if (!u->waiting)
		return false;
	u->state = get(u, LSR);
	receive(t);
	return true;
}

/* The line is edge-triggered, so no cause may be left behind; and to read
 * which one it is can clear another (in Bochs it does), so look at all. */
void
serial_irq(struct tty *t)
{
	struct uart *u = uart_of(t);
	uint32_t which;

	while (((which = get(u, IIR)) & IIR_NONE) == 0) {
		u->state = get(u, LSR);
		receive(t);
		if ((u->state & LSR_EMPTY) != 0) {
			u->sending = false;
			output(t);
		}
		if ((which & IIR_WHICH) == IIR_MODEM)
			(void)get(u, MSR); /* reading it is the answer */
	}
}

/* The format register for the settings. */
static uint32_t
format_of(tcflag_t cflag)
{
	uint32_t lcr = (cflag & CSIZE) / CS6; /* 0 for 5 bits ... 3 for 8 */

	if ((cflag & CSTOPB) != 0)
		lcr |= LCR_STOP2;
	if ((cflag & PARENB) != 0)
		lcr |= LCR_PARITY;
	if ((cflag & PARODD) == 0)
		lcr |= LCR_EVEN;
	return lcr;
}

static void
configure(struct tty *t)
{
	struct uart *u = uart_of(t);
	const struct termios *s = &t->line.termios;
	uint32_t lcr = format_of(s->c_cflag), div = u->divisor;

	if (s->c_ospeed > 0)
		div = CLOCK_RATE / s->c_ospeed;
	/* Speed 0 hangs up. */
	set(u, MCR, s->c_ospeed > 0 ? MCR_DTR_RTS | MCR_OUT2 : MCR_OUT2);
	if (lcr == u->format && div == u->divisor)
		return;
	u->format = lcr;
	u->divisor = div;
	set(u, LCR, u->format | LCR_DLAB);
	set(u, DATA, u->divisor & 0xff);
	set(u, IER, u->divisor >> 8 & 0xff);
	set(u, LCR, u->format);
}

static void
set_break(struct tty *t, bool on)
{
	const struct uart *u = uart_of(t);

	set(u, LCR, on ? u->format | LCR_BREAK : u->format);
}

static bool
init(struct tty *t)
{
	struct uart *u = uart_of(t);
	enum tty_irq bit = TTY_SERIAL + (enum tty_irq)(u - uarts);

	set(u, SCRATCH, 0x5a);
	if (get(u, SCRATCH) != 0x5a)
		return false;
	set(u, IER, 0);
	configure(t);
	/* A FIFO that is on already, before a crash, keeps what it holds. */
	set(u, FCR, FCR_ENABLE);
	u->sending = (get(u, LSR) & LSR_EMPTY) == 0;
	if (!tty_irq_open(u->irq, bit))
		return false;
	set(u, IER, IER_OUTPUT | IER_INPUT | IER_STATE);
	return true;
}

void
serial_finish(struct tty *t)
{
	const struct uart *u = uart_of(t);
	uint32_t polls, n, i;
	uint8_t buf[FIFO];

	for (polls = 0; polls < 100000; polls++) {
		n = 0;
		if ((get(u, LSR) & LSR_EMPTY) != 0)
			n = line_output(&t->line, buf, FIFO);
		for (i = 0; i < n; i++)
			set(u, DATA, buf[i]);
		if (n == 0 && (get(u, LSR) & LSR_SENT) != 0)
			return;
	}
}

const struct tty_device serial_device = {
	.init = init,
	.output = output,
	.idle = idle,
	.configure = configure,
	.resume = resume,
	.set_break = set_break,
};
