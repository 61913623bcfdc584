/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The block device protocol: file servers (and VFS, for device nodes) to
 * block drivers. The client blocks until the answer. Data travels through
 * grants the client makes to the driver.
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

struct bdev_open_req {
	int32_t minor;
	int32_t write; /**< write access is wanted */
};

#define bdev_open_rep no_payload

struct bdev_close_req {
	int32_t minor;
};

#define bdev_close_rep no_payload

/* READ and GATHER want CPF_WRITE on the data, WRITE and SCATTER CPF_READ. */
struct bdev_read_req {
	int32_t minor;
	cp_grant_id_t gid; /**< data, or the vector (CPF_READ) */
	uint32_t bytes;    /**< vector forms: number of elements */
	uint32_t unused;
	int64_t position;
};

/* Short only at the end of the device. */
struct bdev_read_rep {
	uint32_t bytes;
};

#define bdev_write_req   bdev_read_req
#define bdev_write_rep   bdev_read_rep
#define bdev_gather_req  bdev_read_req
#define bdev_gather_rep  bdev_read_rep
#define bdev_scatter_req bdev_read_req
#define bdev_scatter_rep bdev_read_rep

struct bdev_flush_req {
	int32_t minor;
};

#define bdev_flush_rep no_payload

struct bdev_info_req {
	int32_t minor;
};

struct bdev_info_rep {
	int64_t base; /**< first byte on the drive */
	int64_t size; /**< bytes */
};

BDEV_CALLS(PROTO_FITS)
