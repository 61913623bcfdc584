/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The RS/PM protocol, asynchronous in both directions. RS supervises PM, so it
 * never waits for it: it sends each request by asynsend3(AMF_NOREPLY) and goes
 * on. PM answers each, with a message of its own that repeats the tag. All but
 * PM_RS_FORK are answered at once and in order.
 */
#pragma once

#include <abi/limits.h>
#include <proto/proto.h>

enum pm_rs_request {
	PM_RS_FORK = PM_RS_BASE, /* a process to fill: fork.* */
	PM_RS_EXEC,              /* it starts here: exec.* */
	PM_RS_KILL,              /* finish a service off */
	PM_RS_IDENTIFY,          /* who is behind an endpoint */
	PM_RS_END,
};

struct pm_rs_req {
	uint32_t tag;
	endpoint_t ep; /**< the process it is about; not for FORK */

	union {
		struct {
			uint32_t uid, gid;
		} fork;

		struct {
			vir_bytes pc, sp;
			char name[PROC_NAME_MAX];
		} exec;
	} u;
};

/** Answer to request R: type PM_RS_REPLY(R). */
#define PM_RS_REPLY(request) ((request)-PM_RS_BASE + PM_RS_REPLY_BASE)

/* FORK: a child of RS with no privileges and no memory, stopped. The answer
 * comes when VFS knows the process, too; VFS records it at once, whatever else
 * it waits for. If it has not after some seconds, the answer is -ETIMEDOUT. */
struct pm_rs_rep {
	uint32_t tag;
	int32_t status; /**< OK or negative error */
	endpoint_t ep;  /**< FORK: the child; others: as asked */
	int32_t pid;    /**< FORK, IDENTIFY */
	uint32_t euid;  /**< IDENTIFY */
};

_Static_assert(sizeof(struct pm_rs_req) <= MSG_BODY, "PM_RS request");
_Static_assert(sizeof(struct pm_rs_rep) <= MSG_BODY, "PM_RS reply");
