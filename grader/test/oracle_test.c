/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Looking at memory from outside. Proves E3. A small kernel and a small VM
 * are compiled, with structures unlike the real ones, and a test; a dump is
 * built by hand: two processes share a frame, then one gets a frame of its own.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <abi/endpoint.h>
#include <abi/getinfo.h>
#include <abi/ipc.h>
#include <cmocka.h>

#include "grader/base/base.h"
#include "grader/base/job.h"
#include "grader/judge/expr.h"
#include "grader/oracle/debuginfo.h"
#include "grader/oracle/oracle.h"

#define NFRAMES 1024u
#define ALICE   100
#define BOB     101
#define ADDR    0x00800000u /* of the place, in both */
#define WINDOW  0x40000000u /* VM's, on all memory */
#define USER    (PTE_P | PTE_U)

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

static char dir[] = "/tmp/lacuna-oracle-XXXXXX";
static uint8_t *memory; /* the guest's */
static struct oracle *oracle;
static struct stream stream;
static struct record rec;

static void
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

static struct program *
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
static uint32_t
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

static uint32_t gates; /* of the small kernel */

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

static void
set_count(uint32_t frame, uint32_t refs)
{
	put((0x220u << PAGE_SHIFT) + frame * 8 + 4, refs);
}

static void
set_entry(uint32_t table, uint32_t page, uint32_t pte)
{
	put((table << PAGE_SHIFT) + 4 * ((ADDR >> 12 & 1023) + page), pte);
}

static uint32_t pc = 0x00401000; /* where Alice stops */
static enum oracle_take taken;

/* The dump at a checkpoint; the machine has stopped with this directory. */
static bool
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

static void
compile_kernel(const char *with)
{
	compile("kernel/kernel", "kernel/proc.c", with, "0xC0100000");
}

static int
setup(void **state)
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

static int
teardown(void **state)
{
	(void)state;
	oracle_free(oracle);
	free(memory);
	remove_tree(dir);
	return 0;
}

static void
test_variables_are_found_by_name(void **state)
{
	struct program *p = open_below("kernel/kernel");
	uint32_t start, end;
	struct variable v;

	(void)state;
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[3].low", NULL, NULL, &v), 0);
	assert_int_equal(v.size, 2);
	assert_true(v.is_signed);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[3].big", NULL, NULL, &v), 0);
	assert_int_equal(v.size, 8);
	program_range(p, &start, &end);
	assert_int_equal(start, 0xC0100000);
	assert_in_range(v.addr, start, end);
	assert_int_equal(program_find(p, "c.c:proc_table", NULL, NULL, &v),
	    -ENOENT);
	assert_int_equal(program_find(p, "proc.c:proc_tab", NULL, NULL, &v),
	    -ENOENT);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[0].x", NULL, NULL, &v), -ENOENT);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[261]", NULL, NULL, &v), -ERANGE);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table[-1]", NULL, NULL, &v), -EINVAL);
	assert_int_equal(program_find(p, "proc_table", NULL, NULL, &v),
	    -EINVAL);
	assert_int_equal(
	    program_find(p, "proc.c:proc_table.low", NULL, NULL, &v), -EINVAL);
	assert_int_equal(program_find(p, "proc.c:first.low", NULL, NULL, &v),
	    -EFAULT);
	program_close(p);
	assert_null(open_below("kernel/proc.c"));
	assert_null(open_below("nothing"));
	assert_null(oracle_new("/nothing", 1));
}

/* Both have frame 0x320 as page 0; then Alice gets 0x321. */
static void
test_checkpoints_are_taken(void **state)
{
	static char first[] = "first", second[] = "second";

	(void)state;
	set_entry(0x301, 0, 0x320u << PAGE_SHIFT | USER);
	set_entry(0x311, 0, 0x320u << PAGE_SHIFT | USER);
	set_entry(0x311, 1, 0x322u << PAGE_SHIFT | USER | PTE_PINNED);
	put(0x320u << PAGE_SHIFT, 12345);
	set_count(0x320, 2);
	set_count(0x322, 1);
	set_count(0x321, FRAME_IS_FREE);
	assert_false(take(first, 0x310, 1000)); /* it was Bob who stopped */
	assert_false(take(first, 0x305, 1000)); /* nobody */
	assert_true(take(first, 0x300, 1000));
	assert_null(oracle_snapshot(oracle, "t", "second"));
	set_entry(0x301, 0, 0x321u << PAGE_SHIFT | USER | PTE_W);
	put(0x321u << PAGE_SHIFT, 12345);
	set_count(0x320, 1);
	set_count(0x321, 2);
	assert_true(take(second, 0x300, 5000));
	memset(memory, 0, NFRAMES << PAGE_SHIFT); /* what was kept is kept */
	assert_non_null(oracle_snapshot(oracle, "t", "second"));
	assert_null(oracle_snapshot(oracle, "u", "second"));
	assert_null(oracle_snapshot(NULL, "t", "second"));
}

