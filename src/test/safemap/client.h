/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test's side of its agents: a granter g, a user u of grants, and more if
 * the test starts them.
 *
 * What a test sees it reports, and says at once what it should have been:
 * SEE() for results, SEE_WORD() for what is in memory. The words it stores
 * differ from run to run. It is long because it says what each of the many
 * calls of a test does.
 */
#pragma once

#include "test/safemap/agent.h"

#include <proto/vm.h>

#include "test/report/checkpoint.h"

#define PAGE  4096u
#define PAGES run_pages /* of a range, if nothing else is said: 4 to 7 */
#define RANGE (PAGES * PAGE)
#define TABLE 0x400000u /* what one page table covers */

#define RWM (CPF_READ | CPF_WRITE | CPF_MAP)
#define RM  (CPF_READ | CPF_MAP)

#define BROKEN 0xdead /* load(): memory that nobody can have written */

/** A service under the test's thumb. */
struct agent {
	char label[LABEL_MAX];
	endpoint_t ep;
	vir_bytes
	    mem; /**< RANGE of new memory, its own first word's at first */
	struct smap_op op;
};

extern struct agent g, u, w;
extern unsigned int run_pages;

/** A number below n of this run; the host says pick(label, i, n). */
unsigned int pick(const char *label, unsigned int i, unsigned int n);

/**
 * Begin a test: open its stream, start g and u. If that fails the test ends.
 *
 * @param[in] argc, argv  of main()
 * @param[in] test        its name
 */
void agents_open(int argc, char **argv, const char *test);

/** End a test: all agents go. @return exit status of the program */
int agents_close(void);

/**
 * Start an agent, whose mem is new and untouched.
 *
 * @param[out] a    the agent
 * @param[in]  who  a letter for its label
 * @return OK, or an error of RS or VM
 */
int agent_start(struct agent *a, char who);

/** The same; RS does not start it again when it falls. */
int agent_start_once(struct agent *a, char who);

/** Stop an agent. @param[in,out] a it @return as RS says */
int agent_stop(struct agent *a);

/** The same, and wait until nothing is left of it. @see agent_stop() */
int agent_end(struct agent *a);

/** Do a->op as it is. @param[in,out] a who @return the result */
int agent_do(struct agent *a);

/** Do a->op. @param[in,out] a who @return whether it dies of that */
bool agent_dies(struct agent *a);

/** A word of this run. @param[in] i which @return it */
uint32_t word_of(unsigned int i);

/** New memory. @param[in,out] a whose @param[in] pages how much
 * @return address, or an error */
vir_bytes room(struct agent *a, unsigned int pages);

/** New memory at an address, or anywhere. @param[in,out] a whose
 * @param[in] addr where, or 0 @param[in] pages how much @param[in] prot
 * VM_PROT_* @return address, or an error */
vir_bytes room_at(struct agent *a, vir_bytes addr, unsigned int pages,
    int prot);

/** Store successive words. @param[in,out] a who @param[in] addr where
 * @param[in] pages how much @param[in] i the first is word_of(i) */
void store(struct agent *a, vir_bytes addr, unsigned int pages, unsigned int i);

/** Look at memory. @param[in,out] a who @param[in] addr where
 * @param[in] pages how much @return its first word, or BROKEN */
uint32_t load(struct agent *a, vir_bytes addr, unsigned int pages);

/** Grant a->mem. @param[in,out] a who @param[in] to who may use it
 * @param[in] access CPF_* @return as cpf_grant_direct() */
int grant(struct agent *a, endpoint_t to, int access);

/** Grant other memory. @see grant() */
int grant_part(struct agent *a, endpoint_t to, vir_bytes addr, vir_bytes len,
    int access);

/** Pass a grant on. @see cpf_grant_indirect() */
int pass(struct agent *a, endpoint_t to, endpoint_t from, cp_grant_id_t gid);

/** Map RANGE of a grant to a->mem. @see sys_safemap() */
int map(struct agent *a, endpoint_t from, cp_grant_id_t gid, int writable);

/** Map len bytes at offset to addr. @see sys_safemap(); map() sets from */
int map_part(struct agent *a, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, vir_bytes len, int writable);

/** End a window. @param[in,out] a who @param[in] addr where */
int unmap(struct agent *a, vir_bytes addr);

/** S_REV_GID, S_REVOKE, S_DISABLE. */
int on_grant(struct agent *a, int call, cp_grant_id_t gid);

/** Revoke by address. @param[in,out] a who @param[in] addr of it */
int revoke_addr(struct agent *a, vir_bytes addr);

/** S_FROM, S_TO: copy `len` bytes of a grant and an address. */
int copy(struct agent *a, int call, cp_grant_id_t gid, vir_bytes addr,
    vir_bytes len);

/** Fork: the child waits. @param[in,out] a who @param[in] call what it will
 * do: S_STORE, S_LOAD, 0 @param[in] addr of one page @param[in] i word_of(i)
 * @return the child, or an error */
int split(struct agent *a, int call, vir_bytes addr, unsigned int i);

/** Let a child go, wait for its end, and for the memory it had. @see S_LET */
int let_go(struct agent *a, int child);

/** Name RANGE of an agent's memory, for the host. @see report_place() */
void show(const char *name, endpoint_t ep, vir_bytes addr);

/** The same of other ranges. @see show() */
void show_part(const char *name, endpoint_t ep, vir_bytes addr,
    unsigned int pages);

/** Records of mappings that the kernel has, as an agent hears of it.
 * @param[in,out] a who asks @return how many, or an error */
int records(struct agent *a);

/** Records of the windows of a process. @see records() @param[in] ep which */
int records_of(struct agent *a, endpoint_t ep);

/** The record of a window. @param[in,out] a who asks @param[in] ep, addr which
 * @return it; its grantee is NONE if there is none */
const struct map_info *record_of(struct agent *a, endpoint_t ep,
    vir_bytes addr);

/** What a call that is refused must leave as it was. */
struct traces {
	int records;         /**< of mappings */
	uint32_t frames[2];  /**< pages that g and u have */
	uint32_t windows[2]; /**< of these, really shared */
};

/** Note how it is. @return it */
struct traces traces(void);

/** Check that it is as it was. @param[in] was before */
void untraced(const struct traces *was);

/** Free frames of the machine, when those who end have gone. @return how
 * many */
uint32_t frames_free(void);

/** Report a value, and that it is as it should be. */
#define SEE(name, value, want) see(name, value, want, __FILE__, __LINE__)
#define SEE_WORD(name, value, want)                                            \
	see_word(name, value, want, __FILE__, __LINE__)

/** For SEE(). @return whether it is */
bool see(const char *name, int value, int want, const char *file, int line);

/** For SEE_WORD(). @return whether it is */
bool see_word(const char *name, uint32_t value, uint32_t want, const char *file,
    int line);
