/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: what a process may do. A new process that is to become a
 * service is blocked (NO_PRIV); RS gives it a privilege structure and lets
 * it go.
 */
#include "kernel/call/call.h"

#include "kernel/irq.h"
#include "kernel/sched.h"

#define FLAGS_KNOWN                                                            \
	(PREEMPTIBLE | BILLABLE | DYN_PRIV_ID | SYS_PROC | CHECK_IO_PORT |     \
	    CHECK_IRQ | CHECK_MEM | USERS_SEND)

static bool
ranges_ok(const struct priv_range *range, int n, int max)
{
	int i;

	if (n < 0 || n > max)
		return false;
	for (i = 0; i < n; i++)
		if (range[i].first > range[i].last)
			return false;
	return true;
}

static bool
lines_ok(const int32_t *irq, int n)
{
	int i;

	if (n < 0 || n > PRIV_NR_IRQ)
		return false;
	for (i = 0; i < n; i++)
		if (irq[i] < 0 || irq[i] >= NR_IRQS)
			return false;
	return true;
}

/* Can ep manage signals? Nobody can be told, but not somebody dead. */
static bool
manager_ok(endpoint_t ep)
{
	const struct proc *p;

	if (ep == SELF || ep == NONE)
		return true;
	p = proc_lookup(ep);
	return p != NULL && !proc_is_task(p);
}

/* Fetch a description of privileges and check it. */
static int
spec_fetch(struct proc *caller, vir_bytes addr, struct priv_spec *spec)
{
	int r;

	r = copy_from_user(caller, place_in(caller, addr), spec, sizeof *spec);
	if (r != OK)
		return r;
	if ((spec->flags & ~(uint32_t)FLAGS_KNOWN) != 0 ||
	    !ranges_ok(spec->io, spec->nr_io, PRIV_NR_IO) ||
	    !ranges_ok(spec->mem, spec->nr_mem, PRIV_NR_MEM) ||
	    !lines_ok(spec->irq, spec->nr_irq) || !manager_ok(spec->sig_mgr) ||
	    !manager_ok(spec->bak_sig_mgr) || spec->priority < 0 ||
	    spec->priority > WORST_QUEUE || spec->quantum < 1)
		return -EINVAL;
	return OK;
}

/* Put checked privileges in force for p, which has a structure of its own. */
static void
spec_apply(struct proc *p, const struct priv_spec *spec)
{
	struct priv *priv = p->priv;

	priv->spec = *spec;
	priv->spec.flags |= SYS_PROC;
	priv->spec.id = priv->id;
	priv_set_send_mask(priv, spec->send_mask);
	(void)sched_set(p, spec->priority, spec->quantum); /* is checked */
}

static int
allow(struct proc *p)
{
	if (!rts_isset(p, RTS_NO_PRIV))
		return -EPERM;
	rts_clear(p, RTS_NO_PRIV);
	return OK;
}

static int
disallow(struct proc *p)
{
	if (rts_isset(p, RTS_NO_PRIV))
		return -EPERM;
	rts_set(p, RTS_NO_PRIV);
	return OK;
}

static int
set_sys(struct proc *caller, struct proc *p, vir_bytes arg)
{
	struct priv_spec spec;
	int r;

	if (!rts_isset(p, RTS_NO_PRIV) || priv_is_own(p))
		return -EPERM;
	r = spec_fetch(caller, arg, &spec);
	if (r == OK)
		r = priv_alloc(p, (spec.flags & DYN_PRIV_ID) ? -1 : spec.id);
	if (r == OK)
		spec_apply(p, &spec);
	return r;
}

static int
set_user(struct proc *p)
{
	if (!rts_isset(p, RTS_NO_PRIV))
		return -EPERM;
	if (priv_is_own(p))
		priv_free(p);
	return sched_set(p, USER_QUEUE, USER_QUANTUM);
}

static int
update_sys(struct proc *caller, struct proc *p, vir_bytes arg)
{
	struct priv_spec spec;
	int r;

	if (!priv_is_own(p))
		return -EPERM;
	r = spec_fetch(caller, arg, &spec);
	if (r == OK)
		spec_apply(p, &spec);
	return r;
}

/* Append a range to a table of max entries. */
static int
range_add(struct priv_range *table, int32_t *n, int max,
    const struct priv_range *range)
{
	if (*n >= max)
		return -ENOMEM;
	table[(*n)++] = *range;
	return OK;
}

static int
line_add(struct priv_spec *spec, uint32_t line)
{
	if (line >= NR_IRQS)
		return -EINVAL;
	if (spec->nr_irq >= PRIV_NR_IRQ)
		return -ENOMEM;
	spec->irq[spec->nr_irq++] = (int32_t)line;
	return OK;
}

static int
query_mem(struct priv *priv, const struct priv_range *range)
{
	const struct priv_spec *spec = &priv->spec;
	int i;

	if ((spec->flags & CHECK_MEM) == 0)
		return OK;
	for (i = 0; i < spec->nr_mem; i++)
		if (range->first >= spec->mem[i].first &&
		    range->last <= spec->mem[i].last) {
			priv->mem_used |= 1u << i;
			return OK;
		}
	return -EPERM;
}

/* Requests about one resource. */
static int
resource(struct proc *caller, struct proc *p, int request, vir_bytes arg)
{
	struct priv_spec *spec = &p->priv->spec;
	struct priv_range range;
	int r;

	if (!priv_is_own(p))
		return -EPERM;
	r = copy_from_user(caller, place_in(caller, arg), &range, sizeof range);
	if (r != OK)
		return r;
	if (range.first > range.last)
		return -EINVAL;
	if (request == SYS_PRIV_ADD_IO)
		return range_add(spec->io, &spec->nr_io, PRIV_NR_IO, &range);
	if (request == SYS_PRIV_ADD_MEM)
		return range_add(spec->mem, &spec->nr_mem, PRIV_NR_MEM, &range);
	if (request == SYS_PRIV_ADD_IRQ)
		return line_add(spec, range.first);
	return query_mem(p->priv, &range);
}

int
do_sys_privctl(struct proc *caller, const struct sys_privctl_req *req,
    struct sys_privctl_rep *rep)
{
	struct proc *p;
	int r;

	(void)rep;
	if (!priv_is_sys(caller->priv))
		return -EPERM;
	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	switch (req->request) {
	case SYS_PRIV_ALLOW:
		return allow(p);
	case SYS_PRIV_DISALLOW:
		return disallow(p);
	case SYS_PRIV_SET_SYS:
		return set_sys(caller, p, req->arg);
	case SYS_PRIV_SET_USER:
		return set_user(p);
	case SYS_PRIV_UPDATE_SYS:
		return update_sys(caller, p, req->arg);
	case SYS_PRIV_ADD_IO:
	case SYS_PRIV_ADD_MEM:
	case SYS_PRIV_ADD_IRQ:
	case SYS_PRIV_QUERY_MEM:
		return resource(caller, p, req->request, req->arg);
	default:
		return -EINVAL;
	}
}
