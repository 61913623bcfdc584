/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What students really send, and what they might: a table of directories and
 * archives, each with the files that must come out of it or the reason why
 * none does. Then archives cut off anywhere, and with bytes changed: they are
 * refused, or give what they held. Proves E3.
 *
 * INTAKE_ROUNDS in the environment: how many archives to damage.
 */
#include <errno.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "grader/intake/import.h"
#include "grader/test/intake_samples.h"

/* So small that a test can reach each of them. */
static const struct import_limits limits = { .file = 4000,
	.entries = 50,
	.unpacked = 300000,
	.packed = 100000,
	.depth = 3 };

static struct {
	const char *name;
	char *data;
	size_t n;
} blobs[20];

static char dir[] = "/tmp/intake-test-XXXXXX";
static struct lab lab = { .id = (char *)(uintptr_t) "ds" };

/* The bytes that an item's data stands for. */
static const char *
bytes_of(const char *data, size_t *n)
{
	size_t i;

	for (i = 0; data[0] == '@' && blobs[i].name != NULL; i++)
		if (strcmp(blobs[i].name, data) == 0) {
			*n = blobs[i].n;
			return blobs[i].data;
		}
	*n = strlen(data);
	return data;
}

static void
put_item(struct archive *a, const struct item *it)
{
	static const struct {
		char kind;
		unsigned int type;
	} types[] = { { 'f', AE_IFREG }, { 'l', AE_IFLNK }, { 'h', AE_IFREG },
		{ 'd', AE_IFDIR }, { 'p', AE_IFIFO }, { 'c', AE_IFCHR } };
	struct archive_entry *e = archive_entry_new();
	size_t n = 0, i;
	const char *data = bytes_of(it->data, &n);

	for (i = 0; types[i].kind != it->kind; i++)
		continue;
	archive_entry_set_pathname(e, it->path);
	archive_entry_set_filetype(e, types[i].type);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_size(e, it->kind == 'f' ? (la_int64_t)n : 0);
	if (it->kind == 'l')
		archive_entry_set_symlink(e, it->data);
	if (it->kind == 'h')
		archive_entry_set_hardlink(e, it->data);
	assert_true(archive_write_header(a, e) >= ARCHIVE_WARN);
	if (it->kind == 'f')
		assert_int_equal(archive_write_data(a, data, n), n);
	archive_entry_free(e);
}

static void
set_format(struct archive *a, enum how how)
{
	if (how == ZIP || how == ZIP_UTF8 || how == ZIP_SECRET)
		archive_write_set_format_zip(a);
	else if (how == SEVEN)
		archive_write_set_format_7zip(a);
	else if (how == PAX)
		archive_write_set_format_pax(a);
	else
		archive_write_set_format_gnutar(a);
	if (how == TGZ)
		archive_write_add_filter_gzip(a);
	if (how == TXZ)
		archive_write_add_filter_xz(a);
	if (how == TBZ)
		archive_write_add_filter_bzip2(a);
	if (how == TZST)
		archive_write_add_filter_zstd(a);
	if (how == ZIP_UTF8)
		archive_write_set_options(a, "hdrcharset=UTF-8");
	if (how == ZIP_SECRET) {
		archive_write_set_options(a, "zip:encryption=traditional");
		archive_write_set_passphrase(a, "secret");
	}
}

/* Pack items into memory; for free(). */
static char *
pack(enum how how, const struct item *items, size_t *n)
{
	bool utf8 = how == ZIP_UTF8 || how == SEVEN || how == PAX;
	locale_t here = newlocale(LC_CTYPE_MASK, utf8 ? "C.UTF-8" : "C", NULL);
	locale_t before = uselocale(here);
	struct archive *a = archive_write_new();
	size_t room = 4 << 20, i;
	char *data = malloc(room);

	assert_non_null(data);
	set_format(a, how);
	assert_int_equal(archive_write_open_memory(a, data, room, n), 0);
	for (i = 0; i < ITEMS && items[i].path != NULL; i++)
		put_item(a, &items[i]);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	uselocale(before);
	freelocale(here);
	return data;
}

static void
blob(const char *name, char *data, size_t n)
{
	size_t i;

	for (i = 0; blobs[i].name != NULL; i++)
		continue;
	blobs[i].name = name;
	blobs[i].data = data;
	blobs[i].n = n;
}

static void
blob_fill(const char *name, int c, size_t n)
{
	char *data = malloc(n);

	assert_non_null(data);
	memset(data, c, n);
	blob(name, data, n);
}

static void
blob_copy(const char *name, const void *bytes, size_t n)
{
	char *data = malloc(n);

	assert_non_null(data);
	memcpy(data, bytes, n);
	blob(name, data, n);
}

static void
blob_pack(const char *name, enum how how, const char *path, const char *data)
{
	struct item items[ITEMS] = { { path, data, 'f' } };
	size_t n;
	char *packed = pack(how, items, &n);

	blob(name, packed, n);
}

