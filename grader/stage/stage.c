/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Writing a stage: which files, then the repository around them.
 */
#include "grader/stage/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grader/base/job.h"
#include "grader/stage/leak.h"

/* The first day of 2026, for every stage: in seconds, as three want it. */
#define TOUCH_DATE  "@1767225600"
#define AUTHOR_DATE "GIT_AUTHOR_DATE=1767225600 +0000"
#define COMMIT_DATE "GIT_COMMITTER_DATE=1767225600 +0000"

/* Whole directories and files of the top level that a stage contains. */
static const char *const parts[] = { "src", "mk", "images", "grader", "LICENSE",
	".gitignore", ".clang-format" };

/* Below these, what only the project itself needs. */
static const char *const private[] = { "mk/lint", "mk/lint.mk", "mk/test",
	"mk/test.steps", "mk/student.make", "mk/student.readme", "mk/docs",
	"mk/Doxyfile", "mk/words", "mk/cppcheck.xml", "mk/requirements.txt",
	"mk/handouts.mk", "mk/mutants.mk", "mk/newlab", "mk/newlab.mk",
	"mk/check-newlab", "mk/skeleton", "grader/mutate" };

/* What has another name in a stage. */
static const struct {
	const char *from, *to;
} renamed[] = {
	{ "mk/student.make", "Makefile" },
	{ "mk/student.readme", "README.md" },
	{ "Makefile", "mk/system.make" },
};

static bool
is_private(const char *path)
{
	size_t i, n;

	for (i = 0; i < sizeof private / sizeof private[0]; i++) {
		n = strlen(private[i]);
		if (strncmp(path, private[i], n) == 0 &&
		    (path[n] == '\0' || path[n] == '/'))
			return true;
	}
	return false;
}

/* Copy one file and give it the mode every stage gives it. */
static void
put(const char *from, const char *to)
{
	struct stat st;

	if (stat(from, &st) < 0 || file_copy(from, to) < 0)
		die(EXIT_INFRA, "cannot copy %s", from);
	if (chmod(to, st.st_mode & 0111 ? 0755 : 0644) < 0)
		die(EXIT_INFRA, "%s: %s", to, strerror(errno));
}

/* Copy a file or a directory of the sources, under the same name. */
static void
put_part(const char *root, const char *part, const char *to)
{
	char *from = text("%s/%s", root, part), *a, *b;
	struct strings files = { 0 };
	struct stat st;
	size_t i;

	if (stat(from, &st) == 0 && S_ISREG(st.st_mode)) {
		b = text("%s/%s", to, part);
		put(from, b);
		free(b);
	} else {
		(void)list_files(from, &files); /* an absent part is fine */
	}
	for (i = 0; i < files.n; i++) {
		a = text("%s/%s", part, files.at[i]);
		b = text("%s/%s", to, a);
		if (!is_private(a)) {
			free(a);
			a = text("%s/%s", from, files.at[i]);
			put(a, b);
		}
		free(a);
		free(b);
	}
	strings_free(&files);
	free(from);
}

/* The stub files, over their namesakes. */
static void
put_stubs(const struct lab *lab, const char *to)
{
	char *a, *b;
	size_t i;

	for (i = 0; i < lab->stubs.n; i++) {
		a = text("%s/stub/%s", lab->dir, lab->stubs.at[i] + 4);
		b = text("%s/%s", to, lab->stubs.at[i]);
		put(a, b);
		free(a);
		free(b);
	}
}

/* The built C library, so that nobody waits for it. What it is made of is in
 * its name; the tree builds another when it wants one of another name. */
