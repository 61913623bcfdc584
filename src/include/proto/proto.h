/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What every protocol header is made with. A protocol lists each of its
 * calls once, CALL(NUMBER, name), and declares struct name_req and
 * struct name_rep. From the list come numbers, proofs of size, the client's
 * typed call, the handler's prototype, its unpacking and its table entry.
 */
#pragma once

#include <abi/message.h>

/** A payload with nothing in it. */
struct no_payload {
	char none;
};

/* Both sides: request numbers, and proof that every payload fits. */
#define PROTO_NUMBER(NR, name) NR,
#define PROTO_FITS(NR, name)                                                   \
	_Static_assert(sizeof(struct name##_req) <= MSG_BODY, #NR " request"); \
	_Static_assert(sizeof(struct name##_rep) <= MSG_BODY, #NR " reply");

/* A label for traces: { number, "NAME" }. */
#define PROTO_LABEL(NR, name) { NR, #NR },
