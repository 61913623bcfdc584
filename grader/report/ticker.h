/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * How far a long piece of work is, for people: on a terminal one line that
 * changes, in a file or a pipe a line at once and then one now and then. Any
 * thread may tell.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** One such line. */
struct ticker {
	FILE *to; /**< where it goes; NULL: nowhere */
	bool terminal;
	uint64_t every;             /**< least time between two lines, in ms */
	atomic_uint_fast64_t again; /**< when the next may come, in ms */
	atomic_int shown;           /**< columns that are to be wiped */
};

/**
 * A ticker on standard error.
 *
 * @param[out] t     the ticker
 * @param[in]  wanted false: it says nothing
 */
void ticker_init(struct ticker *t, bool wanted);

/**
 * Say at once what begins.
 *
 * @param[in,out] t    the ticker
 * @param[in]     what as in "Building it"
 */
void ticker_start(struct ticker *t, const char *what);

/**
 * Is it time for another line? Then the caller is the one to tell it.
 *
 * @param[in,out] t the ticker
 * @return whether it is
 */
bool ticker_due(struct ticker *t);

/**
 * Say how far it is.
 *
 * @param[in,out] t   the ticker
 * @param[in]     fmt as printf; fit to be printed
 */
void ticker_tell(struct ticker *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * Make room for other output.
 *
 * @param[in,out] t the ticker
 */
void ticker_wipe(struct ticker *t);
