/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Files and directories of the host, as base.h promises.
 */
#include "grader/base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/fs.h>

int
file_read(const char *path, char **data, size_t *n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t got = 0;
	ssize_t r = 1;
	char *p;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return -EINVAL;
	}
	p = need((size_t)st.st_size + 1);
	while (got < (size_t)st.st_size && r > 0) {
		r = read(fd, p + got, (size_t)st.st_size - got);
		got += r > 0 ? (size_t)r : 0;
	}
	close(fd);
	if (r < 0) {
		free(p);
		return -EIO;
	}
	*data = p;
	if (n != NULL)
		*n = got;
	return 0;
}

/* Make the directories above a path. */
static void
make_parents(const char *path)
{
	char *dir = text("%s", path), *slash = strrchr(dir, '/');

	if (slash != NULL && slash != dir) {
		*slash = '\0';
		make_dirs(dir);
	}
	free(dir);
}

void
file_write(const char *path, const void *data, size_t n)
{
	char *new = text("%s.new", path);
	FILE *f;

	make_parents(path);
	f = fopen(new, "we");
	if (f == NULL)
		die(EXIT_INFRA, "%s: %s", new, strerror(errno));
	if (fwrite(data, 1, n, f) != n || fclose(f) != 0 ||
	    rename(new, path) != 0)
		die(EXIT_INFRA, "%s: %s", path, strerror(errno));
	free(new);
}

/* Copy [at, end) of a file to the same place in another. */
static int
copy_range(int from, int to, off_t at, off_t end)
{
	static _Thread_local char buf[1 << 16];
	ssize_t n;

	while (at < end) {
		size_t want = sizeof buf;

		if (end - at < (off_t)sizeof buf)
			want = (size_t)(end - at);
		n = pread(from, buf, want, at);
		if (n <= 0)
			return -EIO;
		if (pwrite(to, buf, (size_t)n, at) != n)
			die(EXIT_INFRA, "copy: %s", strerror(errno));
		at += n;
	}
	return 0;
}

/* Copy what is not a hole. */
static int
copy_data(int from, int to, off_t size)
{
	off_t at = 0, end;
	int r;

	if (ftruncate(to, size) < 0)
		die(EXIT_INFRA, "copy: %s", strerror(errno));
	for (; (at = lseek(from, at, SEEK_DATA)) >= 0; at = end) {
		end = lseek(from, at, SEEK_HOLE);
		if (end < 0)
			end = size;
		r = copy_range(from, to, at, end);
		if (r < 0)
			return r;
	}
	return 0; /* ENXIO: no more data */
}

int
file_copy(const char *from, const char *to)
{
	struct timespec times[2];
	int in = open(from, O_RDONLY | O_CLOEXEC), out, r = 0;
	struct stat st;

	if (in < 0)
		return -errno;
	if (fstat(in, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(in);
		return -EINVAL;
	}
	make_parents(to);
	(void)unlink(to); /* may be shared with the file it was copied from */
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    st.st_mode & 0777);
	if (out < 0)
		die(EXIT_INFRA, "%s: %s", to, strerror(errno));
	if (ioctl(out, FICLONE, in) < 0)
		r = copy_data(in, out, st.st_size);
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	(void)futimens(out, times); /* only costs a rebuild */
	close(in);
	close(out);
	return r;
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

void
make_dirs(const char *path)
{
	char *dir = text("%s", path), *p;

	for (p = dir + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		(void)mkdir(dir, 0777); /* the last one tells */
		*p = '/';
	}
	if (mkdir(dir, 0777) < 0 && errno != EEXIST)
		die(EXIT_INFRA, "%s: %s", dir, strerror(errno));
	free(dir);
}

static char scratch[PATH_MAX];

static void
scratch_remove(void)
{
	remove_tree(scratch);
}

const char *
scratch_dir(const char *fallback)
{
	char *real;

	if (scratch[0] != '\0')
		return scratch;
	strcpy(scratch, "/dev/shm/lacuna-XXXXXX");
	if (mkdtemp(scratch) == NULL) {
		make_dirs(fallback);
		real = realpath(fallback, NULL);
		if (real == NULL)
			die(EXIT_INFRA, "%s: %s", fallback, strerror(errno));
		snprintf(scratch, sizeof scratch, "%s/scratch-XXXXXX", real);
		free(real);
		if (mkdtemp(scratch) == NULL)
			die(EXIT_INFRA, "%s: %s", scratch, strerror(errno));
	}
	if (atexit(scratch_remove) != 0)
		die(EXIT_INFRA, "out of memory");
	return scratch;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

void
remove_tree(const char *path)
{
	if (nftw(path, remove_one, 32, FTW_DEPTH | FTW_PHYS) < 0 &&
	    errno != ENOENT)
		die(EXIT_INFRA, "cannot remove %s: %s", path, strerror(errno));
}

/* Add the files of one directory and of those in it; `at` is below `dir`. */
static void
list_below(const char *dir, const char *at, struct strings *list)
{
	char *here = text("%s/%s", dir, at), *path, *full;
	DIR *d = opendir(here);
	struct dirent *e;
	struct stat st;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		path = text("%s%s%s", at, *at != '\0' ? "/" : "", e->d_name);
		full = text("%s/%s", dir, path);
		if (lstat(full, &st) == 0 && S_ISDIR(st.st_mode))
			list_below(dir, path, list);
		else if (S_ISREG(st.st_mode))
			strings_add(list, path);
		free(full);
		free(path);
	}
	if (d != NULL)
		closedir(d);
	free(here);
}

int
list_files(const char *dir, struct strings *list)
{
	if (!file_exists(dir))
		return -ENOENT;
	list_below(dir, "", list);
	strings_sort(list);
	return 0;
}
