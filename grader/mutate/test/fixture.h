/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * C texts as files, for tests of the parser and of what comes behind it.
 */
#pragma once

#include "grader/mutate/rewrite.h"
#include "grader/mutate/rules.h"

/** A text, parsed, and its mutants. */
struct fixture {
	struct source source;
	struct mutants mutants;
};

/** Parse a text and make all mutants of it; the test fails if it has errors. */
void fixture_make(struct fixture *f, const char *c);

/** The changes that a rule makes, one a line, in order; for free(). */
char *fixture_changes(const struct fixture *f, const char *rule);

/** Free what a fixture holds. */
void fixture_free(struct fixture *f);

/** A name for a file that is in nobody's way. */
const char *fixture_path(const char *name);
