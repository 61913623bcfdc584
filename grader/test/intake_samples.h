/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What students send, as data: submissions, and what the intake must make of
 * each. Long values are named, see make_blobs() in grader/test/intake_test.c.
 */
#pragma once

#include <stddef.h>

#define STORE "src/servers/ds/store.c"
#define PERM  "src/servers/ds/perm.c"
#define ITEMS 8

enum how {
	DIRECTORY,
	TAR,
	PAX,
	TGZ,
	TXZ,
	TBZ,
	TZST,
	ZIP,
	ZIP_UTF8,
	ZIP_SECRET,
	SEVEN,
	PLAIN /* the first item's bytes */
};

/* One entry: kind f(ile), l(ink), h(ard link), d(irectory), p(ipe), c(haracter
 * device); data beginning with '@' names a blob. */
struct item {
	const char *path, *data;
	char kind;
};

struct sample {
	const char *what;
	enum how how;
	struct item items[ITEMS];
	const char *store, *perm; /* what must be taken; both NULL: refused */
	const char *says;         /* in a remark or the refusal; NULL: none */
};

/** The submissions. */
extern const struct sample samples[];
extern const size_t nr_samples;
