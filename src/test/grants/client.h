/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test's side of its agents: two services, g and u, and a third, w.
 */
#pragma once

#include "test/grants/agent.h"

/** A service under the test's thumb. */
struct agent {
	endpoint_t ep;
	vir_bytes arena; /**< its address */
	struct grant_op op;
};

/** The granter, the user of grants, and one more. */
extern struct agent g, u, w;

/**
 * Begin a test: open its stream and start the agents; their arenas are full
 * of 'g', 'u' and 'w'. If that fails, so does the test.
 *
 * @param[in] argc, argv  of main()
 * @param[in] test        name of the test
 */
void agents_open(int argc, char **argv, const char *test);

/** End a test: the agents go. @return exit status of the program */
int agents_close(void);

/** Start an agent that has gone. @param[out] who it @param[in] mark of its
 * arena, and the letter in its label */
int agent_start(struct agent *who, char mark);

/** Do who->op as it is. @return its result */
int agent_do(struct agent *who);

/** Grant own memory. @see cpf_grant_direct() */
int direct(struct agent *who, endpoint_t to, vir_bytes addr, vir_bytes len,
    int access);

/** Pass a grant on. @see cpf_grant_indirect() */
int indirect(struct agent *who, endpoint_t to, endpoint_t from,
    cp_grant_id_t gid);

/** An operation on a grant: G_REVOKE, G_DISABLE. */
int on_grant(struct agent *who, int call, cp_grant_id_t gid);

/** Copy `len` bytes at `offset` of a grant from or to the beginning of the
 * agent's arena: G_FROM, G_TO. @return as sys_safecopyfrom() */
int copy(struct agent *who, int call, endpoint_t from, cp_grant_id_t gid,
    vir_bytes offset, vir_bytes len);

/** The byte at an address of an agent. */
int peek(struct agent *who, vir_bytes addr);
