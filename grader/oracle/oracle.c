/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From a dump of all memory to a checkpoint. The kernel's table of processes
 * tells the address spaces; their tables tell everything else. Of the dump
 * only what may be asked for is kept, and what has not changed since the
 * checkpoint before is kept once.
 */
#include "grader/oracle/oracle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <abi/getinfo.h>

#include "grader/base/base.h"
#include "grader/oracle/debuginfo.h"
#include "grader/oracle/genuine.h"

#define PROC(i, member) "kernel/proc.c:proc_table[" #i "]." member
#define FRAMES          "vm/frames.c:frame_table"
#define FRAME(i)        FRAMES "[" #i "].refs"
#define TABLE_SPAN      0x400000u
#define PROCS           (NR_TASKS + NR_PROCS)

struct oracle {
	struct program *kernel, *vm;
	char *fault; /* what was not genuine, or NULL */
	uint32_t nframes;
	uint32_t procs, stride; /* the table of processes */
	uint32_t endpoint, rts_flags, page_dir;
	struct snapshot *shots;
	size_t n;
	struct page_pool pool;
};

/* What a reader of the guest's pointers has to know. */
struct view {
	const struct memory *memory;
	uint32_t dir; /* 0: the kernel's direct map */
};

/* Learn where the table of processes is, and what a process looks like. */
static bool
learn(struct oracle *o)
{
	struct variable first, second, endpoint, flags, dir, last;

	if (o->kernel == NULL || o->vm == NULL ||
	    program_find(o->kernel, "kernel/proc.c:proc_table[0]", NULL, NULL,
		&first) < 0 ||
	    program_find(o->kernel, "kernel/proc.c:proc_table[1]", NULL, NULL,
		&second) < 0 ||
	    program_find(o->kernel, PROC(0, "endpoint"), NULL, NULL,
		&endpoint) < 0 ||
	    program_find(o->kernel, PROC(0, "rts_flags"), NULL, NULL, &flags) <
		0 ||
	    program_find(o->kernel, PROC(0, "page_dir"), NULL, NULL, &dir) <
		0 ||
	    program_find(o->kernel, "kernel/proc.c:proc_table", NULL, NULL,
		&last) < 0)
		return false;
	o->procs = first.addr;
	o->stride = second.addr - first.addr;
	o->endpoint = endpoint.addr - first.addr;
	o->rts_flags = flags.addr - first.addr;
	o->page_dir = dir.addr - first.addr;
	return last.size == PROCS * o->stride &&
	    program_find(o->vm, FRAMES, NULL, NULL, &first) == 0;
}

struct oracle *
oracle_new(const char *objects, uint32_t bytes)
{
	struct oracle *o = need(sizeof *o);
	char *kernel = text("%s/kernel/kernel", objects);
	char *vm = text("%s/servers/vm/vm", objects);

	o->nframes = bytes >> PAGE_SHIFT;
	o->kernel = program_open(kernel);
	o->vm = program_open(vm);
	free(kernel);
	free(vm);
	if (learn(o))
		return o;
	oracle_free(o);
	return NULL;
}

static bool
kernel_word(const struct memory *m, uint32_t addr, uint32_t *word)
{
	return addr >= KERNEL_BASE && memory_word(m, addr - KERNEL_BASE, word);
}

/* A debug_reader. */
static bool
view_read(void *ctx, uint32_t addr, uint32_t *word)
{
	const struct view *v = ctx;
	uint32_t phys;

	if (v->dir == 0)
		return kernel_word(v->memory, addr, word);
	return memory_translate(v->memory, v->dir, addr, &phys) &&
	    memory_word(v->memory, phys, word);
}

/* All address spaces, from the kernel's table of processes. */
static void
list_spaces(const struct oracle *o, struct snapshot *s, const struct memory *m)
{
	uint32_t i, at = o->procs, endpoint, flags, dir;

	s->spaces = need(PROCS * sizeof *s->spaces);
	for (i = 0; i < PROCS; i++, at += o->stride) {
		if (!kernel_word(m, at + o->endpoint, &endpoint) ||
		    !kernel_word(m, at + o->rts_flags, &flags) ||
		    !kernel_word(m, at + o->page_dir, &dir) ||
		    (flags & RTS_SLOT_FREE) != 0 || dir == 0)
			continue;
		s->spaces[s->nspaces].endpoint = (int)endpoint;
		s->spaces[s->nspaces].slot = i;
		s->spaces[s->nspaces++].dir = dir & PTE_FRAME;
	}
}

