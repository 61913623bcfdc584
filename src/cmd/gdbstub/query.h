/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Questions about the stub and what it debugs.
 */
#pragma once

#include "cmd/gdbstub/stub.h"

/**
 * A request that begins with q.
 *
 * @param[in,out] s     session
 * @param[in]     args  text behind the q, with a NUL behind it
 * @param[in]     n     its bytes
 * @param[in,out] out   the answer; stays empty if the question is not known
 * @return 0 or a number of <errno.h>
 */
int query(struct stub *s, const char *args, size_t n, struct rsp_out *out);
