/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The block device protocol: file servers (and VFS, for device nodes) to
 * block drivers. A request is sent in any way, and the answer is a message of
 * the driver. Data travels through grants the client makes to the driver.
 */
#pragma once

#include <proto/proto.h>

#define BDEV_CALLS(CALL)                                                       \
	CALL(BDEV_OPEN, bdev_open)                                             \
	CALL(BDEV_CLOSE, bdev_close)                                           \
	CALL(BDEV_READ, bdev_read)       /* one buffer */                      \
	CALL(BDEV_WRITE, bdev_write)     /* one buffer */                      \
	CALL(BDEV_GATHER, bdev_gather)   /* read into a vector of buffers */   \
	CALL(BDEV_SCATTER, bdev_scatter) /* write from a vector of buffers */  \
	CALL(BDEV_FLUSH, bdev_flush)     /* write caches reach the disk */     \
	CALL(BDEV_INFO, bdev_info)       /* size of a device */

enum bdev_call {
	BDEV_BEFORE_FIRST = BDEV_BASE - 1,
	BDEV_CALLS(PROTO_NUMBER) BDEV_END
};

#define BDEV_SECTOR  512 /* positions and sizes are multiples of this */
#define BDEV_VEC_MAX 64  /* elements of a vector */

/** One element of a vector. */
struct bdev_vec {
	cp_grant_id_t gid;
	uint32_t bytes;
};

/* A request has a number of its client's choice, which its answer repeats,
 * also when it is an error: so an answer that comes when nobody waits for it
 * any more is not taken for the next one. */
struct bdev_open_req {
	int32_t minor;
	int32_t write; /**< open: write access is wanted */
	uint32_t id;
};

struct bdev_open_rep {
	uint32_t id;
};

#define bdev_close_req bdev_open_req
#define bdev_close_rep bdev_open_rep
#define bdev_flush_req bdev_open_req
#define bdev_flush_rep bdev_open_rep

/* READ and GATHER want CPF_WRITE on the data, WRITE and SCATTER CPF_READ. */
struct bdev_read_req {
	int32_t minor;
	cp_grant_id_t gid; /**< data, or the vector (CPF_READ) */
	uint32_t bytes;    /**< vector forms: number of elements */
	uint32_t id;
	int64_t position;
};

/* Short only at the end of the device. */
struct bdev_read_rep {
	uint32_t id;
	uint32_t bytes;
};

#define bdev_write_req   bdev_read_req
#define bdev_write_rep   bdev_read_rep
#define bdev_gather_req  bdev_read_req
#define bdev_gather_rep  bdev_read_rep
#define bdev_scatter_req bdev_read_req
#define bdev_scatter_rep bdev_read_rep

#define bdev_info_req bdev_open_req

struct bdev_info_rep {
	uint32_t id;
	uint32_t unused;
	int64_t base; /**< first byte on the drive */
	int64_t size; /**< bytes */
};

BDEV_CALLS(PROTO_FITS)
