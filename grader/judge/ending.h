/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way down of a machine, behind the last test: how long it takes, what is
 * said in which order, what is left on the console. The tests are over then,
 * so no process can report; all of it is seen from outside.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "grader/judge/record.h"

/** How the machine is to end. */
struct ending {
	unsigned int within; /**< emulated seconds behind the runner's last */
	char **says;         /**< parts of lines that come, in this order */
	unsigned int says_count;
	char **never; /**< parts of lines that do not come */
	unsigned int never_count;
	char *console; /**< a part of what is on the console, or NULL */
	bool dirty;    /**< the disk cannot be clean */
};

/**
 * Compare an end with what it is to be.
 *
 * @param[in] e       how it is to be
 * @param[in] rec     what the run said; it is complete
 * @param[in] ticks   instructions of the whole run
 * @param[in] ips     instructions in an emulated second
 * @param[in] console all that came over the serial line
 * @return what is wrong, for free(), or NULL
 */
char *ending_fault(const struct ending *e, const struct record *rec,
    uint64_t ticks, uint32_t ips, const char *console);
