/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Stop and continue: what SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU and SIGCONT do.
 * A stopped process is in no call that could take anything; it makes the call
 * again when it goes on. Its signals wait, but for SIGKILL and SIGCONT.
 */
#pragma once

#include "servers/pm/proc.h"

/** Signals whose default action is to stop. */
#define STOP_SIGNALS                                                           \
	(KSIG_BIT(SIGSTOP) | KSIG_BIT(SIGTSTP) | KSIG_BIT(SIGTTIN) |           \
	    KSIG_BIT(SIGTTOU))

/**
 * What a signal does when it is sent, whatever becomes of it: SIGCONT lets a
 * process go on and forgets stops that are pending, and those forget it.
 *
 * @param[in] mp   process
 * @param[in] sig  1 .. _NSIG-1
 * @return whether it goes on: call restart_sigs() when sig has had its effect
 */
bool stop_or_continue(struct mproc *mp, int sig);

/**
 * Stop a process by a signal's default action, and tell its parent; but
 * nobody could continue the members of an orphaned group.
 *
 * @param[in] mp   process that is not stopped
 * @param[in] sig  one of STOP_SIGNALS
 */
void stop_by_signal(struct mproc *mp, int sig);

/**
 * Hold a process as if stopped, without telling anybody.
 *
 * @param[in] mp  process
 */
void stop_hold(struct mproc *mp);

/**
 * Is a group orphaned? Then nobody of its session cares for it from outside,
 * and its members do not stop at the terminal.
 *
 * @param[in] pgrp  group
 * @return whether it is; also if it has no members
 */
bool stop_is_orphaned(int32_t pgrp);

/**
 * A process dies: groups that it leaves orphaned, and stopped, get SIGHUP and
 * then SIGCONT.
 *
 * @param[in] dead  EXITING process, whose children are still its own
 */
void stop_orphaned(const struct mproc *dead);
