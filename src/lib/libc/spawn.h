/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is behind the opaque types of <spawn.h>: a list of things to do to
 * descriptors, and attributes. Both are done to the child before its program
 * begins, and both can fail there.
 */
#pragma once

#include <sched.h>
#include <signal.h>
#include <spawn.h>

/** Something to do to a descriptor. */
struct spawn_action {
	struct spawn_action *next;

	enum spawn_action_kind {
		SPAWN_OPEN,
		SPAWN_DUP2,
		SPAWN_CLOSE
	} kind;

	int fd;   /**< opened, closed, or the copy */
	int from; /**< of a copy: the original */
	int oflag;
	mode_t mode;
	char path[]; /**< to be opened, else empty */
};

struct __posix_spawn_file_actions {
	struct spawn_action *first, **end; /**< in the order of the calls */
};

struct __posix_spawnattr {
	short flags; /**< POSIX_SPAWN_*: which of these hold */
	pid_t pgroup;
	struct sched_param param;
	int policy;
	sigset_t defaults, mask;
};

/**
 * Do to the caller, a new child, what a list of actions says. A descriptor of
 * the library's own is moved out of the way of the list, and is no open one
 * for it.
 *
 * @param[in]     fa   the list
 * @param[in,out] own  the library's descriptor
 * @return 0, or an errno
 * @source own design
 */
int __spawn_actions(const struct __posix_spawn_file_actions *fa, int *own);
