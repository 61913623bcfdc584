/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Names that learning platforms give, taken apart at their '_'.
 */
#include "grader/intake/label.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "grader/base/base.h"
#include "grader/base/quote.h"

/* Cut an archive's tail off. */
static void
cut_tail(char *name)
{
	static const char *const tails[] = { ".tar.gz", ".tar.xz", ".tar.bz2",
		".tar.zst", ".tgz", ".txz", ".tbz2", ".tar", ".zip", ".7z",
		".rar" };
	size_t i, n = strlen(name), m;

	for (i = 0; i < sizeof tails / sizeof tails[0]; i++) {
		m = strlen(tails[i]);
		if (n > m && strcasecmp(name + n - m, tails[i]) == 0) {
			name[n - m] = '\0';
			return;
		}
	}
}

/* The number at the front, up to a '_': its length, or 0. */
static size_t
number(const char *s)
{
	size_t n = 0;

	while (isdigit((unsigned char)s[n]))
		n++;
	return n > 0 && s[n] == '_' ? n : 0;
}

/* NAME_123_456_REST or NAME_LATE_123_456_REST is NAME_123, else NULL. */
static char *
canvas(const char *name)
{
	size_t n = strcspn(name, "_"), m;
	const char *rest = name + n;

	if (n == 0 || *rest == '\0')
		return NULL;
	rest++;
	if (strncmp(rest, "LATE_", 5) == 0)
		rest += 5;
	m = number(rest);
	if (m == 0 || number(rest + m + 1) == 0)
		return NULL;
	return text("%.*s_%.*s", (int)n, name, (int)m, rest);
}

/* The last part of a path that Moodle has named, or NULL. */
static char *
moodle(const char *path)
{
	const char *mark = strstr(path, "_assignsubmission_"), *start = mark;

	if (mark == NULL)
		return NULL;
	while (start > path && start[-1] != '/')
		start--;
	return text("%.*s", (int)(mark - start), start);
}

char *
label_of(const char *path)
{
	char *copy = text("%s", path), *slash, *label, *q;
	size_t n = strlen(copy);

	while (n > 1 && copy[n - 1] == '/')
		copy[--n] = '\0';
	slash = strrchr(copy, '/');
	label = moodle(copy);
	if (label == NULL)
		label = canvas(slash != NULL ? slash + 1 : copy);
	if (label == NULL) {
		label = text("%s",
		    slash != NULL && slash[1] != '\0' ? slash + 1 : copy);
		cut_tail(label);
	}
	q = quote(label);
	free(label);
	free(copy);
	return q;
}
