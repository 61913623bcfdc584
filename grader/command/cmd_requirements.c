/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade requirements: the table of requirements, each with what proves and
 * what explains it. It boots nothing; it reads what `suite`, `verify` and
 * `make test` found the last time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/command/cmd.h"
#include "grader/requirements/table.h"

static const char *const proofs[] = {
	[PROOF_NONE] = "not run",
	[PROOF_FAILED] = "FAILED",
	[PROOF_PASSED] = "passed",
};

static unsigned int
passed(const struct requirement_row *row)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < row->evidence_count; i++)
		n += row->evidence[i].proof == PROOF_PASSED ? 1 : 0;
	return n;
}

static void
show(const struct requirement_row *row)
{
	const char *lacks = row->due ? row_lacks(row) : NULL;
	size_t i;

	printf("%-4s %-6s %u of %zu proofs passed, %zu documents  %s\n",
	    row->id,
	    !row->due           ? "later"
		: lacks != NULL ? "LACKS"
				: "done",
	    passed(row), row->evidence_count, row->documents.n, row->text);
	if (lacks != NULL)
		printf("       ! %s\n", lacks);
	for (i = 0; i < row->evidence_count; i++)
		printf("       %-8s %s\n", proofs[row->evidence[i].proof],
		    row->evidence[i].name);
	for (i = 0; i < row->documents.n; i++)
		printf("       see      %s\n", row->documents.at[i]);
}

/* The sum; returns how many that are due are not done. */
static unsigned int
sum(const struct requirement_table *t)
{
	unsigned int done = 0, later = 0;
	size_t i;

	for (i = 0; i < t->n; i++) {
		later += t->at[i].due ? 0 : 1;
		done += t->at[i].due && row_lacks(&t->at[i]) == NULL ? 1 : 0;
	}
	printf("%zu requirements: %u done, %u later, %zu lack something", t->n,
	    done, later, t->n - done - later);
	for (i = 0; i < t->n; i++)
		if (t->at[i].due && row_lacks(&t->at[i]) != NULL)
			printf(" %s", t->at[i].id);
	printf("\n");
	return (unsigned int)t->n - done - later;
}

int
cmd_requirements(int argc, char **argv)
{
	struct requirement_table t;
	struct options o;
	struct site site;
	unsigned int lack;
	size_t i;

	options_parse(argc, argv, 0, 0, &o);
	site_open(&site, o.objects, false);
	if (table_load(&t, site.root, site.objects) < 0)
		die(EXIT_USAGE, "this tree has no table of requirements");
	for (i = 0; i < t.n; i++)
		show(&t.at[i]);
	for (i = 0; i < t.faults.n; i++)
		printf("wrong: %s\n", t.faults.at[i]);
	lack = sum(&t);
	if (lack > 0)
		printf("`make suite', `make verify LAB=..' and `make test' run "
		       "the proofs\n");
	lack += (unsigned int)t.faults.n;
	table_free(&t);
	site_free(&site);
	return lack == 0 ? EXIT_SCORED : EXIT_FAILED;
}
