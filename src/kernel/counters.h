/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Statistics. Nothing in the kernel depends on them.
 */
#pragma once

#include <abi/getinfo.h>

/** Events since boot, as GET_KCOUNTERS tells them; switches are filled in
 * then. */
extern struct kernel_counters counters;
