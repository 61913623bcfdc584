/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Records of the IPC trace. With the boot parameter trace=ipc the kernel
 * writes one for each event to the parallel port, little endian, as is.
 */
#pragma once

#include <abi/types.h>

enum trace_kind {
	TRACE_SEND = 1,
	TRACE_RECEIVE, /* a receive that has to wait */
	TRACE_SENDREC,
	TRACE_NOTIFY,
	TRACE_SENDNB,
	TRACE_SENDA,
	TRACE_DELIVER, /* a message reaches its receiver */
	TRACE_KCALL,
	TRACE_SWITCH, /* another process gets the processor */
	TRACE_NAME,   /* type, status: 6 bytes of the name of slot 'from' */
};

struct trace_record {
	uint32_t time; /**< low half of the processor's time stamp */
	int16_t from;  /**< slot */
	int16_t to;    /**< slot */
	uint32_t type; /**< message type */
	uint16_t kind; /**< enum trace_kind */
	int16_t status;
};

_Static_assert(sizeof(struct trace_record) == 16, "trace record size");
