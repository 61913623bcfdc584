/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of formatting: what it prints is what the host's printf prints.
 */
#include "lib/sys/format.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct page {
	struct text_sink sink;
	char text[256];
	size_t used;
};

static void
page_write(struct text_sink *sink, const char *text, size_t n)
{
	struct page *p = (struct page *)sink;

	assert_true(n < sizeof p->text - p->used);
	memcpy(p->text + p->used, text, n);
	p->used += n;
}

/* Both printers get the same; so must we from them. */
static void __attribute__((format(printf, 1, 2))) same(const char *fmt, ...)
{
	struct page p = { .sink = { page_write } };
	char host[sizeof p.text];
	va_list ap;
	int n, m;

	va_start(ap, fmt);
	m = vsnprintf(host, sizeof host, fmt, ap);
	va_end(ap);
	va_start(ap, fmt);
	n = text_format(&p.sink, fmt, ap);
	va_end(ap);
	p.text[p.used] = '\0';
	assert_string_equal(p.text, host);
	assert_int_equal(n, m);
}

static void
test_plain_text(void **state)
{
	(void)state;
	same("%s", "");
	same("nothing to do");
	same("100%% of %c%c", 'i', 't');
}

static void
test_signed_numbers(void **state)
{
	static const int values[] = { 0, 1, -1, 42, -12345, INT_MAX, INT_MIN };

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		int v = values[i];

		same("%d|%5d|%-7d|%07d|%+d|% d", v, v, v, v, v, v);
		same("%.3d|%8.4d|%-8.4d|%i", v, v, v, v);
		same("%*d|%-*d|%.*d", 9, v, 9, v, 5, v);
		same("%*d", -9, v);
	}
}

static void
test_unsigned_numbers(void **state)
{
	static const unsigned values[] = { 0, 1, 255, 0xabcdef, UINT_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		unsigned v = values[i];

		same("%u|%x|%X|%o|%8x|%08X|%-8x|", v, v, v, v, v, v, v);
		same("%#x|%#X|%#o|%#10x|%#010x", v, v, v, v, v);
	}
}

static void
test_long_numbers(void **state)
{
	(void)state;
	same("%ld %lu %lx", LONG_MIN, ULONG_MAX, ULONG_MAX);
	same("%lld %llu %llx", LLONG_MIN, ULLONG_MAX, ULLONG_MAX);
	same("%llo", ULLONG_MAX);
	same("%zu %zd %jd", (size_t)-1, (ptrdiff_t)-1, (intmax_t)INTMAX_MIN);
	same("%hd %hhd", 7, -7);
	same("%llu", 4294967296ULL);
}

static void
test_strings(void **state)
{
	(void)state;
	same("[%s] [%8s] [%-8s] [%.2s] [%6.2s]", "abc", "abc", "abc", "abc",
	    "abc");
	same("[%.0s] [%.*s]", "abc", 2, "abc");
	same("[%c] [%3c] [%-3c]", 'x', 'y', 'z');
}

static void
test_string_needs_no_nul_within_precision(void **state)
{
	static const char two[2] = { 'o', 'k' };

	(void)state;
	same("%.2s", two);
}

static void
test_pointers(void **state)
{
	(void)state;
	same("%p", (void *)0x1234);
	same("%12p", (void *)0xc0de);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_text),
		cmocka_unit_test(test_signed_numbers),
		cmocka_unit_test(test_unsigned_numbers),
		cmocka_unit_test(test_long_numbers),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_string_needs_no_nul_within_precision),
		cmocka_unit_test(test_pointers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
