/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The arguments of `service update', and what its errors mean.
 */
#pragma once

#include <proto/rs.h>

/**
 * Read the arguments behind `update'.
 *
 * @param[in]  argc, argv  a label and options
 * @param[out] req         what they ask for
 *
 * @retval 0       *req is complete
 * @retval EINVAL  they make no sense; which, is on standard error
 * @return or the errno of reading a new program, explained as well
 */
int update_read(int argc, char *argv[], struct rs_update_req *req);

/**
 * What an error of RS_UPDATE means, if it is none that all requests have.
 *
 * @param[in] error  an errno
 * @return words for a person, or NULL
 */
const char *update_why(int error);
