/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Assertions that fail in a unit test are for expect_assert_failure(). A test
 * includes this once, behind cmocka.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* A claim that is not true: what the C library calls for assert(). */
_Noreturn void assert_fail(const char *claim, const char *file, unsigned line,
    const char *function) __asm__("__assert_fail");

_Noreturn void
assert_fail(const char *claim, const char *file, unsigned line,
    const char *function)
{
	(void)function;
	mock_assert(0, claim, file, (int)line);
	abort();
}
