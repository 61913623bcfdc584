/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The BSD name of <fcntl.h>, for flock().
 */
#ifndef LACUNA_SYS_FILE_H
#define LACUNA_SYS_FILE_H

#include <fcntl.h>

#endif
