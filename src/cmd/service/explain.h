/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What errors of RS mean.
 */
#pragma once

/**
 * Say on standard error why RS refuses.
 *
 * @param[in] what  the request was about
 * @param[in] r     what RS answers: a negative error, or a status
 * @return the number of the error, or the status: to exit with
 */
int explain(const char *what, int r);
