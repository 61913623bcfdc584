/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of the kernel calls that copy and translate. See <abi/kcall.h>.
 */
#pragma once

#include <abi/grant.h>
#include <proto/proto.h>

struct sys_setgrant_req {
	vir_bytes addr; /**< of the table, struct cp_grant[] */
	int32_t entries;
};

#define sys_setgrant_rep no_payload

struct sys_safecopyfrom_req {
	endpoint_t granter;
	cp_grant_id_t gid;
	vir_bytes offset; /**< in the grant */
	vir_bytes addr;   /**< in the caller */
	vir_bytes bytes;
};

#define sys_safecopyfrom_rep no_payload
#define sys_safecopyto_req   sys_safecopyfrom_req
#define sys_safecopyto_rep   no_payload

struct sys_vsafecopy_req {
	vir_bytes vec; /**< struct vscp_vec[] in the caller */
	int32_t elements;
};

#define sys_vsafecopy_rep no_payload

struct sys_safememset_req {
	endpoint_t granter;
	cp_grant_id_t gid;
	vir_bytes offset;
	vir_bytes bytes;
	uint32_t pattern; /**< low byte is used */
};

#define sys_safememset_rep no_payload

struct sys_safemap_req {
	endpoint_t granter;
	cp_grant_id_t gid;
	vir_bytes offset; /**< in the grant */
	vir_bytes addr;   /**< of the window, in the caller */
	vir_bytes bytes;
	int32_t writable;
};

#define sys_safemap_rep no_payload

/* Of all mappings that hang on a grant of the caller, or on its memory. */
struct sys_saferevmap_req {
	int32_t by_gid; /**< else by address */
	cp_grant_id_t gid;
	vir_bytes addr; /**< where what is mapped begins in the caller */
};

#define sys_saferevmap_rep no_payload

struct sys_safeunmap_req {
	vir_bytes addr; /**< of the window */
};

#define sys_safeunmap_rep no_payload

#define VIRCOPY_TRY   1 /* fail on a page fault instead of resolving it */
#define VIRCOPY_FORCE 2 /* write where the process itself may only read */
#define VIRCOPY_PHYS  4 /* an endpoint NONE stands for physical memory */

/* Both endpoints may be SELF. */
struct sys_vircopy_req {
	endpoint_t src;
	vir_bytes src_addr;
	endpoint_t dst;
	vir_bytes dst_addr;
	vir_bytes bytes;
	uint32_t flags;
};

#define sys_vircopy_rep no_payload

struct sys_memset_req {
	endpoint_t ep; /**< or SELF */
	vir_bytes addr;
	vir_bytes bytes;
	uint32_t pattern; /**< low byte is used */
};

#define sys_memset_rep no_payload

struct sys_umap_req {
	endpoint_t ep;     /**< whose memory, or who granted */
	cp_grant_id_t gid; /**< GRANT_INVALID: addr is an address of ep */
	vir_bytes addr;    /**< address, or offset in the grant */
	vir_bytes bytes;   /**< must be physically contiguous */
	uint32_t access;   /**< CPF_READ, CPF_WRITE wanted of the grant */
};

struct sys_umap_rep {
	phys_bytes phys;
};
