/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that grants and copies as a test tells it, one operation at a
 * time. It has an arena of four pages, all of whose bytes are its mark at
 * first, and can have a page that is not touched yet and one that is not
 * there at all.
 */
#pragma once

#include "test/service/service.h"

#include <abi/grant.h>

#define ARENA (4 * 4096) /* bytes */

/** What an operation can be. */
enum grant_call {
	G_ARENA = 1, /* result: address of the arena, filled with `access` */
	G_FRESH,     /* result: address of a page that was never touched,
	               * followed by one that is not there */
	G_PEEK,      /* result: the byte at addr */
	G_DIRECT,    /* result: grant of addr, len, access for who */
	G_INDIRECT,  /* result: grant for who of from's gid */
	G_MAGIC,     /* result: grant for who of from's addr, len, access */
	G_REVOKE,    /* gid */
	G_RESERVE,   /* result: a reserved grant */
	G_SET,       /* gid becomes direct: who, addr, len, access */
	G_DISABLE,   /* gid */
	G_FROM,      /* copy len bytes at offset of from's gid to addr */
	G_TO,        /* the other way */
	G_FILL,      /* sys_safememset() with byte access */
	G_CHURN,     /* grant and revoke len times; result: the last grant */
	G_VECTOR,    /* access elements, as in vec */
	G_ANNOUNCE,  /* sys_setgrant(addr, len) */
	G_FORGE,     /* result: a record of one's own, not of the library */
	G_RESTORE,   /* announce the library's table again */
	G_UMAP,      /* physical address of len bytes at offset of from's gid,
	              * for access */
	G_DEPUTE,    /* ask DS to read a key through gid, whoever made that */
	G_LEAK,      /* ask DS len times for what is not there */
};

#define VEC_MAX 4

/** One operation, and its result. */
struct grant_op {
	struct mailbox box;
	int32_t call;
	endpoint_t who, from;
	cp_grant_id_t gid;
	vir_bytes addr, offset, len;
	int32_t access;
	int32_t result;
	struct vscp_vec vec[VEC_MAX];
	struct cp_grant record; /**< G_FORGE */
};
