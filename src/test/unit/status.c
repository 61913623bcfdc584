/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Statuses by name on the building machine, see test/unit/status.h. */
#include "test/unit/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "test/report/errors.h"

void
status_check(int seen, int expected, const char *claim, const char *file,
    int line)
{
	char got[STATUS_WORDS], wanted[STATUS_WORDS];

	if (seen == expected)
		return;
	print_error("%s: expected %s, seen %s\n", claim,
	    status_words(expected, wanted), status_words(seen, got));
	_fail(file, line);
}
