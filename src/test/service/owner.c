/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Looking into the memory of the program a service works for.
 */
#include "test/service/owner.h"

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/pm_srv.h>

#include "test/service/service.h"

PROTO_STUB(PM_PROC_LOOKUP, pm_proc_lookup)

/* A number without sign; there is no strtoul() here. */
static uint32_t
number(const char *s)
{
	uint32_t n = 0;

	for (; *s >= '0' && *s <= '9'; s++)
		n = 10 * n + (uint32_t)(*s - '0');
	return n;
}

void
owner_init(struct owner *o, int argc, char **argv)
{
	o->pid = argc > 1 ? (int32_t)number(argv[1]) : 0;
	o->box = argc > 2 ? number(argv[2]) : 0;
	o->ep = NONE;
	o->keeper = 0;
}

int
owner_reach(struct owner *o)
{
	struct pm_proc_lookup_req req = { .pid = o->pid };
	struct pm_proc_lookup_rep rep;
	int r;

	if (o->ep != NONE)
		return OK;
	r = call_pm_proc_lookup(PM_PROC_NR, &req, &rep);
	if (r == OK)
		o->ep = rep.ep;
	return r;
}

int
owner_work(struct owner *o, void *work, size_t size)
{
	struct mailbox box;
	int r = owner_reach(o);

	if (r == OK)
		r = sys_datacopy(o->ep, o->box, SELF, vir_addr(&box),
		    sizeof box);
	if (r != OK)
		return r;
	if (box.asked == box.done)
		return -EAGAIN;
	return sys_datacopy(o->ep, o->box, SELF, vir_addr(work), size);
}

int
owner_answer(const struct owner *o, void *work, size_t size)
{
	struct mailbox *box = work;

	box->keeper = o->keeper;
	box->done = box->asked;
	return sys_datacopy(SELF, vir_addr(work), o->ep, o->box, size);
}

void
owner_step(const struct owner_agent *a)
{
	if (owner_work(a->owner, a->work, a->size) != OK)
		return;
	a->carry_out(a->work);
	(void)owner_answer(a->owner, a->work, a->size); /* it may die */
}

static const struct owner_agent *serving;

static void
on_tick(clock_ticks now)
{
	(void)now;
	owner_step(serving);
	(void)sys_setalarm(1, NULL); /* arguments are right */
}

/* The owner knocks. What is done for him may use up the alarm. */
static void
on_knock(const struct message *m, int status)
{
	owner_step(serving);
	(void)sys_setalarm(1, NULL); /* arguments are right */
	if (IPC_STATUS_CALL(status) == SENDREC)
		server_reply(m->m_source, OK, NULL, 0);
}

static int
init(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	serving->owner->keeper = sef_self();
	if (serving->prepare != NULL)
		serving->prepare();
	return sys_setalarm(1, NULL);
}

int
owner_serve(const struct owner_agent *a, int argc, char **argv)
{
	const struct server server = {
		.name = a->name,
		.init_fresh = init,
		.init_restart = init,
		.alarm = on_tick,
		.other = on_knock,
		.notified = a->notified,
	};

	serving = a;
	owner_init(a->owner, argc, argv);
	return server_run(&server);
}
