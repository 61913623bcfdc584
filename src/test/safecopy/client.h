/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test's side of its agents g, u and w, in all tests of copies that may
 * share pages.
 *
 * Each test runs with sharing (boot parameters cow=1 cowmin=1) and without
 * (cow=0), and must see the same; only observations named count.* differ.
 * This is where traps are caught (the file is long because of them):
 *
 * trap                                         test
 * grant-trap-1  flags last, with a barrier     lib/sys/test/grants_test.c
 * grant-trap-2  a revoked id lives on          grants-sequence
 * grant-trap-3  a misaligned map grant         grants-matrix
 * grant-trap-4  start 0, length 0, wrap        grants-matrix
 * grant-trap-5  magic grants for ANY           kernel/call/test/grant_test.c
 * grant-trap-6  elements not bounded           grants-vector
 * grant-trap-7  a record not touched yet       grants-traps
 * grant-trap-8  DMA through any grant          grants-traps
 * grant-trap-9  granter named by the message   grants-traps
 * grant-trap-10 one verification in another    grants-traps
 * grant-trap-11 grants that leak               grants-traps
 * grant-trap-12 the library is bypassed        grants-table, safemap
 * grant-trap-13 a table outlives its process   grants-matrix
 * grant-trap-14 revoked while its user waits   safecopy-errors
 * grant-trap-15 errors of VM as EPERM          grants-fault, safecopy-errors
 * cow-trap-1    tail after middle              safecopy-load
 * cow-trap-2    two elements that wait for VM  safecopy-vector
 * cow-trap-3    VM's failure is lost           safecopy-nomem
 * cow-trap-4    owner or grantee dies          safecopy-load
 * cow-trap-5    destination is shared          safecopy-window
 * cow-trap-6    device memory                  safecopy-device
 * cow-trap-7    processes VM does not page     boot: VM copies from RS
 * cow-trap-8    devices write                  safecopy-dma
 * cow-trap-9    references wrap                safecopy-many
 * cow-trap-10   released before it is copied   safecopy-isolation, -many
 * cow-trap-11   no frame at a store            safecopy-nomem
 * cow-trap-12   no frame for the share         safecopy-nomem
 * cow-trap-13   overlap in one process         safecopy-overlap
 * cow-trap-14   flags that have gone stale     safecopy-window, -order
 * cow-trap-15   reading as writing             safecopy-regions
 * cow-trap-16   nothing to change              safecopy-order
 * cow-trap-17   old translations               safecopy-isolation
 * cow-trap-18   ranges across regions          safecopy-regions
 * cow-trap-19   no atomicity                   nothing asserts it
 */
#pragma once

#include "test/safecopy/agent.h"

#include <stdbool.h>

#include "test/report/report.h"

#define RW (CPF_READ | CPF_WRITE)

/** A service under the test's thumb. */
struct agent {
	endpoint_t ep;
	struct agent_op op;
};

/** The granter, the user of grants, and one more. */
extern struct agent g, u, w;

/** Pages can be shared in this run. */
extern bool sharing;

/**
 * Begin a test: open its stream and start the agents. If that fails, so does
 * the test.
 *
 * @param[in] argc, argv  of main()
 * @param[in] test        name of the test
 */
void agents_open(int argc, char **argv, const char *test);

/**
 * End a test. An ordinary copy is made, of control-src in g to control-dst in
 * u, to show that pages are shared where they can be: at checkpoint `control`
 * they are, and all frames are counted right. Then the agents go.
 *
 * @return exit status of the program
 */
int agents_close(void);

/** Name memory of an agent for the next checkpoints. */
void agent_place(const struct agent *who, const char *name, vir_bytes addr,
    vir_bytes len);

/** Start an agent that has gone. @param[out] who it @param[in] letter in its
 * label @return OK or an error */
int agent_start(struct agent *who, char letter);

/** Start one that RS lets go when it ends. @see agent_start() */
int agent_start_once(struct agent *who, char letter);

/** Do `call` with who->op as it is otherwise. @return its result */
int agent_do(struct agent *who, int call);

/** Begin to do so, and do not wait. */
void agent_begin(struct agent *who, int call);

/** Wait for it. @return its result */
int agent_end(struct agent *who);

/** New pages of an agent, never touched. @return their address */
vir_bytes agent_map(struct agent *who, unsigned int pages);

/** Give pages back. @return OK or an error */
int agent_unmap(struct agent *who, vir_bytes addr, vir_bytes len);

/** Name a stream, or a boot parameter, for what is done next. */
void agent_label(struct agent *who, const char *label);

/** Fill memory with a stream of the nonce. */
void agent_fill(struct agent *who, vir_bytes addr, vir_bytes len,
    const char *label);

/** Set memory to a byte. */
void agent_set(struct agent *who, vir_bytes addr, vir_bytes len, int byte);

/** The byte at an address. */
int agent_peek(struct agent *who, vir_bytes addr);

/** How many bytes of a range are `byte`. */
int agent_count(struct agent *who, vir_bytes addr, vir_bytes len, int byte);

/** Report the sum of an agent's memory. @see nonce_sum() */
void agent_report(struct agent *who, const char *name, vir_bytes addr,
    vir_bytes len);

/** Do two ranges hold the same? They may be of two agents. */
bool agent_same(struct agent *a, vir_bytes at, struct agent *b, vir_bytes bt,
    vir_bytes len);

/** The sum of an agent's memory. @see nonce_sum() */
uint64_t agent_sum_of(struct agent *who, vir_bytes addr, vir_bytes len);

/** Grant own memory. @see cpf_grant_direct() */
int agent_grant(struct agent *who, endpoint_t to, vir_bytes addr, vir_bytes len,
    int access);

/** Take a grant back. */
int agent_revoke(struct agent *who, int gid);

/** Copy from, or with A_TO to, a grant's offset 0. @return as
 * sys_safecopyfrom() */
int agent_copy(struct agent *who, int call, endpoint_t from, int gid,
    vir_bytes addr, vir_bytes len);

/** Grant, copy `len` bytes from one agent to the other (A_FROM: the receiver
 * makes the call, A_TO: the sender), revoke. @return of the copy */
int agent_move(int call, struct agent *from, vir_bytes src, struct agent *to,
    vir_bytes dst, vir_bytes len);

/** Pages of an agent whose frames are used elsewhere, too. */
int shared_of(const struct agent *who);

/** Frames of the machine that are free. */
int frames_left(void);

/** Frames of an agent's pages. */
int frames_of(const struct agent *who);

/** Stores of an agent that met a page which was not its own alone; and how
 * many of them took a copy. */
int stores_of(const struct agent *who);
int copies_of(const struct agent *who);

/**
 * Report a count as count.NAME, and check that it is as it should be: `pages`
 * where pages are shared, 0 where not.
 *
 * @param[in] name   what is counted
 * @param[in] count  how many
 * @param[in] pages  how many there should be
 */
void expect_shared(const char *name, int count, int pages);
