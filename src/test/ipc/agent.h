/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that does nothing but what a test tells it: a script of IPC
 * primitives, each with the result it had. While it has no script it receives
 * from CLOCK alone, so whatever else is sent to it stays where the test wants
 * to find it.
 */
#pragma once

#include "test/service/service.h"

#include <abi/ipc.h>

#define SCRIPT_MAX 12 /* operations in a script */
#define TABLE_MAX  8  /* entries in an agent's own table for SENDA */

/** What an operation can be, beside the primitives of <abi/ipc.h>. */
enum script_call {
	OP_SLEEP = 64, /* arg ticks, deaf to all but CLOCK */
	OP_ENTRY,    /* fill entry arg of the table: flags, peer, type, value */
	OP_RESULT,   /* of entry arg: result, flags */
	OP_ASYNSEND, /* asynsend3() to peer, with flags */
	OP_STREAM,   /* arg messages by asynsend(), values 0, 1, 2, ... */
	OP_ERROR,    /* asyn_geterror(): result, from, type, value */
	OP_MOVE,     /* have the table in pages of its own */
	OP_UNMAP,    /* and give those back, without telling the kernel */
	OP_TRAP,     /* primitive arg with address value, straight */
};

/** One operation, and what came of it. */
struct script_op {
	int32_t call; /**< a primitive or OP_* */
	endpoint_t peer;
	int32_t type;   /**< of the message, then of the one received */
	uint32_t value; /**< in its body, likewise */
	uint32_t flags; /**< AMF_* */
	int32_t arg;
	int32_t result;
	endpoint_t from; /**< of what was received */
	uint32_t status; /**< and how it was sent, IPC_STATUS_CALL() of it */
};

/** A script, as the agent takes it from its owner. */
struct script {
	struct mailbox box;
	uint32_t n;
	struct script_op op[SCRIPT_MAX];
};
