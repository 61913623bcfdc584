/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where other services run, as DS knows, and what RS says of them. VFS must
 * not wait for DS in a SENDREC: DS may just wait for RS, RS for PM, and PM for
 * VFS. So a worker asks in the way file servers are asked, and the main loop
 * goes on.
 */
#pragma once

#include <stdbool.h>

#include "servers/vfs/peer.h"

struct rprocpub;

/**
 * Find a service by its label. Blocks the worker.
 *
 * @param[in]  label  label
 * @param[out] ep     where it runs, or where it ran until just now
 *
 * @retval OK      found
 * @retval -ESRCH  no service has this label
 * @retval -EIO    DS does not run at the moment
 * @return or another error of DS
 */
int service_find(const char *label, endpoint_t *ep);

/**
 * See to it that DS notifies VFS when a service comes or goes: from now on,
 * after all changes so far. A DS that was started again does not remember.
 * Blocks the worker.
 *
 * @return OK, or as service_find()
 */
int service_listen(void);

/**
 * Say where RS's public table can be read.
 *
 * @param[in] rproctab_gid  RS's grant for it
 */
void services_init(cp_grant_id_t rproctab_gid);

/**
 * RS's public table, as it is now.
 *
 * @return NR_SYS_PROCS rows, good until the next call; NULL: it cannot be read
 */
const struct rprocpub *services_read(void);

/** Has RS a service with this label, though it may not run just now?
 * @param[in] label label @return whether it has */
bool service_exists(const char *label);

/** Is a service a file server, as RS was told? @param[in] ep endpoint
 * @return whether it is */
bool service_has_files(endpoint_t ep);

/** The conversation with DS or RS. @param[in] ep endpoint @return it, or
 * NULL: that is neither */
struct fs_peer *service_peer(endpoint_t ep);
