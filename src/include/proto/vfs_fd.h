/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of VFS's calls on descriptors: control, select, directories. See
 * <proto/vfs.h>.
 */
#pragma once

#include <proto/proto.h>

struct vfs_fcntl_req {
	int32_t fd;
	int32_t cmd; /**< one of F_*, but for locks */
	int32_t arg;
};

struct vfs_fcntl_rep {
	int32_t value;
};

struct vfs_ioctl_req {
	int32_t fd;
	uint32_t request; /**< one of TC*, TIOC*, FION*; see <abi/ioctl.h> */
	vir_bytes arg;
};

#define vfs_ioctl_rep no_payload

#define VFS_FD_WORDS 2 /* descriptors in a select set: 32 a word */

/* Sets in and out; timeout_ms -1: for ever, 0: do not wait. With -ECALLAGAIN
 * the reply tells the uptime at which the time will be over; 0: the whole of
 * it is left. */
struct vfs_select_req {
	int32_t nfds;
	int32_t timeout_ms;
	uint32_t rd[VFS_FD_WORDS]; /**< hex */
	uint32_t wr[VFS_FD_WORDS]; /**< hex */
	uint32_t ex[VFS_FD_WORDS]; /**< hex */
};

struct vfs_select_rep {
	int32_t ready;
	uint32_t rd[VFS_FD_WORDS]; /**< hex */
	uint32_t wr[VFS_FD_WORDS]; /**< hex */
	uint32_t ex[VFS_FD_WORDS]; /**< hex */
	clock_ticks deadline;
};

struct vfs_getdents_req {
	int32_t fd;
	vir_bytes addr; /**< [out] bytes of struct abi_dirent */
	uint32_t bytes;
};

#define vfs_getdents_rep vfs_read_rep
