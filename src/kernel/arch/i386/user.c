/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Access to user memory, see user.h: how the last one failed. */
#include "kernel/arch/i386/user.h"

struct user_fault user_fault;
