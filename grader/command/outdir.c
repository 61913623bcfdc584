/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Everything is looked at before anything is removed.
 */
#include "grader/command/outdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grader/base/base.h"
#include "grader/base/quote.h"
#include "grader/intake/finds.h"

/* The real path of something that may not be there yet: that of the part that
 * is, and the rest as it stands. */
static char *
real_path(const char *path)
{
	char *real = realpath(path, NULL), *copy, *slash, *parent;

	if (real != NULL)
		return real;
	copy = text("%s", path);
	slash = strrchr(copy, '/');
	while (slash != NULL && slash > copy && slash[1] == '\0') {
		*slash = '\0'; /* a slash at the end */
		slash = strrchr(copy, '/');
	}
	if (slash == NULL || slash == copy) {
		parent = real_path(slash == NULL ? "." : "/");
		real = text("%s/%s", strcmp(parent, "/") == 0 ? "" : parent,
		    slash == NULL ? copy : copy + 1);
	} else {
		*slash = '\0';
		parent = real_path(copy);
		real = text("%s/%s", parent, slash + 1);
	}
	free(parent);
	free(copy);
	return real;
}

/* What of a path is below a directory: "" for itself, NULL: it is not. */
static const char *
below(const char *dir, const char *path)
{
	size_t n = strlen(dir);

	if (n == 1 && dir[0] == '/')
		return path + 1;
	if (strncmp(dir, path, n) != 0 || (path[n] != '/' && path[n] != '\0'))
		return NULL;
	return path[n] == '/' ? path + n + 1 : path + n;
}

/* Does a path lead through a directory in which nothing is looked for? */
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

/* Do directory and submission get into each other's way? */
static char *
overlap(const char *dir, const char *what)
{
	const char *in = below(what, dir);

	if (below(dir, what) != NULL)
		return text("is or holds the submission");
	if (in != NULL && !is_ignored(in))
		return text("lies in the submission");
	return NULL;
}

/* Is a directory without entries? */
static bool
is_empty(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	bool empty = true;

	while (d != NULL && empty && (e = readdir(d)) != NULL)
		empty =
		    strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
	if (d != NULL)
		closedir(d);
	return empty;
}

/* Where a directory that is not there cannot be made: what stands above it. */
static char *
unfit(const char *dir)
{
	char *up = text("%s", dir), *slash, *why = NULL;
	struct stat st;

	while (why == NULL && stat(up, &st) < 0) {
		if (lstat(up, &st) == 0)
			why = text("is or lies below a link that leads "
				   "nowhere");
		slash = strrchr(up, '/'); /* the path is absolute */
		slash[slash == up] = '\0';
	}
	if (why == NULL && !S_ISDIR(st.st_mode))
		why = text("is no directory, or lies below a file");
	else if (why == NULL && access(up, W_OK | X_OK) < 0)
		why = text("cannot be written");
	free(up);
	return why;
}

/* Does a directory lie in the results of another grading? Those in `own' do not
 * count: the grader knows what it does there. */
static bool
is_nested(const char *dir, const char *own)
{
	char *up = text("%s", dir), *slash, *mark;
	bool nested = false;

	while (!nested && (slash = strrchr(up, '/')) != NULL && slash != up) {
		*slash = '\0';
		mark = text("%s/%s", up, OUTDIR_MARK);
		nested = below(own, up) == NULL && file_exists(mark);
		free(mark);
	}
	free(up);
	return nested;
}

/* May what is in a directory be removed? */
static char *
foreign(const char *dir, const char *own)
{
	char *mark = text("%s/%s", dir, OUTDIR_MARK);
	bool marked = file_exists(mark);
	struct stat st;
	const char *in = below(own, dir);

	free(mark);
	if (stat(dir, &st) < 0 || marked || (in != NULL && *in != '\0'))
		return NULL;
	if (!is_empty(dir))
		return text("holds files that are no results of a grading");
	return NULL;
}

