/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Services that tests start for themselves, without service(8) and its
 * configuration: they may make every kernel call and send to everybody.
 *
 * The two talk through memory of the program: a structure that begins with a
 * mailbox. The program fills the structure and calls mailbox_ask(); the
 * service, which knows from its arguments whose memory it is and where, looks
 * into it at every clock tick. A service that has written its endpoint into the
 * mailbox is knocked at, too, and looks at once: a request that means nothing,
 * and is answered when all has been done.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>

/** Where a program leaves work for its service. */
struct mailbox {
	volatile uint32_t asked; /**< counts what the program wants */
	volatile uint32_t done;  /**< counts what the service has done */
	endpoint_t keeper;       /**< where to knock; 0: one that only looks */
};

#define MAILBOX_KNOCK 1 /* a request of no protocol */

/**
 * Wait until the service has done what the structure asks for. Blocks.
 *
 * @param[in,out] box the mailbox at the structure's beginning
 */
void mailbox_ask(struct mailbox *box);

/** Wait until the service has done what it was asked before. Blocks. */
void mailbox_wait(const struct mailbox *box);

/** What kind of service is started. */
struct service_kind {
	uint32_t flags;     /**< RSS_* of <proto/rs.h> */
	int32_t major;      /**< device number, or 0 */
	uint32_t dev_flags; /**< RS_DEV_*, if it has one */
	const char *args;   /**< of one without a mailbox, or NULL */
};

/** Start a service of a kind. @see service_start() */
int service_start_as(const struct service_kind *kind, const char *path,
    const char *label, struct mailbox *box, endpoint_t *ep);

/**
 * Start a service; returns when it has initialised. For the superuser.
 *
 * @param[in]  path   program, absolute
 * @param[in]  label  label
 * @param[in]  box    the mailbox it is to look into, or NULL; its arguments
 *                    are then this program's process number and the address
 * @param[out] ep     where it runs
 * @return OK, or an error of RS or of reading the program
 * @source own design
 */
int service_start(const char *path, const char *label, struct mailbox *box,
    endpoint_t *ep);

/** Start a service that RS lets go when it ends, and that programs may not
 * send to. @see service_start() */
int service_start_once(const char *path, const char *label, struct mailbox *box,
    endpoint_t *ep);

/** Stop a service for good. @param[in] label its label @return as RS says */
int service_stop(const char *label);

/**
 * Stop a service and start it again: same label, new process.
 *
 * @param[in]  label  label
 * @param[out] ep     where it runs now
 * @return OK or an error of RS
 * @source own design
 */
int service_again(const char *label, endpoint_t *ep);
