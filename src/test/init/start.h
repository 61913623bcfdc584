/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the tests of initialisation and their service tell each other, in the
 * test's memory: what is to happen at each start, and what did.
 */
#pragma once

#include <stdint.h>

#include "test/probe/probe.h"
#include "test/service/service.h"

#define INIT_AGENT "/test/init-agent"
#define STARTS_MAX 8

/** How a callback is to end. */
enum start_end {
	END_RETURN, /**< the result */
	END_CRASH,  /**< a store where nothing is */
	END_LEAVE,  /**< sef_exit() with the result */
	END_LOOP,   /**< never, and it takes the processor */
	END_WAIT    /**< never, and it waits for nothing */
};

struct start_plan {
	uint32_t delay; /**< ticks before the end */
	uint32_t end;   /**< enum start_end */
	int32_t result;
};

/** What a callback was told. */
struct start_seen {
	uint32_t word; /**< the callback's own, see struct start_box */
	int32_t type;
	endpoint_t endpoint, old_endpoint;
	int32_t restarts;
	uint32_t listed; /**< rows of RS's table that name the service */
	int32_t stored;  /**< what came of a store into that table */
};

/** What a service that is up is to do. */
enum start_order {
	DO_NOTHING,
	DO_CRASH,
	DO_REPORT,
	DO_REPORT_ASYNC,
	DO_PROBE
};

struct start_box {
	struct mailbox box;
	uint32_t order;          /**< enum start_order */
	int32_t result;          /**< DO_REPORT: to report; then, the answer */
	struct probe_seen probe; /**< DO_PROBE: its answer */
	uint32_t word[3];        /**< of each callback, by enum sef_init_type */
	struct start_plan plan[STARTS_MAX];
	struct start_seen seen[STARTS_MAX];

	/* Written by the service at any time. */
	volatile uint32_t begun;  /**< callbacks that were called */
	volatile uint32_t ended;  /**< callbacks that have returned */
	volatile uint32_t served; /**< clock ticks it has seen when it was up */
	volatile uint32_t strays; /**< messages it had not asked for */
};
