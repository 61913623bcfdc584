/* SPDX-License-Identifier: BSD-2-Clause */
/** @file What errors of RS mean, see cmd/service/reason.h. */
#include "cmd/service/reason.h"

#include <stddef.h>

#include <abi/errno.h>

const char *
reason(int error)
{
	switch (error) {
	case EPERM:
		return "you are not root, or the system cannot do without it";
	case ESRCH:
		return "no service has this label: see service status";
	case EEXIST:
		return "there is a service with this label, or its device "
		       "number: see service status LABEL";
	case EBUSY:
		return "it runs, or a change is under way: see service status";
	case ENOEXEC:
		return "not a program of this machine";
	case E2BIG:
		return "its program is too large, or it has more than 15 "
		       "arguments";
	case ENOMEM:
		return "no memory is left, or no place in a table, or its "
		       "quota is too small: see free(1), sysinfo(1), "
		       "system.conf(5)";
	case EINTR:
		return "it has crashed or ended while it initialised: see "
		       "dmesg(8)";
	case ETIMEDOUT:
		return "it has not initialised in time: does it call "
		       "sef_startup()?";
	case ESHUTDOWN:
		return "the system is on its way down, or service shutdown was "
		       "asked for";
	case ENOTSUP:
		return "it was run, or is configured with restart never: "
		       "nothing starts it again";
	case EAGAIN:
		return "RS has too many requests: try again";
	default:
		return NULL;
	}
}
