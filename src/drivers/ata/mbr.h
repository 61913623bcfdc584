/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The partition table in a drive's first sector.
 */
#pragma once

#include <lacuna/blockdriver.h>

#define MBR_PARTITIONS 4

/**
 * Read the table of primary partitions. What the table claims beyond the end
 * of the drive does not exist.
 *
 * @param[in]  sector  the first BDEV_SECTOR bytes of the drive
 * @param[in]  size    bytes on the drive
 * @param[out] part    a partition that is not there has size 0; all are so
 *                     when the sector has no table
 * @source the PC's master boot record, as described by IBM and Microsoft
 */
void mbr_parse(const uint8_t *sector, int64_t size,
    struct bdev_part part[MBR_PARTITIONS]);
