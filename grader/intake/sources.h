/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where a submission can come from. Both ways end in finds.h, and know
 * nothing of which file stands for which.
 */
#pragma once

#include "grader/intake/finds.h"

/**
 * Find what a directory holds. No link is followed.
 *
 * @param[in]     fd a descriptor of it, closed here
 * @param[in,out] f  gets the finds
 */
void find_in_directory(int fd, struct finds *f);

/**
 * Find what an archive holds.
 *
 * @param[in]     data   its bytes
 * @param[in]     n      how many
 * @param[in]     prefix where it is in the submission: "" or "a/b.zip/"
 * @param[in,out] f      gets the finds; refused if it cannot be read whole
 */
void find_in_archive(const char *data, size_t n, const char *prefix,
    struct finds *f);
