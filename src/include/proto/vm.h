/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The memory protocol: requests to VM. Which of them a service may make is
 * decided by the VM call mask RS gives it; user processes may make those of
 * VM_USER_CALLS. This header is long because VM has
 * many calls.
 */
#pragma once

#include <abi/limits.h>
#include <proto/proto.h>

#define VM_CALLS(CALL)                                                         \
	CALL(VM_BRK, vm_brk)                 /* end of the data segment */     \
	CALL(VM_MMAP, vm_mmap)               /* new anonymous memory */        \
	CALL(VM_MUNMAP, vm_munmap)           /* give memory back */            \
	CALL(VM_INFO, vm_info)               /* figures */                     \
	CALL(VM_MAP_PHYS, vm_map_phys)       /* map device memory */           \
	CALL(VM_UNMAP_PHYS, vm_unmap_phys)   /* undo that */                   \
	CALL(VM_FORK, vm_fork)               /* copy an address space */       \
	CALL(VM_EXEC_NEWMEM, vm_exec_newmem) /* replace an address space */    \
	CALL(VM_WILLEXIT, vm_willexit)       /* process is about to go */      \
	CALL(VM_EXIT, vm_exit)               /* drop an address space */       \
	CALL(VM_RS_SET_PRIV, vm_rs_set_priv) /* call mask of a service */      \
	CALL(VM_SET_ROOT, vm_set_root)       /* whose process it is now */     \
	CALL(VM_REGION, vm_region)           /* what lies at an address */     \
	CALL(VM_SET_LIMITS, vm_set_limits)   /* how much it may have */

enum vm_call {
	VM_BEFORE_FIRST = VM_BASE - 1,
	VM_CALLS(PROTO_NUMBER) VM_END
};

/* Set the caller's program break. -ENOMEM: no room or no memory. */
struct vm_brk_req {
	vir_bytes addr; /**< wanted; 0: only tell */
};

struct vm_brk_rep {
	vir_bytes addr; /**< break now in force */
};

#define VM_PROT_READ  1
#define VM_PROT_WRITE 2
#define VM_PROT_EXEC  4
#define VM_MAP_FIXED  0x10
/* Services only: */
#define VM_MAP_PREALLOC 0x20 /* frames now, not at the first touch */
#define VM_MAP_CONTIG   0x40 /* physically contiguous */

struct vm_mmap_req {
	vir_bytes addr;
	vir_bytes length;
	uint32_t prot;  /**< VM_PROT_* */
	uint32_t flags; /**< VM_MAP_* */
};

struct vm_mmap_rep {
	vir_bytes addr;
};

struct vm_munmap_req {
	vir_bytes addr;
	vir_bytes length;
};

#define vm_munmap_rep no_payload

/** Figures of the whole system, or of one process. */
struct vm_info_req {
	endpoint_t ep; /**< NONE: the whole system */
};

struct vm_info_rep {
	uint32_t frames_total, frames_free; /**< whole system */
	uint32_t frames, regions;           /**< of the process, or in use */
	uint32_t faults, cow_faults, pages_copied, shared;
	uint32_t cow_shares; /**< pages copied by sharing them, in all */
	uint32_t smap_pages; /**< pages that are really shared now */
};

/* The memory of a process, part by part; contents are not told. */
struct vm_region_req {
	endpoint_t ep;
	vir_bytes addr;
};

/* The first region that reaches beyond addr; -ENOENT: there is none. */
struct vm_region_rep {
	vir_bytes start, end;
	uint32_t prot;      /**< VM_PROT_* */
	uint32_t device;    /**< addresses of a device, no memory */
	vir_bytes from, to; /**< its first pages from addr on that are there;
	                       all before are zeros. Both the end: none */
};

struct vm_map_phys_req {
	phys_bytes phys;
	vir_bytes length;
};

#define vm_map_phys_rep vm_mmap_rep

struct vm_unmap_phys_req {
	vir_bytes addr;
};

#define vm_unmap_phys_rep no_payload

/* From PM. VM fills the slot in the kernel, too. */
struct vm_fork_req {
	endpoint_t parent;
	int32_t child_slot;
	uint32_t root; /**< is it a process of the superuser? */
};

struct vm_fork_rep {
	endpoint_t child;
};

#define VM_SEGMENTS 6

/** The address space an image wants. */
struct vm_image {
	uint32_t segments;

	struct {
		vir_bytes start;  /**< page aligned */
		vir_bytes length; /**< in memory; rounded up to pages */
		vir_bytes filled; /**< bytes from the start that will be
		                     written at once: frames are given now */
		vir_bytes lent; /**< of these, whole pages that are likely to be
		                   shared: frames are given if they are not */
		uint32_t prot;
	} seg[VM_SEGMENTS];

	vir_bytes stack_filled; /**< bytes below the stack top, likewise */
};

/* From VFS or RS: throw the old memory of ep away and build the new. The
 * caller's copies may write all segments until the first instruction. */
struct vm_exec_newmem_req {
	endpoint_t ep;
	vir_bytes image; /**< [in] struct vm_image */
};

struct vm_exec_newmem_rep {
	vir_bytes stack_top;
};

struct vm_willexit_req {
	endpoint_t ep;
};

#define vm_willexit_rep no_payload

#define vm_exit_req vm_willexit_req

#define vm_exit_rep no_payload

#define VM_CALL_BIT(nr) (1u << ((nr)-VM_BASE))

/** What any process may ask for. */
#define VM_USER_CALLS                                                          \
	(VM_CALL_BIT(VM_BRK) | VM_CALL_BIT(VM_MMAP) | VM_CALL_BIT(VM_MUNMAP) | \
	    VM_CALL_BIT(VM_INFO) | VM_CALL_BIT(VM_REGION))

#define VM_QUOTA_NONE UINT32_MAX /* as much as there is */

/* What a service may do. -ENOMEM: it has more than its quota already. */
struct vm_rs_set_priv_req {
	endpoint_t ep;
	uint32_t call_mask; /**< VM_CALL_BIT() */
	uint32_t quota;     /**< KiB it may have, stack included; or none */
};

#define vm_rs_set_priv_rep no_payload

/* From PM: a process has become one of the superuser, for which some memory
 * is kept, or is one no more. */
struct vm_set_root_req {
	endpoint_t ep;
	uint32_t root;
};

#define vm_set_root_rep no_payload

#define VM_LIMIT_NONE UINT32_MAX

/* From PM: pages a process may have; its children inherit that. What it has
 * already it keeps. */
struct vm_set_limits_req {
	endpoint_t ep;
	uint32_t all;   /**< stack included; or VM_LIMIT_NONE */
	uint32_t data;  /**< that VM_BRK adds; or VM_LIMIT_NONE */
	uint32_t stack; /**< or VM_LIMIT_NONE: as many as there are for it */
};

#define vm_set_limits_rep no_payload

VM_CALLS(PROTO_FITS)
