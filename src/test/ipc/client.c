/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Agents as a test sees them, see test/ipc/client.h. */
#include "test/ipc/client.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lacuna.h>
#include <time.h>

#include <proto/pm.h>

#include "test/report/report.h"

#define PATIENCE 500 /* looks, a tick apart */

struct agent a, b, c;

static void
tick(void)
{
	const struct timespec t = { 0, 10000000 };

	(void)nanosleep(&t, NULL); /* a signal only shortens it */
}

/* Find a process by its endpoint. */
static bool
process_find(endpoint_t ep, struct pm_procinfo *info)
{
	int slot = 0;

	while ((slot = getprocinfo(slot, info)) >= 0)
		if (info->ep == ep && info->state != 'Z')
			return true;
	return false;
}

int
agent_start(struct agent *who, const char *label)
{
	struct pm_procinfo info;
	int r;

	memset(&who->script, 0, sizeof who->script);
	r = service_start_once("/test/ipc-agent", label, &who->script.box,
	    &who->ep);
	if (r == OK && !process_find(who->ep, &info))
		r = -ESRCH;
	who->pid = r == OK ? info.pid : 0;
	return r;
}

void
agent_kill(struct agent *who)
{
	struct pm_procinfo info;
	int i;

	if (who->pid <= 0 || kill(who->pid, SIGKILL) != 0)
		return;
	for (i = 0; i < PATIENCE && process_find(who->ep, &info); i++)
		tick();
	who->pid = 0;
}

void
agents_open(int argc, char **argv, const char *test)
{
	struct agent *const all[] = { &a, &b, &c };
	char label[] = "ipc.a";
	int i, r;

	(void)report_begin(test, argc > 1 ? argv[1] : NULL);
	for (i = 0; i < 3; i++, label[4]++) {
		r = agent_start(all[i], label);
		if (r != OK) {
			(void)report_obs("agent", "%d", r);
			while (--i >= 0)
				agent_kill(all[i]);
			exit(1);
		}
	}
}

int
agents_close(void)
{
	agent_kill(&a);
	agent_kill(&b);
	agent_kill(&c);
	return report_end();
}

struct script_op *
op(struct agent *who, int call, endpoint_t peer, int type)
{
	static struct script_op spare;
	struct script *s = &who->script;
	struct script_op *o;

	if (s->box.asked == s->box.done && s->n == 0)
		memset(s->op, 0, sizeof s->op);
	if (!CHECK(s->n < SCRIPT_MAX))
		return &spare;
	o = &s->op[s->n++];
	o->call = call;
	o->peer = peer;
	o->type = type;
	o->result = 1; /* not done */
	return o;
}

struct script_op *
op_arg(struct agent *who, int call, int arg)
{
	struct script_op *o = op(who, call, NONE, 0);

	o->arg = arg;
	return o;
}

struct script_op *
op_entry(struct agent *who, int arg, endpoint_t peer, uint32_t flags, int type)
{
	struct script_op *o = op(who, OP_ENTRY, peer, type);

	o->arg = arg;
	o->flags = flags;
	return o;
}

void
agent_go(struct agent *who)
{
	who->script.box.asked++;
}

bool
agent_done(struct agent *who)
{
	volatile struct mailbox *box = &who->script.box;
	int i;

	for (i = 0; i < PATIENCE && box->done != box->asked; i++)
		tick();
	who->script.n = 0;
	return box->done == box->asked;
}

bool
agent_run(struct agent *who)
{
	agent_go(who);
	return agent_done(who);
}

bool
agent_blocked(const struct agent *who, endpoint_t peer)
{
	struct pm_procinfo info;
	int i;

	for (i = 0; i < PATIENCE; i++, tick())
		if (process_find(who->ep, &info) && info.state == 'S' &&
		    info.blocked_on == peer)
			return true;
	return false;
}

bool
got(const struct script_op *o, endpoint_t from, int type)
{
	return o->result == OK && o->from == from && o->type == type;
}
