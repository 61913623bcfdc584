/* SPDX-License-Identifier: BSD-2-Clause */
/** @file A newer agent. */
#include "test/update/agent.h"

const uint32_t agent_version = 2;
const int agent_init = OK;
