/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The trap of kernel calls, for the stubs in lib/sys.
 */
#pragma once

#include <abi/errno.h>
#include <abi/ipc.h>
#include <abi/kcall.h>
#include <lacuna/string.h>

#ifdef UNIT_TEST
int kernel_trap(struct message *m);
#else
/* Cross into the kernel, which answers in m. */
static inline int
kernel_trap(struct message *m)
{
	int r;

	__asm__ volatile("int %[vector]"
			 : "=a"(r)
			 : [vector] "i"(KCALL_VECTOR), "b"(m)
			 : "memory", "cc");
	return r;
}
#endif

/** Address of an object of this process, as the kernel takes it. */
static inline vir_bytes
vir_addr(const volatile void *p)
{
	return (vir_bytes)(uintptr_t)p;
}

/**
 * Make a kernel call.
 *
 * @param[in]  nr      SYS_*
 * @param[in]  req     payload; may be NULL if reqlen is 0
 * @param[in]  reqlen  its size, up to MSG_BODY
 * @param[out] rep     payload of the answer, set only if the status is OK;
 *                     may be NULL if replen is 0
 * @param[in]  replen  its size, up to MSG_BODY
 *
 * @return status of the call
 * @retval -ECALLDENIED  not in the caller's call mask
 * @retval -EBADREQUEST  no such call
 * @source own design
 */
static inline int
kernel_call(int nr, const void *req, size_t reqlen, void *rep, size_t replen)
{
	struct message m;
	int r;

	m.m_type = nr;
	if (reqlen > 0)
		memcpy(m.m_body, req, reqlen);
	r = kernel_trap(&m);
	if (r == OK && replen > 0)
		memcpy(rep, m.m_body, replen);
	return r;
}

/* Calls whose answer is only a status, and calls without payload. */
#define KCALL_REQ(nr, req) kernel_call((nr), (req), sizeof *(req), NULL, 0)
#define KCALL_BARE(nr)     kernel_call((nr), NULL, 0, NULL, 0)
#define KCALL(nr, req, rep)                                                    \
	kernel_call((nr), (req), sizeof *(req), (rep), sizeof *(rep))
