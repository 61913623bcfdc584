/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Checking of grants. All kernel calls on granted memory go through
 * verify_grant(), which turns "caller wants this of that grant" into a place
 * in the memory of its owner.
 */
#pragma once

#include <abi/grant.h>

#include "kernel/proc.h"

/** What a caller wants of a grant. */
struct grant_want {
	endpoint_t granter;
	cp_grant_id_t gid;
	vir_bytes offset; /**< in the grant */
	vir_bytes bytes;
	uint32_t access; /**< CPF_READ, CPF_WRITE, CPF_MAP */
};

/** What it gets. */
struct grant_found {
	struct proc *owner; /**< of the memory */
	vir_bytes addr;     /**< in its address space */
	bool try;           /**< a page fault is to fail the copy */
	struct proc *maker; /**< of the direct or magic grant */
	vir_bytes record;   /**< where that lies in maker's memory */
	cp_grant_id_t gid;  /**< its id there */
};

/** A grant on the way to the memory. */
struct grant_link {
	endpoint_t granter;
	cp_grant_id_t gid;
};

/** All of them, first the one that was named, last the one that is direct. */
struct grant_chain {
	int n;
	struct grant_link link[MAX_INDIRECT_DEPTH + 1];
	bool magic; /**< the last one is not direct, but magic */
};

/**
 * Check a grant. The caller is its grantee. Records are fetched from the
 * granters' memory, for which the caller may have to wait for VM.
 *
 * @param[in,out] caller  whose kernel call this is
 * @param[in]     want    what it wants
 * @param[out]    found   where it is
 * @param[out]    chain   what it hangs on; NULL: of no interest
 *
 * @retval OK           found is valid
 * @retval -EINVAL      no such granter in the chain, or a negative id
 * @retval -ELOOP       more than MAX_INDIRECT_DEPTH indirect grants
 * @retval -EDEADSRCDST the owner that a magic grant names is gone
 * @retval -EPERM       anything else; nobody is to learn by trying
 * @retval -EVMSUSPEND  return this from the handler
 * @source own design, after MINIX 3
 */
int verify_grant(struct proc *caller, const struct grant_want *want,
    struct grant_found *found, struct grant_chain *chain);

/** Tell the maker of a CPF_TRY grant that a copy through it met a fault. */
void grant_mark_faulted(struct proc *caller, const struct grant_found *found);

/**
 * Copy between the caller and granted memory; the body of all safe copies.
 *
 * @param[in,out] caller  whose kernel call this is
 * @param[in]     want    CPF_READ: from the grant, CPF_WRITE: into it
 * @param[in]     addr    in the caller
 *
 * @retval OK           copied
 * @retval -EFAULT      memory is not there, on either side
 * @return or an error of verify_grant()
 * @source own design, after MINIX 3
 */
int safecopy(struct proc *caller, const struct grant_want *want,
    vir_bytes addr);
