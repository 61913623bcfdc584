/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Finding observations in the tests' sources, see place.h.
 */
#include "grader/judge/place.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"
#include "grader/base/files.h"

/* The line on which s first says "word", or 0. */
static unsigned int
line_of(const char *s, const char *word)
{
	char *quoted = text("\"%s\"", word);
	const char *at = strstr(s, quoted), *c;
	unsigned int line = 1;

	free(quoted);
	if (at == NULL)
		return 0;
	for (c = s; c < at; c++)
		line += *c == '\n';
	return line;
}

/* A source in which the test's name stands is its program. */
static char *
place_in(const char *root, const char *path, const char *test, const char *obs)
{
	const char *below = path + strlen(root) + 1;
	char *source, *place = NULL;
	unsigned int line;

	if (file_read(path, &source, NULL) < 0)
		return NULL;
	if (line_of(source, test) != 0) {
		line = line_of(source, obs);
		place =
		    line != 0 ? text("%s:%u", below, line) : text("%s", below);
	}
	free(source);
	return place;
}

char *
place_of(const char *root, const char *test, const char *obs)
{
	char *pattern = text("%s/src/test/*/*.c", root), *place = NULL;
	char *name = text("%.*s", (int)strcspn(obs, " "), obs);
	glob_t found;
	size_t i;

	if (glob(pattern, 0, NULL, &found) == 0) {
		for (i = 0; i < found.gl_pathc && place == NULL; i++)
			place = place_in(root, found.gl_pathv[i], test, name);
		globfree(&found);
	}
	free(name);
	free(pattern);
	return place;
}
