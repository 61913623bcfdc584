/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Collecting what a submission holds.
 */
#include "grader/intake/finds.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "grader/base/quote.h"

#define SEEN_MAX    12 /* names kept for an explanation */
#define OUTSIDE_MAX 5  /* remarks on names that lead out */

void
finds_refuse(struct finds *f, const char *fmt, ...)
{
	va_list ap;

	if (f->refusal != NULL)
		return;
	va_start(ap, fmt);
	if (vasprintf(&f->refusal, fmt, ap) < 0)
		die(EXIT_INFRA, "out of memory");
	va_end(ap);
}

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

bool
finds_ignores(const char *name)
{
	static const char *const names[] = { ".git", ".hg", ".svn", "build",
		"__MACOSX", "node_modules", ".DS_Store", ".idea", ".vscode",
		".cache", "Thumbs.db", "desktop.ini" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return strncmp(name, "._", 2) == 0; /* a Macintosh's other half */
}

/* Is any part of a path ignored? */
static bool
is_ignored(const char *path)
{
	char *copy = text("%s", path), *rest = copy, *part;
	bool ignored = false;

	while (!ignored && (part = strsep(&rest, "/")) != NULL)
		ignored = finds_ignores(part);
	free(copy);
	return ignored;
}

/* Does a name lead out of where it is? */
static bool
leads_out(const char *path)
{
	size_t n = strlen(path);

	return path[0] == '/' || path[0] == '\0' ||
	    (isalpha((unsigned char)path[0]) && path[1] == ':') ||
	    strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0 ||
	    strstr(path, "/../") != NULL ||
	    (n >= 3 && strcmp(path + n - 3, "/..") == 0);
}

/* Remark that a name leads out, unless that was said often enough. */
static void
remark_outside(struct finds *f, const char *path)
{
	char *q = quote(path);

	if (++f->outside <= OUTSIDE_MAX)
		strings_addf(&f->remarks,
		    "%s was refused: its name leads out of the submission", q);
	if (f->outside == OUTSIDE_MAX + 1)
		strings_add(&f->remarks,
		    "more names that lead out of the submission were refused");
	free(q);
}

bool
finds_meet(struct finds *f, const char *path)
{
	char *q;

	if (f->refusal != NULL || is_ignored(path))
		return false;
	if (++f->entries > f->limits->entries) {
		finds_refuse(f,
		    "it holds more than %zu files: hand in the lab's files "
		    "alone",
		    f->limits->entries);
		return false;
	}
	if (leads_out(path)) {
		remark_outside(f, path);
		return false;
	}
	if (f->seen.n < SEEN_MAX && path[strlen(path) - 1] != '/') {
		q = quote(path);
		strings_add(&f->seen, q);
		free(q);
	}
	if (strcmp(base_of(path), "LAB") == 0)
		strings_add(&f->trees, path);
	return true;
}

bool
finds_is_trees_own(const struct finds *f, const char *path)
{
	char *packed = text("%s.tar.gz", f->lab->id);
	bool own = false;
	const char *in;
	size_t i, n;

	for (i = 0; i < f->trees.n && !own; i++) {
		n = strlen(f->trees.at[i]) - strlen("LAB");
		in = strncmp(path, f->trees.at[i], n) == 0 ? path + n : "";
		own = strncmp(in, "mk/newlib/", strlen("mk/newlib/")) == 0 ||
		    strcmp(in, packed) == 0;
	}
	free(packed);
	return own;
}

bool
finds_wants(const struct finds *f, const char *path)
{
	size_t i;

	for (i = 0; i < f->lab->editable.n; i++)
		if (strcmp(base_of(f->lab->editable.at[i]), base_of(path)) == 0)
			return true;
	return false;
}

bool
finds_is_parcel(const char *path)
{
	static const char *const tails[] = { ".zip", ".tar", ".tgz", ".tar.gz",
		".txz", ".tar.xz", ".tbz2", ".tar.bz2", ".tar.zst", ".7z",
		".rar" };
	size_t i, n = strlen(path), m;

	for (i = 0; i < sizeof tails / sizeof tails[0]; i++) {
		m = strlen(tails[i]);
		if (n > m && strcasecmp(path + n - m, tails[i]) == 0)
			return true;
	}
	return false;
}

void
finds_keep(struct finds *f, const char *path, char *data, size_t n,
    const char *fault)
{
	struct find *at;
	size_t i;

	for (i = 0; i < f->n && strcmp(f->at[i].path, path) != 0; i++)
		continue;
	if (i == f->n) {
		at = realloc(f->at, (f->n + 1) * sizeof *at);
		if (at == NULL)
			die(EXIT_INFRA, "out of memory");
		f->at = at;
		f->at[f->n++] = (struct find){ .path = text("%s", path) };
	}
	free(f->at[i].data);
	f->at[i].data = data;
	f->at[i].n = n;
	f->at[i].fault = fault;
}

void
finds_keep_parcel(struct finds *f, const char *path, char *data, size_t n)
{
	struct parcel *at =
	    realloc(f->parcels, (f->parcels_n + 1) * sizeof *at);

	if (at == NULL)
		die(EXIT_INFRA, "out of memory");
	f->parcels = at;
	at[f->parcels_n++] = (struct parcel){ text("%s", path), data, n };
}

void
finds_free(struct finds *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		free(f->at[i].path);
		free(f->at[i].data);
	}
	for (i = 0; i < f->parcels_n; i++) {
		free(f->parcels[i].path);
		free(f->parcels[i].data);
	}
	free(f->at);
	free(f->parcels);
	strings_free(&f->seen);
	strings_free(&f->trees);
	strings_free(&f->remarks);
	free(f->refusal);
	memset(f, 0, sizeof *f);
}
