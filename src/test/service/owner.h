/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service's side of the mailbox in test/service/service.h.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>

/** The program a service works for, and where its structure is. */
struct owner {
	int32_t pid;
	vir_bytes box;
	endpoint_t ep;     /**< NONE: not looked up yet */
	endpoint_t keeper; /**< the service, if one may knock at it */
};

/**
 * Learn from the arguments who the owner is.
 *
 * @param[out] o          the owner
 * @param[in]  argc, argv of main()
 */
void owner_init(struct owner *o, int argc, char **argv);

/**
 * Find out where the owner runs, if that is not known. Not before we may talk
 * to PM.
 *
 * @param[in,out] o  the owner; its ep is set
 * @return OK or an error of PM
 */
int owner_reach(struct owner *o);

/**
 * Fetch the structure if the owner has asked for something new.
 *
 * @param[in,out] o     the owner
 * @param[out]    work  the structure, beginning with a mailbox
 * @param[in]     size  its size
 *
 * @retval OK       there is work; give it back with owner_answer()
 * @retval -EAGAIN  nothing new
 * @return or an error of reaching the owner's memory
 */
int owner_work(struct owner *o, void *work, size_t size);

/**
 * Give a structure back, done.
 *
 * @param[in]     o     the owner
 * @param[in,out] work  the structure
 * @param[in]     size  its size
 * @return OK, or an error of the copy
 */
int owner_answer(const struct owner *o, void *work, size_t size);

/** A service that does nothing but what its owner asks for. */
struct owner_agent {
	const char *name;
	struct owner *owner;
	void *work;  /**< the structure, beginning with a mailbox */
	size_t size; /**< of it */
	void (*carry_out)(void *work);
	void (*prepare)(void);             /**< at the start, or NULL */
	void (*notified)(endpoint_t from); /**< or NULL */
};

/**
 * Look once whether the owner wants something, and do it.
 *
 * @param[in] a  the agent
 */
void owner_step(const struct owner_agent *a);

/**
 * Serve the owner for ever, who is looked at at every clock tick, and when he
 * knocks. Whether this is a first start or not, the owner's memory tells what
 * is to be done.
 *
 * @param[in] a           the agent
 * @param[in] argc, argv  of main()
 * @return never; int so that main can say: return owner_serve(...)
 */
int owner_serve(const struct owner_agent *a, int argc, char **argv);
