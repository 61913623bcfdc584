/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Fixtures, in a directory that is removed at the end.
 */
#include "grader/mutate/test/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

const char *
fixture_path(const char *name)
{
	static char path[200];

	snprintf(path, sizeof path, "%s/%s",
	    scratch_dir("/tmp/mutate-fixtures"), name);
	return path;
}

void
fixture_make(struct fixture *f, const char *c)
{
	const char *path = fixture_path("fixture.c");
	struct strings flags = { 0 };
	char *why;

	memset(f, 0, sizeof *f);
	file_write(path, c, strlen(c));
	strings_add(&flags, "-std=c11");
	if (source_parse(path, "src/fixture.c", &flags, &f->source, &why) < 0)
		fail_msg("%s", why);
	rules_apply(&f->source, &f->mutants);
	strings_free(&flags);
}

char *
fixture_changes(const struct fixture *f, const char *rule)
{
	char *all = text("%s", ""), *line, *more;
	size_t i;

	for (i = 0; i < f->mutants.n; i++) {
		if (strcmp(f->mutants.at[i].rule, rule) != 0)
			continue;
		line = mutant_line(&f->mutants.at[i]);
		more = text("%s%s\n", all, line);
		free(line);
		free(all);
		all = more;
	}
	return all;
}

void
fixture_free(struct fixture *f)
{
	mutants_free(&f->mutants);
	source_free(&f->source);
}
