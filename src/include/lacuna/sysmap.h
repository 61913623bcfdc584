/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls that map granted memory. The grantee chooses a window, a range
 * of its own memory; from then on the same pages are there and in the
 * granter's memory. When the mapping ends the grantee keeps the window, with
 * its last contents, as private writable memory.
 *
 * A mapping hangs on every grant on the way to the memory: the one that was
 * used, those that it passes on, and, if what was granted lies in a window of
 * the granter itself, those behind that window. Each of these granters can
 * end it, whatever has become of the grants since. A child that is forked
 * gets a private copy; exec and exit end the mappings of a process.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/grant.h>

/**
 * Map granted memory. What was in the window is gone.
 *
 * @param[in] granter   who made the grant
 * @param[in] gid       grant, with CPF_MAP | CPF_READ, and CPF_WRITE if
 *                      writable
 * @param[in] offset    in the grant; a page multiple, and so must be the
 *                      granted address
 * @param[in] addr      of the window, on a page boundary
 * @param[in] bytes     its length, a page multiple, not 0
 * @param[in] writable  0: a store to the window is an error (SIGSEGV)
 *
 * Alignment, and where the window lies, are looked at before the grant.
 *
 * @retval OK       mapped
 * @retval -EINVAL  not aligned; no such granter, or gid is negative; the window
 *                  is not private writable memory in one region; the granted
 *                  range is a device's, or lies in a window only partly
 * @retval -EPERM   the grant does not allow it, is a magic one, is revoked;
 *                  writable, and the memory behind it is not; or the mapping
 *                  was revoked before it was complete
 * @retval -EBUSY   the window is one already, or no more mappings are possible
 * @retval -ELOOP   too many grants on the way
 * @retval -EFAULT  the granted range is not memory of its owner, or the window
 *                  is not below the kernel
 * @retval -ENOMEM  VM has no memory for a missing page
 * @source own design, after MINIX 3
 */
int sys_safemap(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes, int writable);

/**
 * End all mappings that hang on a grant of the caller. The grant itself need
 * not exist any more. Having nothing to end is fine.
 *
 * @param[in] gid  grant
 *
 * @retval OK       no such mapping is left
 * @retval -ENOMEM  VM has no memory for the grantee's copy; that mapping and
 *                  later ones stay
 * @source own design, after MINIX 3
 */
int sys_saferevmap_gid(cp_grant_id_t gid);

/**
 * End all mappings of the caller's memory that begin at an address, and those
 * that hang on them.
 *
 * @param[in] addr  of the first page that is mapped: granted address plus
 *                  offset
 * @return as sys_saferevmap_gid()
 * @source own design, after MINIX 3
 */
int sys_saferevmap_addr(vir_bytes addr);

/**
 * End the mapping of a window of the caller. Having none there is fine.
 *
 * @param[in] addr  of the window
 * @return as sys_saferevmap_gid()
 * @source own design, after MINIX 3
 */
int sys_safeunmap(vir_bytes addr);
