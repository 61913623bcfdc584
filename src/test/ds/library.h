/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a service does through <lacuna/ds.h>, one step after the other, and
 * what comes of each step. The service puts results into its program's memory
 * where the program compares them: test/ds/calls.c and test/ds/library.c.
 */
#pragma once

#include "test/service/service.h"

#define LIBRARY_PROGRAM "/test/ds-caller"
#define LIBRARY_STEPS   96
#define LIBRARY_NAME    28
#define LIBRARY_KILLS   8 /* of DS, in the scenario of crashes */

/** One step: its name, what came of it. */
struct library_step {
	char name[LIBRARY_NAME];
	int32_t result;
};

/** The service's report. */
struct library_report {
	struct mailbox box;
	uint32_t what; /**< which scenario */
	uint32_t steps;
	struct library_step step[LIBRARY_STEPS];
};

/** Scenarios. */
enum library_scenario {
	LIBRARY_VALUES = 1, /**< numbers, strings, labels */
	LIBRARY_MEMORY,     /**< copied ranges */
	LIBRARY_MAPS,       /**< mapped ranges and snapshots */
	LIBRARY_EVENTS,     /**< subscriptions */
	LIBRARY_NAMELESS,   /**< calls of who has no label */
	LIBRARY_RESTART,    /**< DS is started again */
	LIBRARY_CRASHES     /**< DS is killed all the time */
};
