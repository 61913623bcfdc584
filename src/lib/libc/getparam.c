/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getparam: PM looks up a boot parameter.
 */
#include "lib/libc/port.h"

#include <string.h>
#include <sys/lacuna.h>

#include <proto/pm.h>

int
getparam(const char *key, char *value, size_t size)
{
	struct pm_getparam_req req = {
		.key = (vir_bytes)key,
		.key_len = strlen(key) + 1,
		.value = (vir_bytes)value,
		.value_size = size,
	};

	return errno_return(
	    msg_call(PM_PROC_NR, PM_GETPARAM, &req, sizeof req, NULL, 0));
}
