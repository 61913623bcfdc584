/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Which slots of the process table are in use, see slots.h. */
#include "servers/pm/slots.h"

uint32_t slots_used[NR_PROCS / SLOT_BITS];
