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

/** Driver of a device. @param[in] dev number @return endpoint, or NONE */
endpoint_t dev_driver(uint32_t dev);

/**
 * Send a request to a character driver and wait for the answer.
 *
 * @param[in]  fp     process it is for
 * @param[in]  dev    device; the controlling terminal is resolved
 * @param[in]  type   CDEV_*
 * @param[in]  req    parameters; id, minor and user are filled in
 * @param[out] bytes  result, on success; may be NULL
 *
 * @retval -ENXIO  no driver, or no controlling terminal
 * @retval -EIO    the driver is dead or has died
 * @retval -EINTR  a signal interrupted it
 * @return otherwise the driver's status
 */
int dev_call(struct fproc *fp, uint32_t dev, int type, struct cdev_req *req,
    uint32_t *bytes);

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
