/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the tests of live update ask of RS and of the agent.
 */
#pragma once

#include <stdbool.h>

#include <lacuna/sef_lu.h>

#include "test/rs/client.h"
#include "test/service/service.h"
#include "test/update/agent.h"

/** The agent under test, and where it ran last. */
extern endpoint_t agent_ep; /* client.c */

/** Start the agent. @return as RS says */
int agent_begin(void);

/** Stop the agent. @return as RS says */
int agent_finish(void);

/**
 * Make RS update a service; returns when that is over.
 *
 * @param[in] label  of the service
 * @param[in] state  for the update
 * @param[in] max    ticks; 0: RS's default
 * @return as RS says
 */
int update(const char *label, int state, clock_ticks max);

/** The same for the agent, in a child, with RSU_* flags: returns when the
 * agent has heard of it. @return the child's process number */
int update_start(int state, clock_ticks max, uint32_t flags);

/** Wait for the child. @return as RS has said */
int update_result(int pid);

/** Ask the agent for something without arguments. @return its answer */
int agent_ask(int type);

/** Tell the agent how to go on. @return its answer */
int agent_plan(const struct update_set_req *plan);

/** Look at the agent. @return what there is to see; zeros: no answer */
const struct update_look_rep *agent_look(void);

/** Has the agent's trace become this? If not, what it is, is reported. */
bool agent_traced(const char *trace);

/** Is the agent another process than before, and does it serve? From now on it
 * is this one that is asked. */
bool agent_replaced(void);

/** Is it the same process as before, and does it serve? */
bool agent_stays(void);
