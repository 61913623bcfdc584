/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is known of a signal: who has sent it, what has become of a child. It is
 * noted when the signal is raised, and told to the handler. Equal signals that
 * wait are one, and tell of the first.
 */
#pragma once

#include "servers/pm/proc.h"

/** What is known of a signal. */
struct sig_note {
	uint8_t code;   /**< SI_USER, SI_KERNEL, CLD_* */
	uint8_t status; /**< of a child */
	int16_t pid;    /**< sender, or child */
	uint32_t uid;   /**< its real user */
};

_Static_assert(PID_MAX <= INT16_MAX, "a pid fits");

/** Of a signal that nobody has sent. */
#define sig_note_system ((struct sig_note){ SI_KERNEL, 0, 0, 0 })

/**
 * Note something of a signal that is being raised, unless it is pending.
 *
 * @param[in] mp    process
 * @param[in] sig   1 .. _NSIG-1
 * @param[in] note  what is known
 */
void sig_note_set(const struct mproc *mp, int sig, struct sig_note note);

/** What was noted. @param[in] mp process @param[in] sig 1 .. _NSIG-1
 * @return it */
struct sig_note sig_note_get(const struct mproc *mp, int sig);
