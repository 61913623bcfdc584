/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Joining a file system to the tree, and taking it off again.
 */
#ifndef LACUNA_SYS_MOUNT_H
#define LACUNA_SYS_MOUNT_H

#include <_ansi.h>

#define MS_RDONLY 1

_BEGIN_STD_C

int mount(const char *__device, const char *__dir, const char *__type,
    int __flags);
int umount(const char *__dir);

_END_STD_C

#endif
