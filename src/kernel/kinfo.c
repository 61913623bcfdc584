/* SPDX-License-Identifier: BSD-2-Clause */
/** @file What there was at boot, see kinfo.h. */
#include "kernel/kinfo.h"

struct kinfo kinfo;
struct boot_image boot_image[NR_BOOT_PROCS];
