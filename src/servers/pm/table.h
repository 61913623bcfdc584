/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The calls of PM by number. Their handlers get the calling process and the
 * payloads; they return OK, a negative error, or SUSPEND when the answer comes
 * later or never.
 */
#pragma once

#include <proto/pm.h>
#include <proto/pm_srv.h>

#include "servers/pm/proc.h"

#define PM_HANDLER(NR, name)                                                   \
	int do_##name(struct mproc *mp, const struct name##_req *req,          \
	    struct name##_rep *rep);

PM_CALLS(PM_HANDLER)
PM_SRV_CALLS(PM_HANDLER)

/**
 * Run the handler of a request.
 *
 * @param[in]  mp   caller
 * @param[in]  in   request
 * @param[out] out  body of the reply
 * @return what the handler returned, or -ENOSYS; -EPERM for a service's call
 *         made by a user process
 */
int call_dispatch(struct mproc *mp, const struct message *in,
    struct message *out);
