/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Devices: which driver serves a major number, and requests to character
 * drivers. A request is known by its id; its worker waits for the answer,
 * nobody else does.
 */
#pragma once

#include <abi/types.h>
#include <lacuna/ipc.h>
#include <proto/cdev.h>

struct filp;
struct fproc;
struct user_io;
struct worker;

/** Driver of a block device. @param[in] dev number @return endpoint, or NONE:
 * there is none, or it drives no blocks */
endpoint_t dev_driver(uint32_t dev);

/** Memory of a process that goes with a request. */
struct dev_memory {
	endpoint_t who;
	vir_bytes addr;
	uint32_t bytes;
	int access; /**< CPF_* for the driver; 0: there is none */
};

/**
 * Make a request of a character driver and wait for the answer. Blocks the
 * worker.
 *
 * While the driver is coming back the request waits, at most PATIENCE; but not
 * CLOSE, for the next driver has nothing open, nor a transfer that shall not
 * block. When a driver dies over a request, that is made again of the next
 * one. So what a read had taken from the device is lost, and what a write had
 * put there may be there twice: for a terminal or a log that is better than
 * not at all. After a few deaths in a row it fails: they may be its fault.
 *
 * @param[in]  fp     process it is for
 * @param[in]  dev    device; the controlling terminal is resolved
 * @param[in]  type   CDEV_*
 * @param[in]  req    parameters; id, minor, user and grant are filled in
 * @param[in]  mem    what the grant is for
 * @param[out] bytes  result, on success; may be NULL
 *
 * @retval -ENXIO   OPEN: no driver, or no controlling terminal
 * @retval -EIO     no driver; it does not come back in time, does not answer
 *                  in time, answers what cannot be, or dies again and again
 * @retval -EAGAIN  it is coming back, and the request shall not block
 * @retval -EINTR   a signal interrupted it
 * @return otherwise the driver's status, or as user_grant()
 */
int dev_call(struct fproc *fp, uint32_t dev, int type, struct cdev_req *req,
    const struct dev_memory *mem, uint32_t *bytes);

/**
 * Open a device for a file that is being opened.
 *
 * @param[in] fp     process
 * @param[in] dev    device
 * @param[in] flags  O_*
 * @return as dev_call()
 */
int dev_open(struct fproc *fp, uint32_t dev, uint32_t flags);

/** Close a device. @param[in] fp process @param[in] dev device */
void dev_close(struct fproc *fp, uint32_t dev);

/**
 * Read or write a character or block device for a process.
 *
 * @param[in]     fp     process
 * @param[in]     f      open file
 * @param[in]     write  direction
 * @param[in,out] io     what; moved is set on success
 * @return as dev_call()
 */
int dev_io(struct fproc *fp, struct filp *f, bool write, struct user_io *io);

/** Which operations would not block? @param[in] fp process
 * @param[in] dev device @param[in] ops CDEV_OP_*, CDEV_NOTIFY @return ops */
uint32_t dev_select(struct fproc *fp, uint32_t dev, uint32_t ops);

/** Is a message from a driver? Then see to it. @param[in] m message
 * @return whether it was */
bool dev_answer(const struct message *m);

/**
 * Has a worker that waits for a character driver waited too long? Then it
 * waits no more.
 *
 * @param[in] w  worker
 * @return whether it still waits, and not for ever
 */
bool dev_look(struct worker *w);

/** A service has died. @param[in] ep endpoint */
void dev_died(endpoint_t ep);

/** Ask the driver a worker waits for to be quick. @param[in] w worker */
void dev_cancel(struct worker *w);
