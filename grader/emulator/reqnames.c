/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests by name: the protocols' lists, made into one table. A new protocol
 * adds a header and a line.
 */
#include "grader/emulator/ipctrace.h"

#include <abi/kcall.h>
#include <proto/bdev.h>
#include <proto/cdev.h>
#include <proto/ds.h>
#include <proto/fs.h>
#include <proto/pm.h>
#include <proto/pm_rs.h>
#include <proto/pm_srv.h>
#include <proto/rs.h>
#include <proto/sef.h>
#include <proto/shutdown.h>
#include <proto/vfs.h>
#include <proto/vfs_pm.h>
#include <proto/vm.h>

static const struct {
	uint32_t type;
	const char *name;
} requests[] = {
	KERNEL_CALLS(PROTO_LABEL) PM_CALLS(PROTO_LABEL) PM_SRV_CALLS(
	    PROTO_LABEL) VFS_CALLS(PROTO_LABEL) FS_CALLS(PROTO_LABEL)
	    VM_CALLS(PROTO_LABEL) DS_CALLS(PROTO_LABEL) RS_CALLS(PROTO_LABEL)
		BDEV_CALLS(PROTO_LABEL){ RS_INIT, "RS_INIT" },
	{ PM_RS_FORK, "PM_RS_FORK" },
	{ PM_RS_EXEC, "PM_RS_EXEC" },
	{ PM_RS_KILL, "PM_RS_KILL" },
	{ PM_RS_IDENTIFY, "PM_RS_IDENTIFY" },
	{ RS_LU_PREPARE, "RS_LU_PREPARE" },
	{ RS_EXIT, "RS_EXIT" },
	{ RS_COMPLAIN, "RS_COMPLAIN" },
	{ SIGS_SIGNAL_RECEIVED, "SIGS_SIGNAL_RECEIVED" },
	{ SHUTDOWN_USERS, "SHUTDOWN_USERS" },
	{ SHUTDOWN_MOUNTS, "SHUTDOWN_MOUNTS" },
	{ SHUTDOWN_FILES, "SHUTDOWN_FILES" },
	{ NOTIFY_MESSAGE, "notification" },
};

const char *
request_name(uint32_t type)
{
	size_t i;

	for (i = 0; i < sizeof requests / sizeof requests[0]; i++)
		if (requests[i].type == type)
			return requests[i].name;
	return NULL;
}
