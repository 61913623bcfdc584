/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test's side of test/init/start.h. A test reports what it sees, and says at
 * once what it should have been, with the EXPECT_ macros of
 * test/report/check.h.
 */
#pragma once

#include <stdbool.h>

#include <lacuna/sef.h>

#include "test/init/start.h"
#include "test/report/report.h"
#include "test/rs/client.h"

/** The box of the agent, one at a time. */
extern struct start_box start;

/** Where the agent runs, as RS has said. */
extern endpoint_t agent;

/** Begin a test. @param[in] argc, argv of main() @param[in] name its name */
void test_begin(int argc, char **argv, const char *name);

/** The word of this run that a callback hands on; for the host,
 * u32('word', TYPE). @param[in] type enum sef_init_type */
uint32_t word_of(int type);

/** Empty the box: the plan is to return OK at once, nothing was seen. */
void start_clear(void);

/**
 * Start an agent that works for the calling process.
 *
 * @param[in] label  its label
 * @return as RS says
 */
int start_up(const char *label);

/** Wait until so many starts have begun, at most ten seconds. @return they
 * have */
bool starts_wait(uint32_t begun);

/** Wait until the agent serves, at most ten seconds. @return it does */
bool served_wait(void);

/** Is there a service of that label? The row goes to info, unless NULL. */
bool listed(const char *label, struct rs_info *info);

/** Wait until there is one, at most ten seconds. @return there is one */
bool listed_wait(const char *label, struct rs_info *info);

/** Wait until there is none, at most ten seconds. @return there is none */
bool gone_wait(const char *label);

/** Time since boot. @return milliseconds */
uint32_t now_ms(void);
