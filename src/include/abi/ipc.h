/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The IPC trap. Software interrupt IPC_VECTOR: ecx = primitive, eax = peer
 * (SENDA: entries in the table), ebx = address of the message (SENDA: of the
 * table). On return eax = OK or a negative error, edx = status word of a
 * receive.
 */
#pragma once

#include <abi/message.h>

#define IPC_VECTOR   33
#define KCALL_VECTOR 32 /* ebx = address of the message; eax = status */

#define SEND    1  /* block until the message is taken */
#define RECEIVE 2  /* block until a message is there */
#define SENDREC 3  /* send, then receive from the same peer */
#define NOTIFY  4  /* leave a mark; never blocks */
#define SENDNB  5  /* send, or fail with -ENOTREADY */
#define SENDA   16 /* hand the kernel a table of sends */

/* Status word of a receive. */
#define IPC_STATUS_CALL(status) ((status)&0x3f) /* primitive of the sender */
#define IPC_FLG_MSG_FROM_KERNEL (1u << 16)
#define is_ipc_notify(status)   (IPC_STATUS_CALL(status) == NOTIFY)

/** One entry of the table that senda() hands over. */
struct asynmsg {
	uint32_t flags; /**< AMF_*, written last by the sender */
	endpoint_t dst;
	int32_t result; /**< valid once AMF_DONE is set */
	struct message msg;
};

#define AMF_EMPTY      0  /* not in use */
#define AMF_VALID      1  /* holds a message */
#define AMF_DONE       2  /* finished, see result */
#define AMF_NOTIFY     4  /* notify the sender when finished */
#define AMF_NOREPLY    8  /* must not be taken as the reply of a SENDREC */
#define AMF_NOTIFY_ERR 16 /* notify the sender when it failed */

#define ASYN_MAX (16 * 261) /* entries in one table */
