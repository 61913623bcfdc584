/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * On the building machine: run only the tests whose names have the word in the
 * environment variable CASE, in every program it is linked with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define PATTERN_MAX 128

__attribute__((constructor)) static void
choose(void)
{
	static char pattern[PATTERN_MAX]; /* cmocka keeps the pointer */
	const char *word = getenv("CASE");

	if (word == NULL || *word == '\0')
		return;
	snprintf(pattern, sizeof pattern, "*%s*", word);
	cmocka_set_test_filter(pattern);
}
