/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade fence: can anything made of a lab's solution be reached while a
 * submission is built?
 *
 * The solution is built with a needle in each of its files, so that objects,
 * programs, archives and images hold it, wherever they are. Then that build
 * directory is copied as for a submission, and the copy searched, byte by
 * byte. The sources that a submission is built in are searched for pieces of
 * the solution as stages are. A search that finds nothing could be blind, so
 * it must find the needles where they are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/build/clean.h"
#include "grader/command/cmd.h"
#include "grader/stage/stage.h"

#define NEEDLE "needle-behind-the-fence"

static int failures, passes;

static void
check(bool ok, const char *lab, const char *what)
{
	printf("%s  %-8s %s\n", ok ? "ok  " : "FAIL", lab, what);
	*(ok ? &passes : &failures) += 1;
}

/* The solution's files, each with a needle. */
static void
plant(const struct site *site, const struct lab *lab, const char *to)
{
	char *from, *path, *data, *more;
	size_t i;

	for (i = 0; i < lab->editable.n; i++) {
		from = text("%s/%s", site->root, lab->editable.at[i]);
		path = text("%s/%s", to, lab->editable.at[i]);
		if (file_read(from, &data, NULL) < 0)
			die(EXIT_INFRA, "cannot read %s", from);
		more = text("%s\nextern const char fence_needle_%zu[];\n"
			    "const char fence_needle_%zu[] "
			    "__attribute__((used)) = \"" NEEDLE "\";\n",
		    data, i, i);
		file_write(path, more, strlen(more));
		free(more);
		free(data);
		free(path);
		free(from);
	}
}

/* The files below a directory that hold the needle. */
static void
search(const char *dir, struct strings *found)
{
	struct strings files = { 0 };
	char *path, *data;
	size_t i, n;

	(void)list_files(dir, &files); /* nothing there: nothing found */
	for (i = 0; i < files.n; i++) {
		path = text("%s/%s", dir, files.at[i]);
		if (file_read(path, &data, &n) == 0) {
			if (memmem(data, n, NEEDLE, strlen(NEEDLE)) != NULL)
				strings_add(found, files.at[i]);
			free(data);
		}
		free(path);
	}
	strings_free(&files);
}

static void
report(struct strings *found, const char *lab, const char *what)
{
	size_t i;

	check(found->n == 0, lab, what);
	for (i = 0; i < found->n; i++)
		printf("      %s\n", found->at[i]);
	strings_free(found);
}

/* The object of a source, for free(). */
static char *
object_of(const char *source)
{
	char *object = text("%s", source + strlen("src/"));

	strcpy(strrchr(object, '.'), ".o");
	return object;
}

/* Do the needles lie where they must, so that a search would find them? */
static void
check_needles(const struct lab *lab, const char *objects)
{
	struct strings found = { 0 };
	char *object;
	size_t i, n = 0;

	search(objects, &found);
	for (i = 0; i < lab->editable.n; i++) {
		object = object_of(lab->editable.at[i]);
		n += strings_have(&found, object);
		free(object);
	}
	check(n == lab->editable.n, lab->id, "each object has its needle");
	check(strings_have(&found, "lacuna.img"), lab->id,
	    "the image has needles");
	check(found.n >= n + 3, lab->id, "programs and their copies have some");
	strings_free(&found);
}

/* Are the objects of the lab's files missing, also of those that a submission
 * cannot replace? */
static void
check_objects(const struct lab *lab, const char *copy)
{
	struct strings files = { 0 }, found = { 0 };
	char *object;
	size_t i;

	(void)list_files(copy, &files); /* it is not empty, see below */
	for (i = 0; i < lab->stubs.n; i++) {
		object = object_of(lab->stubs.at[i]);
		if (strings_have(&files, object))
			strings_add(&found, object);
		free(object);
	}
	report(&found, lab->id, "no object of the lab's files is there");
	check(files.n > 500, lab->id, "other objects are");
	strings_free(&files);
}

/* Build something in order->work, which must succeed. */
static void
build_sure(const struct build_order *order, struct build *build)
{
	if (build_run(order, build) < 0)
		die(EXIT_INFRA, "bubblewrap does not work here");
	if (!build->ok)
		die(EXIT_INFRA, "%s does not build:\n%s", order->submission,
		    build->log);
}

static void
fence_lab(const struct site *site, const struct lab *lab)
{
	char *base = text("%s/fence", scratch_dir(site->objects));
	char *from = text("%s/solution", base), *work = text("%s/tree", base);
	char *copy = text("%s/copy", base), *src = text("%s/src", work);
	struct build_order order = { .site = site,
		.lab = lab,
		.submission = from,
		.work = work };
	struct strings found = { 0 };
	struct build build;

	plant(site, lab, from);
	build_sure(&order, &build);
	check_needles(lab, build.objects);
	clean_copy(build.objects, lab, false, copy);
	build_free(&build);
	check_objects(lab, copy);
	search(copy, &found);
	report(&found, lab->id, "no needle is left behind the fence");
	order.submission = copy; /* holds none of the lab's files: the stub */
	build_sure(&order, &build);
	build_free(&build);
	stage_search(site, lab, src, &found);
	report(&found, lab->id, "nothing of the solution is in the sources");
	remove_tree(base);
	free(src);
	free(copy);
	free(work);
	free(from);
	free(base);
}

int
cmd_fence(int argc, char **argv)
{
	struct options o;
	struct site site;
	struct lab *lab;
	int i;

	options_parse(argc, argv, 1, 1000, &o);
	site_open(&site, o.objects, true);
	if (site.student != NULL)
		die(EXIT_USAGE, "there is no solution in this tree");
	for (i = o.first; i < argc; i++) {
		lab = lab_or_die(&site, argv[i]);
		fence_lab(&site, lab);
		lab_free(lab);
	}
	printf("%d passed, %d failed\n", passes, failures);
	site_free(&site);
	return failures == 0 ? EXIT_SCORED : EXIT_FAILED;
}
