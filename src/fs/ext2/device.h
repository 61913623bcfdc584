/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The device a file system is on. Its driver may die: then the request is
 * repeated at the next one, so that users of the files notice nothing but the
 * delay. It may hang, or lie: then a request fails, after a limit. Whatever
 * blocks here answers pings meanwhile, see <lacuna/wait.h>.
 */
#pragma once

#include <abi/types.h>

#define DEVICE_VEC 32u /* pieces of one transfer */

/** Memory to be moved; a multiple of BDEV_SECTOR. */
struct device_piece {
	void *data;
	uint32_t bytes;
};

/**
 * Open the device. Blocks.
 *
 * @param[in] dev       device number
 * @param[in] driver    who serves it
 * @param[in] readonly  nothing will be written
 *
 * @retval OK       open
 * @retval -EIO     the driver is dead and did not come back, or is silent
 * @return or what the driver says (-ENXIO: there is no such device)
 * @source own design
 */
int device_open(uint32_t dev, endpoint_t driver, bool readonly);

/** Close it. @source own design */
void device_close(void);

/** The device has a new driver. @source own design */
void device_driver_set(uint32_t dev, endpoint_t driver);

/**
 * Read or write consecutive bytes of the device. Blocks; for at most 40 s when
 * the driver has died or hangs. Once it has done so a request fails at once, or
 * after at most 2 s.
 *
 * @param[in] write     direction
 * @param[in] position  first byte, multiple of BDEV_SECTOR
 * @param[in] piece     where the bytes are, or go to
 * @param[in] n         1 to DEVICE_VEC
 *
 * @retval OK    all moved
 * @retval -EIO  not all: the drive failed, the device ends before, or the
 *               driver is gone for good or makes no sense
 * @source own design
 */
int device_move(bool write, int64_t position, const struct device_piece *piece,
    uint32_t n);

/** Let what was written reach the disk. @retval -EIO  it did not */
int device_flush(void);
