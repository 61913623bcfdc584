/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of PM's calls on limits and groups. See <proto/pm.h>.
 */
#pragma once

#include <proto/proto.h>

#define PM_LIMIT_NONE UINT32_MAX
#define NGROUPS_MAX   16 /* groups of a process beside its own */

/** What of a process is limited; the numbers of RLIMIT_*. */
enum pm_limit_which {
	PM_LIMIT_CPU,    /* seconds of processor time */
	PM_LIMIT_FSIZE,  /* bytes of a file it writes */
	PM_LIMIT_DATA,   /* bytes that brk() adds */
	PM_LIMIT_STACK,  /* bytes */
	PM_LIMIT_CORE,   /* bytes of its core file */
	PM_LIMIT_NOFILE, /* descriptors: all are below */
	PM_LIMIT_AS,     /* bytes of memory, stack included */
	PM_LIMIT_NPROC,  /* processes of its user */
	PM_LIMITS
};

/** A limit, or PM_LIMIT_NONE. */
struct pm_limit {
	uint32_t cur; /**< in force; the process may set it up to max */
	uint32_t max; /**< it may lower this, and the superuser raise it */
};

struct pm_rlimit_req {
	int32_t which; /**< enum pm_limit_which */
	int32_t set;   /**< 0: only tell */
	struct pm_limit limit;
};

struct pm_rlimit_rep {
	struct pm_limit limit; /**< if it was not set */
};

/* The groups of a process beside its own: to be told, or set. */
struct pm_groups_req {
	int32_t set;    /**< 0: tell */
	uint32_t n;     /**< how many; to be told: room for so many, or 0 */
	vir_bytes list; /**< uint32_t[n] in the caller */
};

struct pm_groups_rep {
	uint32_t n; /**< that it has. -EINVAL: more than there is room for */
};
