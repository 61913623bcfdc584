/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: end the machine's run.
 */
#include "kernel/call/call.h"

#include "kernel/panic.h"
#include "kernel/uses.h"

int
do_sys_abort(struct proc *caller, const struct sys_abort_req *req,
    struct sys_abort_rep *rep)
{
	(void)rep;
	if (req->how == ABORT_HALT || req->how == ABORT_REBOOT)
		uses_tell_all();
	switch (req->how) {
	case ABORT_HALT:
		machine_end(ABORT_HALT);
	case ABORT_REBOOT:
		machine_end(ABORT_REBOOT);
	case ABORT_PANIC:
		panic("%s (%d) asked for it", caller->name, caller->endpoint);
	default:
		return -EINVAL;
	}
}
