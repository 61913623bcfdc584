/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the stand-in for the system has seen.
 */
#pragma once

#include <stddef.h>

#define EXEC_FRAME_MAX 65536

/* The frame of the last PM_EXEC, in linux.c. */
extern char exec_frame[EXEC_FRAME_MAX];
extern size_t exec_frame_len;
