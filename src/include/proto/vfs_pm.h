/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The PM/VFS protocol, asynchronous in both directions. PM sends each request
 * with asynsend3(AMF_NOREPLY), one outstanding request per process; VFS
 * answers each with a message of its own that repeats the process. PM never
 * blocks on VFS; nothing is assumed about speed, only that messages of one
 * sender to one receiver stay in order.
 */
#pragma once

#include <abi/endpoint.h>
#include <proto/proto.h>

enum vfs_pm_request {
	VFS_PM_INIT = VFS_PM_BASE, /* boot: a process that exists */
	VFS_PM_SETUID,             /* ids.real, ids.effective */
	VFS_PM_SETGID,             /* ids.real, ids.effective */
	VFS_PM_SETSID,             /* session leader: drop the terminal */
	VFS_PM_FORK,               /* fork.parent, fork.pid */
	VFS_PM_SRV_FORK,           /* the same, for a service */
	VFS_PM_EXEC,               /* exec.* */
	VFS_PM_EXIT,               /* close everything */
	VFS_PM_DUMPCORE,           /* the same, after writing a core file */
	VFS_PM_UNPAUSE,            /* interrupt a blocking call */
	VFS_PM_SETLIMITS,          /* limits.* */
	VFS_PM_SETGROUPS,          /* groups.* */
	VFS_PM_END,
};

struct vfs_pm_req {
	endpoint_t ep; /**< the process it is about; INIT: NONE ends the list */

	union {
		struct {
			uint32_t real, effective;
		} ids;

		struct {
			endpoint_t parent;
			int32_t pid;
			uint32_t uid, gid;
		} fork; /**< also INIT */

		struct {
			vir_bytes path, frame;
			uint32_t path_len, frame_len;
			uint32_t traced; /**< set-id bits have no effect */
		} exec;

		struct {
			int32_t sig;
			int32_t ppid, pgrp, sid;
			uint32_t limit; /**< bytes, not 0 */
		} core;

		struct {
			uint32_t n;
			vir_bytes list; /**< uint32_t[n], in PM */
		} groups;

		struct {
			uint32_t files; /**< descriptors */
			uint32_t size;  /**< bytes of a file; or UINT32_MAX */
		} limits;
	} u;
};

/** Reply to request R: type VFS_PM_REPLY(R). */
#define VFS_PM_REPLY(request) ((request)-VFS_PM_BASE + VFS_PM_REPLY_BASE)

/** What UNPAUSE has interrupted. The process has -ECALLAGAIN as its answer,
 * and PM says what becomes of that: a process that has only been stopped makes
 * the call again and knows of nothing. */
enum vfs_pm_call {
	VFS_PM_CALL_NONE,  /* no call, or it has ended as it would have */
	VFS_PM_CALL_AGAIN, /* one that is also made again after a handler
	                      with SA_RESTART */
	VFS_PM_CALL_EINTR, /* one that any handler ends */
};

struct vfs_pm_rep {
	endpoint_t ep;
	int32_t status; /**< OK or negative error */

	union {
		struct {
			vir_bytes pc, sp;
			int32_t replaced; /**< the old image is gone: a failure
			                     now must kill the process */
			uint32_t euid, egid; /**< after set-id bits */
			uint32_t guarded;    /**< by these, or not to be read:
			                          no core file */
			char name[16];
		} exec;

		struct {
			int32_t dumped;
		} core;

		struct {
			int32_t call; /**< enum vfs_pm_call */
		} unpause;
	} u;
};

_Static_assert(sizeof(struct vfs_pm_req) <= MSG_BODY, "VFS_PM request");
_Static_assert(sizeof(struct vfs_pm_rep) <= MSG_BODY, "VFS_PM reply");
