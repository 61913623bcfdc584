/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The world of a line under test: a device that is a string, a clock that
 * stands still, a VFS that counts its answers.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <lacuna/string.h>

#include "drivers/tty/tty.h"

#define HZ 100

/** The terminal that is tested, and its line. */
extern struct tty *const tty;
extern struct line *const line;

/** What the world has seen, and what it does. */
extern struct fake {
	char sent[20000];    /**< by the device */
	uint32_t count;      /**< bytes in it */
	uint32_t room;       /**< bytes it still takes */
	bool endless;        /**< it forgets what it has sent */
	uint32_t total;      /**< bytes it has ever sent */
	bool busy;           /**< the device has not sent all */
	bool breaking;       /**< it sends a break */
	int copy;            /**< what copying to and from users gives */
	int sig;             /**< last signal */
	int replies, status; /**< to VFS: how many, the last one */
	uint32_t id, bytes;  /**< of the last one */
	uint32_t news;       /**< operations VFS was told of */
	clock_ticks now, alarm;
	uint32_t finished; /**< request of termios_finish() */
} fake;

/** For cmocka: a fresh line; cancel what a test has left waiting. */
int fake_setup(void **state);
int fake_teardown(void **state);

/** Hand these keys in, and let the terminal run. */
void type(const char *keys);

/** This has been sent since the last time. */
void assert_sent(const char *text);

/** A read of so many bytes gives this, at once. */
void assert_reads(uint32_t size, const char *text);

/** Change local flags, VMIN and VTIME. */
void set(tcflag_t on, tcflag_t off, int min, int time);

#define TEST(f) cmocka_unit_test_setup_teardown(f, fake_setup, fake_teardown)
