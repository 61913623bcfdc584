/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The errors that have names in what people read, once: for programs that
 * report and for the host that explains.
 */
#pragma once

#include <abi/errno.h>

/* clang-format off */
#define ERRORS(E)                                                              \
	E(OK) E(EPERM) E(ENOENT) E(ESRCH) E(EINTR) E(EIO) E(ENXIO) E(E2BIG)    \
	E(ENOEXEC) E(EBADF) E(ECHILD) E(EAGAIN) E(ENOMEM) E(EACCES) E(EFAULT)  \
	E(ENOTBLK) E(EBUSY) E(EEXIST) E(EXDEV) E(ENODEV) E(ENOTDIR) E(EISDIR)  \
	E(EINVAL) E(ENFILE) E(EMFILE) E(ENOTTY) E(ETXTBSY) E(EFBIG) E(ENOSPC)  \
	E(ESPIPE) E(EROFS) E(EMLINK) E(EPIPE) E(EDOM) E(ERANGE) E(EDEADLK)     \
	E(ENOLCK) E(EPROTO) E(EBADMSG) E(ENOSYS) E(ENOTEMPTY) E(ENAMETOOLONG)  \
	E(ELOOP) E(ESHUTDOWN) E(ETIMEDOUT) E(EOVERFLOW) E(ENOTSUP) E(ELOCKED)  \
	E(EBADCALL) E(ECALLDENIED) E(EDEADSRCDST) E(ENOTREADY) E(EBADREQUEST)  \
	E(ETRAPDENIED) E(ERESTART) E(ECALLAGAIN) E(EDONTREPLY) E(SUSPEND)      \
	E(EVMSUSPEND)
/* clang-format on */

#define STATUS_WORDS 24 /* bytes for any status in words */

/**
 * A status in words: OK, -ENOMEM, or the number if it has no name.
 *
 * @param[in]  status the status
 * @param[out] words  STATUS_WORDS bytes
 * @return words
 */
char *status_words(int status, char words[STATUS_WORDS]);
