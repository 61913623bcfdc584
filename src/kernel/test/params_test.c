/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the boot parameters.
 */
#include "kernel/params.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char rom[PARAMS_ROM_SIZE];

/* Start with a command line and what follows the ROM's first line. */
static void
start(const char *cmdline, const char *in_rom)
{
	memset(rom, 0xff, sizeof rom);
	if (in_rom != NULL) {
		strcpy(rom, "LACUNA-PARAMS\n");
		strcat(rom, in_rom);
	}
	params_init(cmdline, rom);
}

static void
words_become_lines(void **state)
{
	(void)state;
	start("kernel  w1=one\tw2=two=2\nw3= =bad", NULL);
	assert_string_equal(param_get("w1"), "one");
	assert_string_equal(param_get("w2"), "two=2");
	assert_string_equal(param_get("w3"), "");
	assert_null(param_get("kernel"));
	assert_null(param_get("w"));
	assert_null(param_get(""));
	assert_non_null(strstr(params_text(), "w1=one\nw2=two=2\nw3=\n"));
}

static void
the_rom_wins(void **state)
{
	(void)state;
	start("race=1 run=shell", "race=2 x=y\n");
	assert_int_equal(param_number("race", 0), 2);
	assert_string_equal(param_get("run"), "shell");
	assert_string_equal(param_get("x"), "y");
	assert_null(strstr(params_text(), "race=1"));
}

static void
numbers_are_decimal(void **state)
{
	(void)state;
	start("n=123 hex=0x10 empty= minus=-1 big=4294967396", NULL);
	assert_int_equal(param_number("n", 9), 123);
	assert_int_equal(param_number("hex", 9), 9);
	assert_int_equal(param_number("empty", 9), 9);
	assert_int_equal(param_number("minus", 9), 9);
	assert_int_equal(param_number("big", 9), 9);
	assert_int_equal(param_number("missing", 9), 9);
}

static void
too_many_are_left_out(void **state)
{
	char line[2 * BOOT_PARAMS_MAX];
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 150; i++) {
		memcpy(line + n, "kXXX=value ", 11);
		line[n + 1] = (char)('a' + i / 26);
		line[n + 2] = (char)('a' + i % 26);
		n += 11;
	}
	line[n] = '\0';
	start(line, "last=1\n");
	assert_true(strlen(params_text()) < BOOT_PARAMS_MAX);
	assert_string_equal(param_get("kaaX"), "value");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_become_lines),
		cmocka_unit_test(the_rom_wins),
		cmocka_unit_test(numbers_are_decimal),
		cmocka_unit_test(too_many_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
