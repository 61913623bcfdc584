/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Taking a submission in: a directory or an archive, made by anyone.
 *
 * Of all it holds, only the lab's editable files are taken: regular files
 * whose path is that of an editable file, or ends with one below a directory
 * of any name ("ds-smith/src/servers/ds/store.c"). Anything odd (links,
 * devices, paths that climb, two candidates for one file, too much of
 * anything) is refused by name and mentioned in the remarks; nothing outside
 * the target directory is ever written.
 */
#pragma once

#include "grader/lab/lab.h"

#define IMPORT_FILE_MAX    (1u << 20)  /* bytes in a file */
#define IMPORT_TOTAL_MAX   (50u << 20) /* bytes in an archive, unpacked */
#define IMPORT_ENTRIES_MAX 10000
#define IMPORT_PATH_MAX    1000

/** What came in. */
struct import {
	struct strings files;   /**< editable files that were taken */
	struct strings remarks; /**< sentences about what was refused */
	char hash[65];          /**< of the names and bytes of the files */
};

/**
 * Take a submission in.
 *
 * @param[in]  what directory or archive (tar, zip, compressed or not)
 * @param[in]  lab  which files may be taken
 * @param[in]  to   target directory, made; files keep their src/... paths
 * @param[out] in   what came in; free with import_free()
 *
 * @retval 0       done, even if no file was found
 * @retval -ENOENT there is no such file or directory
 * @retval -EINVAL it is neither a directory nor an archive
 */
int import_from(const char *what, const struct lab *lab, const char *to,
    struct import *in);

/**
 * Which editable file a path in a submission stands for.
 *
 * @param[in] lab  the lab
 * @param[in] path as found in the submission
 * @return the editable file's path, or NULL: none
 */
const char *import_match(const struct lab *lab, const char *path);

/**
 * Free what an import holds.
 *
 * @param[in,out] in the import
 */
void import_free(struct import *in);
