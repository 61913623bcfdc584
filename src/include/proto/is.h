/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Debug dumps, and figures. TTY tells IS, found by its label "is" in DS,
 * which function key was pressed; IS prints a table of its own, or asks a
 * service to print its state. Both messages are asynchronous and get no reply:
 * only services can send in that way, which is all the protection a dump
 * needs. Figures are for everybody who asks.
 */
#pragma once

#include <proto/proto.h>

enum is_message {
	IS_KEY = IS_BASE, /* TTY to IS, struct is_key_msg */
	IS_DUMP           /* IS to any service; consumed by SEF */
};

struct is_key_msg {
	int32_t key; /**< 1 for F1 ... 12 for F12 */
};

#define IS_CALLS(CALL)                                                         \
	CALL(IS_USAGE, is_usage) /* what is taken of the kernel's tables */

enum is_call {
	IS_BEFORE_FIRST = IS_BASE + 0xf,
	IS_CALLS(PROTO_NUMBER) IS_END
};

struct is_usage_req {
	endpoint_t ep; /**< a service: its grants; NONE: the whole system */
};

struct is_usage_rep {
	uint32_t processes, privileges;
	uint32_t hooks;  /**< of interrupts */
	uint32_t grants; /**< in use, in the tables of services */
	uint32_t maps;   /**< of granted memory */
};

IS_CALLS(PROTO_FITS)
_Static_assert(sizeof(struct is_key_msg) <= MSG_BODY, "IS_KEY");
