/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Complaints of service(8).
 */
#include "cmd/service/explain.h"

#include <stdio.h>
#include <string.h>

#include <abi/errno.h>

#include "cmd/service/reason.h"

#define STATUS_MAX 125 /* what is above says that a signal ended a program */

int
explain(const char *what, int r)
{
	const char *why = reason(-r);

	if (r >= 0)
		return r;
	fprintf(stderr, "service: %s: %s\n", what,
	    why != NULL ? why : strerror(-r));
	return -r <= STATUS_MAX ? -r : 1;
}

int
wrong(const char *word, const char *why)
{
	fprintf(stderr, "service: %s: %s\n         service --help tells more\n",
	    word, why);
	return EINVAL;
}
