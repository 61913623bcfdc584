/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests that start, continue and end the process. Each request_fn takes
 * what stands behind the letter of the request, with a NUL behind it, and
 * returns 0 or a number of <errno.h>.
 */
#pragma once

#include "cmd/gdbstub/stub.h"

/** Answer with an error instead of all else.
 * @param[out] out answer @param[in] error of <errno.h> */
void stub_error(struct rsp_out *out, int error); /* stub.c */

/** c, s [ADDRESS]; C, S SIGNAL[;ADDRESS]. Answer how that ends.
 * @param[in,out] s session @param[in] args arguments @param[in] n their bytes
 * @param[in,out] out the answer @return 0 or an error */
int run_continue(struct stub *s, const char *args, size_t n,
    struct rsp_out *out);
int run_step(struct stub *s, const char *args, size_t n, struct rsp_out *out);
int run_continue_with(struct stub *s, const char *args, size_t n,
    struct rsp_out *out);
int run_step_with(struct stub *s, const char *args, size_t n,
    struct rsp_out *out);

/** Requests with a name: v... As above. */
int run_verbose(struct stub *s, const char *args, size_t n,
    struct rsp_out *out);

/** Tell what has happened to the process last.
 * @param[in] s session @param[in,out] out the answer */
void run_report(const struct stub *s, struct rsp_out *out);

/** Let it go. @param[in,out] s session */
void run_detach(struct stub *s);

/** End it. @param[in,out] s session */
void run_kill(struct stub *s);
