/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Whom a service may send to.
 */
#pragma once

#include "servers/rs/table.h"

/** Compute whom a service may send to, from its ipc list. */
void privilege_send_mask(struct rproc *rp);

/** A service has a new privilege id: renew the masks that name it. */
void privilege_renew(const struct rproc *rp);
