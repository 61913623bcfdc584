/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way down. PM sends RS a TERM signal when the superuser wants the machine
 * to end. From then on RS leads: it asks PM and VFS to do a part each, ends
 * the services itself, and gives each part a time. All messages are sent
 * without waiting, and an answer repeats the request's number: who is silent
 * holds nobody up.
 */
#pragma once

#include <abi/limits.h>
#include <proto/proto.h>

enum shutdown_message {
	/** To PM: end the users. Back, at once and when the last has ended:
	 * how many there are. struct shutdown_users */
	SHUTDOWN_USERS = SHUTDOWN_BASE,
	/** To VFS: mount nothing any more. Back: the file servers in use.
	 * struct shutdown_mounts */
	SHUTDOWN_MOUNTS,
	/** To VFS: write everything back and unmount it. Back: how that went.
	 * struct shutdown_files */
	SHUTDOWN_FILES,
	SHUTDOWN_END
};

#define SHUTDOWN_MOUNTS_MAX 8

struct shutdown_users {
	int32_t signo; /**< to PM: the signal that ends them */
	int32_t how;   /**< back: enum abort_how, as was asked for */
	uint32_t left; /**< back: users that have not ended */
};

struct shutdown_mounts {
	uint32_t n;
	endpoint_t ep[SHUTDOWN_MOUNTS_MAX];
};

struct shutdown_files {
	int32_t status; /**< OK, or what one of them has said */
};

_Static_assert(sizeof(struct shutdown_mounts) <= MSG_BODY, "SHUTDOWN_MOUNTS");
