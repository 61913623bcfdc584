/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test's side of the service in test/vfs/liar.h. RS ends a service that is
 * complained of, so after a lie there may be a new instance, which reads the
 * same orders.
 */
#pragma once

#include "test/vfs/liar.h"

#include <stdbool.h>

#define LIAR_LABEL "liar"
#define LIAR_DEV   "/tmp/liar.dev"  /* node of the character device */
#define LIAR_DISK  "/tmp/liar.disk" /* a disk that nobody has */
#define LIAR_DIR   "/mnt"

/** The orders, which the service reads. */
extern struct liar liar;

/** Start the service and make the nodes. @return whether all is there */
bool liar_up(void);

/** Stop it, and remove the nodes. */
void liar_down(void);

/**
 * Give orders.
 *
 * @param[in] type   of the requests that are to be lied about
 * @param[in] how    enum lie
 * @param[in] word   see enum lie
 * @param[in] value  likewise
 * @param[in] times  lies
 */
void liar_order(int type, enum lie how, uint32_t word, uint32_t value,
    int times);

/** From now on, the truth. */
void liar_truth(void);

/** Its process number. @return it, or -1: it does not run */
int liar_pid(void);

/** Have it mounted. @return as mount(2) */
int liar_mount(void);

/** Wait until its file system is there again, some seconds at most.
 * @return whether it is */
bool liar_settled(void);
