/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sysconf: what there is of what.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <limits.h>
#include <time.h>
#include <unistd.h>

#include <abi/limits.h>
#include <abi/types.h>
#include <proto/vm.h>

/* Frames of the whole machine, all or free ones. */
static long
frames(int all)
{
	struct vm_info_req req = { .ep = NONE };
	struct vm_info_rep rep;
	int r;

	r = msg_call(VM_PROC_NR, VM_INFO, &req, sizeof req, &rep, sizeof rep);
	if (r != OK)
		return errno_return(r);
	return (long)(all ? rep.frames_total : rep.frames_free);
}

long
sysconf(int name)
{
	switch (name) {
	case _SC_ARG_MAX:
		return ARG_MAX;
	case _SC_CHILD_MAX:
		return NR_PROCS;
	case _SC_CLK_TCK:
		return CLOCKS_PER_SEC;
	case _SC_NGROUPS_MAX:
		return NGROUPS_MAX;
	case _SC_OPEN_MAX:
		return getdtablesize();
	case _SC_JOB_CONTROL:
	case _SC_SAVED_IDS:
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return 1;
	case _SC_VERSION:
		return _POSIX_VERSION;
	case _SC_PAGESIZE:
		return (long)PAGE_SIZE;
	case _SC_PHYS_PAGES:
		return frames(1);
	case _SC_AVPHYS_PAGES:
		return frames(0);
	default:
		return errno_return(-EINVAL);
	}
}