static uint32_t
dir_of(const struct snapshot *s, int endpoint)
{
	size_t i;

	for (i = 0; i < s->nspaces; i++)
		if (s->spaces[i].endpoint == endpoint)
			return s->spaces[i].dir;
	return 0;
}

/* What is needed to look at memory when the dump is gone. */
struct keeper {
	struct snapshot *to;
	const struct memory *from, *before;
	struct page_pool *pool;
	bool *lacks; /* something lies behind the end of the dump */
};

static void
keep(const struct keeper *k, uint32_t phys)
{
	uint32_t frame = phys >> PAGE_SHIFT;

	if (frame >= k->from->nframes && frame < k->to->memory.nframes)
		*k->lacks = true;
	memory_keep(&k->to->memory, frame, k->from, k->before, k->pool);
}

static void
keep_range(const struct keeper *k, uint32_t start, uint32_t end)
{
	for (start &= PTE_FRAME; start < end; start += PAGE_SIZE)
		keep(k, start);
}

static void
keep_table(const struct keeper *k, uint32_t phys)
{
	if (phys >> PAGE_SHIFT < k->to->memory.nframes)
		k->to->tables[phys >> PAGE_SHIFT] = true;
	keep(k, phys);
}

/* Count what one table refers to; keep the pages, too, if they are wanted. */
static void
walk_table(const struct keeper *k, uint32_t table, bool pages)
{
	uint32_t i, pte;

	keep_table(k, table);
	for (i = 0; i < PAGE_SIZE; i += 4) {
		if (!memory_word(k->from, table + i, &pte) ||
		    (pte & PTE_P) == 0 ||
		    pte >> PAGE_SHIFT >= k->to->memory.nframes)
			continue;
		k->to->refs[pte >> PAGE_SHIFT]++;
		if (pages)
			keep(k, pte & PTE_FRAME);
	}
}

static void
walk_space(const struct keeper *k, const struct space *s)
{
	uint32_t at, pde;

	keep_table(k, s->dir);
	for (at = 0; at < KERNEL_BASE / TABLE_SPAN; at++) {
		if (memory_word(k->from, s->dir + at * 4, &pde) &&
		    (pde & PTE_P) != 0 && (pde & PDE_BIG) == 0)
			walk_table(k, pde & PTE_FRAME,
			    s->endpoint == VM_PROC_NR);
	}
}

/* VM's table of frames, which it sees through its window. */
static void
keep_frames(const struct oracle *o, const struct keeper *k)
{
	struct view v = { k->from, dir_of(k->to, VM_PROC_NR) };
	uint32_t phys, end = k->to->memory.nframes, at;
	struct variable first, second;

	if (program_find(o->vm, FRAME(0), view_read, &v, &first) < 0 ||
	    program_find(o->vm, FRAME(1), view_read, &v, &second) < 0)
		return;
	k->to->frames = first.addr;
	k->to->stride = second.addr - first.addr;
	end = first.addr + end * k->to->stride;
	for (at = first.addr & PTE_FRAME; at < end; at += PAGE_SIZE)
		if (memory_translate(k->from, v.dir, at, &phys))
			keep(k, phys);
}

static void
keep_places(const struct keeper *k)
{
	const struct snapshot *s = k->to;
	uint32_t n, pages;
	size_t i;

	for (i = 0; i < s->nplaces; i++) {
		pages = place_pages(&s->places[i]);
		for (n = 0; n < pages; n++)
			keep(k, snapshot_entry(s, &s->places[i], n));
	}
}

static void
copy_places(struct snapshot *s, const struct stream *from)
{
	size_t i;

	s->places = need((from->nplaces + 1) * sizeof *s->places);
	s->nplaces = from->nplaces;
	for (i = 0; i < from->nplaces; i++) {
		s->places[i] = from->places[i];
		s->places[i].name = text("%s", from->places[i].name);
		if (s->places[i].endpoint == SELF)
			s->places[i].endpoint = from->sender;
	}
}

