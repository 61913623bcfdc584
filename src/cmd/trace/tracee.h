/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The processes that are traced, and what each is doing.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <abi/message.h>

#include "cmd/trace/tables.h"
#include "cmd/trace/text.h"

/** A call from its entry to its end. */
struct made {
	uint32_t primitive, peer, address; /**< registers of the trap */
	uint32_t pc;                       /**< behind the trap */
	bool has_message;                  /**< it could be read */
	struct message message;            /**< as it was sent */
	const struct call *call;           /**< NULL: none that is known */
};

struct tracee {
	struct tracee *next;
	pid_t pid;
	bool is_new;   /**< it has not shown its first stop */
	bool forked;   /**< the end of the fork that made it comes first */
	bool attached; /**< it was not started for this */
	bool in_call;
	bool hidden;   /**< what it does is not shown */
	bool replaced; /**< its exec has succeeded: nobody answers */
	bool begun;    /**< part of the line has been written */
	struct made made;
	struct text line; /**< of the call it is in */
};

/** All of them. */
extern struct tracee *tracees;

/** Note another one. @param[in] pid its id @return it, all zero */
struct tracee *tracee_add(pid_t pid);

/** Look one up. @param[in] pid its id @return it, or NULL */
struct tracee *tracee_find(pid_t pid);

/** Forget one. @param[in] t it */
void tracee_remove(struct tracee *t);
