/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Errors of the guest by name. Apart from the rest, because the guest's
 * numbers are not the host's.
 */
#include "grader/judge/expr.h"

#include <string.h>

#include "test/report/errors.h"

#define NAMED(error) { #error, error },

static const struct {
	const char *name;
	int number;
} errors[] = { ERRORS(NAMED) };

bool
error_number(const char *name, size_t n, int *number)
{
	size_t i;

	for (i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (strlen(errors[i].name) == n &&
		    memcmp(errors[i].name, name, n) == 0) {
			*number = errors[i].number;
			return true;
		}
	return false;
}

const char *
error_name(int number)
{
	size_t i;

	for (i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (errors[i].number == number)
			return errors[i].name;
	return NULL;
}
