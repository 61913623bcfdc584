/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Submissions from directories and archives. Both end in take(), which sees
 * a path, bytes, and nothing else of where they came from.
 */
#include "grader/intake/import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "test/report/sha256.h"

const char *
import_match(const struct lab *lab, const char *path)
{
	size_t i, n = strlen(path), m;
	const char *e;

	if (strncmp(path, "./", 2) == 0)
		return import_match(lab, path + 2);
	if (path[0] == '/' || strcmp(path, "..") == 0 ||
	    strncmp(path, "../", 3) == 0 || strstr(path, "/../") != NULL)
		return NULL;
	for (i = 0; i < lab->editable.n; i++) {
		e = lab->editable.at[i];
		m = strlen(e);
		if (n >= m && strcmp(path + n - m, e) == 0 &&
		    (n == m || path[n - m - 1] == '/'))
			return e;
	}
	return NULL;
}

/* One editable file has come in. */
static void
take(struct import *in, const char *to, const char *name, const char *data,
    size_t n)
{
	char *path;

	if (strings_have(&in->files, name)) {
		strings_addf(&in->remarks,
		    "%s is there more than once; the first was taken", name);
		return;
	}
	path = text("%s/%s", to, name);
	file_write(path, data, n);
	free(path);
	strings_add(&in->files, name);
}

/* Read a regular file of a submission, following no link on the way. */
static int
read_plain(int dir, const char *path, char **data, size_t *n)
{
	char *copy = text("%s", path), *part, *rest = copy;
	int fd = dup(dir), next;
	struct stat st;
	ssize_t got = -1;

	while (fd >= 0 && (part = strsep(&rest, "/")) != NULL) {
		next = openat(fd, part,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
		close(fd);
		fd = next;
	}
	free(copy);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? -ENOENT : -ELOOP;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size <= IMPORT_FILE_MAX) {
		*data = need((size_t)st.st_size + 1);
		got = read(fd, *data, (size_t)st.st_size);
		if (got < 0)
			free(*data);
	}
	close(fd);
	if (got < 0)
		return -EINVAL;
	*n = (size_t)got;
	return 0;
}

static int
from_directory(int dir, const struct lab *lab, const char *to,
    struct import *in)
{
	size_t i, n;
	char *data;
	int r;

	for (i = 0; i < lab->editable.n; i++) {
		r = read_plain(dir, lab->editable.at[i], &data, &n);
		if (r == -ENOENT)
			continue;
		if (r < 0) {
			strings_addf(&in->remarks,
			    "%s was refused: not a "
			    "plain file of at most %u bytes",
			    lab->editable.at[i], IMPORT_FILE_MAX);
			continue;
		}
		take(in, to, lab->editable.at[i], data, n);
		free(data);
	}
	return 0;
}

/* The bytes of an entry; false if there are too many or they are damaged. */
static bool
entry_data(struct archive *a, char *data, size_t *n)
{
	ssize_t r = 1;

	*n = 0;
	while (r > 0 && *n <= IMPORT_FILE_MAX) {
		r = archive_read_data(a, data + *n, IMPORT_FILE_MAX + 1 - *n);
		*n += r > 0 ? (size_t)r : 0;
	}
	return r == 0 && *n <= IMPORT_FILE_MAX;
}

/* What is wrong with an entry that claims an editable file's name. */
static const char *
entry_fault(struct archive_entry *e)
{
	if (archive_entry_hardlink(e) != NULL)
		return "a hard link";
	if (archive_entry_filetype(e) == AE_IFLNK)
		return "a symbolic link";
	if (archive_entry_filetype(e) != AE_IFREG)
		return "not a regular file";
	return NULL;
}

static void
entry(struct archive *a, struct archive_entry *e, const struct lab *lab,
    const char *to, struct import *in)
{
	const char *path = archive_entry_pathname(e), *name, *fault;
	char *data;
	size_t n;

	if (path == NULL || strlen(path) > IMPORT_PATH_MAX) {
		strings_add(&in->remarks, "an entry without a usable name");
		return;
	}
	name = import_match(lab, path);
	if (name == NULL)
		return;
	fault = entry_fault(e);
	if (fault != NULL) {
		strings_addf(&in->remarks, "%s was refused: %s", path, fault);
		return;
	}
	data = need(IMPORT_FILE_MAX + 1);
	if (entry_data(a, data, &n))
		take(in, to, name, data, n);
	else
		strings_addf(&in->remarks,
		    "%s was refused: damaged, or more than %u bytes", path,
		    IMPORT_FILE_MAX);
	free(data);
}

static int
from_archive(int fd, const struct lab *lab, const char *to, struct import *in)
{
	struct archive *a = archive_read_new();
	struct archive_entry *e;
	int r = ARCHIVE_FATAL, count = 0;

	archive_read_support_filter_all(a);
	archive_read_support_format_tar(a);
	archive_read_support_format_zip(a);
	if (archive_read_open_fd(a, fd, 1 << 16) == ARCHIVE_OK)
		r = archive_read_next_header(a, &e);
	while (r == ARCHIVE_OK || r == ARCHIVE_WARN) {
		if (++count > IMPORT_ENTRIES_MAX ||
		    archive_entry_size(e) > IMPORT_TOTAL_MAX ||
		    archive_filter_bytes(a, 0) > IMPORT_TOTAL_MAX) {
			strings_add(&in->remarks,
			    "the archive is too big; its rest was ignored");
			r = ARCHIVE_EOF;
			break;
		}
		entry(a, e, lab, to, in);
		r = archive_read_next_header(a, &e);
	}
	if (r != ARCHIVE_EOF && count > 0)
		strings_add(&in->remarks,
		    "the archive is damaged; its rest was ignored");
	archive_read_free(a);
	return r != ARCHIVE_EOF && count == 0 ? -EINVAL : 0;
}

/* One digest over the names and bytes of everything taken. */
static void
digest(const char *to, struct import *in)
{
	struct sha256 s;
	uint8_t hash[SHA256_SIZE];
	char *path, *data, hex[65];
	size_t i, n;

	strings_sort(&in->files);
	sha256_init(&s);
	for (i = 0; i < in->files.n; i++) {
		path = text("%s/%s", to, in->files.at[i]);
		if (file_read(path, &data, &n) < 0)
			die(EXIT_INFRA, "%s has gone", path);
		sha256_hex(data, n, hex);
		sha256_add(&s, in->files.at[i], strlen(in->files.at[i]) + 1);
		sha256_add(&s, hex, 64);
		free(data);
		free(path);
	}
	sha256_end(&s, hash);
	sha256_hex(hash, sizeof hash, in->hash);
}

int
import_from(const char *what, const struct lab *lab, const char *to,
    struct import *in)
{
	int fd = open(what, O_RDONLY | O_CLOEXEC | O_NONBLOCK), r;
	struct stat st;

	memset(in, 0, sizeof *in);
	if (fd < 0)
		return -ENOENT;
	make_dirs(to);
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		r = from_directory(fd, lab, to, in);
	else if (S_ISREG(st.st_mode))
		r = from_archive(fd, lab, to, in);
	else
		r = -EINVAL;
	close(fd);
	if (r == 0)
		digest(to, in);
	return r;
}

void
import_free(struct import *in)
{
	strings_free(&in->files);
	strings_free(&in->remarks);
}
