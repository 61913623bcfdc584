/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * How a request about an inode begins.
 */
#pragma once

#include "fs/ext2/inode.h"

/**
 * Begin a request: take the time, make room in the cache, find the inode.
 * Blocks.
 *
 * @param[in] ino  a number that VFS gave us
 * @return the inode, or NULL if VFS holds no such reference
 * @source own design
 */
struct inode *request_inode(uint32_t ino);
