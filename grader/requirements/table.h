/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The requirements with what proves and what explains them.
 *
 * Nothing is guessed. A requirement is a line of mk/requirements.txt. What
 * proves it says so: a test of the system by `proves:` in its area's
 * tests.yaml, a lab by `proves:` in its manifest, a step of `make test` by a
 * line `proves ID STEP...` in mk/test.steps. What explains it has its id
 * behind the word `explains:`, in README.md, COURSE.md, a manual page, a
 * handout or a guide. Whether it is proved is told by the results that were
 * kept, see kept.h.
 */
#pragma once

#include "grader/base/base.h"

/** How a piece of evidence did the last time it was checked. */
enum proof {
	PROOF_NONE,
	PROOF_FAILED,
	PROOF_PASSED
};

/** Something that proves a requirement. */
struct evidence {
	char *name; /**< "suite ipc-reply", "verify ds", "step stages" */
	enum proof proof;
};

/** One requirement. */
struct requirement_row {
	char *id, *text;
	bool due; /**< now, not later */
	struct evidence *evidence;
	size_t evidence_count;
	struct strings documents;
};

/** All of them, and what is wrong with the declarations. */
struct requirement_table {
	struct requirement_row *at;
	size_t n;
	struct strings faults; /**< sentences */
};

/**
 * Read the requirements and everything that concerns them.
 *
 * @param[out] table   for table_free()
 * @param[in]  root    top of the source tree
 * @param[in]  objects build directory, for results
 *
 * @retval 0       read
 * @retval -ENOENT there is no mk/requirements.txt
 */
int table_load(struct requirement_table *table, const char *root,
    const char *objects);

/**
 * What a requirement that is due lacks.
 *
 * @param[in] row the requirement
 * @return a constant phrase, or NULL: it is done
 */
const char *row_lacks(const struct requirement_row *row);

/**
 * Free what a table holds.
 *
 * @param[in,out] table the table
 */
void table_free(struct requirement_table *table);
