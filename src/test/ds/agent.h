/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Agents: services that do what a test program tells them to do with the
 * data store. A program has no label and cannot talk to DS; its agents can.
 *
 * The program fills in a struct agent_op, which is a mailbox. Calls are made
 * message by message, without the library, so that a test can also say what
 * the library would refuse.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <proto/ds.h>

#include "test/service/service.h"

#define AGENT_PROGRAM  "/test/ds-agent"
#define AGENT_KEY_ROOM 120 /* more than DS takes */

/** One call. */
struct agent_op {
	struct mailbox box;
	int32_t call;    /**< DS_*, or 0: only tell about notifications */
	uint32_t flags;  /**< DSF_* */
	uint32_t keylen; /**< bytes of key that are granted */
	char key[AGENT_KEY_ROOM];
	union ds_value value; /**< to publish */

	int32_t result; /**< OK or a negative error */
	union ds_value got;
	char name[AGENT_KEY_ROOM]; /**< key from DS, all of the buffer */
	uint32_t type;
	endpoint_t owner;
	uint32_t notified; /**< notifications from DS since the last op */
};

/** One agent, as its program sees it. */
struct agent {
	char label[16];
	endpoint_t ep;
	struct agent_op op; /**< the last call with its results */
};

/**
 * Start an agent. May block.
 *
 * @param[out] a      the agent
 * @param[in]  label  its label
 * @return OK, or an error of RS or of reading the program
 * @source own design
 */
int agent_start(struct agent *a, const char *label);

/** Stop an agent for good. @param[in] a the agent @return as RS says */
int agent_stop(struct agent *a);

/** Stop an agent and start it again: same label, new process.
 * @param[in,out] a the agent @return as RS says */
int agent_restart(struct agent *a);

/**
 * Publish a number.
 *
 * @param[in,out] a      who
 * @param[in]     key    key
 * @param[in]     value  value
 * @param[in]     flags  DSF_PRIV_*, DSF_OVERWRITE
 * @return as DS says
 */
int agent_publish(struct agent *a, const char *key, uint32_t value,
    uint32_t flags);

/** Publish a string. @see agent_publish() */
int agent_publish_str(struct agent *a, const char *key, const char *value,
    uint32_t flags);

/** Retrieve an entry of a type into a->op.got. @see agent_publish() */
int agent_retrieve(struct agent *a, const char *key, uint32_t type);

/**
 * Retrieve a number and report it as an observation: the number, or "error"
 * and what DS says.
 *
 * @param[in,out] a    who
 * @param[in]     key  key
 * @param[in]     name of the observation
 */
void agent_report(struct agent *a, const char *key, const char *name);

/** Delete an entry of a type. @see agent_publish() */
int agent_delete(struct agent *a, const char *key, uint32_t type);

/** Subscribe. @see agent_publish() */
int agent_subscribe(struct agent *a, const char *regex, uint32_t flags);

/** Fetch a change: key in a->op.name, type in a->op.type.
 * @see agent_publish() */
int agent_check(struct agent *a);

/** Notifications since the agent's last call.
 * @param[in,out] a who @return how many */
unsigned int agent_notified(struct agent *a);

/** Do a->op as it is. @param[in,out] a who @return as DS says */
int agent_do(struct agent *a);

/**
 * Begin a test: open its stream and start two agents, whose labels are the
 * test's name without "ds-", and ".a" or ".b". If that fails, so does the
 * test: it reports why and ends.
 *
 * @param[in]  argc, argv  of main()
 * @param[in]  test        name of the test
 * @param[out] a, b        the agents
 */
void agents_open(int argc, char **argv, const char *test, struct agent *a,
    struct agent *b);

/**
 * End a test: stop the agents, close the stream.
 *
 * @param[in] a, b  agents, or NULL: stopped already
 * @return exit status of the program
 */
int agents_close(struct agent *a, struct agent *b);

/**
 * A key of this run: a prefix and eight letters.
 *
 * @param[in] prefix up to 20 characters
 * @param[in] i      which
 * @return the key, valid until the fourth call from here
 */
const char *key_of(const char *prefix, unsigned int i);

/** A number of this run. @param[in] i which @return the number */
uint32_t value_of(unsigned int i);