/* Is a name that of one boot's directory, run-SCHEDULE-GROUP? */
static bool
is_run(const char *name)
{
	static const char digits[] = "0123456789";
	size_t n;

	if (strncmp(name, "run-", 4) != 0)
		return false;
	name += 4;
	n = strspn(name, digits);
	if (n == 0 || name[n] != '-')
		return false;
	name += n + 1;
	n = strspn(name, digits);
	return n > 0 && name[n] == '\0';
}

/* Is a name one that gradings and replays give to what they write? */
static bool
is_ours(const char *name)
{
	static const char *const names[] = { "submission", "build.log",
		"result.json", "result.json.new", "channel.txt", "console.txt",
		"debug.sym", "disk.img" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return is_run(name) || strncmp(name, "scratch-", 8) == 0;
}

/* Remove what an earlier grading wrote, and nothing else. */
static void
empty(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char *path;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (!is_ours(e->d_name))
			continue;
		path = text("%s/%s", dir, e->d_name);
		remove_tree(path);
		free(path);
	}
	if (d != NULL)
		closedir(d);
}

/* Lock the mark; -1 with *fault: somebody else has. */
static int
lock_mark(const char *dir, char **fault)
{
	char *mark = text("%s/%s", dir, OUTDIR_MARK);
	int fd = open(mark, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);

	if (fd < 0)
		die(EXIT_INFRA, "%s: %s", mark, strerror(errno));
	free(mark);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	*fault = text("is in use by another grading");
	return -1;
}

int
outdir_open(const char *dir, const char *what, const char *own, char **why)
{
	char *to = real_path(dir), *from = realpath(what, NULL), *fault = NULL;
	char *q;
	int lock = -1;

	if (from == NULL)
		fault = text("is for a submission that is not there");
	else
		fault = overlap(to, from);
	if (fault == NULL)
		fault = unfit(to);
	if (fault == NULL && is_nested(to, own))
		fault = text("lies in the results of another grading");
	if (fault == NULL)
		fault = foreign(to, own);
	if (fault == NULL) {
		make_dirs(to);
		lock = lock_mark(to, &fault);
	}
	if (fault == NULL) {
		empty(to);
	} else {
		q = quote(dir);
		*why = text("%s %s; give another directory with -o", q, fault);
		free(q);
	}
	free(fault);
	free(from);
	free(to);
	return lock;
}

bool
outdir_note(const char *dir, const char *own, const char *lab,
    const char *stage, char **why)
{
	char *to = real_path(dir), *line = text("%s %s\n", lab, stage);
	char *mark = text("%s/%s", to, OUTDIR_MARK), *path, *other;
	char *slash;
	DIR *d = NULL;
	struct dirent *e;
	char *which = NULL; /* neighbour */
	bool only = true;
	int fd = open(mark, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 || write(fd, line, strlen(line)) < 0)
		die(EXIT_INFRA, "%s: %s", mark, strerror(errno));
	close(fd);
	slash = strrchr(to, '/');
	if (below(own, to) == NULL && slash != NULL && slash != to) {
		*slash = '\0';
		d = opendir(to);
	}
	while (only && d != NULL && (e = readdir(d)) != NULL) {
		path = text("%s/%s/%s", to, e->d_name, OUTDIR_MARK);
		if (file_read(path, &other, NULL) == 0) {
			only = strncmp(other, line, strlen(lab) + 1) != 0 ||
			    strcmp(other, line) == 0;
			if (!only)
				which = text("%s/%s", to, e->d_name);
			free(other);
		}
		free(path);
	}
	if (d != NULL)
		closedir(d);
	if (!only)
		*why = text("the results in %s, beside %s, are of lab %s in "
			    "another stage than %.12s: grade against one stage "
			    "(--stage), or into another directory",
		    which, dir, lab, stage);
	free(which);
	free(mark);
	free(line);
	free(to);
	return only;
}

void
outdir_close(int lock)
{
	if (lock >= 0)
		close(lock);
}
