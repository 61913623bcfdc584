/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Block drivers. The library takes requests, checks them against the size of
 * the device, turns the single forms into vectors of one element, and calls
 * the driver with plain parameters.
 */
#pragma once

#include <lacuna/sef.h>
#include <proto/bdev.h>

/** A device or partition: a run of bytes on a drive. */
struct bdev_part {
	int64_t base;
	int64_t size;
};

/** A transfer between a drive and buffers that client granted. Position counts
 * from the beginning of the drive; it and every size are multiples of
 * BDEV_SECTOR, and all lies within the device. */
struct bdev_transfer {
	int minor;
	bool write;
	int64_t position;
	endpoint_t client;
	const struct bdev_vec *vec;
	uint32_t n; /**< elements of vec */
};

/** A driver, as the library sees it. */
struct blockdriver {
	const char *name;
	sef_cb_init_t init_fresh;
	sef_cb_init_t init_restart;
	int (*open)(int minor, bool write);
	int (*close)(int minor);
	/** Where a device lies; NULL: there is no such device. */
	const struct bdev_part *(*part)(int minor);
	/** *moved, 0 at entry, counts whole buffers also when it fails. */
	int (*transfer)(const struct bdev_transfer *t, uint32_t *moved);
	int (*flush)(int minor);
	void (*irq)(uint32_t lines); /**< outside of a transfer */
	sef_cb_alarm_t alarm;
	sef_cb_signal_handler_t signal;
	sef_cb_dump_t dump;
};

/**
 * Run a driver for ever.
 *
 * @param[in] drv  operations
 * @return never; int for main's sake
 * @source own design
 */
int blockdriver_run(const struct blockdriver *drv);

/**
 * Wait for an interrupt in the middle of a request. Requests that arrive
 * meanwhile are put off until this one is answered, see <lacuna/wait.h>; when
 * too many do, the last ones get -EAGAIN.
 *
 * @param[in] max  ticks to wait at least, more than 0; it may be twice that
 *
 * @retval OK          an interrupt, perhaps an old one: look at the device
 * @retval -ETIMEDOUT  there was none
 * @source own design
 */
int blockdriver_wait(clock_ticks max);
