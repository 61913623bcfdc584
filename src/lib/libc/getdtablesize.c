/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getdtablesize: descriptors of one process.
 */
#include <unistd.h>

#include <abi/limits.h>

int
getdtablesize(void)
{
	return OPEN_MAX;
}
