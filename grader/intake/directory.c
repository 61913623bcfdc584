/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Submissions that are directories. Each directory is opened below the one
 * it is in, so that no link, and no change made meanwhile, leads elsewhere.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grader/intake/sources.h"

#define DEPTH_MAX 40

/* The bytes of a regular file of at most `max`; *fault says why not. */
static char *
read_plain(int fd, size_t max, size_t *n, const char **fault)
{
	struct stat st;
	ssize_t got = 1;
	char *data;

	*n = 0;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		*fault = "not a regular file";
		return NULL;
	}
	if ((uintmax_t)st.st_size > max) {
		*fault = "too big";
		return NULL;
	}
	data = need((size_t)st.st_size + 1);
	while (*n < (size_t)st.st_size && got > 0) {
		got = read(fd, data + *n, (size_t)st.st_size - *n);
		*n += got > 0 ? (size_t)got : 0;
	}
	if (got < 0)
		*fault = "it cannot be read";
	return data;
}

/* A file, or something that is none. */
static void
meet_file(int dir, const char *name, const char *path, struct finds *f)
{
	bool wanted = finds_wants(f, path), parcel = finds_is_parcel(path);
	const char *fault = NULL;
	char *data = NULL;
	size_t n = 0;
	int fd;

	if (!wanted && !parcel)
		return;
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		fault =
		    errno == ELOOP ? "a symbolic link" : "it cannot be opened";
	else
		data = read_plain(fd,
		    wanted ? f->limits->file : f->limits->packed, &n, &fault);
	if (fd >= 0)
		close(fd);
	if (wanted)
		finds_keep(f, path, data, n, fault);
	else if (fault == NULL)
		finds_keep_parcel(f, path, data, n);
	else
		free(data);
}

static void
walk(int fd, const char *at, unsigned int depth, struct finds *f)
{
	DIR *d = fdopendir(fd);
	struct dirent *e;
	struct stat st;
	char *path;
	int below;

	while (d != NULL && f->refusal == NULL && (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		path = text("%s%s", at, e->d_name);
		if (fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
			free(path); /* has gone meanwhile */
			continue;
		}
		if (!S_ISDIR(st.st_mode)) {
			if (finds_meet(f, path))
				meet_file(fd, e->d_name, path, f);
		} else if (!finds_ignores(e->d_name) && depth < DEPTH_MAX) {
			char *sub = text("%s/", path);

			below = openat(fd, e->d_name,
			    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			if (below >= 0)
				walk(below, sub, depth + 1, f);
			free(sub);
		}
		free(path);
	}
	if (d != NULL)
		closedir(d);
	else
		close(fd);
}

void
find_in_directory(int fd, struct finds *f)
{
	walk(fd, "", 0, f);
}
