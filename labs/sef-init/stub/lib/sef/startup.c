/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From the first instruction of a service to the moment it is up. This file
 * is yours to write: what sef_startup() must do is said in lacuna/sef.h, the
 * messages are in proto/sef.h. Until then a service initialises as if this
 * were always its first start, tells nobody how that went, and goes on.
 */
#include "lib/sef/sef_private.h"

#include <abi/grant.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

/* What RS says of a service that starts. */
static void
request_take(struct sef_init_info *info)
{
	struct rs_init_msg init;
	struct message m;
	int r = ipc_receive(RS_PROC_NR, &m, NULL);

	if (r != OK)
		panic("no request to initialise: %d", r);
	memcpy(&init, m.m_body, sizeof init);
	info->rproctab_gid = init.rproctab_gid;
	info->endpoint = init.endpoint;
	info->old_endpoint = init.old_endpoint;
	info->restarts = init.restarts;
	info->flags = init.flags;
	info->keep_gid = init.keep_gid;
	info->keep_size = init.keep_size;
}

void
sef_startup(void)
{
	struct sef_init_info info;
	int r;

	sef_state.started = true; /* too late to register callbacks */
	r = sys_whoami(&sef_state.self, sef_state.name, NULL);
	if (r != OK)
		panic("cannot learn own name: %d", r);
	if (sef_state.self == RS_PROC_NR) {
		r = sef_state.init_fresh(SEF_INIT_FRESH, NULL);
		if (r != OK)
			panic("cannot initialise: %d", r);
		return;
	}
	request_take(&info);
	(void)sef_state.init_fresh(SEF_INIT_FRESH, &info);
}
