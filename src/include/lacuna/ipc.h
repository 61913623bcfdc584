/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Interprocess communication: one function per primitive of <abi/ipc.h>, and
 * msg_call(), the shape that nearly all requests have. A primitive that the
 * caller may not use gives -ETRAPDENIED, a peer outside its send mask
 * -ECALLDENIED, a message that is not all in the caller's memory -EFAULT.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/ipc.h>

#if defined UNIT_TEST || defined __clang_analyzer__ /* not seen through */
int ipc_trap(int primitive, int peer, void *arg, int *status);
#else
/* Cross into the kernel; status gets the status word. */
static inline int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	int r;

	__asm__ volatile("int %[vector]"
			 : "=a"(r), "=d"(*status)
			 : [vector] "i"(IPC_VECTOR), "0"(peer), "b"(arg),
			 "c"(primitive)
			 : "memory", "cc");
	return r;
}
#endif

/* For primitives that only read the message. */
static inline int
ipc_trap_const(int primitive, int peer, const void *arg)
{
	int status;

	return ipc_trap(primitive, peer, (void *)(uintptr_t)arg, &status);
}

/**
 * Send a message; block until the peer takes it.
 *
 * @retval OK            taken
 * @retval -EDEADSRCDST  no such process, or it died meanwhile
 * @retval -ELOCKED      the peer waits for the caller: blocking is a deadlock
 * @source own design, after MINIX 3
 */
static inline int
ipc_send(endpoint_t dst, const struct message *m)
{
	return ipc_trap_const(SEND, dst, m);
}

/**
 * Receive a message; block until one is there. Notifications come first, then
 * asynchronous messages, then blocked senders.
 *
 * @param[in]  src     one peer, or ANY
 * @param[out] m       the message, with its source
 * @param[out] status  how it was sent, see IPC_STATUS_CALL(); may be NULL
 *
 * @retval OK            m is valid
 * @retval -EDEADSRCDST  no such process, or it died meanwhile
 * @retval -ELOCKED      the peer waits for the caller: blocking is a deadlock
 * @source own design, after MINIX 3
 */
static inline int
ipc_receive(endpoint_t src, struct message *m, int *status)
{
	int r, word;

	r = ipc_trap(RECEIVE, src, m, &word);
	if (status != NULL)
		*status = word;
	return r;
}

/**
 * Send a request and wait for the reply of the same peer, in one step: nobody
 * else's message is taken in between. Errors as of send and receive.
 *
 * @param[in]     ep  peer
 * @param[in,out] m   request, then reply
 * @source own design, after MINIX 3
 */
static inline int
ipc_sendrec(endpoint_t ep, struct message *m)
{
	int status;

	return ipc_trap(SENDREC, ep, m, &status);
}

/**
 * Leave a mark with a peer. Never blocks; marks of one sender do not add up.
 *
 * @retval OK            the peer has, or will get, the notification
 * @retval -EDEADSRCDST  no such process
 * @source own design, after MINIX 3
 */
static inline int
ipc_notify(endpoint_t dst)
{
	return ipc_trap_const(NOTIFY, dst, NULL);
}

/**
 * Send a message if the peer waits for one now.
 *
 * @retval OK            taken
 * @retval -ENOTREADY    the peer is doing something else
 * @retval -EDEADSRCDST  no such process
 * @source own design, after MINIX 3
 */
static inline int
ipc_sendnb(endpoint_t dst, const struct message *m)
{
	return ipc_trap_const(SENDNB, dst, m);
}

/**
 * Hand the kernel a table of sends, in place of the one before it. The kernel
 * reads and writes the table until all its entries are done; the caller must
 * not move them before it has called ipc_senda(NULL, 0). Never blocks. Meant
 * for asynsend(), see <lacuna/asynsend.h>.
 *
 * @retval OK       the result of each send is, or will be, in its entry
 * @retval -EINVAL  flags the kernel does not know
 * @retval -EDOM    more entries than ASYN_MAX
 * @retval -EPERM   the caller is not a service
 * @source own design, after MINIX 3
 */
static inline int
ipc_senda(struct asynmsg *table, size_t count)
{
	int status;

	return ipc_trap(SENDA, (int)count, table, &status);
}
