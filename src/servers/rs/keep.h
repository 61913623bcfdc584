/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory that outlives the processes of a service. It is RS's, and RS never
 * looks into it: the service reads and writes it by safe copies through a
 * grant, which each new instance gets with the request to initialise. So
 * nothing but a deliberate copy changes it, and neither a crash nor wild
 * stores before one do.
 */
#pragma once

#include <abi/types.h>

struct rproc;

/** All zeros: none. */
struct keep {
	uint32_t size;     /**< bytes */
	void *addr;        /**< NULL: not asked for yet */
	cp_grant_id_t gid; /**< of the present instance, if addr is set */
};

/**
 * Grant the present instance of a service the memory it may keep, and take
 * the grant of the one before back. VM gives the memory at the first time, and
 * a frame for each page when that is first used; so VM must be up. With
 * RF_ANEW, the service begins with zeros again.
 */
void keep_grant(struct rproc *rp);

/** The grant of the present instance. @return it; GRANT_INVALID if the service
 * keeps nothing, or there was no memory */
cp_grant_id_t keep_gid(const struct rproc *rp);

/** Give back what a service has kept. It gets no more. */
void keep_free(struct rproc *rp);
