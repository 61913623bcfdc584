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

/* A build directory whose "vfs" is this test program. */
static int
setup(void **state)
{
	char path[64], self[256];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	(void)state;
	if (n < 0 || mkdtemp(build) == NULL)
		return -1;
	self[n] = '\0';
	snprintf(path, sizeof path, "%s/vfs", build);
	if (mkdir(path, 0700) != 0)
		return -1;
	snprintf(path, sizeof path, "%s/vfs/vfs", build);
	return link(self, path) != 0 ? symlink(self, path) : 0;
}

static int
teardown(void **state)
{
	char path[64];

	(void)state;
	snprintf(path, sizeof path, "%s/vfs/vfs", build);
	unlink(path);
	snprintf(path, sizeof path, "%s/vfs", build);
	rmdir(path);
	return rmdir(build);
}

static void
test_program_is_found_by_name(void **state)
{
	char *path = symbols_program(build, "pm");

	(void)state;
	assert_null(path);
}

static void
test_other_lines_are_no_traces(void **state)
{
	static const char *const lines[] = { "", "trace", "trace ",
		"hello trace vfs 1 0x1", "trace vfs", "trace vfs 1",
		"trace vfs 1 0xZZ", "trace vfs 1 2 0x10", "trace ../vfs 1 0x1",
		"trace vfs;id 1 0x1", "trace vfs 1 0x1ffffffff",
		"trace pm 1 0x10" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		assert_null(symbols_decode(build, lines[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_program_is_found_by_name),
		cmocka_unit_test(test_other_lines_are_no_traces),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
