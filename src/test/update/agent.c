/* SPDX-License-Identifier: BSD-2-Clause */
/** @file A service to be updated, see test/update/agent.h. */
#include "test/update/agent.h"

#include <lacuna/ds.h>
#include <lacuna/sef_lu.h>
#include <lacuna/server.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#define COUNTER "t.update.counter"
#define NEXT    "t.update.next"

static struct update_look_rep seen;
static struct update_set_req plan;
static size_t length; /* of the trace */

static void
note(char what)
{
	if (length < TRACE_MAX - 1)
		seen.trace[length++] = what;
}

/* Touch memory that nobody has. */
static void
crash(void)
{
	volatile char *volatile nowhere = (volatile char *)16;

	*nowhere = 1;
}

static void
sleep(int32_t ticks)
{
	struct message m;

	(void)sys_setalarm((clock_ticks)ticks, NULL);
	(void)ipc_receive(CLOCK, &m, NULL); /* its notification, no event */
}

static bool
isvalid(int state)
{
	return sef_lu_state_is_standard(state) || state == STATE_CUSTOM;
}

static int
prepare(int state)
{
	(void)state;
	note('p');
	if (plan.patience > 0) {
		plan.patience--;
		return -ENOTREADY;
	}
	if (plan.delay > 0)
		sleep(plan.delay);
	if (plan.prepare == UPDATE_CRASH)
		crash();
	if (plan.prepare == UPDATE_LEAVE)
		sef_exit(0);
	return plan.prepare;
}

static int
save(int state)
{
	int r = plan.save;

	(void)state;
	note('s');
	if (r == OK)
		r = ds_publish_u32(COUNTER, seen.counter, DSF_OVERWRITE);
	if (r == OK)
		r = ds_publish_u32(NEXT, (uint32_t)plan.next, DSF_OVERWRITE);
	return r;
}

static void
changed(int old_state, int new_state)
{
	note('c');
	note((char)('0' + old_state));
	note((char)('0' + new_state));
}

static void
dump(int state)
{
	(void)state;
	note('d');
}

static int
init(int type, const struct sef_init_info *info)
{
	uint32_t next = OK;

	seen.init_type = type;
	seen.restarts = (uint32_t)info->restarts;
	seen.version = agent_version;
	if (agent_init != OK)
		return agent_init;
	if (type != SEF_INIT_LU)
		return OK;
	if (ds_retrieve_u32(COUNTER, &seen.counter) != OK ||
	    ds_retrieve_u32(NEXT, &next) != OK ||
	    ds_delete_u32(COUNTER) != OK || ds_delete_u32(NEXT) != OK)
		return -ENOENT;
	if (next == UPDATE_CRASH)
		crash();
	while (next == UPDATE_HANG)
		continue;
	return (int)next;
}

static bool serve(const struct message *m);

/* Serve others until one says that it is enough. */
static void
serve_long(const struct message *first)
{
	struct message m;

	note('[');
	do {
		if (sef_receive(ANY, &m) != OK)
			crash();
	} while (serve(&m));
	note(']');
	server_reply(first->m_source, OK, NULL, 0);
}

/* Serve a request. Returns false if it ends a long one. */
static bool
serve(const struct message *m)
{
	switch (m->m_type) {
	case UPDATE_WORK:
		seen.counter++;
		note('w');
		server_reply(m->m_source, OK, NULL, 0);
		return true;
	case UPDATE_LOOK:
		server_reply(m->m_source, OK, &seen, sizeof seen);
		return true;
	case UPDATE_SET:
		memcpy(&plan, m->m_body, sizeof plan);
		server_reply(m->m_source, OK, NULL, 0);
		return true;
	case UPDATE_LONG:
		serve_long(m);
		return true;
	case UPDATE_FINISH:
		server_reply(m->m_source, OK, NULL, 0);
		return false;
	default:
		server_reply(m->m_source, -ENOSYS, NULL, 0);
		return true;
	}
}

static void
on_other(const struct message *m, int status)
{
	if (IPC_STATUS_CALL(status) == SENDREC)
		(void)serve(m);
}

int
main(void)
{
	static const struct server agent = {
		.name = "update-agent",
		.init_fresh = init,
		.init_restart = init,
		.other = on_other,
	};

	sef_setcb_lu_prepare(prepare);
	sef_setcb_lu_state_isvalid(isvalid);
	sef_setcb_lu_state_save(save);
	sef_setcb_lu_state_changed(changed);
	sef_setcb_lu_state_dump(dump);
	return server_run(&agent);
}