static void
make_blobs(void)
{
	static const char utf16[] = "\xff\xfei\0n\0t\0", nul[] = "in\0t x;";

	blob_copy("@utf16", utf16, 8);
	blob_copy("@nul", nul, 7);
	blob_fill("@max", 'x', limits.file);
	blob_fill("@max+1", 'x', limits.file + 1);
	blob_fill("@zeros", '\0', 90000);
	blob_fill("@bomb", '\0', 2000000);
	blob_pack("@zip", ZIP, STORE, "s");
	blob_pack("@other", ZIP, STORE, "other");
	blob_pack("@tgz", TGZ, "ds/" STORE, "s");
	blob_pack("@zip2", ZIP, "in.zip", "@zip");
	blob_pack("@zip3", ZIP, "in.zip", "@zip2");
	blob_pack("@zip4", ZIP, "in.zip", "@zip3");
	blob_pack("@bombzip", ZIP, "zeros", "@bomb");
	blob_pack("@zeroszip", ZIP, "store.c.zip", "@zeros");
	blob_pack("@cut", ZIP, STORE, "something longer to be cut");
	blobs[14].n /= 2;
}

static int
setup(void **state)
{
	static const char *const files[] = { STORE, PERM, "src/fs/ext2/store.c",
		"src/fs/both.c", "src/servers/both.c" };
	size_t i;
	char *path;

	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	lab.dir = text("%s/tree/labs/toy", dir);
	make_dirs(lab.dir);
	for (i = 0; i < sizeof files / sizeof files[0]; i++) {
		path = text("%s/tree/%s", dir, files[i]);
		file_write(path, "x", 1);
		free(path);
		if (i != 2)
			strings_add(&lab.editable, files[i]);
	}
	strings_sort(&lab.editable);
	make_blobs();
	return 0;
}

static int
teardown(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; blobs[i].name != NULL; i++)
		free(blobs[i].data);
	strings_free(&lab.editable);
	free(lab.dir);
	remove_tree(dir);
	return 0;
}

/* One item as a file of a directory. */
static void
make_item(const char *in, const struct item *it)
{
	char *path = text("%s/%s", in, it->path), *slash = strrchr(path, '/');
	const char *data;
	size_t n;

	*slash = '\0';
	make_dirs(path);
	*slash = '/';
	data = bytes_of(it->data, &n);
	if (it->kind == 'l')
		assert_int_equal(symlink(it->data, path), 0);
	else if (it->kind == 'p')
		assert_int_equal(mkfifo(path, 0644), 0);
	else
		file_write(path, data, n);
	free(path);
}

/* Make a sample; its path, for free(). */
static char *
make(const struct sample *s)
{
	const char *name = s->how == PLAIN ? s->items[0].path : "sent";
	char *path = text("%s/in/%s", dir, name), *data;
	size_t i, n;

	if (s->how == DIRECTORY) {
		make_dirs(path);
		for (i = 0; i < ITEMS && s->items[i].path != NULL; i++)
			make_item(path, &s->items[i]);
	} else if (s->how == PLAIN) {
		file_write(path, s->items[0].data, strlen(s->items[0].data));
	} else {
		data = pack(s->how, s->items, &n);
		file_write(path, data, n);
		free(data);
	}
	return path;
}

/* Is a file of the lab there with these bytes, or not there? */
static void
expect_file(const struct sample *s, const char *name, const char *wanted)
{
	char *path = text("%s/to/%s", dir, name), *data;
	size_t n, m;

	if (wanted == NULL) {
		if (file_exists(path))
			fail_msg("%s: %s was taken", s->what, name);
	} else {
		wanted = bytes_of(wanted, &m);
		if (file_read(path, &data, &n) < 0)
			fail_msg("%s: %s was not taken", s->what, name);
		else if (n != m || memcmp(data, wanted, n) != 0)
			fail_msg("%s: %s holds %s", s->what, name, data);
		else
			free(data);
	}
	free(path);
}

/* Is this what the import says, and is it fit to be printed? */
static void
expect_words(const struct sample *s, const struct import *in)
{
	bool said = s->says == NULL && in->remarks.n == 0;
	const char *words;
	size_t i;

	for (i = 0; i <= in->remarks.n; i++) {
		words = i < in->remarks.n ? in->remarks.at[i] : in->refusal;
		if (words == NULL)
			continue;
		said = said || (s->says && strstr(words, s->says) != NULL);
		if (strpbrk(words, "\n\033\a") != NULL)
			fail_msg("%s: raw words", s->what);
	}
	if (!said)
		fail_msg("%s: says \"%s\" \"%s\"", s->what,
		    in->remarks.n > 0 ? in->remarks.at[0] : "",
		    in->refusal != NULL ? in->refusal : "");
}

