/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of memory and string functions, compared with those of the host,
 * which have the same names: ours are renamed here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <lacuna/string.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* NOLINTBEGIN: the names must be those of the sources */
#define memcpy  our_memcpy
#define memmove our_memmove
#define memset  our_memset
#define memcmp  our_memcmp
#define memchr  our_memchr
#define strlen  our_strlen
#define strnlen our_strnlen
#define strcmp  our_strcmp
#define strncmp our_strncmp
#define strchr  our_strchr
#define strrchr our_strrchr
#define strstr  our_strstr
#define strtoul our_strtoul
size_t our_strnlen(const char *s, size_t max);
int our_strncmp(const char *a, const char *b, size_t n);
#include "lib/sys/memcmp.c"
#include "lib/sys/memcpy.c"
#include "lib/sys/string.c"
#include "lib/sys/strtoul.c"
#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef memchr
#undef strlen
#undef strnlen
#undef strcmp
#undef strncmp
#undef strchr
#undef strrchr
#undef strstr
#undef strtoul
/* NOLINTEND */

#define SIZE 64

static void
numbered(unsigned char *p)
{
	for (int i = 0; i < SIZE; i++)
		p[i] = (unsigned char)(i + 1);
}

static void
test_move_of_any_size_and_distance(void **state)
{
	unsigned char ours[SIZE], theirs[SIZE];

	(void)state;
	for (size_t from = 0; from < 20; from++)
		for (size_t to = 0; to < 20; to++)
			for (size_t n = 0; n < 40; n++) {
				numbered(ours);
				numbered(theirs);
				our_memmove(ours + to, ours + from, n);
				memmove(theirs + to, theirs + from, n);
				assert_memory_equal(ours, theirs, SIZE);
			}
}

static void
test_set_touches_only_its_bytes(void **state)
{
	unsigned char ours[SIZE], theirs[SIZE];

	(void)state;
	for (size_t at = 0; at < 8; at++)
		for (size_t n = 0; n < 40; n++) {
			numbered(ours);
			numbered(theirs);
			our_memset(ours + at, 0xab, n);
			memset(theirs + at, 0xab, n);
			assert_memory_equal(ours, theirs, SIZE);
		}
}

static int
sign(int n)
{
	return (n > 0) - (n < 0);
}

static const char *const words[] = { "", "a", "b", "ab", "abc", "abd", "b\xff",
	"\xff", "aab", "abab" };
#define WORDS (sizeof words / sizeof words[0])

static void
test_orders_are_those_of_the_host(void **state)
{
	(void)state;
	for (size_t i = 0; i < WORDS; i++)
		for (size_t j = 0; j < WORDS; j++) {
			const char *a = words[i], *b = words[j];

			assert_int_equal(sign(our_strcmp(a, b)),
			    sign(strcmp(a, b)));
			assert_int_equal(sign(our_strncmp(a, b, 2)),
			    sign(strncmp(a, b, 2)));
			assert_int_equal(sign(our_memcmp(a, b, 1)),
			    sign(memcmp(a, b, 1)));
			assert_ptr_equal(our_strstr(a, b), strstr(a, b));
		}
}

static void
test_searches_are_those_of_the_host(void **state)
{
	(void)state;
	for (size_t i = 0; i < WORDS; i++) {
		const char *s = words[i];

		assert_int_equal(our_strlen(s), strlen(s));
		assert_int_equal(our_strnlen(s, 2), strnlen(s, 2));
		for (int c = 0; c < 256; c++) {
			assert_ptr_equal(our_strchr(s, c), strchr(s, c));
			assert_ptr_equal(our_strrchr(s, c), strrchr(s, c));
			assert_ptr_equal(our_memchr(s, c, strlen(s) + 1),
			    memchr(s, c, strlen(s) + 1));
		}
	}
}

static void
test_bounded_copy_always_ends_with_nul(void **state)
{
	char buf[4] = "xyz";

	(void)state;
	assert_int_equal(strlcpy(buf, "long one", sizeof buf), 8);
	assert_string_equal(buf, "lon");
	assert_int_equal(strlcpy(buf, "ab", sizeof buf), 2);
	assert_string_equal(buf, "ab");
	assert_int_equal(strlcat(buf, "cd", sizeof buf), 4);
	assert_string_equal(buf, "abc");
	assert_int_equal(strlcpy(buf, "zz", 0), 2);
	assert_string_equal(buf, "abc");
}

static void
test_name_without_nul_is_found_out(void **state)
{
	char name[3] = { 'a', 'b', 'c' };

	(void)state;
	assert_false(str_terminated(name, sizeof name));
	name[2] = '\0';
	assert_true(str_terminated(name, sizeof name));
}

static void
test_numbers_are_read_as_by_the_host(void **state)
{
	static const char *const texts[] = { "0", "10", "  +7x", "-1", "0x1F",
		"0x", "0xg", "077", "08", "z", "", "  ", "-",
		"99999999999999999999999", "18446744073709551615" };
	static const int bases[] = { 0, 10, 16, 8, 36, 2 };
	char *ours, *theirs;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		for (size_t b = 0; b < sizeof bases / sizeof bases[0]; b++) {
			const char *s = texts[i];

			assert_true(our_strtoul(s, &ours, bases[b]) ==
			    strtoul(s, &theirs, bases[b]));
			assert_ptr_equal(ours, theirs);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_move_of_any_size_and_distance),
		cmocka_unit_test(test_set_touches_only_its_bytes),
		cmocka_unit_test(test_orders_are_those_of_the_host),
		cmocka_unit_test(test_searches_are_those_of_the_host),
		cmocka_unit_test(test_bounded_copy_always_ends_with_nul),
		cmocka_unit_test(test_name_without_nul_is_found_out),
		cmocka_unit_test(test_numbers_are_read_as_by_the_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
