/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Submissions that are archives. Only formats that are read by the library
 * itself, and that name nothing outside, are allowed.
 */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "grader/base/quote.h"
#include "grader/intake/sources.h"

#define PATH_LENGTH_MAX 4096

/* An archive that is being read. */
struct reading {
	struct archive *a;
	const char *prefix, *name; /* in the submission; for messages */
	struct finds *f;
};

static void
allow(struct archive *a)
{
	archive_read_support_filter_gzip(a);
	archive_read_support_filter_bzip2(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_lzma(a);
	archive_read_support_filter_zstd(a);
	archive_read_support_filter_compress(a);
	archive_read_support_format_tar(a);
	archive_read_support_format_zip(a);
	archive_read_support_format_7zip(a);
	archive_read_support_format_rar(a);
	archive_read_support_format_rar5(a);
}

/* An entry's path behind the archive's own, with '/' between parts and
 * without empty ones; NULL: it has none that can be used. */
static char *
entry_path(const struct reading *r, struct archive_entry *e)
{
	const char *p = archive_entry_pathname(e);
	char *path, *to;
	bool windows;

	if (p == NULL)
		p = archive_entry_pathname_utf8(e);
	if (p == NULL || *p == '\0' || strlen(p) > PATH_LENGTH_MAX)
		return NULL;
	windows = strchr(p, '/') == NULL;
	while (strncmp(p, "./", 2) == 0)
		p += 2 + strspn(p + 2, "/");
	path = text("%s%s", *p == '/' ? "" : r->prefix, p);
	for (to = path; *to != '\0'; to++)
		if (*to == '\\' && windows)
			*to = '/';
	return path;
}

/* Why a wanted entry cannot be taken, to judge by its header, or NULL. */
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
refuse_archive(const struct reading *r, const char *what)
{
	finds_refuse(r->f, "%s is %s", r->name, what);
}

/* Say why reading failed. The library may be asked about its format only once
 * it has found out what that is. */
static void
refuse_broken(const struct reading *r, bool begun)
{
	const char *why = archive_error_string(r->a);

	if (why == NULL)
		why = "";
	if ((begun && archive_read_has_encrypted_entries(r->a) > 0) ||
	    strcasestr(why, "encrypt") != NULL ||
	    strcasestr(why, "passphrase") != NULL)
		refuse_archive(r,
		    "encrypted: it must be handed in without a password");
	else if (!begun && strcasestr(why, "unrecognized") != NULL)
		finds_refuse(r->f,
		    "%s is neither a directory nor an archive that can be "
		    "read (tar, zip, 7z, rar)",
		    *r->prefix != '\0' ? r->name : "it");
	else
		refuse_archive(r,
		    "damaged: it ends early, or its checksums do not "
		    "fit");
}

/* The bytes of an entry, at most `max`. */
static char *
entry_data(const struct reading *r, size_t max, size_t *n, const char **fault)
{
	size_t room = 1 << 16;
	char *data = need(room), *more;
	la_ssize_t got = 1;

	*n = 0;
	while (got > 0 && *n <= max) {
		if (*n == room) {
			more = realloc(data, room *= 2);
			if (more == NULL)
				die(EXIT_INFRA, "out of memory");
			data = more;
		}
		got = archive_read_data(r->a, data + *n, room - *n);
		*n += got > 0 ? (size_t)got : 0;
	}
	r->f->unpacked += *n;
	if (got < 0)
		refuse_broken(r, true);
	else if (*n > max)
		*fault = "too big";
	return data;
}

/* Would reading on take too much? The size of an entry is only what its
 * header says; a filter's count is true, and comes a step later. */
static bool
too_much(const struct reading *r, struct archive_entry *e)
{
	size_t max = r->f->limits->unpacked;
	la_int64_t size =
	    archive_entry_size_is_set(e) ? archive_entry_size(e) : 0;
	la_int64_t filtered = archive_filter_bytes(r->a, 0);

	if (size >= 0 && (size_t)size <= max && filtered >= 0 &&
	    (size_t)filtered + r->f->unpacked <= max)
		return false;
	finds_refuse(r->f, "%s unpacks to more than %zu MiB", r->name,
	    max >> 20);
	return true;
}

static void
meet_entry(const struct reading *r, struct archive_entry *e, const char *path)
{
	bool wanted = finds_wants(r->f, path), parcel = finds_is_parcel(path);
	const char *fault = entry_fault(e);
	char *data = NULL;
	size_t n = 0;

	if (!wanted && (!parcel || fault != NULL))
		return;
	if (archive_entry_is_data_encrypted(e)) {
		refuse_archive(r,
		    "encrypted: it must be handed in without a password");
		return;
	}
	if (fault == NULL)
		data = entry_data(r,
		    wanted ? r->f->limits->file : r->f->limits->packed, &n,
		    &fault);
	if (wanted)
		finds_keep(r->f, path, data, n, fault);
	else if (fault == NULL)
		finds_keep_parcel(r->f, path, data, n);
	else
		free(data);
}

static void
one_entry(const struct reading *r, struct archive_entry *e)
{
	char *path = entry_path(r, e);

	if (path == NULL)
		strings_addf(&r->f->remarks,
		    "%s holds an entry without a usable name", r->name);
	else if (archive_entry_filetype(e) != AE_IFDIR &&
	    finds_meet(r->f, path))
		meet_entry(r, e, path);
	free(path);
}

/* A zip that was cut off has lost its directory, which comes last. What is
 * left of it can be read, so that this would go unnoticed. */
static bool
zip_is_cut(const char *data, size_t n)
{
	static const char end[] = "PK\5\6";
	size_t tail = n < 66000 ? n : 66000;

	return n >= 4 && memcmp(data, "PK\3\4", 4) == 0 &&
	    memmem(data + n - tail, tail, end, 4) == NULL;
}

static void
read_all(const struct reading *r)
{
	struct archive_entry *e;
	bool begun = false;
	int result;

	while ((result = archive_read_next_header(r->a, &e)) == ARCHIVE_OK ||
	    result == ARCHIVE_WARN) {
		begun = true;
		if (!too_much(r, e))
			one_entry(r, e);
		if (r->f->refusal != NULL)
			return;
	}
	if (result != ARCHIVE_EOF)
		refuse_broken(r, begun);
	r->f->unpacked += (size_t)archive_filter_bytes(r->a, 0);
}

void
find_in_archive(const char *data, size_t n, const char *prefix, struct finds *f)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL), before;
	struct reading r = { archive_read_new(), prefix, NULL, f };
	char *name = *prefix != '\0' ? quote(prefix) : text("the archive");

	if (*prefix != '\0')
		name[strlen(name) - 1] = '\0'; /* its last slash */
	r.name = name;
	if (r.a == NULL || utf8 == NULL)
		die(EXIT_INFRA, "out of memory");
	before = uselocale(utf8);
	allow(r.a);
	if (n == 0)
		refuse_archive(&r, "empty");
	else if (zip_is_cut(data, n))
		refuse_archive(&r, "damaged: it was cut off");
	else if (archive_read_open_memory(r.a, data, n) != ARCHIVE_OK)
		refuse_broken(&r, false);
	else
		read_all(&r);
	archive_read_free(r.a);
	uselocale(before);
	freelocale(utf8);
	free(name);
}
