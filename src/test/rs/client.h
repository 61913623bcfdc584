/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the tests of RS ask of it, and the service they ask it to start.
 */
#pragma once

#include <stdbool.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <proto/rs.h>

#define AGENT_PROGRAM "/test/rs-agent"

/**
 * Start an agent.
 *
 * @param[in] label  its label
 * @param[in] mode   how it behaves, see test/rs/agent.c
 * @param[in] flags  RSS_*
 * @param[in] period of heartbeats, ticks; 0: none
 * @return as RS says, or -ENOENT: no program
 */
int agent_up(const char *label, const char *mode, uint32_t flags,
    uint32_t period);

/** Make a request that has only a label. @return as RS says */
int label_request(int type, const char *label);

/**
 * Look a service up in RS's table.
 *
 * @param[in]  label  label
 * @param[out] info   its row; set only if it is there
 * @return whether it is there
 */
bool agent_info(const char *label, struct rs_info *info);

/** Wait until a service runs as another process than before, at most five
 * seconds. @return whether it does; *info is its row */
bool agent_again(const char *label, struct rs_info *info);
