/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Debug dumps. TTY tells IS, found by its label "is" in DS, which function
 * key was pressed; IS prints a table of its own, or asks a service to print
 * its state. Both messages are asynchronous and get no reply: only services
 * can send in that way, which is all the protection a dump needs.
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

_Static_assert(sizeof(struct is_key_msg) <= MSG_BODY, "IS_KEY");
