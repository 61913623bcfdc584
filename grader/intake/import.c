/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The way in: find, select, and if nothing was selected open what is packed.
 */
#include "grader/intake/import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grader/base/quote.h"
#include "grader/intake/select.h"
#include "grader/intake/sources.h"
#include "test/report/sha256.h"

static const struct import_limits usual = { IMPORT_FILE_MAX, IMPORT_ENTRIES_MAX,
	IMPORT_UNPACKED_MAX, IMPORT_PACKED_MAX, IMPORT_DEPTH_MAX };

/* A regular file: an archive, or one of the lab's files by itself. */
static void
find_in_file(const char *what, struct finds *f)
{
	const char *slash = strrchr(what, '/');
	const char *name = slash != NULL ? slash + 1 : what;
	struct stat st;
	char *data;
	size_t n;

	if (stat(what, &st) < 0 || !S_ISREG(st.st_mode))
		finds_refuse(f, "it is neither a directory nor a file");
	else if ((size_t)st.st_size > f->limits->packed)
		finds_refuse(f, "it has more than %zu MiB",
		    f->limits->packed >> 20);
	else if (file_read(what, &data, &n) < 0)
		finds_refuse(f, "it cannot be read");
	else if (finds_wants(f, name) && finds_meet(f, name))
		finds_keep(f, name, data, n,
		    n > f->limits->file ? "too big" : NULL);
	else {
		find_in_archive(data, n, "", f);
		free(data);
	}
}

/* Open all archives found so far; what they hold takes their place. */
static void
open_parcels(struct finds *f)
{
	struct parcel *parcels = f->parcels;
	size_t n = f->parcels_n, i;
	char *prefix;

	f->parcels = NULL;
	f->parcels_n = 0;
	for (i = 0; i < n; i++) {
		prefix = text("%s/", parcels[i].path);
		find_in_archive(parcels[i].data, parcels[i].n, prefix, f);
		free(prefix);
		free(parcels[i].path);
		free(parcels[i].data);
	}
	free(parcels);
}

/* The files of the system: what is called like one of the lab's may be another
 * of these. */
static void
list_system(const struct lab *lab, struct strings *all)
{
	char *src = text("%s/../../src", lab->dir != NULL ? lab->dir : ".");
	struct strings files = { 0 };
	size_t i;

	if (lab->dir != NULL)
		(void)list_files(src, &files); /* none: a test's lab */
	for (i = 0; i < files.n; i++)
		strings_addf(all, "src/%s", files.at[i]);
	strings_free(&files);
	free(src);
}

static void
refuse_nothing(struct finds *f)
{
	char *wanted = text("%s", ""), *seen = text("%s", ""), *more;
	size_t i;

	for (i = 0; i < f->lab->editable.n; i++) {
		more = text("%s%s%s", wanted, i > 0 ? ", " : "",
		    f->lab->editable.at[i]);
		free(wanted);
		wanted = more;
	}
	strings_sort(&f->seen);
	for (i = 0; i < f->seen.n; i++) {
		more = text("%s%s%s", seen, i > 0 ? ", " : "", f->seen.at[i]);
		free(seen);
		seen = more;
	}
	finds_refuse(f,
	    "none of the lab's files was found. Looked for: %s. Seen: %s%s",
	    wanted, f->seen.n > 0 ? seen : "nothing",
	    f->entries > f->seen.n ? ", and more" : "");
	free(seen);
	free(wanted);
}

/* Find until something can be chosen; how many of the lab's files were. */
static size_t
search(struct finds *f, const struct strings *others,
    const struct find **chosen)
{
	unsigned int depth = 0;
	size_t n = 0, i;
	char *q;

	while (f->refusal == NULL &&
	    (n = select_files(f, others, chosen)) == 0 && f->parcels_n > 0) {
		if (++depth > f->limits->depth)
			finds_refuse(f,
			    "it is packed more than %u times: unpack it once",
			    f->limits->depth);
		else
			open_parcels(f);
	}
	for (i = 0; n > 0 && i < f->parcels_n; i++) {
		if (finds_is_trees_own(f, f->parcels[i].path))
			continue;
		q = quote(f->parcels[i].path);
		strings_addf(&f->remarks,
		    "%s was not opened: the lab's files are beside it", q);
		free(q);
	}
	if (n == 0)
		refuse_nothing(f);
	return f->refusal == NULL ? n : 0;
}

/* Write what was chosen, and remember its names. */
static void
write_chosen(const struct lab *lab, const struct find **chosen, const char *to,
    struct import *in)
{
	char *path;
	size_t i;

	for (i = 0; i < lab->editable.n; i++) {
		if (chosen[i] == NULL)
			continue;
		path = text("%s/%s", to, lab->editable.at[i]);
		file_write(path, chosen[i]->data, chosen[i]->n);
		free(path);
		strings_add(&in->files, lab->editable.at[i]);
	}
}

int
import_hash(const char *dir, const struct strings *files, char hex[65])
{
	uint8_t hash[SHA256_SIZE];
	struct sha256 s;
	char *path, *data, one[65];
	size_t i, n;

	sha256_init(&s);
	for (i = 0; i < files->n; i++) {
		path = text("%s/%s", dir, files->at[i]);
		if (file_read(path, &data, &n) < 0) {
			free(path);
			return -ENOENT;
		}
		sha256_hex(data, n, one);
		sha256_add(&s, files->at[i], strlen(files->at[i]) + 1);
		sha256_add(&s, one, 64);
		free(data);
		free(path);
	}
	sha256_end(&s, hash);
	sha256_hex(hash, sizeof hash, hex);
	return 0;
}

int
import_from(const char *what, const struct lab *lab,
    const struct import_limits *limits, const char *to, struct import *in)
{
	int fd = open(what, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct finds f = { .lab = lab, .limits = limits ? limits : &usual };
	const struct find **chosen =
	    need(lab->editable.n * sizeof(const struct find *));
	struct strings others = { 0 };
	struct stat st;

	memset(in, 0, sizeof *in);
	if (fd < 0) {
		free(chosen);
		return -ENOENT;
	}
	list_system(lab, &others);
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		find_in_directory(fd, &f);
	} else {
		close(fd);
		find_in_file(what, &f);
	}
	make_dirs(to);
	if (search(&f, &others, chosen) > 0)
		write_chosen(lab, chosen, to, in);
	in->remarks = f.remarks;
	in->refusal = f.refusal;
	f.remarks = (struct strings){ 0 };
	f.refusal = NULL;
	finds_free(&f);
	strings_free(&others);
	free(chosen);
	if (in->refusal == NULL && import_hash(to, &in->files, in->hash) < 0)
		die(EXIT_INFRA, "%s has lost its files", to);
	return in->refusal == NULL ? 0 : -EINVAL;
}

void
import_free(struct import *in)
{
	strings_free(&in->files);
	strings_free(&in->remarks);
	free(in->refusal);
}
