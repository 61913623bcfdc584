/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The file system that is mounted, see volume.h. */
#include "fs/ext2/volume.h"

struct mounted fs;
