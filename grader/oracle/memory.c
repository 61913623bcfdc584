/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Pages, and the processor's way through them.
 * @source Intel 80386 manual, chapter 5; page size extension of the Pentium
 */
#include "grader/oracle/memory.h"

#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"

#define PAGES_OF_TABLE 1024u
#define TABLE_SHIFT    22

const uint8_t *
memory_at(const struct memory *m, uint32_t phys)
{
	uint32_t n = phys >> PAGE_SHIFT;

	if (n >= m->nframes || m->page[n] == NULL)
		return NULL;
	return m->page[n] + phys % PAGE_SIZE;
}

bool
memory_word(const struct memory *m, uint32_t phys, uint32_t *word)
{
	const uint8_t *p = memory_at(m, phys & ~3u);

	if (p == NULL)
		return false;
	memcpy(word, p, sizeof *word); /* both machines are little endian */
	return true;
}

uint32_t
memory_entry(const struct memory *m, uint32_t dir, uint32_t addr)
{
	uint32_t pde, pte, page;

	if (!memory_word(m, dir + (addr >> TABLE_SHIFT) * 4, &pde) ||
	    (pde & PTE_P) == 0)
		return 0;
	page = (addr >> PAGE_SHIFT) % PAGES_OF_TABLE;
	if ((pde & PDE_BIG) != 0)
		return pde + (page << PAGE_SHIFT);
	if (!memory_word(m, (pde & PTE_FRAME) + page * 4, &pte) ||
	    (pte & PTE_P) == 0)
		return 0;
	return pte;
}

bool
memory_translate(const struct memory *m, uint32_t dir, uint32_t addr,
    uint32_t *phys)
{
	uint32_t pte = memory_entry(m, dir, addr);

	if (pte == 0)
		return false;
	*phys = (pte & PTE_FRAME) + addr % PAGE_SIZE;
	return true;
}

void
memory_keep(struct memory *m, uint32_t frame, const struct memory *from,
    const struct memory *before, struct page_pool *pool)
{
	uint8_t **more, *copy;

	if (frame >= m->nframes || frame >= from->nframes ||
	    m->page[frame] != NULL || from->page[frame] == NULL)
		return;
	if (before != NULL && frame < before->nframes &&
	    before->page[frame] != NULL &&
	    memcmp(before->page[frame], from->page[frame], PAGE_SIZE) == 0) {
		m->page[frame] = before->page[frame];
		return;
	}
	copy = need(PAGE_SIZE);
	memcpy(copy, from->page[frame], PAGE_SIZE);
	more = realloc(pool->at, (pool->n + 1) * sizeof *more);
	if (more == NULL)
		die(EXIT_INFRA, "out of memory");
	pool->at = more;
	pool->at[pool->n++] = copy;
	m->page[frame] = copy;
}

void
page_pool_free(struct page_pool *pool)
{
	for (size_t i = 0; i < pool->n; i++)
		free(pool->at[i]);
	free(pool->at);
	memset(pool, 0, sizeof *pool);
}
