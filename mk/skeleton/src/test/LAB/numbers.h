/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the tests of seq share: run it, and read what it has written.
 */
#pragma once

#include "test/program/program.h"

#define NUMBERS_MAX 64

/** What seq has written. */
struct numbers {
	long at[NUMBERS_MAX];
	int n; /**< lines, more than fit are counted, too */
};

/**
 * Run seq.
 *
 * @param[out] got   what it has written
 * @param[in]  first 0: not given
 * @param[in]  step  0: not given
 * @param[in]  last  the last argument
 */
void numbers_run(struct numbers *got, long first, long step, long last);

/** The last number. @param[in] got what was written @return it, or -1: none */
long numbers_last(const struct numbers *got);
