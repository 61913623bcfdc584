/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Complaints of service(8).
 */
#pragma once

/**
 * Say on standard error why RS refuses.
 *
 * @param[in] what  the request was about
 * @param[in] r     what RS answers: a negative error, or a status
 * @return the number of the error, 1 if it is above 125, or the status: to exit
 *         with
 */
int explain(const char *what, int r);

/**
 * Say on standard error what is wrong with an argument.
 *
 * @param[in] word  as it was typed
 * @param[in] why   and what to write instead
 * @return EINVAL, to exit with
 */
int wrong(const char *word, const char *why);
