/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What can be said of one frame at a checkpoint, for people: VM's count, and
 * every entry that maps it, with whose it is.
 */
#pragma once

#include "grader/oracle/oracle.h"

/**
 * Tell it.
 *
 * @param[in]  o     the oracle
 * @param[in]  s     the checkpoint
 * @param[in]  frame number
 * @param[out] to    text, cut off where there is no more room
 * @param[in]  size  of to
 */
void frame_story(const struct oracle *o, const struct snapshot *s,
    uint32_t frame, char *to, size_t size);
