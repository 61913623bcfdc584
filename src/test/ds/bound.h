/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory of DS, counted by a test along with it: what is published,
 * overwritten, deleted, photographed and refused, in an order nobody knows.
 */
#pragma once

#include "test/ds/agent.h"

/**
 * A hundred requests, then all memory once more. Rules: walk, all.
 *
 * @param[in] a       who makes them
 * @param[in] mapped  with mapped ranges and snapshots
 */
void bound_walk(struct agent *a, bool mapped);
