/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What errors of RS mean.
 */
#include "cmd/service/explain.h"

#include <stdio.h>
#include <string.h>

#include <abi/dev.h>
#include <abi/errno.h>

/* A constant as text. */
#define NUMERAL(constant) TEXT(constant)
#define TEXT(tokens)      #tokens

static const char bad_major[] = "device numbers are below " NUMERAL(
    NR_MAJORS) ", and " NUMERAL(CTTY_MAJOR) " is the terminal of each process";

int
explain(const char *what, int r)
{
	const char *why = strerror(-r);

	if (r >= 0)
		return r;
	switch (-r) {
	case EPERM:
		why = "you are not root, or the system cannot do without it";
		break;
	case ESRCH:
		why = "no service has this label";
		break;
	case EEXIST:
		why = "there is a service with this label or device number";
		break;
	case EBUSY:
		why = "it runs, or a change is under way";
		break;
	case ENXIO:
		why = bad_major;
		break;
	case ENOEXEC:
		why = "not a program of this machine";
		break;
	case EINTR:
		why = "it has crashed while it initialised";
		break;
	case ETIMEDOUT:
		why = "it has not initialised in time";
		break;
	case ESHUTDOWN:
		why = "the system is on its way down";
		break;
	default:
		break;
	}
	fprintf(stderr, "service: %s: %s\n", what, why);
	return -r;
}
