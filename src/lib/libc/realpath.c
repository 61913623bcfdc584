/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * realpath: resolve one component after the other. The part that is done
 * contains no link; a link's text is put in front of what is still to be
 * walked.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 8 /* as many as VFS follows */

/** A walk in progress. */
struct walk {
	char *done;          /**< absolute, PATH_MAX bytes */
	char rest[PATH_MAX]; /**< still to be walked */
	int links;           /**< links met so far */
};

/* Take the first component off the rest; its length is the result, 0 at the
 * end. */
static size_t
next_component(struct walk *w, char *name, size_t size)
{
	size_t skip = strspn(w->rest, "/");
	size_t len = strcspn(w->rest + skip, "/");

	if (len < size) {
		memcpy(name, w->rest + skip, len);
		name[len] = '\0';
	}
	memmove(w->rest, w->rest + skip + len,
	    strlen(w->rest + skip + len) + 1);
	return len;
}

/* The link at the end of done is replaced by what it says. */
static int
follow(struct walk *w)
{
	char text[PATH_MAX];
	size_t left = strlen(w->rest);
	ssize_t n;

	if (++w->links > LINKS_MAX)
		return -ELOOP;
	n = readlink(w->done, text, sizeof text - 1);
	if (n < 0)
		return -errno;
	if ((size_t)n + left + 1 > sizeof w->rest)
		return -ENAMETOOLONG;
	memmove(w->rest + n, w->rest, left + 1);
	memcpy(w->rest, text, (size_t)n);
	*strrchr(w->done, '/') = '\0';
	if (w->rest[0] == '/')
		w->done[0] = '\0';
	return OK;
}

/* Append a component to what is done, following it if it is a link. */
static int
step(struct walk *w, const char *name)
{
	struct stat st;
	size_t len = strlen(w->done);
	char *slash;

	if (strcmp(name, ".") == 0)
		return OK;
	if (strcmp(name, "..") == 0) {
		slash = strrchr(w->done, '/');
		if (slash != NULL)
			*slash = '\0';
		return OK;
	}
	if (len + strlen(name) + 2 > PATH_MAX)
		return -ENAMETOOLONG;
	w->done[len] = '/';
	strcpy(w->done + len + 1, name);
	if (lstat(w->done, &st) != 0)
		return -errno;
	if (S_ISLNK(st.st_mode))
		return follow(w);
	if (w->rest[0] != '\0' && !S_ISDIR(st.st_mode))
		return -ENOTDIR;
	return OK;
}

static int
walk(struct walk *w, const char *path)
{
	char name[NAME_MAX + 1];
	size_t len;
	int r = OK;

	if (path[0] == '\0')
		return -ENOENT;
	if (strlen(path) >= sizeof w->rest)
		return -ENAMETOOLONG;
	strcpy(w->rest, path);
	w->done[0] = '\0';
	w->links = 0;
	if (path[0] != '/' && getcwd(w->done, PATH_MAX) == NULL)
		return -errno;
	if (strcmp(w->done, "/") == 0)
		w->done[0] = '\0'; /* the root alone is written as nothing */
	while (r == OK && (len = next_component(w, name, sizeof name)) != 0)
		r = len < sizeof name ? step(w, name) : -ENAMETOOLONG;
	if (r == OK && w->done[0] == '\0')
		strcpy(w->done, "/");
	return r;
}

char *
realpath(const char *__restrict path, char *__restrict resolved)
{
	struct walk *w;
	int r;

	/* Two paths are too much for the stack of a small program. */
	w = malloc(sizeof *w);
	if (w == NULL)
		return NULL;
	w->done = resolved != NULL ? resolved : malloc(PATH_MAX);
	if (w->done == NULL) {
		free(w);
		return NULL;
	}
	r = walk(w, path);
	if (r != OK && resolved == NULL)
		free(w->done);
	resolved = w->done;
	free(w);
	if (r == OK)
		return resolved;
	errno_return(r);
	return NULL;
}
