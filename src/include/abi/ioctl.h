/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Device control requests. A request number tells direction and size of its
 * argument, so that VFS can grant exactly that memory to the driver.
 */
#pragma once

#include <stdint.h>

#define IOC_IN            0x40000000u /* the driver reads the argument */
#define IOC_OUT           0x80000000u /* the driver writes the argument */
#define IOC_SIZE(request) (((request) >> 16) & 0x3fffu)
#define IOC_MAKE(dir, group, nr, size)                                         \
	((dir) | ((uint32_t)(size) << 16) | ((uint32_t)(group) << 8) |         \
	    (uint32_t)(nr))

#define IOC_NONE(group, nr)    IOC_MAKE(0u, group, nr, 0)
#define IOC_R(group, nr, type) IOC_MAKE(IOC_OUT, group, nr, sizeof(type))
#define IOC_W(group, nr, type) IOC_MAKE(IOC_IN, group, nr, sizeof(type))
