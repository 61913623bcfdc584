/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What happens to a process, as its parent hears of it.
 */
#pragma once

#include "servers/pm/proc.h"

/**
 * Does a process wait for this child?
 *
 * @param[in] mp     parent
 * @param[in] child  its child
 * @return whether news of the child would wake it
 */
bool wait_test(const struct mproc *mp, const struct mproc *child);

/**
 * The status word that a wait for a dead process gives.
 *
 * @param[in] child  process that is EXITING
 * @return the word
 */
int wait_status(const struct mproc *child);

/**
 * A process is dead: tell its parent, or remember that it has to be told.
 *
 * @param[in] child  process that is EXITING; its slot may be free afterwards
 */
void zombify(struct mproc *child);

/**
 * A process has stopped or gone on: its parent hears of it.
 *
 * @param[in] child  process with STOP_NEWS or CONT_NEWS
 */
void wait_news(struct mproc *child);
