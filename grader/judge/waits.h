/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Who waited for whom when a test's time was over, from the runner's notes.
 */
#pragma once

#include "grader/judge/record.h"

/**
 * Say it in words. Waiting for PM or VFS is what sleeping and reading look
 * like, so it is only told where it is part of a circle.
 *
 * @param[in] runner stream of the runner
 * @param[in] end    its observation of the test's end, behind the notes
 * @return "; A waits for B ...", for free(); "" if nothing is worth telling
 */
char *waits_text(const struct stream *runner, const struct observation *end);
