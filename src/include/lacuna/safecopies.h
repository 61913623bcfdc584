/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory grants of this service: allow another process to touch a part of
 * one's memory, and stop allowing it. A grant is a number; the other process
 * is told it in a message and uses it with sys_safecopyfrom() and the like.
 *
 * Granting and revoking are plain stores into a table of this process: they
 * cost no kernel call, but for revoking what could be mapped. A revoked number
 * stays invalid until its entry has been used GRANT_MAX_SEQ times. Every grant
 * must be revoked on every path: the table grows with those that are not.
 */
#pragma once

#include <abi/errno.h>
#include <abi/grant.h>

#define NR_STATIC_GRANTS 64 /* entries before the table grows */

/**
 * Grant access to own memory.
 *
 * @param[in] who_to  who may use it, or ANY
 * @param[in] addr    first byte; nothing is checked until it is used
 * @param[in] bytes   how many
 * @param[in] access  CPF_READ, CPF_WRITE, CPF_MAP (then addr and bytes must
 *                    be multiples of PAGE_SIZE), CPF_TRY
 *
 * @return the grant, GRANT_VALID(), or an error
 * @retval -EINVAL  access has other bits, or a map grant is not aligned
 * @retval -ENOSPC  the table is full and cannot grow
 * @source own design, after MINIX 3
 */
cp_grant_id_t cpf_grant_direct(endpoint_t who_to, vir_bytes addr, size_t bytes,
    int access);

/**
 * Pass on a grant that who_from made to this service: all of it, for as long
 * as both grants exist.
 *
 * @return the grant, or -ENOSPC as above
 * @source own design, after MINIX 3
 */
cp_grant_id_t cpf_grant_indirect(endpoint_t who_to, endpoint_t who_from,
    cp_grant_id_t his_gid);

/**
 * Grant access to the memory of who_from, a process that cannot do so itself.
 * The kernel honours this only from VFS. Errors as of cpf_grant_direct().
 *
 * @source own design, after MINIX 3
 */
cp_grant_id_t cpf_grant_magic(endpoint_t who_to, endpoint_t who_from,
    vir_bytes addr, size_t bytes, int access);

#define GRANT_FAULTED 1 /* a copy through a CPF_TRY grant met a fault */

/**
 * Take a grant back. What was copied before stays copied; map grants are
 * unmapped everywhere.
 *
 * @retval OK             no longer valid
 * @retval GRANT_FAULTED  the same, and a copy has failed for want of a page
 * @retval -EINVAL        there is no such grant
 * @return or an error of unmapping: the grant then stays
 * @source own design, after MINIX 3
 */
int cpf_revoke(cp_grant_id_t gid);

/**
 * Reserve grants, for use with cpf_setgrant_*(). Their numbers stay the same
 * however often they are set and disabled.
 *
 * @param[out] gids  the grants; the first of them are set on failure too
 * @param[in]  n     how many
 * @return number of grants reserved, less than n when there are no more
 * @source own design, after MINIX 3
 */
int cpf_getgrants(cp_grant_id_t *gids, int n);

/**
 * Give a reserved grant, or one that exists, a new meaning. Parameters as for
 * cpf_grant_*().
 *
 * @retval OK       done
 * @retval -EINVAL  no such grant, or as for cpf_grant_direct()
 * @source own design, after MINIX 3
 */
int cpf_setgrant_direct(cp_grant_id_t gid, endpoint_t who_to, vir_bytes addr,
    size_t bytes, int access);
int cpf_setgrant_indirect(cp_grant_id_t gid, endpoint_t who_to,
    endpoint_t who_from, cp_grant_id_t his_gid);
int cpf_setgrant_magic(cp_grant_id_t gid, endpoint_t who_to,
    endpoint_t who_from, vir_bytes addr, size_t bytes, int access);

/**
 * Make a grant useless but keep its number reserved.
 *
 * @retval OK       done
 * @retval -EINVAL  no such grant
 * @source own design, after MINIX 3
 */
int cpf_setgrant_disable(cp_grant_id_t gid);

/**
 * Tell the kernel again where the table is: after fork or a change of
 * privileges, which make it forget.
 *
 * @retval OK      done, or there is no table yet
 * @retval -EPERM  the caller has no privilege structure of its own
 * @source own design, after MINIX 3
 */
int cpf_reload(void);

/**
 * Make the table larger in advance, so that count more grants fit. Fails
 * silently.
 *
 * @source own design, after MINIX 3
 */
void cpf_prealloc(unsigned count);

/**
 * Where the library gets memory for a larger table: zeroed, or NULL. A weak
 * function of lib/sys that asks VM; a service that cannot do so (VM itself)
 * has its own.
 *
 * @source own design
 */
void *grant_memory_get(size_t bytes);

/** Give it back. */
void grant_memory_put(void *p, size_t bytes);
