/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The character device protocol: VFS to character drivers. VFS never waits:
 * it sends a request with an id, the driver answers when it can with a
 * message of its own, CDEV_REPLY, that repeats the id. Several requests may
 * be outstanding at a driver. Every request is answered exactly once;
 * cancelling one makes its answer come soon.
 */
#pragma once

#include <proto/proto.h>

enum cdev_request {
	CDEV_OPEN = CDEV_BASE, /* minor, flags, user */
	CDEV_CLOSE,            /* minor */
	CDEV_READ,             /* minor, gid, bytes, position, flags */
	CDEV_WRITE,            /* minor, gid, bytes, position, flags */
	CDEV_IOCTL,            /* minor, gid, request, flags, user */
	CDEV_CANCEL,           /* minor, id of the request to cancel: no answer
	                          of its own; the request answers -EINTR */
	CDEV_SELECT,           /* minor, ops */
	CDEV_END,
};

#define CDEV_NONBLOCK 1u /* flags: fail with -EAGAIN instead of waiting */
#define CDEV_NOCTTY   2u /* flags of OPEN */

/* Operations of SELECT. */
#define CDEV_OP_RD  1u
#define CDEV_OP_WR  2u
#define CDEV_OP_ERR 4u
#define CDEV_NOTIFY 8u /* answer again when one becomes ready */

struct cdev_req {
	uint32_t id; /**< chosen by VFS */
	int32_t minor;
	cp_grant_id_t gid;
	uint32_t bytes;
	uint32_t flags;   /**< CDEV_*, or ops of SELECT */
	uint32_t request; /**< of IOCTL */
	endpoint_t user;  /**< on whose behalf */
	int32_t pgrp;     /**< of OPEN: its process group */
	int32_t tty; /**< minor of its controlling terminal, or NO_TTY: none,
	                or not this driver's */
	int64_t position;
};

#define NO_TTY (-1)

enum cdev_reply {
	CDEV_REPLY = CDEV_REPLY_BASE, /* answer to request id */
	CDEV_SELECT_READY,            /* minor, bytes = ops: later news */
};

struct cdev_rep {
	uint32_t id;
	int32_t minor;
	int32_t status; /**< OK or negative error. -ECALLAGAIN: the user may
	                   not do that now, and a signal is on its way */
	uint32_t bytes; /**< moved; SELECT: operations that are ready */
};

_Static_assert(sizeof(struct cdev_req) <= MSG_BODY, "CDEV request");
_Static_assert(sizeof(struct cdev_rep) <= MSG_BODY, "CDEV reply");
