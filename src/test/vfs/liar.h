/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A file server and character driver that does its work, such as it is,
 * unless it is told to lie. Its program leaves orders in its own memory; the
 * service reads them at each request.
 */
#pragma once

#include "test/service/service.h"

#define LIAR_PROGRAM "/test/vfs-liar"
#define LIAR_MAJOR   40

/* What the file system has: names in its root, and their numbers. */
#define LIAR_ROOT 1
#define LIAR_FILE 2 /* "file", LIAR_SIZE bytes */
#define LIAR_LINK 3 /* "link", to "file" */
#define LIAR_NEW  4 /* what is created */
#define LIAR_SIZE 5

enum lie {
	LIE_NONE,
	LIE_STATUS, /* value is the status */
	LIE_WORD,   /* value is a word of the answer's body */
	LIE_NUMBER, /* it is the answer to another request */
	LIE_SILENT, /* no answer until other orders come */
	LIE_DIE,    /* no answer, but an end */
};

/** Orders. Everything the program changes last is how. */
struct liar {
	struct mailbox box;    /**< not used; orders need no answer */
	int32_t type;          /**< of the requests that are lied about */
	uint32_t word;         /**< which, of LIE_WORD */
	uint32_t value;        /**< see enum lie */
	volatile int32_t how;  /**< enum lie */
	volatile int32_t left; /**< lies to be told yet */
	volatile int32_t told; /**< lies that have been told, counted by it */
};
