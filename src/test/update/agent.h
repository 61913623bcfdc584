/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service to be updated, and how programs ask it for things. It keeps a
 * counter, which its next instance gets through the data store, and a trace of
 * what has happened to it, in letters:
 *
 *     w   a request has been counted        [ ]  a long request, from its
 *     p   asked whether it is ready              beginning to its end
 *     s   asked to save                     d    asked for a dump
 *     cON the state wanted was O and is N
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <proto/proto.h>

#define UPDATE_PROGRAM "/test/update-agent"
#define UPDATE_LABEL   "t.update"

#define STATE_CUSTOM SEF_LU_STATE_CUSTOM_BASE /* known to the agent */

enum update_request {
	UPDATE_WORK = 1, /* count */
	UPDATE_LOOK,     /* struct update_look_rep */
	UPDATE_SET,      /* struct update_set_req */
	UPDATE_LONG,     /* answered after UPDATE_FINISH; others meanwhile */
	UPDATE_FINISH
};

#define TRACE_MAX 40

struct update_look_rep {
	int32_t init_type;
	uint32_t counter;
	uint32_t restarts; /**< as RS says */
	uint32_t version;  /**< of its program */
	char trace[TRACE_MAX];
};

/* How it goes on. */
struct update_set_req {
	int32_t patience; /**< times it is not ready, from now on */
	int32_t prepare;  /**< what it says then; UPDATE_CRASH, UPDATE_LEAVE */
	int32_t delay;    /**< ticks it takes to say so */
	int32_t save;     /**< result of saving */
	int32_t next;     /**< result of the next one's initialisation;
	                       UPDATE_CRASH, UPDATE_HANG */
};

/* The programs: of version 1, a newer one, and one that does not start. */
#define UPDATE_NEWER  "/test/update-newer"
#define UPDATE_BROKEN "/test/update-broken"

extern const uint32_t agent_version; /* version1.c or another */
extern const int agent_init;         /* result of its initialisation */

/* In place of results. */
#define UPDATE_CRASH 1001
#define UPDATE_LEAVE 1002
#define UPDATE_HANG  1003

_Static_assert(sizeof(struct update_look_rep) <= MSG_BODY, "look");
