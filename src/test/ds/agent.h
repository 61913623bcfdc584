/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Agents: services that do what a test program tells them to do with the
 * data store. A program has no label and cannot talk to DS; its agents can.
 *
 * The program fills in a struct agent_op, which is a mailbox. Calls are made
 * message by message, without the library, so that a test can also say what
 * the library would refuse; test/ds/caller.c uses the library. This header is
 * long because it says what all the tests do. This is where traps are caught:
 *
 * trap                                              test
 * ds-trap-1  an anchor of the expression is lost    match_test, ds-match
 * ds-trap-2  another subscription is cleared        ds-two
 * ds-trap-3  a NUL is stored beside the value       ds-keylen
 * ds-trap-4  the grant of a map is revoked at once  ds-library, ds-live
 * ds-trap-5  the ring of snapshots is too long      map_test, ds-snapshot
 * ds-trap-6  a length is not set                    ds-mem, ds-map
 * ds-trap-7  a reported key has no NUL              ds-check, ds-library
 * ds-trap-8  a failed overwrite loses the old       mem_test, ds-memkeep
 * ds-trap-9  memory without bounds                  mem_test, ds-membound
 * ds-trap-10 who has no label has no name           store_test, ds-library
 * ds-trap-11 a failed subscription harms the old   subscribe_test, ds-suberrors
 * ds-trap-12 a dead service's entries: told, freed  ds-gone, ds-leak
 * ds-trap-13 two restrictions with one bit          perm_test, ds-snapshot
 * ds-trap-14 labels of the boot belong to DS        delete_test, ds-command
 * ds-trap-15 the type is part of the key            ds-types, ds-delete
 * ds-trap-16 results are written on errors          ds-library
 * ds-trap-17 one check for many changes             ds-check, ds-two, ds-gone
 * ds-trap-18 labels one to one, both ways           store_test
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <proto/ds.h>

#include "test/report/nonce.h"
#include "test/service/service.h"

#define AGENT_PROGRAM  "/test/ds-agent"
#define AGENT_KEY_ROOM 120 /* more than DS takes */
#define AGENT_LIST_MAX 128 /* calls at a time */

/* Memory of an agent: a range that it publishes, and a window that it copies
 * or maps to. A little more than DS takes. */
#define AGENT_MEMORY (DS_MAX_MEMLEN + 4096)
#define AGENT_BLANK  0xee /* the window before a copy */

/** Calls that have nothing to do with DS. */
enum agent_call {
	AGENT_NOTHING,   /**< only tell about notifications */
	AGENT_LIST,      /**< do a list of calls */
	AGENT_ENTRIES,   /**< list the store with DS_LIST */
	AGENT_POKE,      /**< copy to the range */
	AGENT_PEEK,      /**< copy from the window */
	AGENT_MAP,       /**< map what was retrieved to the window */
	AGENT_MAP_WRITE, /**< the same, to write there */
	AGENT_UNMAP,     /**< undo that */
	AGENT_STORE,     /**< copy through the grant of what was retrieved */
	AGENT_REVOKE     /**< take back the grant of the published range */
};

/** One call. */
struct agent_op {
	int32_t call;      /**< DS_*, or AGENT_* */
	endpoint_t ds;     /**< where DS runs */
	uint32_t nameless; /**< done by a child that has no label */
	uint32_t flags;    /**< DSF_* */
	uint32_t keylen;   /**< bytes of key, as DS is told; DS_CHECK: room */
	uint32_t keygrant; /**< of those: what DS gets a grant for */
	char key[AGENT_KEY_ROOM];
	union ds_value value; /**< to publish */
	uint32_t len;         /**< of memory; of a list: calls */
	uint32_t granted;     /**< of that: what DS gets a grant for */
	uint32_t access;      /**< CPF_* of that grant; 0: what DS needs */
	int32_t snapshot;
	vir_bytes memory; /**< of the program: to poke from, to peek to, a list,
	                     where entries go */
	uint32_t offset;  /**< in the range or window */

	int32_t result; /**< OK or a negative error */
	union ds_value got;
	uint32_t sum;              /**< agent_sum() of the memory retrieved */
	char name[AGENT_KEY_ROOM]; /**< key from DS, all of the buffer */
	uint32_t type;
	endpoint_t owner;
	vir_bytes range, window; /**< where they are in the agent */
};

/** What an agent looks at: a call, and notifications from DS since the last. */
struct agent_work {
	struct mailbox box;
	uint32_t notified;
	struct agent_op op;
};

/** One agent, as its program sees it. */
struct agent {
	char label[16];
	endpoint_t ep;
	struct agent_work work;
	struct agent_op op; /**< the last call with its results */
	uint32_t notified;  /**< notifications before that */
	struct agent_op list[AGENT_LIST_MAX]; /**< calls to be done together */
	uint32_t calls;                       /**< in the list */
	bool done;                            /**< the list was done */
};

/** A sum over bytes that two sides can compare. @param[in] p, len the bytes
 * @return the sum */
uint32_t agent_sum(const uint8_t *p, uint32_t len);

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

/** Stop an agent for good, and wait until DS knows, too.
 * @param[in] a the agent @param[in,out] other asks DS; its `notified` counts
 * all notifications meanwhile
 * @return as RS says, or -EAGAIN: DS still has its label */
int agent_stop_seen(struct agent *a, struct agent *other);

