/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Within a case: its claims, and how it ends.
 */
#include "test/unit/case.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "test/unit/cmocka.h"
#include "test/unit/status.h"

#define WORDS 0x10000 /* numbers from here on are words or addresses */

static int teller = -1;
static struct case_end end;

void
case_open(int fd)
{
	teller = fd;
	memset(&end, 0, sizeof end);
}

/* Tell how the case ended, and end the process. */
static _Noreturn void
tell(enum case_kind kind)
{
	ssize_t n;

	end.kind = kind;
	n = write(teller, &end, sizeof end);
	_exit(n == (ssize_t)sizeof end && kind == CASE_PASSED ? 0 : 1);
}

_Noreturn void
case_passed(void)
{
	tell(CASE_PASSED);
}

/* Note what it was that failed. */
static void
note(const char *claim, const char *file, int line)
{
	snprintf(end.claim, sizeof end.claim, "%s", claim);
	snprintf(end.file, sizeof end.file, "%s", file);
	end.line = line;
}

void
print_error(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(end.claim, sizeof end.claim, format, ap);
	va_end(ap);
	end.claim[strcspn(end.claim, "\n")] = '\0';
}

void
_fail(const char *file, int line)
{
	snprintf(end.file, sizeof end.file, "%s", file);
	end.line = line;
	tell(CASE_CLAIM);
}

/* What assert() calls, in the code that is tested. */
void
__assert_func(const char *file, int line, const char *function,
    const char *claim)
{
	print_error("%s() asserts %s", function, claim);
	_fail(file, line);
}

void
unit_absent(const char *name)
{
	print_error("%s() is not there in this test", name);
	_fail("unit", 0);
}

void
unit_claim(bool holds, const char *claim, const char *file, int line)
{
	if (holds)
		return;
	note(claim, file, line);
	tell(CASE_CLAIM);
}

/* Two numbers differ. */
static _Noreturn void
tell_numbers(int64_t seen, int64_t wanted, enum report_type type)
{
	end.seen = seen;
	end.wanted = wanted;
	end.type = type;
	tell(CASE_NUMBERS);
}

void
status_check(int seen, int expected, const char *claim, const char *file,
    int line)
{
	if (seen == expected)
		return;
	note(claim, file, line);
	tell_numbers(seen, expected, REPORT_STATUS);
}

void
unit_equal(uint64_t seen, uint64_t expected, const char *claim,
    const char *file, int line)
{
	const uint64_t both = seen | expected;

	if (seen == expected)
		return;
	note(claim, file, line);
	tell_numbers((int64_t)seen, (int64_t)expected,
	    both >= WORDS && both <= UINT32_MAX ? REPORT_ADDR : REPORT_NUMBER);
}

void
unit_equal_strings(const char *seen, const char *expected, const char *claim,
    const char *file, int line)
{
	if (strcmp(seen, expected) == 0)
		return;
	note(claim, file, line);
	snprintf(end.seen_text, sizeof end.seen_text, "%s", seen);
	snprintf(end.wanted_text, sizeof end.wanted_text, "%s", expected);
	tell(CASE_TEXTS);
}

void
unit_equal_memory(const void *seen, const void *expected, size_t n,
    const char *claim, const char *file, int line)
{
	const unsigned char *s = seen, *e = expected;
	size_t i;

	for (i = 0; i < n && s[i] == e[i]; i++)
		;
	if (i == n)
		return;
	note(claim, file, line);
	snprintf(end.seen_text, sizeof end.seen_text, "%02x at %u", s[i],
	    (unsigned int)i);
	snprintf(end.wanted_text, sizeof end.wanted_text, "%02x at %u", e[i],
	    (unsigned int)i);
	tell(CASE_TEXTS);
}
