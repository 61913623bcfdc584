/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The station of a submission at which it is built, and at which the machine
 * is told from the submission when that fails.
 */
#include "grader/command/building.h"

#include <stdlib.h>
#include <string.h>

/* Do a compiler's words blame the submission? A link error does: everything
 * else has been linked before. */
static bool
blames(const struct lab *lab, const char *errors)
{
	size_t i;

	for (i = 0; i < lab->editable.n; i++)
		if (strstr(errors, lab->editable.at[i]) != NULL)
			return true;
	return strstr(errors, "undefined reference") != NULL ||
	    strstr(errors, "multiple definition") != NULL;
}

/* Does the stub build here? If it does, the machine is well, and what did not
 * build is at fault, whatever it is that it broke. */
static bool
machine_is_well(const struct grading *g)
{
	char *work = text("%s/control", scratch_dir(g->dir));
	struct build_order order = { .site = g->site,
		.lab = g->lab,
		.submission = "/nowhere",
		.work = work,
		.unfenced = g->unfenced };
	struct build build;
	bool well;

	if (build_run(&order, &build) < 0)
		die(EXIT_INFRA, "bubblewrap has stopped working");
	well = build.ok;
	build_free(&build);
	remove_tree(work);
	free(work);
	return well;
}

void
building_run(const struct grading *g, struct result *r, struct build *build,
    const char *from)
{
	char *work = text("%s/tree", scratch_dir(g->dir)), *log;
	struct build_order order = { .site = g->site,
		.lab = g->lab,
		.submission = from,
		.work = work,
		.unfenced = g->unfenced,
		.says =
		    g->rows ? "Building the system with these files" : NULL };

	if (build_run(&order, build) < 0)
		die(EXIT_INFRA,
		    "bubblewrap does not work here; with "
		    "-u the build runs without a fence");
	free(work);
	r->built = build->ok;
	r->build_seconds = build->seconds;
	log = text("%s/build.log", g->dir);
	file_write(log, build->log, strlen(build->log));
	free(log);
	if (build->ok)
		return;
	log = build_errors(build->log, 12);
	r->build_errors = build->limit == NULL
	    ? text("%s", log)
	    : text("A limit was hit: %s.\n%s", build->limit, log);
	free(log);
	if (!blames(g->lab, r->build_errors) && !machine_is_well(g))
		die(EXIT_INFRA, "the build failed, and so does the stub's:\n%s",
		    r->build_errors);
}
