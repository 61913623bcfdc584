/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The end of a process, see release.h. */
#include "kernel/release.h"

#include "kernel/arch/i386/arch.h"
#include "kernel/irq.h"
#include "kernel/priv.h"
#include "kernel/uses.h"
#include "kernel/vmreq.h"

void
release_proc(struct proc *p)
{
	vmreq_cancel(p);
	irq_release_all(p);
	fpu_drop(p);
	if (p->priv->proc == p) {
		uses_tell(p->priv);
		priv_free(p);
	}
	p->rts_flags = RTS_SLOT_FREE;
	p->misc_flags = 0;
	p->name[0] = '\0';
}
