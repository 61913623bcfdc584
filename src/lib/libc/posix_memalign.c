/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * posix_memalign: newlib's memalign with POSIX's way of failing.
 */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

int
posix_memalign(void **result, size_t align, size_t size)
{
	void *p;

	if (align < sizeof(void *) || (align & (align - 1)) != 0)
		return EINVAL;
	p = memalign(align, size);
	if (p == NULL)
		return ENOMEM;
	*result = p;
	return 0;
}
