/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Device control. A request's number tells direction and size of its
 * argument; those of terminals come along.
 */
#ifndef LACUNA_SYS_IOCTL_H
#define LACUNA_SYS_IOCTL_H

#include <_ansi.h>

#include <abi/ioctl.h>
#include <abi/termios.h>

_BEGIN_STD_C

int ioctl(int __fd, unsigned long __request, ...);

_END_STD_C

#endif
