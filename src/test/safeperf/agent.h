/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a copy costs: one service grants its pages, another fetches them in
 * every way there is and says how long that took, in instructions as the
 * emulator counts them (the time stamp).
 */
#pragma once

#include "test/service/service.h"

#define PAGE      4096u
#define PAGES     50u /* at most at once */
#define NR_SMALL  4u
#define COST_NONE UINT32_MAX

/** Sizes of small copies. */
#define SMALL_SIZES                                                            \
	{                                                                      \
		1, 64, 1000, 4096                                              \
	}

enum agent_call {
	AGENT_GRANT = 1, /* make the grants for who, tell of sharing */
	AGENT_PAGES,     /* fetch 1 to PAGES pages of who: cost[pages - 1] */
	AGENT_SMALL,     /* fetch few bytes of who: cost[index of the size] */
};

/** Ways to fetch pages. */
enum fetch {
	FETCH_COPY,  /* byte by byte, whatever the boot parameters say */
	FETCH_SAFE,  /* as safe copies of services are */
	FETCH_AGAIN, /* the same, into where pages of another copy are that
	              * were only looked at */
	FETCH_MAP,   /* no copy: map them, and unmap them afterwards */
	NR_FETCHES,
};

/** One operation, and its result. */
struct agent_op {
	struct mailbox box;
	int32_t call;
	endpoint_t who;
	cp_grant_id_t gid[NR_FETCHES]; /**< result of AGENT_GRANT */
	int32_t sharing;               /**< result: boot parameter cow */
	int32_t fetch;                 /**< enum fetch */
	int32_t store; /**< then store into each page; else only look */
	int32_t wrong; /**< result: pages that were not as granted */
	int32_t error; /**< result: OK, or what a fetch said */
	uint32_t cost[PAGES];
};
