/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The driver's two halves: the controller, which carries out one command at a
 * time, and drives, which know what is where.
 */
#pragma once

#include "drivers/ata/mbr.h"

#define NR_DRIVES 2

/** A drive on the primary channel. */
struct drive {
	bool probed;
	bool present;
	bool slave;
	bool fresh;         /**< partition table was read a moment ago */
	uint32_t block;     /**< sectors per interrupt, after SET MULTIPLE */
	uint32_t max_block; /**< most the drive can do */
	uint32_t resets;    /**< of the controller, before SET MULTIPLE */
	int64_t size;       /**< bytes */
	uint32_t opens;
	struct bdev_part whole;
	struct bdev_part part[MBR_PARTITIONS];
};

/** Data of a transfer: where the next bytes are, among granted buffers. */
struct stream {
	endpoint_t client; /**< SELF: own is the one buffer */
	const struct bdev_vec *vec;
	uint8_t *own;
	uint32_t index;  /**< buffer */
	uint32_t offset; /**< in it */
};

#define COMMAND_SECTORS 256 /* one command moves at most so many */

/**
 * Claim the interrupt and let the controller raise it.
 *
 * @retval OK  ready
 * @return or an error of sys_irqsetpolicy() or sys_devio()
 * @source ATA/ATAPI-6
 */
int controller_init(void);

/**
 * Ask a drive who it is, without interrupts and without waiting long for one
 * that is not there.
 *
 * @param[in]  slave  which drive
 * @param[out] id     its answer, of 256 words
 *
 * @retval OK      here it is
 * @retval -ENXIO  no such drive, or not one with sectors
 * @source ATA/ATAPI-6 8.15
 */
int controller_identify(bool slave, uint16_t id[256]);

/**
 * Let a drive interrupt only after several sectors. Blocks.
 *
 * @param[in,out] d  block is set: to 1 if the drive refuses
 * @source ATA/ATAPI-6 8.39
 */
void controller_set_multiple(struct drive *d);

/**
 * Move sectors with one command. Blocks, but not for ever.
 *
 * @param[in]     d       drive
 * @param[in]     write   direction
 * @param[in]     lba     first sector
 * @param[in]     n       sectors, 1 to COMMAND_SECTORS
 * @param[in,out] s       moves on
 * @param[in,out] moved   counts bytes that are known to have got there
 *
 * @retval OK    all moved
 * @retval -EIO  the drive reported an error, or was silent and has been reset
 * @return or an error of sys_sdevio(): memory was not what a grant promised
 * @source ATA/ATAPI-6 9.4, 9.5
 */
int controller_transfer(struct drive *d, bool write, uint32_t lba, uint32_t n,
    struct stream *s, uint32_t *moved);

/** Write the drive's own cache. Blocks. @retval -EIO  as above */
int controller_flush(struct drive *d);
