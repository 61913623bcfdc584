/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A run that did not get on, in words.
 */
#pragma once

#include "grader/judge/stall.h"

/**
 * Was the processor at rest in all samples?
 *
 * @param[in] s the run, stopped
 * @return whether everything waited
 */
bool stall_waited(const struct stall *s);

/**
 * What it did instead: "ds goes round in FUNCTION at FILE:LINE; ...".
 *
 * @param[in] s the run, stopped
 * @return text for free()
 */
char *stall_text(const struct stall *s);

/**
 * The trace of one turn, decoded.
 *
 * @param[in] s the run, stopped
 * @return text for free(), or NULL: it cannot be told
 */
char *stall_where(const struct stall *s);
