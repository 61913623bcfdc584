/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A call in words: what was asked, and what came of it.
 */
#pragma once

#include "cmd/trace/tracee.h"

/**
 * A process stands at the entry of a call: find out which, and put it into its
 * line.
 *
 * @param[in,out] t  process
 */
void call_entry(struct tracee *t);

/** What a call is called. @param[in] m it @return the name of the call, or of
 * the primitive */
const char *call_name(const struct made *m);

/**
 * A call has ended: add the result to the line.
 *
 * @param[in,out] t       process
 * @param[out]    answer  the reply, or all zero
 * @return the status, OK or a negative error
 */
int32_t call_leave(struct tracee *t, struct message *answer);