static void
try_sample(const struct sample *s)
{
	char *what = make(s), *to = text("%s/to", dir), *all;
	bool refused = s->store == NULL && s->perm == NULL;
	struct import in;
	int r = import_from(what, &lab, &limits, to, &in);

	if (r != (refused ? -EINVAL : 0))
		fail_msg("%s: %d, %s", s->what, r,
		    in.refusal != NULL ? in.refusal : "taken");
	assert_int_equal(in.refusal != NULL, refused);
	expect_file(s, STORE, s->store);
	expect_file(s, PERM, s->perm);
	expect_words(s, &in);
	import_free(&in);
	all = text("%s/in", dir);
	remove_tree(all);
	remove_tree(to);
	free(all);
	free(to);
	free(what);
}

static void
test_each_sample_gets_its_verdict(void **state)
{
	size_t i;

	(void)state;
	assert_true(nr_samples >= 60);
	for (i = 0; i < nr_samples; i++)
		try_sample(&samples[i]);
}

/* Many files: those in ignored directories do not count. */
static void
test_only_files_that_are_looked_at_count(void **state)
{
	struct sample s = { "many", DIRECTORY, { { STORE, "s", 'f' } }, "s",
		NULL, NULL };
	char *path;
	size_t i;

	(void)state;
	for (i = 0; i < 3 * limits.entries; i++) {
		path = text("%s/in/sent/.git/objects/%zu", dir, i);
		file_write(path, "x", 1);
		free(path);
	}
	for (i = 1; i < limits.entries; i++) {
		path = text("%s/in/sent/other/%zu", dir, i);
		file_write(path, "x", 1);
		free(path);
	}
	try_sample(&s);
	for (i = 0; i < limits.entries; i++) {
		path = text("%s/in/sent/other/%zu", dir, i);
		file_write(path, "x", 1);
		free(path);
	}
	s.store = NULL;
	s.says = "more than 50 files";
	try_sample(&s);
}

static void
test_what_is_not_there_is_an_error(void **state)
{
	char *to = text("%s/to", dir);
	struct import in;

	(void)state;
	assert_int_equal(import_from("/nowhere", &lab, NULL, to, &in), -ENOENT);
	free(to);
}

/* Take bytes in as a file: refused, or what was packed, whatever they are. */
static void
try_bytes(const char *data, size_t n, bool exact)
{
	char *what = text("%s/in/sent", dir), *to = text("%s/to", dir), *path;
	char *taken;
	struct import in;
	size_t m;
	int r;

	file_write(what, data, n);
	r = import_from(what, &lab, &limits, to, &in);
	assert_true(r == 0 || (r == -EINVAL && in.refusal != NULL));
	path = text("%s/%s", to, STORE);
	if (exact && r == 0 && file_read(path, &taken, &m) == 0) {
		assert_int_equal(m, limits.file);
		free(taken);
	}
	import_free(&in);
	remove_tree(to);
	free(path);
	free(to);
	free(what);
}

static const enum how packed[] = { TAR, TGZ, TXZ, TBZ, TZST, ZIP, SEVEN };

#define PACKED (sizeof packed / sizeof packed[0])

static void
test_an_archive_cut_anywhere_gives_all_or_nothing(void **state)
{
	struct item items[ITEMS] = { { "a/readme", "words", 'f' },
		{ STORE, "@max", 'f' }, { "z", "more words", 'f' } };
	size_t i, k, n;
	char *data;

	(void)state;
	for (i = 0; i < PACKED; i++) {
		data = pack(packed[i], items, &n);
		for (k = 0; k < 32; k++)
			try_bytes(data, n * k / 32, true);
		try_bytes(data, n - 1, true);
		free(data);
	}
}

static void
test_changed_bytes_do_no_harm(void **state)
{
	struct item items[ITEMS] = { { "lab.zip", "@zip2", 'f' },
		{ "a/" STORE, "@utf16", 'f' }, { "z/" PERM, "p", 'f' } };
	const char *s = getenv("INTAKE_ROUNDS");
	unsigned long rounds = s != NULL ? strtoul(s, NULL, 10) : 300, i;
	size_t n, at, k;
	char *data;

	(void)state;
	srandom(7);
	for (i = 0; i < rounds; i++) {
		data = pack(packed[i % PACKED], items, &n);
		for (k = 0; k <= i % 4; k++) {
			at = (size_t)random() % n;
			data[at] = (char)random();
		}
		try_bytes(data, n, false);
		free(data);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_sample_gets_its_verdict),
		cmocka_unit_test(test_only_files_that_are_looked_at_count),
		cmocka_unit_test(test_what_is_not_there_is_an_error),
		cmocka_unit_test(
		    test_an_archive_cut_anywhere_gives_all_or_nothing),
		cmocka_unit_test(test_changed_bytes_do_no_harm),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
