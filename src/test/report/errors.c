/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Statuses by name, see test/report/errors.h. */
#include "test/report/errors.h"

#include <stddef.h>
#include <stdio.h>

#define NAMED(error) { #error, error },

static const struct {
	const char *name;
	int number;
} errors[] = { ERRORS(NAMED) };

char *
status_words(int status, char words[STATUS_WORDS])
{
	size_t i;

	for (i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (errors[i].number == -status) {
			snprintf(words, STATUS_WORDS, "%s%s",
			    status != 0 ? "-" : "", errors[i].name);
			return words;
		}
	snprintf(words, STATUS_WORDS, "%d", status);
	return words;
}
