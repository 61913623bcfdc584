/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Lives of DS in its unit tests: a process of the host for each. */
#pragma once

#include <stddef.h>

/** Memory, zeros, that all lives share. */
void *life_shared(size_t bytes);

/** Live in a process of one's own. @return its exit status; -1: there was no
 * process, or it did not exit */
int life_run(void (*living)(void));
