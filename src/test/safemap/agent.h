/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that grants, maps, revokes and forks as a test tells it, one
 * operation at a time. What it writes into memory are successive words, so
 * that a page which went astray is seen.
 */
#pragma once

#include "test/service/service.h"

#include <abi/getinfo.h>
#include <abi/grant.h>

#define ARENA_PAGES 8 /* in the agent's image; mappings mostly use new memory */

/** What an operation can be. */
enum smap_call {
	S_ARENA = 1, /* result: address of the arena */
	S_ROOM,      /* result: address of len bytes of new memory; access says
	              * VM_PROT_*; addr, if not 0, says where */
	S_GIVE,      /* give [addr, addr + len) back */
	S_STORE,     /* word, word + 1, ... into [addr, addr + len) */
	S_LOAD,      /* word is what is at addr; -EIO: not what was stored */

	S_DIRECT,   /* result: grant of addr, len, access for who */
	S_INDIRECT, /* result: grant for who of from's gid */
	S_MAGIC,    /* result: grant for who of from's addr, len, access */
	S_SET,      /* gid becomes direct: who, addr, len, access */
	S_REVOKE,   /* cpf_revoke(gid) */
	S_DISABLE,  /* cpf_setgrant_disable(gid) */
	S_FORGE,    /* announce a table that is record, and nothing else */
	S_RESTORE,  /* announce the library's table again */
	S_FROM,     /* copy len bytes at offset of from's gid to addr */
	S_TO,       /* the other way */

	S_MAP,      /* sys_safemap(from, gid, offset, addr, len, access) */
	S_UNMAP,    /* sys_safeunmap(addr) */
	S_REV_GID,  /* sys_saferevmap_gid(gid) */
	S_REV_ADDR, /* sys_saferevmap_addr(addr) */
	S_MANY,     /* map len pages one by one; result: how many went, and
	             * word is the first error */
	S_NONE,     /* unmap len windows of a page each */

	S_FORK,   /* result: process that waits, to do `child` when let go; who
	          * is where it runs */
	S_LET,    /* let the child `who` go; result: how it ended */
	S_AGAIN,  /* exec this program; result: OK, from the new image */
	S_PAUSE,  /* stop VM for len ticks */
	S_FORGET, /* have VM forget the process `who` */

	S_RECORDS, /* result: the kernel's records of mappings; word: those of
	            * windows of `who`; info: that of the window at addr */
	S_HOG,     /* take all frames but len; result: chunks it has of them */
	S_UNHOG,   /* give all but len chunks back */
};

#define CHILD_SIGNAL 256 /* S_LET: added to the signal that ended it */
#define CHILD_WORD                                                             \
	128 /* S_LET: a child that loaded gives its word modulo
	                     this; or CHILD_BAD, for no succession of words */
#define CHILD_BAD 255

/** What a child does before it ends. */
struct smap_child {
	int32_t call;   /**< S_STORE; S_LOAD; or 0: nothing */
	vir_bytes addr; /**< S_STORE, S_LOAD: of one page */
	uint32_t word;
};

/** One operation, and its result. */
struct smap_op {
	struct mailbox box;
	int32_t call;
	endpoint_t who, from;
	cp_grant_id_t gid;
	vir_bytes addr, offset, len;
	int32_t access;
	uint32_t word;
	int32_t result;
	struct smap_child child; /**< S_FORK */
	struct cp_grant record;  /**< S_FORGE */
	struct map_info info;    /**< S_RECORDS; grantee NONE: there is none */
};
