/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The POSIX name of <sys/poll.h>.
 */
#ifndef LACUNA_POLL_H
#define LACUNA_POLL_H

#include <sys/poll.h>

#endif
