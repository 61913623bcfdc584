/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that takes each event in one of the ways there are:
 *
 *     sef-agent EVENT FORM
 *
 * EVENT is fresh, restart, ping, signal, alarm or dump; FORM is own, a callback
 * of its own that counts, or one of the predefined ones. "setter none" sets no
 * callback at all, and "setter late" sets one when it has started.
 */
#pragma once

#include <abi/message.h>

enum agent_request {
	AGENT_COUNTS = 1, /* answered by a struct agent_counts */
	AGENT_ALARM,      /* have the clock ring, soon */
	AGENT_DUMP        /* ask another for a dump: struct agent_dump */
};

struct agent_counts {
	int32_t pings, signals, alarms, dumps;
	int32_t work; /**< notifications of CLOCK that were work */
	int32_t signo;
};

struct agent_dump {
	endpoint_t ep;
};
