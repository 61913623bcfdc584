/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The screen and the keyboard, as far as they are only tables and states.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <lacuna/string.h>

#include "drivers/tty/keymap.h"
#include "drivers/tty/vt.h"

/* Cells around the screen show whether it writes where it must not. */
static uint16_t memory[(VT_ROWS + 2) * VT_COLS];
static uint16_t *const cells = memory + VT_COLS;
static struct vt vt;
static char answer[32];

static void
reply(const char *text)
{
	(void)strlcpy(answer, text, sizeof answer);
}

static int
setup(void **state)
{
	(void)state;
	memset(memory, 0xee, sizeof memory);
	answer[0] = '\0';
	vt_init(&vt, cells, reply);
	return 0;
}

static int
teardown(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < VT_COLS; i++) {
		assert_int_equal(memory[i], 0xeeee);
		assert_int_equal(memory[(VT_ROWS + 1) * VT_COLS + i], 0xeeee);
	}
	return 0;
}

static void
show(const char *text)
{
	vt_write(&vt, (const uint8_t *)text, (uint32_t)strlen(text));
}

/* A row shows this text, and blanks behind it. */
static void
assert_row(int row, const char *text)
{
	char seen[VT_COLS + 1];
	int i, n = VT_COLS;

	for (i = 0; i < VT_COLS; i++)
		seen[i] = (char)(cells[row * VT_COLS + i] & 0xff);
	while (n > 0 && seen[n - 1] == ' ')
		n--;
	seen[n] = '\0';
	assert_string_equal(seen, text);
}

static void
assert_cursor(int row, int col)
{
	assert_int_equal(vt.pen.row, row);
	assert_int_equal(vt.pen.col, col);
}

static void
test_text_and_controls(void **state)
{
	(void)state;
	show("ab\r\ncd\be\tx\033[1;4H!");
	assert_row(0, "ab !");
	assert_row(1, "ce      x");
	assert_cursor(0, 4);
}

static void
test_last_column_wraps_late(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < VT_COLS; i++)
		show("x");
	assert_cursor(0, VT_COLS - 1);
	show("y");
	assert_cursor(1, 1);
	assert_row(1, "y");
}

static void
test_screen_scrolls(void **state)
{
	char text[16];
	int i;

	(void)state;
	for (i = 0; i < 30; i++) {
		(void)snprintf(text, sizeof text, "%d\r\n", i);
		show(text);
	}
	assert_row(0, "6");
	assert_row(VT_ROWS - 2, "29");
	assert_row(VT_ROWS - 1, "");
}

static void
test_region_scrolls_alone(void **state)
{
	(void)state;
	show("a\r\nb\r\nc\r\nd\033[2;3r\033[3;1H\n");
	assert_row(0, "a");
	assert_row(1, "c");
	assert_row(2, "");
	assert_row(3, "d");
	show("\033[2;1H\033M");
	assert_row(1, "");
	assert_row(2, "c");
}

static void
test_erasing(void **state)
{
	(void)state;
	show("abcdef\r\nghi\033[1;3H\033[K");
	assert_row(0, "ab");
	show("\033[1;2H\033[1K");
	assert_row(0, "");
	show("\033[2;2H\033[J");
	assert_row(1, "g");
	show("\033[2J");
	assert_row(1, "");
	assert_cursor(1, 1);
}

static void
test_inserting_and_deleting(void **state)
{
	(void)state;
	show("abcd\r\nef\r\ngh\033[1;2H\033[2@");
	assert_row(0, "a  bcd");
	show("\033[3P");
	assert_row(0, "acd");
	show("\033[L");
	assert_row(0, "");
	assert_row(1, "acd");
	show("\033[2M");
	assert_row(0, "ef");
	show("\033[X");
	assert_row(0, " f");
}

static void
test_colours(void **state)
{
	(void)state;
	show("a\033[1;31;44mb\033[7mc\033[md");
	assert_int_equal(cells[0] >> 8, 0x07);
	assert_int_equal(cells[1] >> 8, 0x1c);
	assert_int_equal(cells[2] >> 8, 0x49);
	assert_int_equal(cells[3] >> 8, 0x07);
}

static void
test_questions_are_answered(void **state)
{
	(void)state;
	show("\033[999;999H\033[6n");
	assert_string_equal(answer, "\033[25;80R");
	show("\033[5n");
	assert_string_equal(answer, "\033[0n");
}

static void
test_cursor_is_saved_and_hidden(void **state)
{
	(void)state;
	show("\033[5;6H\0337\033[H\0338");
	assert_cursor(4, 5);
	show("\033[?25l");
	assert_true(vt.hidden);
	show("\033c");
	assert_false(vt.hidden);
	assert_cursor(0, 0);
}

