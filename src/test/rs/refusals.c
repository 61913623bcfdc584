/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See test/rs/refusals.h. */
#include "test/rs/refusals.h"

#include <stdbool.h>
#include <string.h>

#include <abi/endpoint.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <proto/vm.h>

static bool
kernel_refuses(int nr)
{
	struct message m;

	memset(&m, 0, sizeof m);
	m.m_type = nr;
	return kernel_trap(&m) == -ECALLDENIED;
}

static bool
vm_refuses(int nr)
{
	static const char zeros[MSG_BODY];

	return msg_call(VM_PROC_NR, nr, zeros, sizeof zeros, NULL, 0) == -EPERM;
}

int
refusals(const uint32_t kcalls[KCALL_MASK_WORDS], uint32_t vm_calls)
{
	bool may;
	int i;

	for (i = 0; i < NR_KERNEL_CALLS; i++) {
		may = (kcalls[i / 32] >> i % 32 & 1) != 0;
		if (may && KERNEL_CALL + i == SYS_EXIT)
			continue;
		if (kernel_refuses(KERNEL_CALL + i) == may)
			return 1 + i;
	}
	for (i = 0; i < VM_END - VM_BASE; i++) {
		may = (vm_calls >> i & 1) != 0;
		if (vm_refuses(VM_BASE + i) == may)
			return REFUSALS_VM + 1 + i;
	}
	return 0;
}
