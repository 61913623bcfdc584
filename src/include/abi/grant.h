/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory grants: records in the granter's own table that allow another
 * process to touch part of its memory. The kernel reads the table at each
 * use. A grant id joins the index of the entry with its sequence number,
 * which advances on revocation, so that an old id fits no new grant.
 */
#pragma once

#include <abi/types.h>

#define GRANT_INVALID  ((cp_grant_id_t)-1)
#define GRANT_VALID(g) ((g) > GRANT_INVALID)

#define GRANT_SHIFT   20
#define GRANT_MAX_IDX (1 << GRANT_SHIFT)
#define GRANT_MAX_SEQ (1 << (31 - GRANT_SHIFT))
#define GRANT_ID(idx, seq)                                                     \
	((cp_grant_id_t)(((uint32_t)(seq) << GRANT_SHIFT) | (uint32_t)(idx)))
#define GRANT_IDX(g) ((g) & (GRANT_MAX_IDX - 1))
#define GRANT_SEQ(g) (((g) >> GRANT_SHIFT) & (GRANT_MAX_SEQ - 1))

/* What the grantee may do. */
#define CPF_READ   0x001
#define CPF_WRITE  0x002
#define CPF_MAP    0x004
#define CPF_TRY    0x010 /* fail on a page fault instead of resolving it */
#define CPF_ACCESS (CPF_READ | CPF_WRITE | CPF_MAP | CPF_TRY)

/* State and kind of the entry. */
#define CPF_USED     0x100
#define CPF_DIRECT   0x200
#define CPF_INDIRECT 0x400
#define CPF_MAGIC    0x800
#define CPF_VALID    0x1000
#define CPF_MAPPABLE 0x2000 /* could be mapped since it was made; library's */

#define MAX_INDIRECT_DEPTH 5  /* hops the kernel follows */
#define SCPVEC_NR          64 /* elements of a vectored copy */

/** One entry of a grant table. */
struct cp_grant {
	uint32_t cp_flags; /**< written last when granting, first on revoke */
	uint32_t cp_seq;

	union {
		struct {
			endpoint_t cp_who_to;
			vir_bytes cp_start;
			vir_bytes cp_len;
		} cp_direct;

		struct {
			endpoint_t cp_who_to;
			endpoint_t cp_who_from;
			cp_grant_id_t cp_grant;
		} cp_indirect;

		struct {
			endpoint_t cp_who_to;
			endpoint_t cp_who_from; /**< whose memory it is */
			vir_bytes cp_start;
			vir_bytes cp_len;
		} cp_magic;

		struct {
			int32_t cp_next; /**< next free entry, -1 at the end */
		} cp_free;
	} cp_u;

	cp_grant_id_t cp_faulted; /**< CPF_TRY: id whose copy met a fault */
};

/** One element of a vectored copy; exactly one side is SELF. */
struct vscp_vec {
	endpoint_t v_from;
	endpoint_t v_to;
	cp_grant_id_t v_gid;
	vir_bytes v_offset; /**< in the grant */
	vir_bytes v_addr;   /**< in the caller */
	vir_bytes v_bytes;
};
