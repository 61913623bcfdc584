/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What trace knows of calls, as tables that tables.awk makes of the headers
 * of all protocols when the system is built. <proto/proto.h> says how a
 * header tells what a field means.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/types.h>

/** A constant by its name. Tables end with one whose name is NULL. */
struct name {
	const char *text;
	uint32_t value;
	bool is_mask; /**< of a group of which one is set: O_ACCMODE */
};

/** What a field is. Those behind FIELD_OTHER are addresses of more. */
enum field_kind {
	FIELD_INT,
	FIELD_UINT,
	FIELD_HEX,
	FIELD_OCTAL,
	FIELD_FLAGS,    /* any of names, or-ed */
	FIELD_ONE_OF,   /* one of names */
	FIELD_ENDPOINT, /* endpoint_t */
	FIELD_SIGNALS,  /* ksigset_t */
	FIELD_WAIT,     /* status of wait */
	FIELD_CHARS,    /* a string in the message */
	FIELD_RECORD,   /* a record in the message */
	FIELD_OTHER,    /* what a C declaration does not tell */
	FIELD_STRING,
	FIELD_ARGV,    /* the frame of exec */
	FIELD_BYTES,   /* as many as another field says */
	FIELD_POINTER, /* if it has a length: of several, one is shown */
};

/** Whether the caller or the server fills what is at an address. */
enum field_way {
	WAY_NONE,
	WAY_IN,
	WAY_OUT,
};

struct record;

struct field {
	const char *name;
	uint16_t offset, size; /**< size: of one element of an array */
	uint16_t count;        /**< elements of an array, or 0 */
	enum field_kind kind;
	enum field_way way;
	uint16_t length;             /**< field with the length, from 1 */
	const struct name *names;    /**< FLAGS, ONE_OF */
	const struct record *record; /**< RECORD, POINTER */
};

/** A structure; a payload of a message is one. */
struct record {
	const char *name;
	size_t fields;
	const struct field *field;
};

struct call {
	int32_t number;
	endpoint_t to; /**< who serves it, or NONE: several do */
	const char *name;
	const struct record *req, *rep;
};

/** All calls of all protocols; the last one has no name. */
extern const struct call calls[]; /* calls.c, generated */

/** Errors, signals, endpoints; and numbers of messages, also of those that are
 * no calls. */
extern const struct name error_names[], signal_names[], endpoint_names[],
    message_names[];
