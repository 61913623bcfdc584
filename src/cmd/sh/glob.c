/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Files that match a pattern, a directory at a time.
 */
#include <dirent.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/sh/expand.h"

static void walk(struct fields *f, const char *dir, const char *pattern);

static bool
is_magic(const char *s, size_t n)
{
	for (; n > 0; n--, s++) {
		if (*s == '\\' && n > 1) {
			n--;
			s++;
		} else if (*s == '*' || *s == '?' || *s == '[') {
			return true;
		}
	}
	return false;
}

/* dir and a name behind it, in sh.now; without backslashes if plain. */
static char *
path_join(const char *dir, const char *name, size_t n, bool plain)
{
	struct text t;

	text_init(&t, &sh.now);
	text_puts(&t, dir);
	for (; n > 0; n--, name++) {
		if (plain && *name == '\\' && n > 1) {
			n--;
			name++;
		}
		text_add(&t, *name);
	}
	return text_end(&t);
}

/* Go on with one name found for a component. */
static void
step(struct fields *f, char *path, const char *rest)
{
	struct stat st;
	struct text t;

	if (strlen(path) >= PATH_MAX)
		return;
	if (*rest == '\0') {
		if (lstat(path, &st) == 0)
			fields_add(f, path);
		return;
	}
	text_init(&t, &sh.now);
	text_puts(&t, path);
	while (*rest == '/')
		text_add(&t, *rest++);
	path = text_end(&t);
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		walk(f, path, rest);
}

/* dir is empty or ends with a slash. */
static void
walk(struct fields *f, const char *dir, const char *pattern)
{
	size_t n = strcspn(pattern, "/");
	const char *rest = pattern + n;
	char *component;
	struct dirent *d;
	DIR *dp;

	if (!is_magic(pattern, n)) {
		step(f, path_join(dir, pattern, n, true), rest);
		return;
	}
	component = path_join("", pattern, n, false);
	dp = opendir(*dir != '\0' ? dir : ".");
	if (dp == NULL)
		return;
	while ((d = readdir(dp)) != NULL) {
		if (d->d_name[0] == '.' && component[0] != '.' &&
		    strncmp(component, "\\.", 2) != 0)
			continue;
		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue; /* nobody means these by a pattern */
		if (match(component, d->d_name))
			step(f,
			    path_join(dir, d->d_name, strlen(d->d_name), false),
			    rest);
	}
	(void)closedir(dp);
}

/* By insertion: directories give names nearly as they were made. */
static void
sort(char **v, int n)
{
	char *s;
	int i, j;

	for (i = 1; i < n; i++) {
		s = v[i];
		for (j = i; j > 0 && strcmp(v[j - 1], s) > 0; j--)
			v[j] = v[j - 1];
		v[j] = s;
	}
}

/* A pattern in which slashes are just slashes: one that was quoted divides
 * components like any other. */
static const char *
plain_slashes(const char *pattern)
{
	struct text t;

	text_init(&t, &sh.now);
	for (; *pattern != '\0'; pattern++) {
		if (pattern[0] == '\\' && pattern[1] == '/')
			continue;
		text_add(&t, *pattern);
		if (pattern[0] == '\\' && pattern[1] != '\0')
			text_add(&t, *++pattern);
	}
	return text_end(&t);
}

bool
glob_files(struct fields *f, const char *pattern)
{
	int before = f->n;
	struct text root;

	pattern = plain_slashes(pattern);
	text_init(&root, &sh.now);
	while (*pattern == '/')
		text_add(&root, *pattern++);
	walk(f, text_end(&root), pattern);
	if (f->n == before)
		return false;
	sort(f->v + before, f->n - before);
	return true;
}
