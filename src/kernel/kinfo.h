/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What there was at boot, for every room and for GET_KINFO and GET_IMAGE.
 */
#pragma once

#include <abi/getinfo.h>

/** Memory and sizes; kinfo.c. */
extern struct kinfo kinfo;

/** The boot services, by slot; kinfo.c. */
extern struct boot_image boot_image[NR_BOOT_PROCS];
