/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See test/update/client.h. */
#include "test/update/client.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>

#include "test/program/program.h"

PROTO_STUB(RS_UPDATE, rs_update)
PROTO_STUB(RS_LOOKUP, rs_lookup)

endpoint_t agent_ep = NONE;

int
agent_begin(void)
{
	return service_start(UPDATE_PROGRAM, UPDATE_LABEL, NULL, &agent_ep);
}

int
agent_finish(void)
{
	return service_stop(UPDATE_LABEL);
}

static int
update_with(const char *label, int state, clock_ticks max, uint32_t flags)
{
	struct rs_update_req req = { .state = state,
		.max_ticks = max,
		.flags = flags };
	struct no_payload rep;

	strncpy(req.label, label, sizeof req.label - 1);
	return call_rs_update(RS_PROC_NR, &req, &rep);
}

int
update(const char *label, int state, clock_ticks max)
{
	return update_with(label, state, max, 0);
}

int
update_start(int state, clock_ticks max, uint32_t flags)
{
	struct rs_info info = { .flags = 0 };
	pid_t pid = fork();

	if (pid == 0)
		_exit(-update_with(UPDATE_LABEL, state, max, flags));
	while (agent_info(UPDATE_LABEL, &info) && !(info.flags & RSI_UPDATING))
		pause_ms(10);
	(void)agent_look(); /* RS's request came before this one */
	return pid;
}

int
update_result(int pid)
{
	return -child_end(pid);
}

int
agent_ask(int type)
{
	return msg_call(agent_ep, type, NULL, 0, NULL, 0);
}

int
agent_plan(const struct update_set_req *plan)
{
	return msg_call(agent_ep, UPDATE_SET, plan, sizeof *plan, NULL, 0);
}

const struct update_look_rep *
agent_look(void)
{
	static struct update_look_rep look;

	memset(&look, 0, sizeof look);
	(void)msg_call(agent_ep, UPDATE_LOOK, NULL, 0, &look, sizeof look);
	return &look;
}

bool
agent_traced(const char *trace)
{
	const char *now = agent_look()->trace;

	if (strcmp(now, trace) == 0)
		return true;
	(void)report_note("trace %s, not %s", now, trace);
	return false;
}

static endpoint_t
where(void)
{
	struct rs_lookup_req req = { .label = UPDATE_LABEL };
	struct rs_lookup_rep rep;

	return call_rs_lookup(RS_PROC_NR, &req, &rep) == OK ? rep.ep : NONE;
}

bool
agent_replaced(void)
{
	const endpoint_t before = agent_ep;

	agent_ep = where();
	return agent_ep != NONE && agent_ep != before &&
	    agent_ask(UPDATE_WORK) == OK;
}

bool
agent_stays(void)
{
	return where() == agent_ep && agent_ask(UPDATE_WORK) == OK;
}
