/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls that copy memory between processes. A page that is missing, or
 * that must be copied first, is fetched: the caller waits for VM. What VM
 * cannot provide gives -EFAULT, or -ENOMEM.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/kcall.h>

/**
 * Tell the kernel where this service's grants are. <lacuna/safecopies.h> does
 * this for you.
 *
 * @retval OK       done
 * @retval -EPERM   the caller has no privilege structure of its own
 * @retval -EINVAL  entries is negative or above GRANT_MAX_IDX
 * @source own design, after MINIX 3
 */
int sys_setgrant(struct cp_grant *table, int entries);

/**
 * Copy from memory that somebody granted to the caller.
 *
 * @param[in] granter  who made the grant: take the sender of the request,
 *                     never a number out of it
 * @param[in] gid      grant
 * @param[in] offset   in the grant
 * @param[in] addr     own memory
 * @param[in] bytes    0 is fine
 *
 * @retval OK       done
 * @retval -EINVAL  no such granter, or gid is negative
 * @retval -EPERM   the grant does not exist, is revoked, is for somebody else,
 *                  is for other access, or is shorter
 * @retval -ELOOP   more than MAX_INDIRECT_DEPTH indirect grants
 * @retval -EDEADSRCDST  the owner of the memory (magic grants) is gone
 * @retval -EFAULT  not memory of its owner, or a page was missing and the
 *                  grant has CPF_TRY
 * @retval -ENOMEM  VM has no memory for a missing page
 * @source own design, after MINIX 3
 */
int sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes);

/** Copy to memory that was granted; the rest as for sys_safecopyfrom(). */
int sys_safecopyto(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes);

/**
 * Do a list of safe copies, in order. v_from SELF writes into v_to's grant,
 * v_to SELF reads from v_from's. The first error ends it; what was done before
 * stays done.
 *
 * @retval OK       all done
 * @retval -EINVAL  n is below 1 or above SCPVEC_NR; not exactly one side of
 *                  an element is SELF
 * @retval -EFAULT  vec is not memory of the caller
 * @return or an error of sys_safecopyfrom()
 * @source own design, after MINIX 3
 */
int sys_vsafecopy(const struct vscp_vec *vec, int n);

/** Fill granted memory with a byte. Errors as of sys_safecopyto(). */
int sys_safememset(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    int byte, size_t bytes);

/**
 * Copy between any two processes, without asking them.
 *
 * @param[in] src       process, or SELF
 * @param[in] src_addr  address there
 * @param[in] dst       the same
 * @param[in] dst_addr  the same
 * @param[in] bytes     0 is fine
 * @param[in] flags     VIRCOPY_TRY: a missing page gives -EFAULT at once;
 *                      VIRCOPY_FORCE: also where dst may only read, as a
 *                      debugger does; dst then has a page of its own there;
 *                      VIRCOPY_PHYS: NONE is no mistake, but physical memory
 *
 * @retval OK       done
 * @retval -EINVAL  no such process, or unknown flags
 * @retval -EPERM   an endpoint is a source of notifications
 * @retval -EFAULT  not memory of that process
 * @retval -ENOMEM  VM has no memory for a missing page
 * @source own design, after MINIX 3
 */
int sys_vircopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes, uint32_t flags);

/** sys_vircopy() without flags: the usual case. */
static inline int
sys_datacopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes)
{
	return sys_vircopy(src, src_addr, dst, dst_addr, bytes, 0);
}

/**
 * Fill memory with a byte.
 *
 * @param[in] ep     process, or SELF
 * @param[in] addr   address there
 * @param[in] byte   low byte is used
 * @param[in] bytes  0 is fine
 * @return as sys_vircopy()
 * @source own design, after MINIX 3
 */
int sys_memset(endpoint_t ep, vir_bytes addr, int byte, size_t bytes);

/**
 * Physical address of memory, for devices.
 *
 * @param[in]  ep     SELF: other memory takes a grant
 * @param[in]  addr   address there
 * @param[in]  bytes  more than 0, and all in one piece
 * @param[out] phys   where it is
 *
 * @retval OK       done
 * @retval -EINVAL  no such process; bytes is 0
 * @retval -EPERM   ep is somebody else
 * @retval -EFAULT  not memory of ep, or not in one piece
 * @source own design, after MINIX 3
 */
int sys_umap(endpoint_t ep, vir_bytes addr, size_t bytes, phys_bytes *phys);

/** The same for granted memory; access is CPF_READ, CPF_WRITE or both. */
int sys_umap_grant(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    size_t bytes, int access, phys_bytes *phys);
