/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals: what trap asked for, and what an interactive shell does.
 */
#pragma once

#include "cmd/sh/sh.h"

/** Arrange the signals of an interactive shell. */
void trap_interactive(void);

/** Run the traps of signals that have come. */
void trap_run(void);

/** In a child: traps do nothing any more, but are shown until it sets its
 * own; signals to be ignored still are. */
void trap_child(void);

/** Take the trap for the end of the shell. @return it, or NULL; on the heap */
char *trap_exit(void);

/** Whether there is one. @return whether */
bool trap_at_exit(void);
