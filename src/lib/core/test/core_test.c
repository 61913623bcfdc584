/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Core files of a made-up process: headers and notes, where each page is, what
 * is left out, every limit; and errors at each step.
 */
#include <lacuna/core.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <abi/elf.h>
#include <abi/errno.h>
#include <lacuna/ipc.h>
#include <proto/vm.h>

#include "lib/core/note.h"

#define FILE_MAX 0x60000 /* bytes of the file that are kept */

/* What VM knows: text, data of which some pages are there, a device, and a
 * stack. */
static const struct vm_region_rep regions[] = {
	{ 0x400000, 0x402000, VM_PROT_READ | VM_PROT_EXEC, 0, 0, 0 },
	{ 0x403000, 0x443000, VM_PROT_READ | VM_PROT_WRITE, 0, 0, 0 },
	{ 0x8000000, 0x8004000, VM_PROT_READ | VM_PROT_WRITE, 1, 0, 0 },
	{ 0xbfffe000, 0xc0000000, VM_PROT_READ | VM_PROT_WRITE, 0, 0, 0 },
};

#define REGIONS (sizeof regions / sizeof *regions)

static uint8_t file[FILE_MAX];
static uint32_t end; /* of what was written */
static int calls, fails_at, vm_calls, vm_fails_at;

/* All pages are there but every fourth, and none of the device. */
static bool
there(vir_bytes addr)
{
	return addr / PAGE_SIZE % 4 != 3;
}

static vir_bytes
seek(vir_bytes addr, vir_bytes to, bool wanted)
{
	while (addr < to && there(addr) != wanted)
		addr += PAGE_SIZE;
	return addr;
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	struct message *m = arg;
	const struct vm_region_req req = *(struct vm_region_req *)m->m_body;
	struct vm_region_rep rep;
	size_t i = 0;

	(void)status;
	assert_int_equal(primitive, SENDREC);
	assert_int_equal(peer, VM_PROC_NR);
	assert_int_equal(m->m_type, VM_REGION);
	assert_int_equal(req.ep, 77);
	m->m_type = ++vm_calls == vm_fails_at ? -EINVAL : OK;
	if (m->m_type != OK)
		return OK;
	while (i < REGIONS && regions[i].end <= req.addr)
		i++;
	if (i == REGIONS) {
		m->m_type = -ENOENT;
		return OK;
	}
	rep = regions[i];
	rep.from = req.addr > rep.start ? req.addr : rep.start;
	if (rep.device)
		rep.from = rep.end;
	rep.from = seek(rep.from, rep.end, true);
	rep.to = seek(rep.from, rep.end, false);
	memcpy(m->m_body, &rep, sizeof rep);
	return OK;
}

static int
put(void *arg, uint32_t position, const void *bytes, uint32_t n)
{
	assert_ptr_equal(arg, &end);
	assert_in_range(position + n, 1, FILE_MAX);
	if (++calls == fails_at)
		return -EIO;
	memcpy(file + position, bytes, n);
	if (position + n > end)
		end = position + n;
	return OK;
}

/* The memory: each word is its address. */
static int
put_memory(void *arg, uint32_t position, vir_bytes addr, uint32_t n)
{
	uint32_t words[PAGE_SIZE / sizeof(uint32_t)];
	uint32_t done, part, i;
	int r = OK;

	for (done = 0; r == OK && done < n; done += part) {
		assert_true(there(addr + done));
		part = n - done < PAGE_SIZE ? n - done : PAGE_SIZE;
		for (i = 0; i < PAGE_SIZE / sizeof(uint32_t); i++)
			words[i] = addr + done + i * (uint32_t)sizeof *words;
		r = put(arg, position + done, words, part);
	}
	return r;
}

static const struct core_output out = { put, put_memory, &end };

static const struct core_process process = {
	.ep = 77,
	.pid = 10,
	.ppid = 11,
	.pgrp = 12,
	.sid = 13,
	.uid = 14,
	.gid = 15,
	.sig = 6,
	.name = "program",
	.regs = { .eax = 1, .ebx = 2, .eip = 0x400123, .esp = 0xbfffff00 },
};

static int
begin(void **state)
{
	(void)state;
	memset(file, 0, sizeof file);
	end = 0;
	calls = fails_at = vm_calls = vm_fails_at = 0;
	return 0;
}

static const struct elf_header *
header(void)
{
	return (const struct elf_header *)file;
}

static const struct elf_phdr *
part(uint32_t i)
{
	return (const struct elf_phdr *)(file + header()->phoff) + i;
}