static void
snapshot_free(struct snapshot *s)
{
	size_t i;

	for (i = 0; i < s->nplaces; i++)
		free(s->places[i].name);
	free(s->places);
	free(s->spaces);
	free(s->refs);
	free(s->tables);
	free(s->memory.page);
	free(s->test);
	free(s->name);
}

/* The process that reports runs this file, or NULL: there is no such test. */
static char *
reporter_fault(const struct moment *m, const char *program,
    const struct stream *from)
{
	struct program *p = program != NULL ? program_open(program) : NULL;
	char *fault = p != NULL ? genuine_reporter(m, p, from)
				: text("there is no test %s", from->test);

	program_close(p);
	return fault;
}

/* Are kernel, VM and the process that reports what they should be? */
static enum oracle_take
examine(struct oracle *o, const struct oracle_stop *stop,
    const struct memory *all, uint32_t vm, const struct stream *from,
    bool *lacks)
{
	struct moment m = { all, stop->at.page_dir & PTE_FRAME, stop->at.pc,
		stop->at.idt, lacks };
	enum oracle_take r = ORACLE_FORGED;
	char *fault = genuine_kernel(&m, o->kernel);

	if (fault == NULL)
		fault = vm != 0 ? genuine_text(&m, vm, o->vm, "VM")
				: text("VM has no memory any more");
	if (fault == NULL) {
		fault = reporter_fault(&m, stop->program, from);
		r = fault != NULL ? ORACLE_DOUBTED : ORACLE_TAKEN;
	}
	free(o->fault);
	o->fault = fault;
	return *lacks ? ORACLE_SHORT : r;
}

const char *
oracle_fault(const struct oracle *o)
{
	return o->fault;
}

/* Is it the stop that was announced, and nothing forged? */
static enum oracle_take
recognise(struct oracle *o, const struct memory *all,
    const struct oracle_stop *stop, const struct stream *from,
    struct snapshot *s)
{
	bool lacks = false;
	uint32_t start, end;

	program_range(o->kernel, &start, &end);
	if (end - KERNEL_BASE > all->nframes << PAGE_SHIFT)
		return ORACLE_SHORT;
	list_spaces(o, s, all);
	if (dir_of(s, from->sender) != (stop->at.page_dir & PTE_FRAME))
		return ORACLE_OTHER;
	return examine(o, stop, all, dir_of(s, VM_PROC_NR), from, &lacks);
}

/* Fill in a checkpoint. */
static enum oracle_take
look(struct oracle *o, const struct memory *all, const struct record *rec,
    struct snapshot *s)
{
	const struct stream *from = &rec->streams[rec->stopper];
	bool lacks = false;
	struct keeper k = { s, all, NULL, &o->pool, &lacks };
	uint32_t start, end;
	size_t i;

	s->test = text("%s", from->test);
	s->name = text("%s", rec->stop);
	s->sender = from->sender;
	copy_places(s, from);
	s->memory.nframes = o->nframes;
	s->memory.page = need(o->nframes * sizeof *s->memory.page);
	s->refs = need(o->nframes * sizeof *s->refs);
	s->tables = need(o->nframes * sizeof *s->tables);
	if (o->n > 0)
		k.before = &o->shots[o->n - 1].memory;
	program_range(o->kernel, &start, &end);
	keep_range(&k, start - KERNEL_BASE, end - KERNEL_BASE);
	for (i = 0; i < s->nspaces; i++)
		walk_space(&k, &s->spaces[i]);
	keep_frames(o, &k);
	keep_places(&k);
	return lacks ? ORACLE_SHORT : ORACLE_TAKEN;
}

/* The dump as it lies in its file. */
static bool
dump_map(const char *path, struct memory *m, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	uint8_t *bytes;
	uint32_t i;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) < 0 || st.st_size < PAGE_SIZE) {
		close(fd);
		return false;
	}
	*size = (size_t)st.st_size;
	bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return false;
	m->nframes = (uint32_t)(*size >> PAGE_SHIFT);
	m->page = need(m->nframes * sizeof *m->page);
	for (i = 0; i < m->nframes; i++)
		m->page[i] = bytes + ((size_t)i << PAGE_SHIFT);
	return true;
}

