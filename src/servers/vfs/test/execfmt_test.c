/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Programs, scripts and argument frames as users might make them.
 */
#include "servers/vfs/execfmt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <abi/elf.h>
#include <abi/errno.h>

static struct exec_frame frame;

/* A frame of these words and this text behind them. */
static void
frame_make(const uint32_t *words, uint32_t n, const char *text, uint32_t len)
{
	size_t size = n * sizeof *words;

	memset(&frame, 0xee, sizeof frame);
	memcpy(frame.word, words, size);
	memcpy(frame.data + size, text, len);
	frame.len = (uint32_t)size + len;
}

/* argc 2: "sh", "-x"; environment: "A=1". */
static void
frame_good(void)
{
	const uint32_t words[] = { 2, 24, 27, 0, 30, 0 };

	frame_make(words, 6, "sh\0-x\0A=1\0\0\0\0\0\0\0", 16);
}

static void
test_a_good_frame_is_taken(void **state)
{
	(void)state;
	frame_good();
	assert_int_equal(frame_check(&frame), OK);
	assert_int_equal(frame.argc, 2);
	assert_int_equal(frame.envp, 4);
	frame_relocate(&frame, 0xbffff000);
	assert_int_equal(frame.word[1], 0xbffff018);
	assert_int_equal(frame.word[3], 0);
	assert_int_equal(frame.word[4], 0xbffff01e);
}

static void
test_pointers_stay_in_the_frame(void **state)
{
	(void)state;
	frame_good();
	frame.word[2] = frame.len;
	assert_int_equal(frame_check(&frame), -EINVAL);
	frame_good();
	frame.word[4] = 0xffffffff;
	assert_int_equal(frame_check(&frame), -EINVAL);
}

static void
test_counts_and_ends_are_checked(void **state)
{
	(void)state;
	frame_good();
	frame.word[0] = 3;
	assert_int_equal(frame_check(&frame), -EINVAL);
	frame_good();
	frame.len = 8;
	assert_int_equal(frame_check(&frame), -EINVAL);
	frame_good();
	frame.data[frame.len - 1] = 'x';
	assert_int_equal(frame_check(&frame), -EINVAL);
	frame_good();
	frame.len = ARG_MAX + 4;
	assert_int_equal(frame_check(&frame), -EINVAL);
}

static const char *
arg(uint32_t i)
{
	return (const char *)frame.data + frame.word[i];
}

static void
test_a_script_gets_the_arguments_of_its_interpreter(void **state)
{
	(void)state;
	frame_good();
	assert_int_equal(frame_check(&frame), OK);
	assert_int_equal(frame_script(&frame, "/t/run", "/bin/sh", "-e"), OK);
	assert_int_equal(frame.word[0], 4);
	assert_string_equal(arg(1), "/bin/sh");
	assert_string_equal(arg(2), "-e");
	assert_string_equal(arg(3), "/t/run");
	assert_string_equal(arg(4), "-x");
	assert_int_equal(frame.word[5], 0);
	assert_string_equal(arg(6), "A=1");
	assert_int_equal(frame_check(&frame), OK);
}

static void
test_a_script_without_arguments_gets_its_path(void **state)
{
	const uint32_t words[] = { 0, 0, 0, 0 };

	(void)state;
	frame_make(words, 4, "", 0);
	assert_int_equal(frame_check(&frame), OK);
	assert_int_equal(frame_script(&frame, "/s", "/bin/sh", NULL), OK);
	assert_int_equal(frame.word[0], 2);
	assert_string_equal(arg(2), "/s");
	assert_int_equal(frame_check(&frame), OK);
}

static void
test_a_full_frame_takes_no_script(void **state)
{
	(void)state;
	frame_good();
	memset(frame.data + frame.len, 0, ARG_MAX - frame.len);
	frame.len = ARG_MAX;
	assert_int_equal(frame_check(&frame), OK);
	assert_int_equal(frame_script(&frame, "/s", "/bin/sh", NULL), -E2BIG);
}

static void
test_first_lines_of_scripts(void **state)
{
	char interp[16], *a;
	char good[] = "#! /bin/sh -e -x \nrest";
	char none[] = "#! \t\n";
	char open[] = "#!/bin/sh";
	char lengthy[] = "#!/bin/averyverylongname\n";

	(void)state;
	assert_true(script_parse(good, sizeof good, interp, 16, &a));
	assert_string_equal(interp, "/bin/sh");
	assert_string_equal(a, "-e -x");
	assert_false(script_parse(none, sizeof none - 1, interp, 16, &a));
	assert_false(script_parse(open, sizeof open - 1, interp, 16, &a));
	assert_false(script_parse(lengthy, sizeof lengthy - 1, interp, 16, &a));
}

static struct {
	struct elf_header eh;
	struct elf_phdr ph[3];
} file;

static const struct elf_phdr text = { ELF_LOAD, 0, 0x400000, 0x400000, 0x900,
	0x900, ELF_PF_R | ELF_PF_X, 4096 };
