/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Directories that results go to. What an earlier grading left in one is
 * removed, so it must be new, empty, or bear that grading's mark; whatever else
 * somebody has put there stays.
 */
#pragma once

#include <stdbool.h>

#define OUTDIR_MARK ".lacuna-results"

/**
 * Make a directory ready for results: it is made, or freed of earlier ones,
 * marked, and locked until outdir_close().
 *
 * @param[in]  dir  the directory
 * @param[in]  what the submission, which must be there; the directory may not
 *                  be it, hold it, or lie where it is searched for files
 * @param[in]  own  a directory all of which is ours ("TOP/build")
 * @param[out] why  what is wrong, for free(); set only on failure
 *
 * @return a lock for outdir_close(), or -1
 */
int outdir_open(const char *dir, const char *what, const char *own, char **why);

/**
 * Note which stage was graded against; a directory beside this one may not
 * hold results of the same lab and another stage.
 *
 * @param[in]  dir   the directory, open
 * @param[in]  own   as above: what lies in there is not compared
 * @param[in]  lab   the lab's id
 * @param[in]  stage the stage's hash
 * @param[out] why   what is wrong, for free(); set only on failure
 *
 * @return whether it is the only stage there
 */
bool outdir_note(const char *dir, const char *own, const char *lab,
    const char *stage, char **why);

/**
 * Give a directory of results free.
 *
 * @param[in] lock from outdir_open()
 */
void outdir_close(int lock);