/* A stop after a word of memory was changed must be told as this. */
static void
expect_told(enum oracle_take what, uint32_t phys, const char *why)
{
	static char name[] = "forged";
	uint32_t was;

	memcpy(&was, memory + phys, sizeof was);
	put(phys, ~was);
	assert_false(take(name, 0x300, 6000));
	assert_int_equal(taken, what);
	if (strstr(oracle_fault(oracle), why) == NULL)
		fail_msg("%s", oracle_fault(oracle));
	put(phys, was);
	assert_null(oracle_snapshot(oracle, "t", name));
}

static void
test_what_was_changed_is_forged(void **state)
{
	uint32_t said = address("test/t/t", "report/report.c:said");
	uint32_t idt = gates - KERNEL_BASE;
	static char name[] = "end", empty[] = "";

	(void)state;
	expect_told(ORACLE_FORGED, 0x101u << PAGE_SHIFT,
	    "the code of the kernel was changed while it ran, at 0xc0101000 in "
	    "start");
	expect_told(ORACLE_FORGED, 0x230u << PAGE_SHIFT,
	    "the code of VM was changed");
	expect_told(ORACLE_DOUBTED, 0x330u << PAGE_SHIFT,
	    "the code of t was changed");
	expect_told(ORACLE_DOUBTED, (0x331u << PAGE_SHIFT) + said % PAGE_SIZE,
	    "t has not said");
	expect_told(ORACLE_DOUBTED,
	    (0x331u << PAGE_SHIFT) + said % PAGE_SIZE + 4, "t has not said");
	expect_told(ORACLE_FORGED, idt + 8 * 14, "gate 14 ");
	expect_told(ORACLE_FORGED, idt + 8 * 0x5F + 4, "gate 95 ");
	expect_told(ORACLE_FORGED, idt + 8 * KCALL_VECTOR, "gate 32 ");
	pc = 0x00400FFF;
	assert_false(take(name, 0x300, 6000));
	assert_int_equal(taken, ORACLE_DOUBTED);
	pc = 0x00401000;
	stream.said = 7;
	assert_false(take(name, 0x300, 6000));
	put((0x331u << PAGE_SHIFT) + said % PAGE_SIZE, 7);
	assert_true(take(empty, 0x300, 6000)); /* the end of a stream */
	assert_null(oracle_snapshot(oracle, "t", ""));
	put((0x331u << PAGE_SHIFT) + said % PAGE_SIZE, 0);
	stream.said = 0;
}

/* The table of gates is in another file than the one that is looked into. */
static void
test_gates_that_are_not_found_are_refused(void **state)
{
	struct oracle *own = oracle;
	static char name[] = "unknown";

	(void)state;
	compile_kernel("kernel/i386/elsewhere.c");
	oracle = oracle_new(dir, NFRAMES << PAGE_SHIFT);
	assert_non_null(oracle);
	assert_false(take(name, 0x300, 6000));
	assert_int_equal(taken, ORACLE_FORGED);
	assert_string_equal(oracle_fault(oracle),
	    "the kernel's gates cannot be compared");
	oracle_free(oracle);
	oracle = own;
	compile_kernel("kernel/i386/gates.c");
}

/* Does a condition hold? What is missing counts as no. */
static bool
holds(const char *source)
{
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { nonce, 1, NULL, oracle, "t" };
	struct expectation e;

	assert_int_equal(expr_expect(source, &env, &e), 0);
	assert_true(e.memory);
	assert_false(e.seen);
	return e.holds;
}

static void
test_frames_are_looked_up(void **state)
{
	(void)state;
	assert_true(holds("frame('first', 'a') == 0x320"));
	assert_true(holds("frame('first', 'a') == frame('first', 'b')"));
	assert_true(holds("frame('second', 'a', 0) == 0x321"));
	assert_true(holds("frame('first', 'a', 1) == -1"));
	assert_true(holds("frame('first', 'a', 2) == -1"));
	assert_true(holds("pte('second', 'a') == 0x321007"));
	assert_true(holds("refs('first', 'a') == 2"));
	assert_true(holds("refs('second', 'b') == 1"));
	assert_true(holds("vm_refs('second', 'b') == 1"));
	assert_true(holds("vm_refs('second', 'a') == 2"));
	assert_true(holds("content('second', 'a', 0)"
			  " == content('first', 'a', 0)"));
	assert_true(holds("content('second', 'a') == ''"));
	assert_true(holds("content('second', 'b') != ''"));
}

