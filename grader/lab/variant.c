/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Heads of variants, and how their files come about.
 */
#include "grader/lab/variant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/files.h"
#include "grader/base/job.h"

#define BASES_MAX 4 /* of one another */

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

/* The rest of a line of the head that begins with a word, or NULL. */
static char *
header(const char *data, const char *word)
{
	const char *at = data;

	for (; at != NULL && strncmp(at, "--- ", 4) != 0;
	     at = strchr(at, '\n') != NULL ? strchr(at, '\n') + 1 : NULL) {
		if (strncmp(at, word, strlen(word)) != 0)
			continue;
		at += strlen(word);
		at += strspn(at, " ");
		return text("%.*s", (int)strcspn(at, "\n"), at);
	}
	return NULL;
}

/* The bounds of the score; false: it is none. */
static bool
read_score(struct variant *v)
{
	char *end;

	if (v->score == NULL || *v->score == '\0')
		return false;
	v->low = v->high = (unsigned int)strtoul(v->score, &end, 10);
	if (strncmp(end, "..", 2) == 0 && end[2] != '\0')
		v->high = (unsigned int)strtoul(end + 2, &end, 10);
	return *end == '\0' && v->low <= v->high && v->high <= 100;
}

/* The file that holds the head of a variant. */
static char *
head_of(const char *path)
{
	return ends_with(path, ".patch") ? text("%s", path)
					 : text("%s/head", path);
}

bool
variant_read(const char *path, struct variant *v, char **why)
{
	char *head = head_of(path), *data = NULL;
	bool good = false;

	memset(v, 0, sizeof *v);
	if (file_read(head, &data, NULL) < 0) {
		*why = text("cannot read %s", head);
	} else {
		v->change = header(data, "Change:");
		v->score = header(data, "Score:");
		v->fails = header(data, "Fails:");
		v->class = header(data, "Class:");
		v->base = header(data, "Base:");
		good = read_score(v);
		if (!good)
			*why = text("%s does not say what it must score", head);
	}
	if (!good)
		variant_free(v);
	free(data);
	free(head);
	return good;
}

void
variant_free(struct variant *v)
{
	free(v->change);
	free(v->score);
	free(v->fails);
	free(v->class);
	free(v->base);
	memset(v, 0, sizeof *v);
}

void
variants_list(const char *dir, struct strings *list)
{
	struct strings files = { 0 };
	char *name;
	size_t i;

	(void)list_files(dir, &files); /* none: then there are none */
	for (i = 0; i < files.n; i++) {
		name = files.at[i];
		if (ends_with(name, ".patch") && strchr(name, '/') != NULL)
			strings_add(list, name);
		else if (ends_with(name, "/head"))
			strings_addf(list, "%.*s", (int)(strlen(name) - 5),
			    name);
	}
	strings_sort(list);
	strings_free(&files);
}

bool
is_variant(const char *path)
{
	struct variant v;
	char *why;

	if (ends_with(path, ".patch"))
		return file_exists(path);
	if (variant_read(path, &v, &why)) {
		variant_free(&v);
		return true;
	}
	free(why);
	return false;
}

/* Where the variant of a name is: KIND/NAME.patch or KIND/NAME; or NULL. */
static char *
path_of(const char *dir, const char *name)
{
	char *patch = text("%s/%s.patch", dir, name);
	char *whole = text("%s/%s", dir, name);

	if (is_variant(patch)) {
		free(whole);
		return patch;
	}
	free(patch);
	if (is_variant(whole))
		return whole;
	free(whole);
	return NULL;
}

/* Lay whole files over those of the solution. */
static void
lay_files(const char *path, const char *to)
{
	char *src = text("%s/src", path), *from, *over;
	struct strings files = { 0 };
	size_t i;

	(void)list_files(src, &files); /* none: then it is its base */
	for (i = 0; i < files.n; i++) {
		from = text("%s/%s", src, files.at[i]);
		over = text("%s/src/%s", to, files.at[i]);
		if (file_copy(from, over) < 0)
			die(EXIT_INFRA, "cannot copy %s", from);
		free(from);
		free(over);
	}
	strings_free(&files);
	free(src);
}

/* A variant, whose bases may be so many deep. */
static bool
lay(const char *dir, const char *path, const char *to, int bases, char **why)
{
	char *head = head_of(path), *data = NULL, *base = NULL, *at = NULL;
	bool good = true;

	if (file_read(head, &data, NULL) == 0)
		base = header(data, "Base:");
	free(data);
	if (base != NULL)
		at = path_of(dir, base);
	if (base != NULL && (at == NULL || bases == 0)) {
		*why = at == NULL
		    ? text("%s: there is no variant %s in %s", head, base, dir)
		    : text("%s: too many bases, one upon another", head);
		good = false;
	}
	if (good && at != NULL)
		good = lay(dir, at, to, bases - 1, why);
	if (good && ends_with(path, ".patch"))
		RUN(to, "patch", "-s", "-p1", "-i", path);
	else if (good)
		lay_files(path, to);
	free(base);
	free(at);
	free(head);
	return good;
}

bool
variant_lay(const char *dir, const char *path, const char *to, char **why)
{
	return lay(dir, path, to, BASES_MAX, why);
}