static void
shot_add(struct oracle *o, const struct snapshot *s)
{
	struct snapshot *more = realloc(o->shots, (o->n + 1) * sizeof *more);

	if (more == NULL)
		die(EXIT_INFRA, "out of memory");
	o->shots = more;
	o->shots[o->n++] = *s;
}

enum oracle_take
oracle_take(struct oracle *o, const struct oracle_stop *stop,
    const struct record *rec)
{
	const struct stream *from = &rec->streams[rec->stopper];
	struct snapshot s = { NULL };
	struct memory all;
	size_t size;
	enum oracle_take r;
	bool ends = rec->stop != NULL && *rec->stop == '\0';

	if (rec->stop == NULL || !dump_map(stop->dump, &all, &size))
		return ORACLE_OTHER;
	r = recognise(o, &all, stop, from, &s);
	if (r == ORACLE_TAKEN && !ends)
		r = look(o, &all, rec, &s);
	munmap((void *)(uintptr_t)all.page[0], size);
	free(all.page);
	s.left = stop->at.ticks;
	s.came = stop->came.page_dir == stop->at.page_dir ? stop->came.ticks
							  : stop->at.ticks;
	if (r == ORACLE_TAKEN && !ends)
		shot_add(o, &s);
	else
		snapshot_free(&s);
	return r;
}

const struct snapshot *
oracle_snapshot(const struct oracle *o, const char *test, const char *name)
{
	size_t i = o != NULL ? o->n : 0;

	while (i-- > 0)
		if (strcmp(o->shots[i].test, test) == 0 &&
		    strcmp(o->shots[i].name, name) == 0)
			return &o->shots[i];
	return NULL;
}

const struct place *
snapshot_place(const struct snapshot *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->nplaces; i++)
		if (strcmp(s->places[i].name, name) == 0)
			return &s->places[i];
	return NULL;
}

uint32_t
place_pages(const struct place *p)
{
	uint64_t end = (uint64_t)p->addr + p->bytes + PAGE_SIZE - 1;

	if (end > KERNEL_BASE)
		end = KERNEL_BASE;
	return end >> PAGE_SHIFT < p->addr >> PAGE_SHIFT
	    ? 0
	    : (uint32_t)(end >> PAGE_SHIFT) - (p->addr >> PAGE_SHIFT);
}

uint32_t
snapshot_entry(const struct snapshot *s, const struct place *p, uint32_t n)
{
	uint32_t dir = dir_of(s, p->endpoint);

	if (dir == 0 || n >= place_pages(p))
		return 0;
	return memory_entry(&s->memory, dir, p->addr + n * PAGE_SIZE);
}

int64_t
snapshot_vm_refs(const struct snapshot *s, uint32_t frame)
{
	struct view v = { &s->memory, dir_of(s, VM_PROC_NR) };
	uint32_t refs;

	if (s->frames == 0 || frame >= s->memory.nframes ||
	    !view_read(&v, s->frames + frame * s->stride, &refs))
		return -1;
	return refs;
}

int
snapshot_variable(const struct oracle *o, const struct snapshot *s, bool vm,
    const char *name, int64_t *value)
{
	struct view view = { &s->memory, vm ? dir_of(s, VM_PROC_NR) : 0 };
	uint32_t i, word;
	uint64_t n = 0;
	struct variable v;
	int e =
	    program_find(vm ? o->vm : o->kernel, name, view_read, &view, &v);

	if (e < 0)
		return e;
	if (v.size < 1 || v.size > 8)
		return -EINVAL;
	for (i = 0; i < v.size; i++) {
		if (!view_read(&view, (v.addr + i) & ~3u, &word))
			return -EFAULT;
		n |= (uint64_t)(word >> (v.addr + i) % 4 * 8 & 0xFF) << i * 8;
	}
	if (v.is_signed && v.size < 8 && (n >> (v.size * 8 - 1) & 1) != 0)
		n |= ~(uint64_t)0 << v.size * 8;
	*value = (int64_t)n;
	return 0;
}

void
oracle_free(struct oracle *o)
{
	size_t i;

	if (o == NULL)
		return;
	for (i = 0; i < o->n; i++)
		snapshot_free(&o->shots[i]);
	free(o->shots);
	page_pool_free(&o->pool);
	program_close(o->kernel);
	program_close(o->vm);
	free(o->fault);
	free(o);
}
