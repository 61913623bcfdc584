/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From the first instruction of a service to the moment it is up. RS sends
 * RS_INIT; the service runs its callback and reports by a SENDREC, so that
 * neither side goes on before the other knows. RS never waits for a service
 * in any other way between letting it run and that report.
 */
#include "lib/sef/sef_private.h"

#include <abi/grant.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

/* Run the callback for a type of initialisation. */
static int
callback_run(int type, const struct sef_init_info *info)
{
	switch (type) {
	case SEF_INIT_FRESH:
		return sef_state.init_fresh(type, info);
	case SEF_INIT_LU:
		return sef_state.init_lu(type, info);
	case SEF_INIT_RESTART:
		return sef_state.init_restart(type, info);
	default:
		return -EINVAL;
	}
}

/* Wait for the request to initialise. What RS sent to a previous instance -
 * pings, signals, answers - may still be on its way: drop it. */
static void
request_wait(struct rs_init_msg *init)
{
	struct message m;
	int r, status;

	do {
		r = ipc_receive(RS_PROC_NR, &m, &status);
		if (r != OK)
			panic("no request to initialise: %d", r);
	} while (is_ipc_notify(status) || m.m_type != RS_INIT);
	memcpy(init, m.m_body, sizeof *init);
}

/* Tell RS the result. Returns when RS has recorded a success. */
static void
result_report(struct rs_init_msg *init, int result)
{
	struct message m = { .m_type = RS_INIT };
	int r;

	init->result = result;
	memcpy(m.m_body, init, sizeof *init);
	r = ipc_sendrec(RS_PROC_NR, &m);
	if (r == OK && m.m_type == OK && result == OK)
		return;

	/* RS ends us now. Nobody may be served in the meantime. */
	for (;;)
		(void)ipc_receive(RS_PROC_NR, &m, NULL);
}

void
sef_startup(void)
{
	struct rs_init_msg init;
	struct sef_init_info info;
	int r;

	sef_state.started = true;
	r = sys_whoami(&sef_state.self, sef_state.name, NULL);
	if (r != OK)
		panic("cannot learn own name: %d", r);
	if (sef_state.self == RS_PROC_NR) {
		r = callback_run(SEF_INIT_FRESH, NULL);
		if (r != OK)
			panic("cannot initialise: %d", r);
		return;
	}

	request_wait(&init);
	info.rproctab_gid = init.rproctab_gid;
	info.endpoint = init.endpoint;
	info.old_endpoint = init.old_endpoint;
	info.restarts = init.restarts;
	info.flags = init.flags;
	info.keep_gid = init.keep_gid;
	info.keep_size = init.keep_size;
	result_report(&init, callback_run(init.type, &info));
}
