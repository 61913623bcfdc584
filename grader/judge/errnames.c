/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Errors of the guest by name. Apart from the rest, because the guest's
 * numbers are not the host's.
 */
#include "grader/judge/expr.h"

#include <string.h>

#include <abi/errno.h>

#define ERROR(name)                                                            \
	{                                                                      \
#name, name                                                    \
	}

static const struct {
	const char *name;
	int number;
} errors[] = {
	ERROR(OK),
	ERROR(EPERM),
	ERROR(ENOENT),
	ERROR(ESRCH),
	ERROR(EINTR),
	ERROR(EIO),
	ERROR(ENXIO),
	ERROR(E2BIG),
	ERROR(ENOEXEC),
	ERROR(EBADF),
	ERROR(ECHILD),
	ERROR(EAGAIN),
	ERROR(ENOMEM),
	ERROR(EACCES),
	ERROR(EFAULT),
	ERROR(EBUSY),
	ERROR(EEXIST),
	ERROR(EXDEV),
	ERROR(ENODEV),
	ERROR(ENOTDIR),
	ERROR(EISDIR),
	ERROR(EINVAL),
	ERROR(ENFILE),
	ERROR(EMFILE),
	ERROR(ENOTTY),
	ERROR(EFBIG),
	ERROR(ENOSPC),
	ERROR(ESPIPE),
	ERROR(EROFS),
	ERROR(EMLINK),
	ERROR(EPIPE),
	ERROR(EDOM),
	ERROR(ERANGE),
	ERROR(EDEADLK),
	ERROR(EBADMSG),
	ERROR(ENOSYS),
	ERROR(ENOTEMPTY),
	ERROR(ENAMETOOLONG),
	ERROR(ELOOP),
	ERROR(ETIMEDOUT),
	ERROR(EOVERFLOW),
	ERROR(ENOTSUP),
	ERROR(ELOCKED),
	ERROR(EBADCALL),
	ERROR(ECALLDENIED),
	ERROR(EDEADSRCDST),
	ERROR(ENOTREADY),
	ERROR(EBADREQUEST),
	ERROR(ETRAPDENIED),
	ERROR(ERESTART),
};

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
