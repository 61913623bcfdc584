/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The line discipline: what a terminal does with the bytes that pass through
 * it, whatever the device. A device hands in what it receives and takes out
 * what is to be sent; readers peek at the input queue and consume from it,
 * writers put into the output queue. Nothing here blocks or calls a device:
 * who has changed a line looks afterwards whether there is something to do.
 *
 * @source POSIX.1-2008, chapter 11, General Terminal Interface
 */
#pragma once

#include <abi/termios.h>
#include <abi/types.h>

#define LINE_INPUT  2048u /* items in the input queue: power of two */
#define LINE_OUTPUT 4096u /* bytes in the output queue: power of two */

/* One received byte can become that many items. */
#define INPUT_SPARE 4u
/* Output room that writers leave to the echo. */
#define ECHO_SPARE 256u

/* When to tell the other side to hold (IXOFF), and to go on. */
#define INPUT_HIGH (LINE_INPUT * 3 / 4)
#define INPUT_LOW  (LINE_INPUT / 4)

/* An item of input: the byte, what it means, the columns of its echo. */
#define ITEM_BYTE        0x00ffu
#define ITEM_END         0x0100u /* the last one of its line */
#define ITEM_EOF         0x0200u /* ends the line, but is not part of it */
#define ITEM_WIDTH_SHIFT 12

/** What a device has received. */
enum line_event {
	LINE_BYTE,
	LINE_BAD,  /**< a byte with wrong parity or frame */
	LINE_BREAK /**< a break; the byte does not count */
};

struct line {
	struct termios termios;
	struct winsize winsize;
	int32_t pgrp; /**< foreground process group; 0: none */
	/** Takes signals for the foreground group. */
	void (*signal)(const struct line *l, int sig);

	/* Queues. Head and tail run on; modulo size they are indexes. */
	uint16_t in[LINE_INPUT];
	uint32_t in_head, in_tail;
	uint32_t ends; /**< items with ITEM_END in the queue */
	uint8_t out[LINE_OUTPUT];
	uint32_t out_head, out_tail;

	uint32_t column; /**< of the cursor, as far as we know */
	bool stopped;    /**< output is held: STOP, or TCOOFF */
	bool holding;    /**< the other side was told to hold */
	uint8_t urgent;  /**< flow control byte to be sent first; 0: none */
};

/** Make a line with empty queues and the settings of a console. */
void line_init(struct line *l, void (*signal)(const struct line *l, int sig));

/** Change settings, to any. Input that is there stays, and is divided into
 * lines when canonical mode begins. */
void line_set(struct line *l, const struct termios *t);

/** How many bytes the device may hand in now, if it can leave others where
 * they are. A line nobody can read yet takes more than it holds, and rings. */
uint32_t line_input_room(const struct line *l);

/**
 * Take a byte from the device: act on it, queue it, echo it.
 *
 * @param[in,out] l    line
 * @param[in]     c    byte
 * @param[in]     how  what it is
 * @source POSIX.1-2008, 11.1 and 11.2
 */
void line_receive(struct line *l, uint8_t c, enum line_event how);

/** Items in the input queue. */
static inline uint32_t
line_input_count(const struct line *l)
{
	return l->in_tail - l->in_head;
}

static inline bool
line_canonical(const struct line *l)
{
	return (l->termios.c_lflag & ICANON) != 0;
}

/** Can a read of so many bytes be finished, without waiting for VTIME? */
bool line_readable(const struct line *l, uint32_t bytes);

/** Bytes a reader could get at the moment. */
uint32_t line_available(const struct line *l);

/**
 * Look at what a read gets: in canonical mode up to the end of a line.
 *
 * @param[in]  l      line
 * @param[out] buf    bytes
 * @param[in]  size   room in buf, more than 0
 * @param[out] items  to be given to line_consume() if the read succeeds
 * @return bytes in buf
 * @source POSIX.1-2008, 11.1.5 and 11.1.6
 */
uint32_t line_peek(const struct line *l, uint8_t *buf, uint32_t size,
    uint32_t *items);

/** Drop the first items of the input queue. */
void line_consume(struct line *l, uint32_t items);

/** Drop all input. */
void line_flush_input(struct line *l);

/** Ask the other side to hold, or to go on, as the input queue demands. */
void line_hold(struct line *l, bool hold);

/** Queue what a program writes; returns how many bytes there was room for. */
uint32_t line_write(struct line *l, const uint8_t *buf, uint32_t n);

/** Queue a byte that is part of an echo; without room it is lost. */
void line_echo(struct line *l, uint8_t c);

/** Is there room for the echo of some characters? */
bool line_echo_room(const struct line *l);

/** Bytes a program may write, if none of them becomes two. */
uint32_t line_output_room(const struct line *l);

/** Take bytes to be sent; returns how many. Held output stays. */
uint32_t line_output(struct line *l, uint8_t *buf, uint32_t size);

/** Nothing left to be sent? */
static inline bool
line_drained(const struct line *l)
{
	return l->out_head == l->out_tail && l->urgent == 0;
}

/** Drop all output. */
void line_flush_output(struct line *l);
