/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * brk and sbrk: VM moves the end of the data segment. Where it is now, is
 * remembered here, so that sbrk(0) costs nothing.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <unistd.h>

#include <proto/vm.h>

static uintptr_t break_now; /* 0: not asked yet */

static int
set_break(uintptr_t addr)
{
	struct vm_brk_req req = { .addr = addr };
	struct vm_brk_rep rep;
	int r;

	r = msg_call(VM_PROC_NR, VM_BRK, &req, sizeof req, &rep, sizeof rep);
	if (r == OK)
		break_now = addr != 0 ? addr : rep.addr; /* VM may round */
	return r;
}

int
brk(void *addr)
{
	return errno_return(set_break((uintptr_t)addr));
}

void *
sbrk(ptrdiff_t increment)
{
	uintptr_t old, wanted;
	int r = OK;

	if (break_now == 0)
		r = set_break(0);
	old = break_now;
	wanted = old + (uintptr_t)increment;
	if (r == OK && (increment > 0) != (wanted > old) && increment != 0)
		r = -ENOMEM; /* wrapped round */
	if (r == OK && wanted != old)
		r = set_break(wanted);
	return r == OK ? (void *)old : (void *)(intptr_t)errno_return(r);
}
