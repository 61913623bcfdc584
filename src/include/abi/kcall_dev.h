/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of the kernel calls for devices. See <abi/kcall.h>.
 */
#pragma once

#include <abi/grant.h>
#include <proto/proto.h>

enum irqctl_request {
	IRQ_SETPOLICY, /* claim a line; gives a hook */
	IRQ_RMPOLICY,  /* release the hook */
	IRQ_ENABLE,
	IRQ_DISABLE,
};

#define IRQ_REENABLE 1 /* policy: the line stays enabled after interrupts */

struct sys_irqctl_req {
	int32_t request;
	int32_t irq;     /**< SETPOLICY: line */
	uint32_t policy; /**< SETPOLICY */
	int32_t hook; /**< others; SETPOLICY: bit to set in notify_msg.irqs */
};

struct sys_irqctl_rep {
	int32_t hook;
};

/* Width and direction of a port access. */
#define DIO_BYTE  1
#define DIO_WORD  2
#define DIO_LONG  4
#define DIO_WIDTH 7
#define DIO_IN    0
#define DIO_OUT   8

struct sys_devio_req {
	uint32_t port;
	uint32_t value; /**< DIO_OUT */
	uint32_t how;   /**< DIO_* */
};

struct sys_devio_rep {
	uint32_t value; /**< DIO_IN */
};

/* String access: between the port and memory of the caller (granter SELF,
 * offset is an address) or of somebody who granted it. */
struct sys_sdevio_req {
	uint32_t port;
	uint32_t how;
	endpoint_t granter;
	cp_grant_id_t gid;
	vir_bytes offset;
	vir_bytes bytes; /**< multiple of the width */
};

#define sys_sdevio_rep no_payload

#define VDEVIO_MAX 64

/** One access of a vector. */
struct pv_pair {
	uint32_t port;
	uint32_t value;
};

struct sys_vdevio_req {
	vir_bytes vec; /**< struct pv_pair[] in the caller */
	int32_t count;
	uint32_t how;
};

#define sys_vdevio_rep no_payload
