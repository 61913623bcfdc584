/* SPDX-License-Identifier: BSD-2-Clause */
/** @file An agent that does not start. */
#include "test/update/agent.h"

const uint32_t agent_version = 3;
const int agent_init = -EIO;
