/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Raising signals and telling their managers.
 */
#include "kernel/signal.h"

#include "kernel/ipc/ipc.h"
#include "kernel/klog.h"
#include "kernel/panic.h"
#include "kernel/priv.h"
#include "kernel/sched.h"

/* A process that can take part in communication, or NULL. */
static struct proc *
living(endpoint_t ep)
{
	struct proc *p = proc_lookup(ep);

	return p != NULL && !rts_isset(p, RTS_NO_ENDPOINT) ? p : NULL;
}

struct proc *
sig_manager(const struct proc *p)
{
	const struct priv_spec *spec = &p->priv->spec;
	struct proc *mgr;

	if (spec->sig_mgr == SELF)
		return proc_slot(p->slot);
	mgr = living(spec->sig_mgr);
	return mgr != NULL ? mgr : living(spec->bak_sig_mgr);
}

/* Who handles this signal? */
static struct proc *
manager_of(const struct proc *p, int sig)
{
	if (sig == SIGTRAP && (p->misc_flags & MF_TRACED) != 0)
		return living(PM_PROC_NR);
	return sig_manager(p);
}

ksigset_t
sig_managed(const struct proc *p, const struct proc *mgr)
{
	const ksigset_t trap = KSIG_BIT(SIGTRAP);
	ksigset_t set = sig_manager(p) == mgr ? ~trap : 0;

	return manager_of(p, SIGTRAP) == mgr ? set | trap : set;
}

/* Without these services nobody could clean up. */
static bool
irreplaceable(const struct proc *p)
{
	bool vital = p->endpoint == RS_PROC_NR || p->endpoint == PM_PROC_NR ||
	    p->endpoint == VM_PROC_NR;

	return vital && living(p->priv->spec.bak_sig_mgr) == NULL;
}

/* A lethal signal for a process that manages itself, or whose manager is
 * gone: who else may care for it? */
static struct proc *
manager_of_last_resort(struct proc *p, int sig)
{
	struct proc *mgr = living(p->priv->spec.bak_sig_mgr);

	if (mgr == NULL || mgr == p)
		panic("signal %d ends %s", sig, p->name);
	p->priv->spec.sig_mgr = mgr->endpoint;
	if (rts_isset(mgr, RTS_NO_PRIV))
		rts_clear(mgr, RTS_NO_PRIV);
	return mgr;
}

void
cause_sig(struct proc *p, int sig)
{
	ksigset_t bit = KSIG_BIT(sig);
	bool lethal = (bit & SIGS_LETHAL) != 0;
	struct proc *mgr = manager_of(p, sig);
	bool told;

	if (p->pending & bit)
		return;
	if (lethal && sig != SIGABRT && priv_is_sys(p->priv)) {
		kprintf("kernel: signal %d for %s\n", sig, p->name);
		proc_stacktrace(p);
	}
	if (lethal && (mgr == p || mgr == NULL || irreplaceable(p)))
		mgr = manager_of_last_resort(p, sig);
	if (mgr == p) {
		ipc_notify_signal(p, sig);
		return;
	}
	told = (p->pending & sig_managed(p, mgr)) != 0;
	p->pending |= bit;
	rts_set(p, RTS_SIGNALED | RTS_SIG_PENDING);
	if (mgr != NULL && !told)
		ipc_notify_signal(mgr, SIGKSIG);
}

void
sig_delay_done(struct proc *p)
{
	if ((p->misc_flags & MF_SIG_DELAY) == 0)
		return;
	p->misc_flags &= ~(uint32_t)MF_SIG_DELAY;
	cause_sig(p, SIGSNDELAY);
}
