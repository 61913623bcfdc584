/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Statistics, see counters.h. */
#include "kernel/counters.h"

struct kernel_counters counters;
