/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The message: 64 bytes, the only thing processes exchange. The kernel fills
 * in the source. A request carries the number of a call in its type, a reply
 * the status: OK or a negative error number. What lies in the body is
 * declared once, in the header of the protocol the type belongs to.
 */
#pragma once

#include <abi/types.h>

#define MSG_BODY 56 /* bytes of payload */

struct message {
	endpoint_t m_source; /**< set by the kernel */
	int32_t m_type;      /**< request number, or status of a reply */
	uint32_t m_body[MSG_BODY / 4];
};

_Static_assert(sizeof(struct message) == 64, "message size");

/* Which protocol owns which range of request numbers. */
#define PM_BASE           0x100
#define VFS_BASE          0x200
#define BDEV_BASE         0x400
#define CDEV_BASE         0x500
#define CDEV_REPLY_BASE   0x580
#define KERNEL_CALL       0x600
#define RS_BASE           0x700
#define SHUTDOWN_BASE     0x780
#define DS_BASE           0x800
#define VFS_PM_BASE       0x900
#define VFS_PM_REPLY_BASE 0x980
#define FS_BASE           0xA00
#define FS_REPLY_BASE     0xB00
#define VM_BASE           0xC00
#define IS_BASE           0xD00
#define SIGS_BASE         0xE00
#define PM_RS_BASE        0xF00
#define PM_RS_REPLY_BASE  0xF80
#define NOTIFY_MESSAGE    0x1000

/** Body of a notification, built when it is delivered. */
struct notify_msg {
	clock_ticks timestamp; /**< uptime at delivery */
	uint32_t irqs;         /**< from HARDWARE: lines that fired */
	ksigset_t sigset;      /**< from SYSTEM: pending system signals */
};
