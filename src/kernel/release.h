/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The end of a process: every room that keeps something of it lets it go.
 */
#pragma once

#include "kernel/proc.h"

/**
 * Free a slot, with its privileges, interrupt lines and FPU state.
 *
 * @param[in,out] p  ipc_remove() has been called for it
 * @source own design
 */
void release_proc(struct proc *p);