/** Stop an agent and start it again: same label, new process.
 * @param[in,out] a the agent @return as RS says */
int agent_restart(struct agent *a);

/** Do a->op as it is. @param[in,out] a who @return as DS says */
int agent_do(struct agent *a);

/** Set the key of a call, granted as a whole. @param[out] op the call */
void agent_key(struct agent_op *op, const char *key);

/** Begin a call in a->op: all fields zero but these. @param[in] call DS_* or
 * AGENT_* @param[in] key "" if there is none @return a->op */
struct agent_op *agent_prepare(struct agent *a, int call, const char *key,
    uint32_t flags);

/** Add a call to a list, for agent_run(). @see agent_prepare()
 * @return the call; others may be added before it is filled in */
struct agent_op *agent_add(struct agent *a, int call, const char *key,
    uint32_t flags);

/** Do the list, whose results stay there until the next agent_add(). A test
 * whose agent cannot be reached ends. @return a->list */
const struct agent_op *agent_run(struct agent *a);

/**
 * Publish a number. The agent's other calls are alike: they return what DS,
 * or the kernel, says, and leave the rest in a->op.
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

/** Delete an entry of a type. @see agent_publish() */
int agent_delete(struct agent *a, const char *key, uint32_t type);

/** Subscribe. @see agent_publish() */
int agent_subscribe(struct agent *a, const char *regex, uint32_t flags);

/** Fetch a change: key in a->op.name, type in a->op.type.
 * @see agent_publish() */
int agent_check(struct agent *a);

/** Have DS started again; the agents ask the new one. @return as RS says */
int agent_ds_again(void);

/** Notifications since the agent's last call.
 * @param[in,out] a who @return how many */
unsigned int agent_notified(struct agent *a);

/**
 * Publish the beginning of the agent's range, copied or mapped.
 *
 * @param[in,out] a      who
 * @param[in]     key    key
 * @param[in]     len    how much
 * @param[in]     flags  DSF_TYPE_MEM or _MAP, DSF_PRIV_*, DSF_OVERWRITE
 * @return as DS says
 */
int agent_publish_memory(struct agent *a, const char *key, uint32_t len,
    uint32_t flags);

/**
 * Retrieve memory to the agent's window: got.mem.len says how much.
 *
 * @param[in,out] a      who
 * @param[in]     key    key
 * @param[in]     len    room in the window
 * @param[in]     flags  DSF_TYPE_MEM or _MAP, DSMF_*; DSMF_MAP_MAPPED only
 *                       asks for the grant
 * @return as DS says
 */
int agent_retrieve_memory(struct agent *a, const char *key, uint32_t len,
    uint32_t flags);

/** Retrieve a snapshot. @see agent_retrieve_memory() */
int agent_retrieve_snapshot(struct agent *a, const char *key, int32_t nr);

/** Take a snapshot; its number, or the error. @see agent_publish() */
int agent_snapshot(struct agent *a, const char *key);

/** Retrieve a live range of len bytes and map it. @param[in] write AGENT_MAP
 * or AGENT_MAP_WRITE @return as DS or the kernel says */
int agent_map(struct agent *a, const char *key, uint32_t len, int write);

/** AGENT_UNMAP, AGENT_REVOKE. @return as the kernel says */
int agent_call(struct agent *a, int call);

/** Fill the agent's range. @param[in] from memory @param[in] len of it
 * @return OK or an error of the copy */
int agent_poke(struct agent *a, const void *from, uint32_t len);

/** Look into the agent's window. @see agent_poke() */
int agent_peek(struct agent *a, void *to, uint32_t len);

/** The same, and report it as an observation: "error" and why, or a byte.
 * @param[in] offset of the byte */
void agent_report_byte(struct agent *a, uint32_t offset, const char *name);

/** Fill the range with a byte. */
int agent_fill(struct agent *a, int byte, uint32_t len);

/** Report len bytes of the window as a digest. */
void agent_report_digest(struct agent *a, uint32_t len, const char *name);

/** Tell the host where the agent's range or window is, for checkpoints.
 * @param[in] name of the place @param[in] window or the range */
void agent_place(const struct agent *a, const char *name, bool window,
    uint32_t len);

/**
 * Retrieve a number and report it as an observation: the number, or "error"
 * and what DS says.
 *
 * @param[in,out] a    who
 * @param[in]     key  key
 * @param[in]     name of the observation
 */
void agent_report(struct agent *a, const char *key, const char *name);

/**
 * Begin a test: open its stream, have DS started again, so that the store is
 * empty, and start two agents, whose labels are the test's name without "ds-",
 * and ".a" or ".b". If that fails, so does the test: it reports why and ends.
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

/** Where DS runs. */
endpoint_t agents_ds(void);

/**
 * A key of this run: nonce_key().
 *
 * @param[in] label of the keys, a constant
 * @param[in] i     which
 * @return the key, valid until many other keys have been asked for
 */
const char *key_of(const char *label, unsigned int i);

/**
 * An expression that matches the keys of a label, and no others.
 *
 * @param[in] label of the keys
 * @return the expression, valid until the next call
 */
const char *pattern_of(const char *label);

/**
 * An expression that matches one key.
 *
 * @param[in]  key  the key
 * @param[out] to   twice as many bytes, and one
 * @return to
 */
const char *literally(const char *key, char *to);

/** A number of this run. @param[in] i which @return the number */
uint32_t value_of(unsigned int i);
