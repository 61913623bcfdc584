/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Files and directories of the host. What cannot be written ends the program,
 * as base.h says; what cannot be read is an error the caller can explain.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct strings; /* grader/base/base.h */

/**
 * Read a whole regular file.
 *
 * @param[in]  path where
 * @param[out] data its bytes and a NUL behind them, for free()
 * @param[out] n    its length; NULL if not wanted
 *
 * @retval 0      done
 * @retval -errno it cannot be opened or read
 */
int file_read(const char *path, char **data, size_t *n);

/**
 * Write a file so that it is there whole or not at all.
 *
 * @param[in] path where; directories above it are made
 * @param[in] data bytes
 * @param[in] n    how many
 */
void file_write(const char *path, const void *data, size_t n);

/**
 * Copy a regular file, its mode and times; holes stay holes.
 *
 * @param[in] from source
 * @param[in] to   destination; directories above it are made
 *
 * @retval 0      done
 * @retval -errno the source cannot be read
 */
int file_copy(const char *from, const char *to);

/**
 * Is there a file or directory?
 *
 * @param[in] path where
 * @return whether there is
 */
bool file_exists(const char *path);

/**
 * Make a directory and those above it.
 *
 * @param[in] path where
 */
void make_dirs(const char *path);

/**
 * A directory for what is only needed while this program runs: in memory if
 * the machine offers that (files are made twenty times faster there), below
 * `fallback` otherwise. It is removed when the program ends.
 *
 * @param[in] fallback a directory that may be made
 * @return its absolute path, the same each time
 */
const char *scratch_dir(const char *fallback);

/**
 * Remove a file or a whole directory; nothing there is fine.
 *
 * @param[in] path where
 */
void remove_tree(const char *path);

/**
 * Collect the regular files below a directory, sorted, relative to it.
 *
 * @param[in]     dir  where to start
 * @param[in,out] list gets the paths
 *
 * @retval 0       done
 * @retval -ENOENT no such directory
 */
int list_files(const char *dir, struct strings *list);
