/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that does with its memory what a test tells it, one operation at
 * a time: makes regions, fills and reads them, grants and copies, plays a
 * device. Contents come from streams of the run's nonce, so what arrives
 * through a copy is known to nobody else.
 */
#pragma once

#include "test/service/service.h"

#include <abi/getinfo.h>
#include <abi/grant.h>

#include "test/report/nonce.h"

#define PAGE       4096u
#define GUARD      0xa5 /* what memory around a copy is full of */
#define LABEL_SIZE 16   /* of a stream */
#define VEC_MAX    66

/** What an operation can be; result is OK or an error if nothing is said. */
enum agent_call {
	A_MAP = 1,  /* result: address of len bytes that were never touched */
	A_MAP_AT,   /* the same at addr, access VM_PROT_* */
	A_UNMAP,    /* len bytes at addr */
	A_FILL,     /* len bytes at addr from stream label */
	A_SET,      /* len bytes at addr to access */
	A_PEEK,     /* result: the byte at addr */
	A_WORD,     /* result: the word at addr */
	A_COUNT,    /* result: bytes of len at addr that are access */
	A_SUM,      /* sum: nonce_sum() of len bytes at addr */
	A_GRANT,    /* result: grant of addr, len, access for who */
	A_INDIRECT, /* result: grant for who of from's gid */
	A_REVOKE,   /* gid */
	A_FROM,     /* copy len bytes at offset of who's gid to addr */
	A_TO,       /* the other way */
	A_AGAIN,    /* A_FROM access times, each with a byte of the source read
	            * back; result: how many were right */
	A_VECTOR,   /* access elements of vec */
	A_SWEEP,    /* see struct sweep */
	A_UMAP,     /* result: physical address of len bytes at addr */
	A_DMA,      /* a device fills len bytes at physical addr with access */
	A_PHYS,     /* result: address of len bytes of device memory at addr */
	A_UNPHYS,   /* addr, from A_PHYS */
	A_POKE,     /* the kernel stores len bytes of access at addr of who */
	A_REQUEST,  /* a request to VM is written to addr */
	A_RECEIVE,  /* it is sent from there, the reply is delivered there */
	A_TABLE,    /* a table of one message for who is written to addr */
	A_SENDA,    /* the kernel is told of it; addr 0: of no table */
	A_PARAM,    /* result: number of boot parameter label, or -1 */
	A_COUNTERS, /* counters of the kernel */
	A_STOP,     /* stop who */
	A_RESUME,   /* let who go on */
	A_KILL,     /* end who, whatever it does */
	A_HOG,      /* take frames until access are left; result: how many */
	A_UNHOG,    /* give them back */
	A_WINDOW,   /* safemap of who's gid, offset, len to addr, access */
	A_UNWINDOW, /* safeunmap of addr */
	A_STAMP,   /* a word of stream label into each page of len bytes at addr
	             * but 1, 1 + access, 1 + 2 * access ...; result: count */
	A_STAMPED, /* result: how many pages are like that, the others zero */
	A_FORK,    /* result: process number of a child that does not run yet;
	             * who: its endpoint */
	A_LET,     /* let the child who, number access, run to its end */
};

/** A_SWEEP: copies of many sizes and offsets between addr and offset of
 * who's gid, which grants len bytes at theirs. All but what is to be copied
 * must be GUARD afterwards. */
struct sweep {
	vir_bytes theirs;
	int32_t write;        /**< into the grant */
	uint32_t min, max;    /**< size of the smallest, of the largest */
	uint32_t skew;        /**< offset there minus offset here */
	uint32_t first, step; /**< offsets here, below PAGE */
	uint32_t cases;       /**< result: copies that were made */
	uint32_t pages;       /**< result: whole pages in them */
	uint32_t shared;      /**< result: pages that became shared */
	uint32_t wrong;       /**< result: copies that were not right */
	uint32_t miscounted;  /**< result: pages != shared */
	uint32_t size, at;    /**< result: the first of these */
};

/** One operation, and its result. */
struct agent_op {
	struct mailbox box;
	int32_t call;
	endpoint_t who, from;
	cp_grant_id_t gid;
	vir_bytes addr, offset, len;
	int32_t access;
	int32_t result;
	uint8_t nonce[NONCE_SIZE];
	char label[LABEL_SIZE];
	uint64_t sum;
	struct vscp_vec vec[VEC_MAX];
	struct kernel_counters counters;
	struct sweep sweep;
};

/**
 * Do a sweep, in the agent.
 *
 * @param[in,out] op  A_SWEEP
 * @return OK, or an error of reaching the other agent's memory
 */
int agent_sweep(struct agent_op *op);

/** A_STAMP, A_STAMPED, A_FORK, A_LET, in the agent. @return the result */
int agent_stamp(const struct agent_op *op);
int agent_stamped(const struct agent_op *op);
int agent_fork(struct agent_op *op);
int agent_let(const struct agent_op *op);

/**
 * Pages of an agent whose frames are used elsewhere, too. In the agent.
 *
 * @param[in] ep  agent, or SELF
 * @return how many; negative error of VM
 */
int agent_shared(endpoint_t ep);