static uint32_t
written(uint32_t limit)
{
	uint32_t size = 0;

	assert_int_equal(core_write(&process, &out, limit, &size), OK);
	return size;
}

static void
test_headers(void **state)
{
	uint32_t size = written(UINT32_MAX), i;

	(void)state;
	assert_int_equal(header()->magic, ELF_MAGIC);
	assert_int_equal(header()->type, ELF_TYPE_CORE);
	assert_int_equal(header()->phnum, REGIONS + 1);
	assert_int_equal(part(0)->type, ELF_NOTE);
	for (i = 0; i < REGIONS; i++) {
		const struct elf_phdr *p = part(i + 1);
		uint32_t n = regions[i].end - regions[i].start;

		assert_int_equal(p->type, ELF_LOAD);
		assert_int_equal(p->vaddr, regions[i].start);
		assert_int_equal(p->memsz, n);
		assert_int_equal(p->filesz, regions[i].device ? 0 : n);
		assert_int_equal(p->offset % PAGE_SIZE, 0);
	}
	assert_int_equal(part(1)->flags, ELF_PF_R | ELF_PF_X);
	assert_int_equal(part(2)->flags, ELF_PF_R | ELF_PF_W);
	assert_int_equal(size, part(REGIONS)->offset + part(REGIONS)->filesz);
}

static void
test_notes(void **state)
{
	const struct core_notes *n;

	(void)state;
	(void)written(UINT32_MAX);
	assert_int_equal(part(0)->filesz, sizeof *n);
	n = (const struct core_notes *)(file + part(0)->offset);
	assert_string_equal(n->status_name, "CORE");
	assert_string_equal(n->program_name, "CORE");
	assert_int_equal(n->status_note.descsz, sizeof n->status);
	assert_int_equal(n->program_note.descsz, sizeof n->program);
	assert_int_equal(n->status.sig, 6);
	assert_int_equal(n->status.pid, 10);
	assert_int_equal(n->program.sid, 13);
	assert_int_equal(n->program.gid, 15);
	assert_int_equal(n->status.regs.eax, 1);
	assert_int_equal(n->status.regs.ebx, 2);
	assert_int_equal(n->status.regs.eip, 0x400123);
	assert_int_equal(n->status.regs.esp, 0xbfffff00);
	assert_string_equal(n->program.name, "program");
}

/* Each page is where the headers say; those that are not there are zeros. */
static void
test_pages(void **state)
{
	uint32_t i, at, word;

	(void)state;
	(void)written(UINT32_MAX);
	for (i = 1; i <= REGIONS; i++) {
		for (at = 0; at < part(i)->filesz; at += 64) {
			vir_bytes addr = part(i)->vaddr + at;

			memcpy(&word, file + part(i)->offset + at, 4);
			assert_int_equal(word, there(addr) ? addr : 0);
		}
	}
}

/* Whatever the limit, not a byte is written behind it, and all before. */
static void
test_limits(void **state)
{
	static uint8_t whole[FILE_MAX];
	uint32_t size = written(UINT32_MAX), limit;

	memcpy(whole, file, sizeof whole);
	for (limit = 1; limit < size + 3; limit += limit < 600 ? 1 : 4099) {
		(void)begin(state);
		assert_int_equal(written(limit), limit < size ? limit : size);
		assert_true(end <= limit);
		assert_memory_equal(file, whole, limit < size ? limit : size);
	}
	(void)begin(state);
	assert_int_equal(written(size - 1), size - 1);
	(void)begin(state);
	assert_int_equal(written(size + 1), size);
}

/* An error at any step is told, and nothing is written after it. */
static void
test_errors(void **state)
{
	uint32_t size;
	int n, vm, i;

	(void)written(UINT32_MAX);
	n = calls;
	vm = vm_calls;
	for (i = 1; i <= n; i++) {
		(void)begin(state);
		fails_at = i;
		assert_int_equal(core_write(&process, &out, UINT32_MAX, &size),
		    -EIO);
		assert_int_equal(calls, i);
	}
	for (i = 1; i <= vm; i++) {
		(void)begin(state);
		vm_fails_at = i;
		assert_int_equal(core_write(&process, &out, UINT32_MAX, &size),
		    -EINVAL);
		assert_int_equal(vm_calls, i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_headers, begin),
		cmocka_unit_test_setup(test_notes, begin),
		cmocka_unit_test_setup(test_pages, begin),
		cmocka_unit_test_setup(test_limits, begin),
		cmocka_unit_test_setup(test_errors, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
