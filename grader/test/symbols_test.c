/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Traces are decoded with the program they name, and nothing else is.
 */
#include "grader/emulator/symbols.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char build[] = "/tmp/symbols-test-XXXXXX";

/* Where each service's program is built, and commands of the same names. */
static const struct {
	const char *name, *path;
} programs[] = {
	{ "kernel", "kernel/kernel" },
	{ "rs", "servers/rs/rs" },
	{ "pm", "servers/pm/pm" },
	{ "vfs", "servers/vfs/vfs" },
	{ "vm", "servers/vm/vm" },
	{ "ds", "servers/ds/ds" },
	{ "is", "servers/is/is" },
	{ "tty", "drivers/tty/tty" },
	{ "memory", "drivers/memory/memory" },
	{ "log", "drivers/log/log" },
	{ "ata", "drivers/ata/ata" },
	{ "ext2", "fs/ext2/ext2" },
	{ "pipe", "fs/pipe/pipe" },
	{ "ds-agent", "test/ds/ds-agent" },
	{ "sh", "cmd/sh/sh" },
};

#define PROGRAMS (sizeof programs / sizeof programs[0])

/* A function inside another, in a program of the guest's kind. */
static const char source[] =
    "static inline __attribute__((always_inline)) void\n"
    "inner(volatile int *p)\n"
    "{\n"
    "	*p = 1;\n"
    "	*p = 2;\n"
    "}\n"
    "volatile int there;\n"
    "void outer(void)\n"
    "{\n"
    "	inner(&there);\n"
    "}\n";

static int
run(const char *fmt, ...)
{
	char command[2000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof command, fmt, ap);
	va_end(ap);
	return system(command);
}

/* A build directory with a program for each service and command. */
static int
setup(void **state)
{
	char path[64];
	FILE *f;
	size_t i;

	(void)state;
	if (mkdtemp(build) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/source.c", build);
	f = fopen(path, "we");
	if (f == NULL)
		return -1;
	fputs(source, f);
	fclose(f);
	if (run("cd %s && i686-linux-gnu-gcc -O1 -g -ffreestanding -nostdlib "
		"-static -no-pie -Wl,-e,outer,-Ttext=0x401000 -o program "
		"source.c",
		build) != 0)
		return -1;
	for (i = 0; i < PROGRAMS; i++)
		if (run("cd %s && mkdir -p $(dirname %s) cmd/%s root/sbin && "
			"ln program %s; echo '#!/bin/sh' >root/sbin/%s && "
			"test -f cmd/%s/%s || ln program cmd/%s/%s",
			build, programs[i].path, programs[i].name,
			programs[i].path, programs[i].name, programs[i].name,
			programs[i].name, programs[i].name,
			programs[i].name) != 0)
			return -1;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	return run("rm -rf %s", build);
}

static void
test_a_service_comes_before_a_command(void **state)
{
	char *path, want[128];
	size_t i;

	(void)state;
	for (i = 0; i < PROGRAMS; i++) {
		path = symbols_program(build, programs[i].name);
		snprintf(want, sizeof want, "%s/%s", build, programs[i].path);
		assert_non_null(path);
		assert_string_equal(path, want);
		free(path);
	}
	assert_null(symbols_program(build, "nothing"));
}

static void
test_a_trace_is_decoded_for_every_service(void **state)
{
	char line[80], *lines;
	size_t i;

	(void)state;
	for (i = 0; i < PROGRAMS; i++) {
		snprintf(line, sizeof line, "trace %s 6 0x401000",
		    programs[i].name);
		lines = symbols_decode(build, line);
		assert_non_null(lines);
		assert_non_null(strstr(lines, "  #0  0x00401000  "));
		assert_non_null(strstr(lines, "outer at "));
		assert_non_null(strstr(lines, "source.c:"));
		free(lines);
	}
}

static void
test_an_inlined_function_is_named_with_its_caller(void **state)
{
	char program[64], *lines;

	(void)state;
	snprintf(program, sizeof program, "%s/program", build);
	lines = symbols_decode_in(program,
	    "trace x 1 0x401000 0x401005 0x401008 0x40100b 0x40100f");
	assert_non_null(lines);
	assert_non_null(strstr(lines, "  inner at "));
	assert_non_null(strstr(lines, "      inlined in  outer at "));
	free(lines);
}

static void
test_other_lines_are_no_traces(void **state)
{
	static const char *const lines[] = { "", "trace", "trace ",
		"hello trace vfs 1 0x1", "trace vfs", "trace vfs 1",
		"trace vfs 1 0xZZ", "trace vfs 1 2 0x10", "trace ../vfs 1 0x1",
		"trace vfs;id 1 0x1", "trace vfs 1 0x1ffffffff",
		"trace nothing 1 0x10" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		assert_null(symbols_decode(build, lines[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_service_comes_before_a_command),
		cmocka_unit_test(test_a_trace_is_decoded_for_every_service),
		cmocka_unit_test(
		    test_an_inlined_function_is_named_with_its_caller),
		cmocka_unit_test(test_other_lines_are_no_traces),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
