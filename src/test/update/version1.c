/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The agent as it begins. */
#include "test/update/agent.h"

const uint32_t agent_version = 1;
const int agent_init = OK;
