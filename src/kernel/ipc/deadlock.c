/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The deadlock test, made when a process is about to block, and only then: a
 * process that has a message waiting does not block, whatever its peer does.
 */
#include "kernel/ipc/parts.h"

/* Whom does p wait for? NULL: nobody in particular. */
static const struct proc *
waits_for(const struct proc *p)
{
	if (rts_isset(p, RTS_SENDING))
		return proc_lookup(p->sendto);
	if (rts_isset(p, RTS_RECEIVING) && p->getfrom != ANY)
		return proc_lookup(p->getfrom);
	return NULL;
}

int
ipc_deadlock_walk(const struct proc *caller, const struct proc *peer,
    bool sending)
{
	const struct proc *p = peer, *next;
	int length;

	/* Page faults make cycles without caller possible: bound the walk. */
	for (length = 2; length < NR_PROCS; length++) {
		next = waits_for(p);
		if (next == NULL)
			return OK;
		if (next == caller)
			break;
		p = next;
	}
	if (length >= NR_PROCS)
		return OK;
	/* One who sends and one who receives will meet. */
	if (length == 2 && sending != rts_isset(peer, RTS_SENDING))
		return OK;
	return -ELOCKED;
}