static void
put_newlib(const struct site *site, const char *to)
{
	char *dir = text("%s/newlib-pack", site->objects);
	char *list = text("%s/list", dir), *data, *name, *rest, *from, *path;
	struct strings make = { 0 };

	strings_add(&make, "env");
	strings_add(&make, "-u");
	strings_add(&make, "MAKEFLAGS");
	strings_add(&make, "-u");
	strings_add(&make, "LAB");
	site_make("newlib-pack", site, site->objects, NULL, &make);
	free(job_must(site->root, ARGS(&make)));
	if (file_read(list, &data, NULL) < 0)
		die(EXIT_INFRA, "cannot read %s", list);
	for (name = strtok_r(data, "\n", &rest); name != NULL;
	     name = strtok_r(NULL, "\n", &rest)) {
		from = text("%s/%s", dir, name);
		path = text("%s/mk/newlib/%s", to, name);
		put(from, path);
		free(path);
		free(from);
	}
	strings_free(&make);
	free(data);
	free(list);
	free(dir);
}

/* The file LAB: what this tree is, for people and for the grader. */
static void
put_lab_file(const struct lab *lab, const char *hash, const char *to)
{
	char *path = text("%s/LAB", to);
	FILE *f = fopen(path, "we");
	unsigned int i;
	size_t k;

	if (f == NULL)
		die(EXIT_INFRA, "%s: %s", path, strerror(errno));
	fprintf(f, "lab: %s\ntitle: %s\nstage: %s\n\n", lab->id, lab->title,
	    hash);
	fprintf(f, "Files you write (nothing else is handed in):\n");
	for (k = 0; k < lab->editable.n; k++)
		fprintf(f, "  %s\n", lab->editable.at[k]);
	fprintf(f, "\nPoints:\n");
	for (i = 0; i < lab->exercises_count; i++)
		fprintf(f, "  %3u  %s\n", lab->exercises[i].points,
		    lab->exercises[i].title);
	if (fclose(f) != 0)
		die(EXIT_INFRA, "%s: %s", path, strerror(errno));
	free(path);
}

/* A document, if it has been built. */
static void
put_document(const struct site *site, const char *built, const char *to,
    const char *name)
{
	static const char *const kinds[] = { "pdf", "txt" };
	char *from, *b;
	size_t i;

	for (i = 0; i < 2; i++) {
		from =
		    text("%s/handouts/%s.%s", site->objects, built, kinds[i]);
		b = text("%s/%s.%s", to, name, kinds[i]);
		if (file_exists(from))
			put(from, b);
		free(from);
		free(b);
	}
}

/* What there is to read. */
static void
put_documents(const struct site *site, const struct lab *lab, const char *to)
{
	char *hints = text("%s-hints", lab->id);

	put_document(site, lab->id, to, "handout");
	put_document(site, hints, to, "hints");
	free(hints);
}

/* Every file and directory gets the same time. */
static void
fix_times(const char *to)
{
	RUN(NULL, "find", to, "-exec", "touch", "-h", "-d", TOUCH_DATE, "{}",
	    "+");
}

/* One commit by nobody in particular, at a fixed time. The index is written
 * without what it remembers of files, which differs between machines. */
static void
put_repository(const struct lab *lab, const char *hash, const char *to)
{
	char *message = text("Lab %s, stage %.12s", lab->id, hash);

	RUN(to, "git", "init", "-q", "--template=", "-b", "main", ".");
	RUN(to, "git", "config", "core.logAllRefUpdates", "false");
	RUN(to, "git", "add", "-A", ".");
	RUN(to, "env", "GIT_AUTHOR_NAME=Lacuna", "GIT_COMMITTER_NAME=Lacuna",
	    "GIT_AUTHOR_EMAIL=lacuna@localhost",
	    "GIT_COMMITTER_EMAIL=lacuna@localhost", AUTHOR_DATE, COMMIT_DATE,
	    "GIT_CONFIG_NOSYSTEM=1", "git", "-c", "commit.gpgsign=false",
	    "commit", "-q", "--no-verify", "-m", message);
	RUN(to, "rm", "-f", ".git/index", ".git/COMMIT_EDITMSG");
	RUN(to, "git", "read-tree", "HEAD");
	free(message);
}

