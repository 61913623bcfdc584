/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Error numbers. System code returns them negated; libc's errno holds them
 * as they are, so the POSIX ones have the numbers of the C library.
 */
#pragma once

#define OK 0

#define EPERM        1
#define ENOENT       2
#define ESRCH        3
#define EINTR        4
#define EIO          5
#define ENXIO        6
#define E2BIG        7
#define ENOEXEC      8
#define EBADF        9
#define ECHILD       10
#define EAGAIN       11
#define ENOMEM       12
#define EACCES       13
#define EFAULT       14
#define ENOTBLK      15
#define EBUSY        16
#define EEXIST       17
#define EXDEV        18
#define ENODEV       19
#define ENOTDIR      20
#define EISDIR       21
#define EINVAL       22
#define ENFILE       23
#define EMFILE       24
#define ENOTTY       25
#define ETXTBSY      26
#define EFBIG        27
#define ENOSPC       28
#define ESPIPE       29
#define EROFS        30
#define EMLINK       31
#define EPIPE        32
#define EDOM         33
#define ERANGE       34
#define EDEADLK      45
#define ENOLCK       46
#define EPROTO       71
#define EBADMSG      77
#define ENOSYS       88
#define ENOTEMPTY    90
#define ENAMETOOLONG 91
#define ELOOP        92
#define ESHUTDOWN    110 /* RS, VFS: the system is on its way down */
#define ETIMEDOUT    116
#define EOVERFLOW    139
#define ENOTSUP      134

/* Errors of interprocess communication and of services. */
#define ELOCKED     1001 /* blocking would be a deadlock */
#define EBADCALL    1002 /* no such IPC primitive */
#define ECALLDENIED 1003 /* not in the caller's send or kernel-call mask */
#define EDEADSRCDST 1004 /* the peer is dead, or died meanwhile */
#define ENOTREADY   1005 /* the receiver is not waiting */
#define EBADREQUEST 1006 /* no such kernel call */
#define ETRAPDENIED 1007 /* not in the caller's trap mask */
#define ERESTART    1008 /* service asks to be started afresh */
#define ECALLAGAIN  1009 /* a signal came between: make the call again */

/* Results that never leave the system. */
#define EDONTREPLY 1100 /* handler: the answer comes later, or never */
#define SUSPEND    1101 /* handler: the caller is blocked in this call */
#define EVMSUSPEND 1102 /* kernel: the call waits for VM */
