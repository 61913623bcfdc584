/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Character drivers. A driver fills in the operations it has; the library
 * starts it through SEF, takes requests from VFS alone, unpacks them, and
 * sends each one answer. An operation that cannot be finished at once returns
 * SUSPEND and is answered later with chardriver_reply().
 */
#pragma once

#include <lacuna/sef.h>
#include <proto/cdev.h>

/** One transfer or control request; lives as long as the driver wants. */
struct cdev_io {
	uint32_t id; /**< VFS's name of the request */
	int32_t minor;
	cp_grant_id_t gid; /**< of the data, made by VFS */
	uint32_t bytes;    /**< size of the data */
	uint32_t flags;    /**< CDEV_NONBLOCK */
	uint32_t request;  /**< ioctl only */
	endpoint_t user;   /**< who asked VFS */
	int32_t pgrp;      /**< open: its process group */
	int32_t tty;       /**< minor of its controlling terminal, or NO_TTY */
	int64_t position;
};

/** What an operation of a driver that cannot fail gives if -EIO is the answer
 * nevertheless, because the caller may not have what it asks for. */
#define CHARDRIVER_REFUSED (-1000)

/**
 * A driver, as the library sees it. Operations left NULL answer -ENODEV
 * (open), -EIO (read, write), -ENOTTY (ioctl); close and select always work.
 * moved and ready are 0 at entry.
 */
struct chardriver {
	const char *name;
	sef_cb_init_t init_fresh;
	sef_cb_init_t init_restart;
	int (*open)(const struct cdev_io *io);
	void (*close)(int minor);
	int (*read)(const struct cdev_io *io, uint32_t *moved);
	int (*write)(const struct cdev_io *io, uint32_t *moved);
	int (*ioctl)(const struct cdev_io *io);
	/** Answer the request soon, if it is still suspended. */
	void (*cancel)(int minor, uint32_t id);
	/** Which CDEV_OP_* of ops would not block? With CDEV_NOTIFY in ops, say
	 * so later, once, with chardriver_ready(). */
	void (*select)(int minor, uint32_t ops, uint32_t *ready);
	void (*irq)(uint32_t lines);
	sef_cb_alarm_t alarm;
	sef_cb_signal_handler_t signal;
	void (*notified)(endpoint_t from);
	sef_cb_dump_t dump;
	/** Nothing is behind it that could fail: an operation that gives -EIO
	 * is the driver's own fault. It ends, and RS starts it again. */
	bool cannot_fail;
};

/**
 * Run a driver for ever.
 *
 * @param[in] drv  operations
 * @return never; int for main's sake
 * @source own design
 */
int chardriver_run(const struct chardriver *drv);

/**
 * Answer a request that returned SUSPEND. Never blocks.
 *
 * @param[in] minor   device
 * @param[in] id      request
 * @param[in] status  OK or negative error
 * @param[in] bytes   moved
 * @source own design
 */
void chardriver_reply(int minor, uint32_t id, int status, uint32_t bytes);

/**
 * Tell VFS that operations it asked about are ready now. Never blocks.
 *
 * @param[in] minor  device
 * @param[in] ops    CDEV_OP_*
 * @source own design
 */
void chardriver_ready(int minor, uint32_t ops);
