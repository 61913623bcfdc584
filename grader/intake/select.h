/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Which file of a submission stands for which of the lab's.
 *
 * One rule for everything that can be handed in: a file belongs to that file
 * of the system with which its path has the longest end in common, and each
 * of the lab's files is the one that fits it best. So ds-smith/src/servers/
 * ds/store.c is found, and servers/ds/store.c, and a lone store.c, but not
 * src/fs/ext2/store.c, if there is such a file. Two that fit equally well and
 * differ are refused: nobody can know which was meant.
 */
#pragma once

#include "grader/intake/finds.h"

/**
 * Choose among the finds.
 *
 * @param[in,out] f      the finds; refused if no fair choice is possible
 * @param[in]     others files of the system, as src/...; the lab's may be
 *                       among them
 * @param[out]    chosen for each of the lab's editable files the find that
 *                       stands for it, or NULL
 * @return how many were chosen
 */
size_t select_files(struct finds *f, const struct strings *others,
    const struct find **chosen);
