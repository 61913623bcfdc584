/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The kernel's watch over RS, see kernel/watch.h. RS has work each second, so
 * one that could run would have run between two looks.
 */
#include "kernel/watch.h"

#include "kernel/panic.h"
#include "kernel/proc.h"
#include "kernel/timer.h"

/* VM does something for a process, or to it. */
#define VM_WORKS (RTS_PAGEFAULT | RTS_VMREQUEST | RTS_VMREQTARGET)

static struct timer timer;
static uint64_t cycles;      /* that RS had run at the last look */
static unsigned int seconds; /* it has not got on */

/* Does p wait for VM, whatever for? */
static bool
waits_for_vm(const struct proc *p)
{
	const uint32_t flags = p->rts_flags;

	return (flags & VM_WORKS) != 0 ||
	    ((flags & RTS_SENDING) != 0 && p->sendto == VM_PROC_NR) ||
	    ((flags & RTS_RECEIVING) != 0 && p->getfrom == VM_PROC_NR);
}

static void
look(struct timer *t)
{
	const struct proc *rs = proc_slot(RS_PROC_NR);
	const bool waits = waits_for_vm(rs);
	const struct proc *fault = waits ? proc_slot(VM_PROC_NR) : proc_current;

	timer_set(t, clock_hz, look);
	if (rs->cycles != cycles || fault == rs ||
	    (!waits && rs->rts_flags != 0))
		seconds = 0;
	else
		seconds++;
	cycles = rs->cycles;
	if (seconds < WATCH_LIMIT)
		return;
	proc_stacktrace(fault);
	if (waits)
		panic("%s is silent: rs has waited for it for %u seconds",
		    fault->name, seconds);
	panic("%s leaves no time to others: rs has not run for %u seconds",
	    fault->name, seconds);
}

void
watch_start(void)
{
	seconds = 0;
	timer_set(&timer, clock_hz, look);
}
