/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A guest whose memory is built by hand, see small_guest.h. A small kernel and
 * a small VM are compiled, with structures unlike the real ones, and a test.
 */
#include "grader/test/small_guest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <abi/endpoint.h>
#include <abi/ipc.h>
#include <cmocka.h>

#include "grader/base/base.h"
#include "grader/base/job.h"

#define ALICE  100
#define BOB    101
#define ADDR   0x00800000u /* of the place, in both */
#define WINDOW 0x40000000u /* VM's, on all memory */

static const char kernel_source[] =
    "struct proc { char pad[12]; unsigned page_dir; int endpoint; short low;\n"
    "    char c; unsigned rts_flags; unsigned long long big; };\n"
    "struct proc proc_table[261];\n"
    "static struct proc *first = &proc_table[2];\n"
    "void start(void) { first->c = 1; }\n";
static const char gates_source[] =
    "const unsigned trap_vectors[36]; unsigned idt[2 * 0x60];\n"
    "void kcall_entry(void) { idt[1] = 2; }\n"
    "void ipc_entry(void) { idt[3] = trap_vectors[4]; }\n";
static const char report_source[] =
    "static unsigned long long said; void start(void) { said++; }\n";
static const char vm_source[] =
    "struct frame { unsigned next; unsigned refs; };\n"
    "struct frame *frame_table;\n"
    "void start(void) { frame_table->refs = 0; }\n";

char dir[] = "/tmp/lacuna-oracle-XXXXXX";
uint8_t *memory; /* the guest's */
struct oracle *oracle;
struct stream stream;
static struct record rec;

void
put(uint32_t phys, uint32_t word)
{
	memcpy(memory + phys, &word, sizeof word);
}

static void
write_source(const char *c, const char *source)
{
	char *path = text("%s/%s", dir, c);

	file_write(path, source, strlen(source));
	free(path);
}

/* Compile a source, and perhaps another, to a program for an address. */
static void
compile(const char *to, const char *c, const char *more, const char *at)
{
	char *base = text("-Wl,-Ttext-segment=%s", at);

	RUN(dir, "i686-linux-gnu-gcc", "-g", "-ffreestanding", "-nostdlib",
	    "-static", "-no-pie", "-fno-pie", "-Wl,-e,start",
	    "-Wl,--build-id=none", base, "-o", to, c,
	    more != NULL ? more : "-static");
	free(base);
}

struct program *
open_below(const char *name)
{
	char *path = text("%s/%s", dir, name);
	struct program *p = program_open(path);

	free(path);
	return p;
}

/* Where a variable of the small kernel lies in memory. */
static uint32_t
kernel_at(const char *name)
{
	struct program *p = open_below("kernel/kernel");
	struct variable v = { 0, 0, false };

	assert_non_null(p);
	assert_int_equal(program_find(p, name, NULL, NULL, &v), 0);
	program_close(p);
	return v.addr - KERNEL_BASE;
}

/* A number of a program. */
uint32_t
address(const char *program, const char *name)
{
	struct program *p = open_below(program);
	struct variable v = { 0, 0, false };

	assert_non_null(p);
	assert_int_equal(program_find(p, name, NULL, NULL, &v), 0);
	program_close(p);
	return v.addr;
}

/* Lay the page of a program's code, or of a number of it, into a frame. */
static void
lay(const char *program, uint32_t table, uint32_t frame)
{
	struct program *p = open_below(program);
	uint32_t addr, bytes;
	const uint8_t *code;

	assert_non_null(p);
	code = program_code(p, &addr, &bytes);
	assert_non_null(code);
	assert_true(bytes <= PAGE_SIZE);
	memcpy(memory + (frame << PAGE_SHIFT), code, bytes);
	if (table != 0)
		put((table << PAGE_SHIFT) + 4 * (addr >> 12 & 1023),
		    frame << PAGE_SHIFT | USER);
	program_close(p);
}

uint32_t gates; /* of the small kernel */

/* A gate of the small kernel. */
static void
gate(uint32_t vector, const char *to)
{
	uint32_t at = gates, addr;
	struct program *p = open_below("kernel/kernel");

	assert_non_null(p);
	assert_true(program_symbol(p, to, &addr));
	assert_false(program_symbol(p, "no_such_symbol", &addr) ||
	    program_function(p, 16) != NULL);
	assert_true(program_symbol(p, to, &addr));
	put(at - KERNEL_BASE + 8 * vector, addr & 0xFFFF);
	put(at - KERNEL_BASE + 8 * vector + 4, addr & 0xFFFF0000);
	program_close(p);
}

/* The kernel's window on memory, in a directory. */
static void
add_window(uint32_t page_dir)
{
	put((page_dir << PAGE_SHIFT) + 4 * (KERNEL_BASE >> 22),
	    0 | PTE_P | PTE_W | PDE_BIG);
}

/* What Alice runs, VM's code, and the kernel. */
static void
add_programs(void)
{
	uint32_t said = address("test/t/t", "report/report.c:said");

	add_window(0x300);
	lay("kernel/kernel", 0, 0x101);
	gate(KCALL_VECTOR, "kcall_entry");
	gate(IPC_VECTOR, "ipc_entry");
	put((0x300u << PAGE_SHIFT) + 4 * (said >> 22),
	    0x302u << PAGE_SHIFT | USER);
	lay("test/t/t", 0x302, 0x330);
	put((0x302u << PAGE_SHIFT) + 4 * (said >> 12 & 1023),
	    0x331u << PAGE_SHIFT | USER | PTE_W);
	lay("servers/vm/vm", 0x202, 0x230);
}

