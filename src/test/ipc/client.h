/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test's side of its agents: write a script, let it run, look at what it
 * did. An agent whose script blocks is left alone with agent_go(); when
 * agent_blocked() says so, the next agent can begin.
 */
#pragma once

#include <stdbool.h>

#include "test/ipc/agent.h"

/** A service under the test's thumb. */
struct agent {
	endpoint_t ep;
	int pid;
	struct script script;
};

/** The agents of a test: three are enough for all. */
extern struct agent a, b, c;

/**
 * Begin a test: open its stream and start the agents a, b and c. If that
 * fails, so does the test: it reports why and ends.
 *
 * @param[in] argc, argv  of main()
 * @param[in] test        name of the test
 */
void agents_open(int argc, char **argv, const char *test);

/** End a test: the agents go. @return exit status of the program */
int agents_close(void);

/** Start one agent, again. @param[out] who it @param[in] label its label
 * @return as RS says */
int agent_start(struct agent *who, const char *label);

/** Kill an agent; returns when it is gone, blocked or not.
 * @param[in,out] who it */
void agent_kill(struct agent *who);

/**
 * Append an operation to an agent's script.
 *
 * @param[in,out] who   whose
 * @param[in]     call  primitive or OP_*
 * @param[in]     peer  for or from whom
 * @param[in]     type  of the message
 * @return the operation, for more parameters, and for its result later
 */
struct script_op *op(struct agent *who, int call, endpoint_t peer, int type);

/** The same, with the parameter arg. @see op() */
struct script_op *op_arg(struct agent *who, int call, int arg);

/** Append: fill an entry of the table for SENDA. @see op() */
struct script_op *op_entry(struct agent *who, int arg, endpoint_t peer,
    uint32_t flags, int type);

/** Let a script run, and do not wait. */
void agent_go(struct agent *who);

/** Wait until a script has run, at most a few seconds.
 * @return whether it has; the next op() begins a new one */
bool agent_done(struct agent *who);

/** Let a script run to its end. @return whether it did */
bool agent_run(struct agent *who);

/** Wait until an agent is blocked on somebody, at most a few seconds.
 * @param[in] who it @param[in] peer on whom, or ANY @return whether it is */
bool agent_blocked(const struct agent *who, endpoint_t peer);

/** Has an operation received this? @param[in] o operation
 * @param[in] from source @param[in] type type @return whether it has */
bool got(const struct script_op *o, endpoint_t from, int type);
