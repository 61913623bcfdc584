/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What to call a submission in reports: the part of its name that tells
 * whose it is.
 */
#pragma once

/**
 * A short name from a path. Moodle's folders ("Ann Smith_123_assignsubmission_
 * file_") give "Ann Smith_123", also for a file in one; Canvas's files
 * ("smithann_LATE_123_456_lab.zip") give "smithann_123"; of others the last
 * part is left without an archive's tail.
 *
 * @param[in] path directory or file
 * @return for free(), quoted
 */
char *label_of(const char *path);
