/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * VM's interface. A request passes only if the caller's mask has its bit.
 */
#include <lacuna/syslib.h>

#include "servers/vm/pagetable.h"
#include "servers/vm/region.h"

VM_CALLS(PROTO_UNPACK)

#define CHECKED(NR, name)                                                      \
	static int checked_##name(const struct message *in,                    \
	    struct message *out)                                               \
	{                                                                      \
		if (!acl_permits(in->m_source, NR))                            \
			return -EPERM;                                         \
		return serve_##name(in, out);                                  \
	}
VM_CALLS(CHECKED)

#define ENTRY(NR, name) { checked_##name, #NR },
static const struct call_entry vm_calls[] = { VM_CALLS(ENTRY) };

/* First start: there is memory, and there are processes that have some. */
static int
init_fresh(int type, const struct sef_init_info *info)
{
	struct kinfo kinfo;
	int r;

	(void)type;
	vmproc_init();
	region_init();
	r = sys_getkinfo(&kinfo);
	if (r == OK)
		r = frames_init(&kinfo);
	if (r == OK)
		r = pt_init();
	if (r == OK)
		r = adopt_boot_processes();
	if (r == OK)
		r = acl_init(info->rproctab_gid);
	return r;
}

const struct server vm_server = {
	.name = "vm",
	.base = VM_BASE,
	.ncalls = sizeof vm_calls / sizeof vm_calls[0],
	.calls = vm_calls,
	.init_fresh = init_fresh,
	.signal = memreq_signal,
	.dump = vm_dump,
	.kernel = fault_message,
};
