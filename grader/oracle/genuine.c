/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Comparing what is in memory with what was built, see genuine.h.
 */
#include "grader/oracle/genuine.h"

#include <string.h>

#include <abi/ipc.h>

#include "grader/base/base.h"
#include "kernel/arch/i386/layout.h"

#define SAID "report/report.c:said"

#define IRQS 16

/* A place in a program's code, by its function if that is known. */
static char *
changed(const struct program *p, const char *name, uint32_t addr)
{
	const char *in = program_function(p, addr);

	return text("the code of %s was changed while it ran, at %#x%s%s", name,
	    addr, in != NULL ? " in " : "", in != NULL ? in : "");
}

/* Compare one page, or the part of it that is of the program. */
static char *
page_fault(const struct program *p, const char *name, uint32_t addr,
    const uint8_t *is, const uint8_t *was, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (is[i] != was[i])
			return changed(p, name, addr + i);
	return NULL;
}

/* Physical memory, which has to be there. */
static const uint8_t *
needed(const struct moment *m, uint32_t phys)
{
	const uint8_t *bytes = memory_at(m->memory, phys);

	*m->lacks |= bytes == NULL;
	return bytes;
}

/* What is in memory at an address, to the end of the page; NULL: nothing. */
static const uint8_t *
bytes_at(const struct moment *m, uint32_t dir, uint32_t addr)
{
	uint32_t pde, phys;

	if (needed(m, dir) == NULL ||
	    !memory_word(m->memory, dir + (addr >> 22) * 4, &pde) ||
	    (pde & PTE_P) == 0 ||
	    ((pde & PDE_BIG) == 0 && needed(m, pde & PTE_FRAME) == NULL) ||
	    !memory_translate(m->memory, dir, addr, &phys))
		return NULL;
	return needed(m, phys);
}

char *
genuine_text(const struct moment *m, uint32_t dir, const struct program *p,
    const char *name)
{
	uint32_t addr, left, n;
	const uint8_t *was = program_code(p, &addr, &left), *is;
	char *fault =
	    was == NULL ? text("the code of %s is not known", name) : NULL;

	for (; was != NULL && left > 0 && fault == NULL; left -= n) {
		n = PAGE_SIZE - addr % PAGE_SIZE;
		n = n < left ? n : left;
		is = bytes_at(m, dir, addr);
		if (is != NULL)
			fault = page_fault(p, name, addr, is, was, n);
		addr += n;
		was += n;
	}
	return fault;
}

/* An aligned word of the guest; 0 if it is not there. */
static uint32_t
word_at(const struct moment *m, uint32_t addr)
{
	const uint8_t *bytes = bytes_at(m, m->dir, addr);
	uint32_t word = 0;

	if (bytes != NULL)
		memcpy(&word, bytes, sizeof word);
	return word;
}

/* Where a gate leads to. */
static uint32_t
gate_target(const struct moment *m, uint32_t vector)
{
	uint32_t at = m->idt + 8 * vector;

	return (word_at(m, at) & 0xFFFF) | (word_at(m, at + 4) & 0xFFFF0000);
}

/* Where it should lead to: by the kernel's own table, whose content has been
 * compared already, or by name. 0: nowhere. */
static uint32_t
gate_wanted(const struct moment *m, const struct program *kernel,
    uint32_t vectors, uint32_t i)
{
	uint32_t entry = 0;

	if (i < NR_EXCEPTIONS)
		return word_at(m, vectors + 4 * i);
	if (i >= IRQ_VECTOR)
		return word_at(m,
		    vectors + 4 * (NR_EXCEPTIONS + i - IRQ_VECTOR));
	if (i == KCALL_VECTOR)
		(void)program_symbol(kernel, "kcall_entry", &entry);
	else if (i == IPC_VECTOR)
		(void)program_symbol(kernel, "ipc_entry", &entry);
	return entry;
}

static char *
gates_fault(const struct moment *m, const struct program *kernel)
{
	uint32_t vectors, own, i;
	struct variable idt;

	if (program_find(kernel, "i386/gates.c:idt", NULL, NULL, &idt) < 0 ||
	    !program_symbol(kernel, "trap_vectors", &vectors))
		return text("the kernel's gates cannot be compared");
	if (m->idt != idt.addr)
		return text("the processor's gates are not the kernel's");
	for (i = 0; i < IRQ_VECTOR + IRQS; i++) {
		own = gate_wanted(m, kernel, vectors, i);
		if (gate_target(m, i) != own)
			return text("gate %u does not lead to the kernel's "
				    "entry any more",
			    i);
	}
	return NULL;
}

char *
genuine_kernel(const struct moment *m, const struct program *kernel)
{
	char *fault = genuine_text(m, m->dir, kernel, "the kernel");

	return fault != NULL ? fault : gates_fault(m, kernel);
}

/* Has the process said what has arrived? It stops right behind the record,
 * and a stop in the middle of a stream is announced by a record. */
static char *
said_fault(const struct moment *m, const struct program *p,
    const struct stream *from)
{
	struct variable v;
	uint64_t said;

	if (program_find(p, SAID, NULL, NULL, &v) < 0)
		return text("%s has not the means to report", from->test);
	said = word_at(m, v.addr) | (uint64_t)word_at(m, v.addr + 4) << 32;
	if (said == from->said)
		return NULL;
	return text("the process of %s has not said what has arrived from it",
	    from->test);
}

char *
genuine_reporter(const struct moment *m, const struct program *p,
    const struct stream *from)
{
	uint32_t addr, bytes;
	char *fault;

	if (program_code(p, &addr, &bytes) == NULL || m->pc < addr ||
	    m->pc - addr >= bytes)
		return text("the process of %s stopped outside its program",
		    from->test);
	fault = genuine_text(m, m->dir, p, from->test);
	return fault != NULL ? fault : said_fault(m, p, from);
}