static void
test_places_are_counted(void **state)
{
	(void)state;
	assert_true(holds("pages('first', 'b') == 2"));
	assert_true(holds("present('first', 'a') == 1"));
	assert_true(holds("present('first', 'b') == 2"));
	assert_true(holds("present('first', 'a', 1) == 0"));
	assert_true(holds("writable('first', 'a') == 0"));
	assert_true(holds("writable('second', 'a') == 1"));
	assert_true(holds("pinned('first', 'b') == 1"));
	assert_true(holds("shared('first', 'b') == 0"));
	assert_true(holds("held('first', 'b', 2) == 1"));
	assert_true(holds("held('second', 'b', 1) == 2"));
	assert_true(holds("same('first', 'a', 'b') == 1"));
	assert_true(holds("same('second', 'a', 'b') == 0"));
	assert_true(holds("moved('first', 'second', 'a') == 1"));
	assert_true(holds("moved('first', 'second', 'b') == 0"));
}

static void
test_the_system_is_looked_at(void **state)
{
	(void)state;
	assert_true(holds("free_frames('first') == 1"));
	assert_true(holds("free_frames('second') == 0"));
	assert_true(holds("fresh_frames('first', 'second') == 1"));
	assert_true(holds("used_frames('second') == used_frames('first') + 1"));
	assert_true(holds("miscounted('first') == 0"));
	assert_true(holds("miscounted('second') == 1"));
	assert_true(holds("ticks('first', 'second') == 3990"));
	assert_true(
	    holds("kernel('first', 'proc.c:proc_table[25].low') == -3"));
	assert_true(holds("kernel('first', 'proc.c:proc_table[25].endpoint')"
			  " == 100"));
	assert_true(
	    holds("vm('second', 'frames.c:frame_table[801].refs') == 2"));
}

static void
test_what_is_missing_proves_nothing(void **state)
{
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { nonce, 1, NULL, oracle, "t" };
	struct expectation e;

	(void)state;
	assert_false(holds("frame('third', 'a') == 0 || 1"));
	assert_false(holds("frame('first', 'c') == 0 || 1"));
	assert_false(holds("kernel('first', 'proc.c:nothing') == 0 || 1"));
	assert_int_equal(expr_expect("!refs('third', 'a')", &env, &e), 0);
	assert_string_equal(e.missing, "checkpoint third was never reached");
	env.test = "u"; /* another test has no checkpoints */
	assert_int_equal(expr_expect("refs('first', 'a') == 2", &env, &e), 0);
	assert_false(e.holds);
}

static void
test_people_are_told_the_numbers(void **state)
{
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { nonce, 1, NULL, oracle, "t" };
	struct expectation e;

	(void)state;
	assert_int_equal(
	    expr_expect("refs('first', 'a') == vm_refs('second', 'a') + 1",
		&env, &e),
	    0);
	assert_false(e.holds);
	assert_string_equal(e.expected,
	    "refs('first', 'a') == vm_refs('second', 'a') + 1");
	assert_string_equal(e.found,
	    "refs('first', 'a') = 2, vm_refs('second', 'a') = 2");
	assert_int_equal(e.time, 5000);
	assert_int_equal(expr_expect("miscounted('second') == 0", &env, &e), 0);
	assert_non_null(strstr(e.found, "miscounted('second') = 1 ("));
	assert_non_null(strstr(e.found, "frame 0x"));
	assert_non_null(strstr(e.found, "map"));
	env.seen = "2"; /* together with what the guest says */
	assert_int_equal(expr_expect("seen == refs('first', 'a')", &env, &e),
	    0);
	assert_true(e.holds && e.seen && e.memory);
	env.seen = NULL;
	assert_int_equal(expr_expect("seen == refs('first', 'a')", &env, &e),
	    0);
	assert_false(e.holds);
}

static void
test_questions_have_a_form(void **state)
{
	static const char *const bad[] = { "frame('x')", "frame(1, 'a')",
		"frame('x', 'a', 'b')", "frame('x', 'a', 1, 2)",
		"held('x', 'a')", "ticks('x')", "frames('x', 'a')" };
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { .nonce = nonce };
	struct expectation e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(expr_expect(bad[i], &env, &e), -EINVAL);
	assert_int_equal(expr_expect("content('x', 'y') == ''", &env, &e), 0);
	assert_true(e.memory); /* which is how a boot learns to stop */
	assert_int_equal(expr_expect("1 + seed", &env, &e), 0);
	assert_false(e.memory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_variables_are_found_by_name),
		cmocka_unit_test(test_what_was_changed_is_forged),
		cmocka_unit_test(test_gates_that_are_not_found_are_refused),
		cmocka_unit_test(test_checkpoints_are_taken),
		cmocka_unit_test(test_frames_are_looked_up),
		cmocka_unit_test(test_places_are_counted),
		cmocka_unit_test(test_the_system_is_looked_at),
		cmocka_unit_test(test_what_is_missing_proves_nothing),
		cmocka_unit_test(test_people_are_told_the_numbers),
		cmocka_unit_test(test_questions_have_a_form),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
