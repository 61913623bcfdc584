/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Complaints: a user of a service reports that it does not do its work,
 * though it answers pings.
 */
#pragma once

#include <lacuna/ipc.h>

struct rproc;

#define COMPLAINT_VOTES 4 /* votes that are kept of one service */

/** A complaint that is not old yet. */
struct vote {
	struct rproc *of; /**< row of the complainant; NULL: none */
	clock_ticks time;
	uint32_t points;
};

/** What RS keeps of a service as the accused, then as a complainant. All
 * zeros: blameless and trusted. */
struct complaints {
	struct vote vote[COMPLAINT_VOTES];
	clock_ticks verdict; /**< last restart for complaints; 0: none */
	uint32_t verdicts;   /**< how many */

	uint32_t spent;   /**< restarts on its word that still count */
	clock_ticks word; /**< since when spent is what it is */
};

/** A service is forgotten: its votes count no more. The next in its row has
 * said nothing yet. */
void complain_forget(const struct rproc *rp);

/**
 * Take a complaint. It is judged, and the service started again if that is
 * the verdict. Answered only if its sender waits:
 *
 *     OK       it counts
 *     -EAGAIN  it does not: too soon after the last one or after the last
 *              verdict, or too many were on the word of this complainant
 *     -EBUSY   the service, or the system, is about to end
 *     -EINVAL  no such evidence
 *     -EPERM   complaints are for services, not about themselves, nor about
 *              a service without which nothing works
 *     -ESRCH   no such service, or a previous instance
 *
 * @param[in] m       of type RS_COMPLAIN
 * @param[in] status  of the receive
 */
void complain_take(const struct message *m, int status);
