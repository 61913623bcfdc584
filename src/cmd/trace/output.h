/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Lines. That of a call is written when the call has ended, so that lines of
 * several processes do not mix; if it lasts, its beginning is written before.
 */
#pragma once

#include "cmd/trace/tracee.h"

/** How lines are written. */
struct output {
	int fd;
	bool with_pid; /**< each says whose it is */
	bool quiet;    /**< none is written: calls are counted */
};

extern struct output output;

/** Write the line of a call that has ended. @param[in,out] t its process */
void output_call(struct tracee *t);

/** Write the beginning of the line of a call that lasts, once.
 * @param[in,out] t its process */
void output_begun(struct tracee *t);

/** Write what else there is to say. @param[in] t the process
 * @param[in] text what */
void output_event(const struct tracee *t, const struct text *text);
