/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Taking a submission in: a directory, an archive, or a lone file, made by
 * anyone, anyhow.
 *
 * Of all it holds, only files that stand for the lab's are taken (select.h).
 * If there are none, archives inside are opened. A submission is taken whole
 * or refused whole: what cannot be read to its end, leaves a choice open, or
 * holds none of the lab's files gets no score, and a sentence that says why.
 * Nothing outside the target directory is ever written.
 */
#pragma once

#include "grader/intake/finds.h"

#define IMPORT_FILE_MAX     (1u << 20)
#define IMPORT_ENTRIES_MAX  20000u
#define IMPORT_UNPACKED_MAX (1u << 30)
#define IMPORT_PACKED_MAX   (256u << 20)
#define IMPORT_DEPTH_MAX    3u

/** What came in. */
struct import {
	struct strings files;   /**< editable files that were taken */
	struct strings remarks; /**< sentences, fit to be printed */
	char *refusal;          /**< why nothing was taken, or NULL */
	char hash[65];          /**< of the names and bytes of the files */
};

/**
 * Take a submission in.
 *
 * @param[in]  what   directory, archive or file
 * @param[in]  lab    which files may be taken
 * @param[in]  limits NULL: the usual ones
 * @param[in]  to     target directory, made; files keep their src/... paths
 * @param[out] in     what came in; free with import_free()
 *
 * @retval 0       files were taken
 * @retval -EINVAL the submission was refused: in->refusal
 * @retval -ENOENT there is no such file or directory
 */
int import_from(const char *what, const struct lab *lab,
    const struct import_limits *limits, const char *to, struct import *in);

/**
 * The hash of files of a lab below a directory, as in struct import.
 *
 * @param[in]  dir   where the files are
 * @param[in]  files their names, sorted
 * @param[out] hex   65 bytes
 *
 * @retval 0       done
 * @retval -ENOENT one of them is not there
 */
int import_hash(const char *dir, const struct strings *files, char hex[65]);

/**
 * Free what an import holds.
 *
 * @param[in,out] in the import
 */
void import_free(struct import *in);
