/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * newlib's select(), with macros that a descriptor of type int fits into.
 */
#ifndef LACUNA_SYS_SELECT_H
#define LACUNA_SYS_SELECT_H

#include_next <sys/select.h>

#undef FD_SET
#undef FD_CLR
#undef FD_ISSET

#define __FD_WORD(n, set) ((set)->fds_bits[(unsigned)(n) / NFDBITS])
#define __FD_BIT(n)       (1UL << ((unsigned)(n) % NFDBITS))

#define FD_SET(n, set)   (__FD_WORD(n, set) |= __FD_BIT(n))
#define FD_CLR(n, set)   (__FD_WORD(n, set) &= ~__FD_BIT(n))
#define FD_ISSET(n, set) ((__FD_WORD(n, set) & __FD_BIT(n)) != 0)

#endif
