/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Calls of VM with impossible addresses and lengths answer an
 * error and change nothing; those that are not for users are refused.
 */
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/program/program.h"

VM_CALLS(PROTO_STUB)

static int
map(uint32_t addr, uint32_t length, uint32_t flags)
{
	struct vm_mmap_req req = { .addr = addr,
		.length = length,
		.prot = VM_PROT_READ | VM_PROT_WRITE,
		.flags = flags };
	struct vm_mmap_rep rep;

	return call_vm_mmap(VM_PROC_NR, &req, &rep);
}

static int
unmap(uint32_t addr, uint32_t length)
{
	struct vm_munmap_req req = { .addr = addr, .length = length };
	struct no_payload rep;

	return call_vm_munmap(VM_PROC_NR, &req, &rep);
}

static int
set_break(uint32_t addr)
{
	struct vm_brk_req req = { .addr = addr };
	struct vm_brk_rep rep;

	return call_vm_brk(VM_PROC_NR, &req, &rep);
}

static void
maps(void)
{
	CHECK(map(0, 0, 0) < 0 && map(0, 0xffffffff, 0) < 0);
	CHECK(map(0, 0xc0000000, 0) < 0 && map(0, 0x80000000, 0) < 0);
	CHECK(map(0xc0000000, 4096, VM_MAP_FIXED) < 0);
	CHECK(map(0xfffff000, 8192, VM_MAP_FIXED) < 0);
	CHECK(map(0xbffff000, 8192, VM_MAP_FIXED) < 0);
	CHECK(map(0x50000001, 4096, VM_MAP_FIXED) < 0);
	CHECK(map(0, 4096, 0xffffff00) < 0);
	CHECK(map(0, 4096, VM_MAP_CONTIG) < 0); /* for services */
	CHECK(unmap(0xc0000000, 4096) < 0 && unmap(0xfffff000, 8192) < 0);
	CHECK(unmap(0x50000001, 4096) < 0 && unmap(0x50000000, 0) < 0);
	CHECK(unmap(0x50000000, 0xf0000000) < 0);
}

static void
breaks(void)
{
	char *before = sbrk(0);

	CHECK(set_break(0xc0000000) < 0 && set_break(0xffffffff) < 0);
	CHECK(set_break(0xbffff000) < 0 && set_break(1) < 0);
	CHECK(set_break(0x400000) < 0);
	CHECK(sbrk(0) == before);
}

/* What only PM, RS and drivers may ask for. */
static void
not_for_users(void)
{
	static const uint32_t words[14] = { 1, 1, 1, 1 };
	int nr;

	for (nr = VM_MAP_PHYS; nr < VM_END; nr++)
		CHECK((VM_USER_CALLS & VM_CALL_BIT(nr)) != 0 ||
		    msg_call(VM_PROC_NR, nr, words, sizeof words, NULL, 0) ==
			-EPERM);
	for (nr = VM_END; nr < VM_END + 40; nr++)
		CHECK(
		    msg_call(VM_PROC_NR, nr, words, sizeof words, NULL, 0) < 0);
}

/* Giving one's own program back is nobody else's trouble. */
static int
suicide(void)
{
	return unmap(0x400000, 4096) == 0 ? 1 : 0;
}

static int
without_stack(void)
{
	return unmap(0xbffff000, 4096) == 0 ? 1 : 0;
}

int
main(int argc, char **argv)
{
	int end;

	(void)report_begin("robust-vm", argc > 1 ? argv[1] : NULL);
	maps();
	breaks();
	not_for_users();
	end = child(suicide);
	CHECK(end == 0 || end == SIGNALLED + SIGSEGV);
	end = child(without_stack);
	CHECK(end == 0 || end == 1 || end == SIGNALLED + SIGSEGV);
	CHECK(system_alive());
	return report_end();
}
