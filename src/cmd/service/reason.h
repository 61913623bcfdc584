/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What errors of RS mean, and what to do about them. Apart from the complaints
 * of service(8), since the shell asks RS, too.
 */
#pragma once

/**
 * What an error of RS means.
 *
 * @param[in] error  an errno
 * @return words for a person, or NULL: no more than strerror() knows
 */
const char *reason(int error);
