/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Terminals: a line, its device, and the requests that wait for it. After
 * anything has happened to a terminal - an interrupt, a request, an alarm -
 * tty_run() does what has become possible.
 */
#pragma once

#include <lacuna/chardriver.h>

#include "drivers/tty/line.h"

struct tty;

/** What a device can do. None of these waits. */
struct tty_device {
	/** Find and set up the hardware; false: there is none. */
	bool (*init)(struct tty *t);
	/** Send what the line has, as far as the device can take it now. */
	void (*output)(struct tty *t);
	/** Is all that was taken from the line really sent? */
	bool (*idle)(struct tty *t);
	/** The line's settings have changed. */
	void (*configure)(struct tty *t);
	/** There is room for input again; true if some was waiting. */
	bool (*resume)(struct tty *t);
	/** Begin or end a break. */
	void (*set_break)(struct tty *t, bool on);
};

/** A request that waits. */
struct request {
	struct request *next;
	struct cdev_io io;
	bool used;
	bool write;    /**< in the queue of writers: is it a write? */
	uint32_t done; /**< write: bytes moved; break: 1 while it lasts */
};

struct timer {
	bool on;
	clock_ticks due;
};

struct tty {
	struct line line;
	const struct tty_device *dev;
	int minor;
	bool present;
	bool console; /**< also reached as CONSOLE_MINOR */

	struct request *readers; /**< first come, first served */
	struct request *writers; /**< and those who wait for the output */
	struct timer read_timer, write_timer;
	uint32_t timed; /**< items of input when read_timer was set */
	/** Operations VFS waits for: of the own minor, of the console's. */
	uint32_t news[2];
};

#define NR_SERIALS 2
#define NR_TTYS    (1 + NR_SERIALS)

extern struct tty ttys[NR_TTYS]; /* main.c: the screen, the serial lines */

extern const struct tty_device console_device; /* console.c */
extern const struct tty_device serial_device;  /* serial.c */

/**
 * Handle a request, or keep it until it can be answered.
 *
 * @param[in,out] t      terminal
 * @param[in]     io     request
 * @param[out]    moved  bytes
 *
 * @retval OK       done
 * @retval -EAGAIN  it would have to wait, and may not; too many wait
 * @retval -EFAULT  (and others of sys_safecopyto()) the data cannot be moved
 * @retval SUSPEND  to be answered later
 * @source POSIX.1-2008, read and write
 */
int tty_read(struct tty *t, const struct cdev_io *io, uint32_t *moved);
int tty_write(struct tty *t, const struct cdev_io *io, uint32_t *moved);

/** Keep a control request until all output is sent, then termios_finish(). */
int tty_drain(struct tty *t, const struct cdev_io *io);

/** Answer a waiting request now: -EINTR, or what it has done so far. */
void tty_cancel(struct tty *t, uint32_t id);

/** Which of the operations would not block? */
uint32_t tty_ready(const struct tty *t, uint32_t ops);

/** Do all that can be done: send, answer, tell. */
void tty_run(struct tty *t);

/** Set the driver's alarm for the earliest timer of all terminals.
 * @param[in] rang  the one that was set has gone off */
void tty_alarm(bool rang);

/**
 * A control request.
 *
 * @retval OK, SUSPEND  done; to be answered later
 * @retval -ENOTTY      not a request for terminals
 * @retval -EINVAL      the argument makes no sense
 * @return or an error of moving the argument
 * @source POSIX.1-2008, termios.h
 */
int termios_ioctl(struct tty *t, const struct cdev_io *io);

/** The rest of a request of tty_drain(), now that all is sent. */
int termios_finish(struct tty *t, const struct cdev_io *io);

/** The terminal of a minor number. @param[in] minor any @return it, or NULL */
struct tty *tty_find(int minor);

/** Set the foreground group, and remember it beyond a crash of the driver. */
void tty_set_group(struct tty *t, int32_t pgrp);

/** Find out which group was in the foreground before the crash. */
void tty_get_group(struct tty *t);

/** Send a signal to the foreground group of a line. Does not wait. */
void tty_signal(const struct line *l, int sig);

/** Set up the keyboard, whose input goes to t. */
void keyboard_init(struct tty *t);

/** Interrupts, by bit of sys_irqsetpolicy(). */
enum tty_irq {
	TTY_KEYBOARD,
	TTY_SERIAL /* and the next, for the second line */
};

/** Handle an interrupt: take what has come, send what waits. */
void keyboard_irq(void);
void serial_irq(struct tty *t);

/** Claim and open an interrupt line; false (and a message): impossible. */
bool tty_irq_open(int irq, enum tty_irq bit);

/** Send the rest of the output by polling, for a limited time. */
void serial_finish(struct tty *t);
