/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values in words: numbers by the names the headers give them, and what lies
 * in the memory of the process.
 */
#pragma once

#include <sys/types.h>

#include "cmd/trace/tables.h"
#include "cmd/trace/text.h"

/** How much is shown of a string, and whether all fields of a record are. */
struct value_limits {
	size_t string;
	bool all;
};

extern struct value_limits value_limits;

/** A structure that is to be shown. */
struct value_of {
	pid_t pid;                   /**< whose memory addresses are in */
	const struct record *record; /**< what it is */
	const void *bytes;           /**< it */
};

/**
 * Look a constant up by its value.
 *
 * @param[in] names  table
 * @param[in] value  value
 * @return its name, or NULL
 */
const char *value_name(const struct name *names, uint32_t value);

/** Add a status: OK, -ENOENT, or a number. @param[in,out] t text
 * @param[in] status it */
void value_status(struct text *t, int32_t status);

/** Add an endpoint: pm, any, or a number. @param[in,out] t text
 * @param[in] ep it */
void value_endpoint(struct text *t, endpoint_t ep);

/** Add a signal by its name. @param[in,out] t text @param[in] sig it */
void value_signal(struct text *t, int sig);

/**
 * Add the fields of a structure, "a=1, b=2". Memory that the caller fills is
 * shown, of what the server fills the address.
 *
 * @param[in,out] t  text
 * @param[in]     v  structure
 */
void value_fields(struct text *t, const struct value_of *v);

/**
 * Add what a server has filled in memory, after its reply.
 *
 * @param[in,out] t    text
 * @param[in]     req  the request
 * @param[in]     rep  the reply
 */
void value_filled(struct text *t, const struct value_of *req,
    const struct value_of *rep);