void
stage_write(const struct site *site, const struct lab *lab, const char *to,
    char hash[65])
{
	char *a, *b;
	size_t i;

	if (rmdir(to) < 0 && errno != ENOENT)
		die(EXIT_USAGE, "%s is there and is not empty", to);
	make_dirs(to);
	site_hash(site, &lab->stubs, lab->dir, hash);
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++)
		put_part(site->root, parts[i], to);
	a = text("labs/%s", lab->id);
	put_part(site->root, a, to);
	free(a);
	put_stubs(lab, to);
	for (i = 0; i < sizeof renamed / sizeof renamed[0]; i++) {
		a = text("%s/%s", site->root, renamed[i].from);
		b = text("%s/%s", to, renamed[i].to);
		put(a, b);
		free(a);
		free(b);
	}
	put_newlib(site, to);
	put_lab_file(lab, hash, to);
	put_documents(site, lab, to);
	fix_times(to);
	put_repository(lab, hash, to);
	fix_times(to);
}

/* Add the shingles of a file. */
static void
add_file(struct shingles *s, const char *path)
{
	char *data;
	size_t n;

	if (file_read(path, &data, &n) < 0)
		return; /* a directory's worth of odd files proves nothing */
	shingles_add(s, data, n);
	free(data);
}

/* What of the removed files may not be found anywhere. */
static void
removed(const struct site *site, const struct lab *lab, struct shingles *out)
{
	struct shingles given = { 0 };
	struct strings files = { 0 };
	char *src = text("%s/src", site->root), *name, *path;
	size_t i;

	(void)list_files(src, &files); /* site_hash() has been there */
	for (i = 0; i < files.n; i++) {
		name = text("src/%s", files.at[i]);
		path = text("%s/%s", site->root, name);
		add_file(strings_have(&lab->stubs, name) ? out : &given, path);
		free(path);
		path = text("%s/stub/%s", lab->dir, files.at[i]);
		if (strings_have(&lab->stubs, name))
			add_file(&given, path);
		free(path);
		free(name);
	}
	shingles_sort(out);
	shingles_sort(&given);
	shingles_subtract(out, &given);
	shingles_free(&given);
	strings_free(&files);
	free(src);
}

void
stage_search(const struct site *site, const struct lab *lab, const char *dir,
    struct strings *found)
{
	struct shingles secret = { 0 };
	struct strings files = { 0 };
	size_t i, n, hits;
	char *path, *data;

	removed(site, lab, &secret);
	if (list_files(dir, &files) < 0)
		die(EXIT_USAGE, "no directory %s", dir);
	for (i = 0; i < files.n; i++) {
		path = text("%s/%s", dir, files.at[i]);
		if (file_read(path, &data, &n) == 0) {
			hits = shingles_hits(&secret, data, n);
			if (hits > 0)
				strings_addf(found,
				    "%s holds %zu pieces of "
				    "what was taken out",
				    files.at[i], hits);
			free(data);
		}
		free(path);
	}
	strings_free(&files);
	shingles_free(&secret);
}

/* Are two files equal? */
static bool
same(const char *a, const char *b)
{
	char *x = NULL, *y = NULL;
	size_t m = 0, n = 0;
	bool equal = file_read(a, &x, &m) == 0 && file_read(b, &y, &n) == 0 &&
	    m == n && memcmp(x, y, n) == 0;

	free(x);
	free(y);
	return equal;
}

void
stage_compare(const struct site *site, const struct lab *lab, const char *dir,
    struct strings *found)
{
	char *src = text("%s/src", site->root), *name, *a, *b;
	struct strings files = { 0 }, staged = { 0 };
	char *there = text("%s/src", dir);
	size_t i;

	(void)list_files(src, &files);    /* an empty list differs */
	(void)list_files(there, &staged); /* as above */
	for (i = 0; i < files.n; i++) {
		name = text("src/%s", files.at[i]);
		a = strings_have(&lab->stubs, name)
		    ? text("%s/stub/%s", lab->dir, files.at[i])
		    : text("%s/%s", site->root, name);
		b = text("%s/%s", dir, name);
		if (!same(a, b))
			strings_addf(found, "%s is not as it should be", name);
		free(a);
		free(b);
		free(name);
	}
	if (files.n != staged.n)
		strings_addf(found, "%zu files below src instead of %zu",
		    staged.n, files.n);
	strings_free(&files);
	strings_free(&staged);
	free(there);
	free(src);
}
