/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A session with a process that is not real, for tests.
 */
#pragma once

#include "cmd/gdbstub/stub.h"
#include "cmd/gdbstub/test/fake.h"

extern struct stub stub;
extern struct rsp_out out; /* of the last answer */

/** A new session, its process stopped. @param[in] state ignored @return 0 */
int session_setup(void **state);

/** Give a packet. @param[in] data its bytes @param[in] n how many
 * @return the answer as a text, valid until the next */
const char *ask_bytes(const char *data, size_t n);

/** The same, a text. @param[in] packet it @return the answer */
const char *ask(const char *packet);

/** The answer must be this. @param[in] packet @param[in] answer */
void answers(const char *packet, const char *answer);

/** The answer must be an error. @param[in] packet @param[in] error of
 * <errno.h> */
void refuses(const char *packet, int error);

/** The answer must be that the request is not known. @param[in] packet */
void unknown(const char *packet);
