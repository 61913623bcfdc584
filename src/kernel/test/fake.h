/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A kernel for tests of kernel calls that deal in grants: processes with
 * tables of grants in their memory, and a VM that answers as it is told and
 * keeps what it was asked.
 */
#pragma once

#include <abi/errno.h>
#include <abi/kcall_vm.h>
#include <abi/vmlayout.h>

#include "kernel/call/call.h"
#include "kernel/maps.h"

/** Processes that there are. Each has a table of grants. */
enum {
	ALICE = 20,
	BOB,
	CAROL,
	DAVE,
	ERIN,
	FRANK,
	FAKE_LAST = FRANK
};

#define FAKE_ASKED  600 /* requests that VM remembers */
#define FAKE_GRANTS 32  /* in a table */

/** VM. */
struct fake_vm {
	int status;  /**< its answer to ... */
	int failing; /**< ... this request, the first is 0; -1: OK to all */
	int n;       /**< requests it has answered */
	struct vm_request asked[FAKE_ASKED];
};

extern struct fake_vm fake_vm;

/** A kernel call on its way. */
struct fake_call {
	int who; /**< slot of the caller */

	enum {
		FAKE_MAP,
		FAKE_REVOKE,
		FAKE_UNMAP
	} kind;
	struct sys_safemap_req map;
	struct sys_saferevmap_req revoke;
	struct sys_safeunmap_req unmap;
};

/** A kernel just started: nothing is granted or mapped. */
int fake_kernel(void **state);

/** Endpoint of a process. @param[in] slot its slot @return it */
endpoint_t fake_ep(int slot);

/** The process itself. @param[in] slot its slot @return it */
struct proc *fake_proc(int slot);

/** A process exits, and another takes its slot: as the kernel does it. */
void fake_exit(int slot);

/** A process executes something else: as the kernel does it. */
void fake_exec(int slot);

/** Put a record into a table. @param[in] slot whose @param[in] g the record
 * @return its id */
cp_grant_id_t fake_record(int slot, const struct cp_grant *g);

/** Grant memory. @param[in] slot who @param[in] to whom, or ANY
 * @param[in] addr, len which @param[in] access CPF_* @return its id */
cp_grant_id_t fake_grant(int slot, endpoint_t to, vir_bytes addr, vir_bytes len,
    uint32_t access);

/** Pass a grant on. @param[in] slot who @param[in] to whom
 * @param[in] from whose grant @param[in] gid its id @return its id */
cp_grant_id_t fake_pass(int slot, endpoint_t to, endpoint_t from,
    cp_grant_id_t gid);

/** Make a grant invalid. @param[in] slot whose @param[in] gid which */
void fake_clear(int slot, cp_grant_id_t gid);

/** Run a call's handler once. @param[in] c the call
 * @return as the handler; -EVMSUSPEND: VM is asked */
int fake_step(const struct fake_call *c);

/** VM answers the oldest request. @return whether there was one */
bool fake_serve(void);

/** Run a call, and VM, until it is done. @param[in] c the call
 * @return its result */
int fake_finish(const struct fake_call *c);

/** A call to map. @param[in] who maps @param[in] granter whose grant
 * @param[in] gid which @param[in] window where to @param[in] pages how many
 * @return the call: at offset 0, writable */
struct fake_call fake_map(int who, int granter, cp_grant_id_t gid,
    vir_bytes window, vir_bytes pages);

/** A call to revoke by grant. @param[in] who calls @param[in] gid which
 * @return the call */
struct fake_call fake_revoke(int who, cp_grant_id_t gid);

/** A call to revoke by address. @param[in] who calls @param[in] addr which
 * @return the call */
struct fake_call fake_revoke_addr(int who, vir_bytes addr);

/** A call to unmap. @param[in] who calls @param[in] addr its window
 * @return the call */
struct fake_call fake_unmap(int who, vir_bytes addr);

/** How many records there are. @return the number */
uint32_t fake_records(void);