static const struct elf_phdr data = { ELF_LOAD, 0x900, 0x401900, 0x401900,
	0x100, 0x2000, ELF_PF_R | ELF_PF_W, 4096 };

static void
file_good(void)
{
	memset(&file, 0, sizeof file);
	file.eh.magic = ELF_MAGIC;
	file.eh.class = ELF_CLASS32;
	file.eh.data = ELF_DATA_LSB;
	file.eh.type = ELF_TYPE_EXEC;
	file.eh.machine = ELF_MACHINE_386;
	file.eh.entry = 0x400100;
	file.eh.phoff = sizeof file.eh;
	file.eh.phentsize = sizeof(struct elf_phdr);
	file.eh.phnum = 2;
	file.ph[0] = text;
	file.ph[1] = data;
}

static int
parse(struct exec_program *prog)
{
	return elf_parse((const uint8_t *)&file, sizeof file, 0xa00, prog);
}

static void
test_a_good_program_is_taken(void **state)
{
	struct exec_program prog;

	(void)state;
	file_good();
	assert_int_equal(parse(&prog), OK);
	assert_int_equal(prog.image.segments, 2);
	assert_int_equal(prog.image.seg[1].start, 0x401000);
	assert_int_equal(prog.image.seg[1].length, 0x2900);
	assert_int_equal(prog.image.seg[1].filled, 0xa00);
	assert_int_equal(prog.load[1].filesz, 0x100);
	assert_int_equal(prog.entry, 0x400100);
}

static void
test_pages_of_code_may_be_shared(void **state)
{
	struct exec_program prog;

	(void)state;
	file_good();
	assert_int_equal(parse(&prog), OK);
	assert_int_equal(prog.image.seg[0].lent, 0); /* too little */
	file.eh.phnum = 1;
	file.ph[0].offset = 0x1000;
	file.ph[0].filesz = file.ph[0].memsz = 0x20123;
	assert_int_equal(
	    elf_parse((const uint8_t *)&file, sizeof file, 0x30000, &prog), OK);
	assert_int_equal(prog.image.seg[0].lent, 0x20000);
	file.ph[0].offset = 0x800; /* elsewhere in its page */
	assert_int_equal(
	    elf_parse((const uint8_t *)&file, sizeof file, 0x30000, &prog), OK);
	assert_int_equal(prog.image.seg[0].lent, 0);
	file.ph[0].offset = 0x1000;
	file.ph[0].flags = ELF_PF_R | ELF_PF_W; /* it will be written */
	assert_int_equal(
	    elf_parse((const uint8_t *)&file, sizeof file, 0x30000, &prog), OK);
	assert_int_equal(prog.image.seg[0].lent, 0);
}

static void
refused(void)
{
	struct exec_program prog;

	assert_int_equal(parse(&prog), -ENOEXEC);
	file_good();
}

static void
test_programs_that_lie_are_refused(void **state)
{
	(void)state;
	file_good();
	file.eh.machine = 62;
	refused();
	file.eh.phnum = 9; /* more headers than were read */
	refused();
	file.eh.phoff = 0xfffffff0;
	refused();
	file.ph[0].filesz = 0xa01; /* past the end of the file */
	refused();
	file.ph[0].offset = 0xfffff000;
	refused();
	file.ph[1].memsz = 0x10; /* less than is in the file */
	refused();
	file.ph[1].vaddr = 0xc0000000; /* the kernel's */
	refused();
	file.ph[1].memsz = 0xffffffff; /* wraps */
	refused();
	file.ph[1].vaddr = 0x400800; /* shares a page */
	refused();
	file.ph[0].vaddr = 0; /* the page that must stay empty */
	refused();
	file.eh.entry = 0x500000; /* nowhere */
	refused();
}

/* Whatever bytes a file has, the answer is OK or -ENOEXEC. */
static void
test_random_headers_do_no_harm(void **state)
{
	struct exec_program prog;
	uint8_t *bytes = (uint8_t *)&file;
	int i, r;

	(void)state;
	srand(1);
	for (i = 0; i < 100000; i++) {
		file_good();
		bytes[(unsigned)rand() % sizeof file] = (uint8_t)rand();
		bytes[(unsigned)rand() % sizeof file] = (uint8_t)rand();
		r = parse(&prog);
		assert_true(r == OK || r == -ENOEXEC);
		assert_true(prog.image.segments <= VM_SEGMENTS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_good_frame_is_taken),
		cmocka_unit_test(test_pointers_stay_in_the_frame),
		cmocka_unit_test(test_counts_and_ends_are_checked),
		cmocka_unit_test(
		    test_a_script_gets_the_arguments_of_its_interpreter),
		cmocka_unit_test(test_a_script_without_arguments_gets_its_path),
		cmocka_unit_test(test_a_full_frame_takes_no_script),
		cmocka_unit_test(test_first_lines_of_scripts),
		cmocka_unit_test(test_a_good_program_is_taken),
		cmocka_unit_test(test_pages_of_code_may_be_shared),
		cmocka_unit_test(test_programs_that_lie_are_refused),
		cmocka_unit_test(test_random_headers_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
