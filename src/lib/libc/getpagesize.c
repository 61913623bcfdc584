/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * getpagesize: bytes of a page.
 */
#include <unistd.h>

#include <abi/types.h>

int
getpagesize(void)
{
	return (int)PAGE_SIZE;
}
