/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What every protocol header is made with. A protocol lists each of its
 * calls once, CALL(NUMBER, name), and declares struct name_req and
 * struct name_rep. From the list come numbers, proofs of size, the client's
 * typed call, the handler's prototype, its unpacking and its table entry.
 *
 * A field's comment may begin with what the field means, for readers and for
 * trace(1), whose tables are made of these headers:
 *
 *     O_*              any of these, or-ed; also NAME, NAME, ... or one NAME
 *     one of SEEK_*    one of these, or another number
 *     enum pm_id       one of these
 *     octal, hex       how it is written
 *     wait status      as waitpid(2) has it
 *     [in] bytes       an address: the caller has filled what is there, as
 *                      many bytes as the field of that name says
 *     [out] bytes      the server fills it; how much, the reply's field of that
 *                      name says, if it has one. "but with NR [in]" after it:
 *                      not in the call NR
 *     [out] string     a string; the next field is the room for it
 *     [in] struct x    a record is there; "[out] bytes of struct x": several
 *
 * An address `path' before a length `path_len' is that of a string.
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