static void
test_unknown_sequences_are_swallowed(void **state)
{
	(void)state;
	show("\033(B\033[?1049h\033[>0q\033[1;2;3;4;5;6;7;8;9;10;11z\033=a");
	show("\033[99999999999999999999C\r\033[C\033[3\030b");
	assert_row(0, "ab");
	show("\033[H\033[;5Hx");
	assert_row(0, "ab  x");
}

static void
test_noise_stays_on_the_screen(void **state)
{
	uint32_t random = 1, i;
	uint8_t c;

	(void)state;
	for (i = 0; i < 1000000; i++) {
		random = random * 1664525 + 1013904223;
		c = (uint8_t)(random >> 24);
		if (c >= 0xc0)
			c = (uint8_t) "\033[;0123456789ABCDLMP@JKrXSTHd7"[c %
			    31];
		vt_write(&vt, &c, 1);
	}
}

static void
assert_key(struct keymap *k, uint8_t code, const char *text)
{
	struct key key = keymap_code(k, code);

	assert_int_equal(key.length, strlen(text));
	assert_memory_equal(key.text, text, key.length);
}

static void
test_keys(void **state)
{
	struct keymap k = { .keypad = true };

	(void)state;
	assert_key(&k, 0x1e, "a");
	assert_key(&k, 0x9e, "");
	assert_key(&k, 0x2a, "");
	assert_key(&k, 0x1e, "A");
	assert_key(&k, 0x35, "?");
	assert_key(&k, 0xaa, "");
	assert_key(&k, 0x35, "/");
	assert_key(&k, 0x0e, "\177");
	assert_key(&k, 0x1c, "\r");
	assert_key(&k, 0x39, " ");
	assert_key(&k, 0x2b, "\\");
	assert_key(&k, 0x37, "*");
	assert_key(&k, 0x00, "");
	assert_key(&k, 0x7f, "");
}

static void
test_keys_with_others_held(void **state)
{
	struct keymap k = { .keypad = true };

	(void)state;
	assert_key(&k, 0x1d, "");
	assert_key(&k, 0x2e, "\003");
	assert_key(&k, 0x2b, "\034");
	assert_key(&k, 0x9d, "");
	assert_key(&k, 0x38, "");
	assert_key(&k, 0x30, "\033b");
	assert_key(&k, 0xb8, "");
	assert_key(&k, 0x3a, "");
	assert_key(&k, 0x30, "B");
	assert_key(&k, 0x02, "1");
	assert_key(&k, 0x36, "");
	assert_key(&k, 0x30, "b");
}

static void
test_extended_keys(void **state)
{
	struct keymap k = { .keypad = true };

	(void)state;
	assert_key(&k, 0xe0, "");
	assert_key(&k, 0x1c, "\r");
	assert_key(&k, 0xe0, "");
	assert_key(&k, 0x48, "\033[A");
	assert_key(&k, 0xe0, "");
	assert_key(&k, 0xc8, "");
	assert_key(&k, 0x48, "8");
	assert_key(&k, 0x45, "");
	assert_key(&k, 0x48, "\033[A");
	assert_key(&k, 0x53, "\033[3~");
	assert_key(&k, 0xe0, "");
	assert_key(&k, 0x2a, ""); /* no shift */
	assert_key(&k, 0x1e, "a");
	assert_key(&k, 0xe1, "");
	assert_key(&k, 0x1d, "");
	assert_key(&k, 0x45, "");
	assert_key(&k, 0x1e, "a");
}

static void
test_function_keys(void **state)
{
	struct keymap k = { .keypad = true };

	(void)state;
	assert_int_equal(keymap_code(&k, 0x3b).function, 1);
	assert_int_equal(keymap_code(&k, 0x44).function, 10);
	assert_int_equal(keymap_code(&k, 0x57).function, 11);
	assert_int_equal(keymap_code(&k, 0x58).function, 12);
	assert_int_equal(keymap_code(&k, 0xd8).function, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_text_and_controls),
		TEST(test_last_column_wraps_late),
		TEST(test_screen_scrolls),
		TEST(test_region_scrolls_alone),
		TEST(test_erasing),
		TEST(test_inserting_and_deleting),
		TEST(test_colours),
		TEST(test_questions_are_answered),
		TEST(test_cursor_is_saved_and_hidden),
		TEST(test_unknown_sequences_are_swallowed),
		TEST(test_noise_stays_on_the_screen),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_keys_with_others_held),
		cmocka_unit_test(test_extended_keys),
		cmocka_unit_test(test_function_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