/* Fill a slot; its directory and its only table are these frames. */
static void
add_process(int slot, int endpoint, uint32_t page_dir, uint32_t table)
{
	char *at = text("kernel/proc.c:proc_table[%d].", slot + NR_TASKS),
	     *name;
	static const char *const members[] = { "page_dir", "endpoint",
		"rts_flags", "low" };
	uint32_t values[] = { page_dir << PAGE_SHIFT, (uint32_t)endpoint, 0,
		(uint16_t)-3 };

	for (size_t i = 0; i < 4; i++) {
		name = text("%s%s", at, members[i]);
		put(kernel_at(name), values[i]);
		free(name);
	}
	put((page_dir << PAGE_SHIFT) + 4 * (ADDR >> 22),
	    table << PAGE_SHIFT | USER | PTE_W);
	free(at);
}

static void
add_vm(void)
{
	struct program *p = open_below("servers/vm/vm");
	struct variable v = { 0, 0, false };
	uint32_t frame = 0x210;

	assert_non_null(p);
	assert_int_equal(
	    program_find(p, "vm/frames.c:frame_table", NULL, NULL, &v), 0);
	program_close(p);
	add_process(8, VM_PROC_NR, 0x200, 0x201);
	put((0x200u << PAGE_SHIFT) + 4 * (v.addr >> 22),
	    0x202u << PAGE_SHIFT | USER);
	put((0x202u << PAGE_SHIFT) + 4 * (v.addr >> 12 & 1023),
	    frame << PAGE_SHIFT | USER | PTE_W);
	put((0x200u << PAGE_SHIFT) + 4 * (WINDOW >> 22),
	    0 | USER | PTE_W | PDE_BIG);
	put((frame << PAGE_SHIFT) + v.addr % PAGE_SIZE,
	    WINDOW + (0x220u << PAGE_SHIFT));
}

void
set_count(uint32_t frame, uint32_t refs)
{
	put((0x220u << PAGE_SHIFT) + frame * 8 + 4, refs);
}

void
set_entry(uint32_t table, uint32_t page, uint32_t pte)
{
	put((table << PAGE_SHIFT) + 4 * ((ADDR >> 12 & 1023) + page), pte);
}

uint32_t pc = 0x00401000; /* where Alice stops */
enum oracle_take taken;

/* The dump at a checkpoint; the machine has stopped with this directory. */
bool
take(char *name, uint32_t page_dir, uint64_t ticks)
{
	char *path = text("%s/dump", dir), *test = text("%s/test/t/t", dir);
	struct oracle_stop stop = { path,
		{ ticks, page_dir << PAGE_SHIFT, pc, gates, true },
		{ ticks - 10, page_dir << PAGE_SHIFT, pc, gates, true }, test };

	rec.stop = name;
	file_write(path, memory, 0x300 << PAGE_SHIFT); /* not enough */
	taken = oracle_take(oracle, &stop, &rec);
	assert_int_equal(taken,
	    page_dir == 0x300 ? ORACLE_SHORT : ORACLE_OTHER);
	file_write(path, memory, NFRAMES << PAGE_SHIFT);
	taken = oracle_take(oracle, &stop, &rec);
	free(path);
	free(test);
	return taken == ORACLE_TAKEN;
}

void
compile_kernel(const char *with)
{
	compile("kernel/kernel", "kernel/proc.c", with, "0xC0100000");
}

int
guest_setup(void **state)
{
	static char test[] = "t", a[] = "a", b[] = "b";
	static struct place places[] = { { a, SELF, ADDR, 2 * PAGE_SIZE },
		{ b, BOB, ADDR + 8, 2 * PAGE_SIZE - 8 } };
	int slot;

	(void)state;
	assert_non_null(mkdtemp(dir));
	write_source("kernel/proc.c", kernel_source);
	write_source("kernel/i386/gates.c", gates_source);
	write_source("kernel/i386/elsewhere.c", gates_source);
	write_source("servers/vm/frames.c", vm_source);
	write_source("test/report/report.c", report_source);
	write_source("test/t/none.c", "");
	compile_kernel("kernel/i386/gates.c");
	gates = address("kernel/kernel", "i386/gates.c:idt");
	compile("servers/vm/vm", "servers/vm/frames.c", NULL, "0x01000000");
	compile("test/t/t", "test/report/report.c", NULL, "0x00400000");
	memory = need(NFRAMES << PAGE_SHIFT);
	for (slot = -NR_TASKS; slot < NR_PROCS; slot++) {
		char *name = text("kernel/proc.c:proc_table[%d].rts_flags",
		    slot + NR_TASKS);

		put(kernel_at(name), RTS_SLOT_FREE);
		free(name);
	}
	add_vm();
	add_process(20, ALICE, 0x300, 0x301);
	add_process(21, BOB, 0x310, 0x311);
	add_programs();
	stream = (struct stream){ .test = test,
		.sender = ALICE,
		.places = places,
		.nplaces = 2 };
	rec = (struct record){ .streams = &stream, .nstreams = 1 };
	oracle = oracle_new(dir, NFRAMES << PAGE_SHIFT);
	return oracle != NULL ? 0 : -1;
}

int
guest_teardown(void **state)
{
	(void)state;
	oracle_free(oracle);
	free(memory);
	remove_tree(dir);
	return 0;
}
