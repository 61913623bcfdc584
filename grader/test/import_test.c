/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Submissions made to hurt, and tokens, verdicts and shingles. Proves E3.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "grader/command/token.h"
#include "grader/intake/import.h"
#include "grader/stage/leak.h"

#define GOOD "src/servers/ds/store.c"

static char dir[] = "/tmp/import-test-XXXXXX";
static struct lab lab;

static int
setup(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	strings_add(&lab.editable, GOOD);
	strings_add(&lab.editable, "src/servers/ds/perm.c");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	strings_free(&lab.editable);
	remove_tree(dir);
	return 0;
}

/* An archive with one entry. */
static char *
archive_of(const char *name, unsigned int type, const char *link, size_t size)
{
	char *path = text("%s/a.tar", dir), *data = need(size);
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();

	archive_write_set_format_pax_restricted(a);
	assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, type);
	archive_entry_set_perm(e, 04777);
	archive_entry_set_size(e, (la_int64_t)size);
	if (link != NULL && type == AE_IFLNK)
		archive_entry_set_symlink(e, link);
	else if (link != NULL)
		archive_entry_set_hardlink(e, link);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	(void)archive_write_data(a, data, size);
	archive_entry_free(e);
	archive_write_close(a);
	archive_write_free(a);
	free(data);
	return path;
}

/* Import one entry; how many files were taken, and remarks made. */
static void
try_entry(const char *name, unsigned int type, const char *link, size_t size,
    const size_t expected[2])
{
	char *a = archive_of(name, type, link, size);
	char *to = text("%s/to", dir);
	struct import in;

	assert_int_equal(import_from(a, &lab, to, &in), 0);
	assert_int_equal(in.files.n, expected[0]);
	assert_int_equal(in.remarks.n, expected[1]);
	import_free(&in);
	remove_tree(to);
	free(to);
	free(a);
}

static const size_t taken[] = { 1, 0 }, ignored[] = { 0, 0 },
		    refused[] = { 0, 1 };

static void
test_an_editable_file_is_taken(void **state)
{
	(void)state;
	try_entry(GOOD, AE_IFREG, NULL, 100, taken);
	try_entry("./" GOOD, AE_IFREG, NULL, 0, taken);
	try_entry("ds-smith/" GOOD, AE_IFREG, NULL, 100, taken);
}

static void
test_other_files_are_ignored(void **state)
{
	(void)state;
	try_entry("Makefile", AE_IFREG, NULL, 100, ignored);
	try_entry("x" GOOD, AE_IFREG, NULL, 100, ignored);
	try_entry("src/servers/ds/store.c.orig", AE_IFREG, NULL, 9, ignored);
}

static void
test_paths_that_climb_are_ignored(void **state)
{
	(void)state;
	try_entry("../" GOOD, AE_IFREG, NULL, 100, ignored);
	try_entry("/" GOOD, AE_IFREG, NULL, 100, ignored);
	try_entry("a/../../" GOOD, AE_IFREG, NULL, 100, ignored);
}

static void
test_links_and_devices_are_refused(void **state)
{
	(void)state;
	try_entry(GOOD, AE_IFLNK, "/etc/passwd", 0, refused);
	try_entry(GOOD, AE_IFREG, "/etc/passwd", 0, refused);
	try_entry(GOOD, AE_IFIFO, NULL, 0, refused);
	try_entry(GOOD, AE_IFCHR, NULL, 0, refused);
	try_entry(GOOD, AE_IFDIR, NULL, 0, ignored);
}

static void
test_too_much_is_refused(void **state)
{
	(void)state;
	try_entry(GOOD, AE_IFREG, NULL, IMPORT_FILE_MAX, taken);
	try_entry(GOOD, AE_IFREG, NULL, IMPORT_FILE_MAX + 1, refused);
	try_entry("big", AE_IFREG, NULL, IMPORT_TOTAL_MAX + 1, refused);
}

static void
test_a_directory_is_read_without_following_links(void **state)
{
	char *from = text("%s/from", dir), *to = text("%s/to", dir);
	char *link = text("%s/%s", from, GOOD);
	char *good = text("%s/src/servers/ds/perm.c", from);
	struct import in;

	(void)state;
	file_write(good, "x", 1);
	assert_int_equal(symlink("/etc/passwd", link), 0);
	assert_int_equal(import_from(from, &lab, to, &in), 0);
	assert_int_equal(in.files.n, 1);
	assert_int_equal(in.remarks.n, 1);
	import_free(&in);
	remove_tree(from);
	remove_tree(to);
	free(from);
	free(to);
	free(link);
	free(good);
}

static void
test_what_is_no_archive_is_an_error(void **state)
{
	char *path = text("%s/x", dir), *to = text("%s/to", dir);
	struct import in;

	(void)state;
	file_write(path, "no archive at all, just words", 29);
	assert_int_equal(import_from(path, &lab, to, &in), -EINVAL);
	assert_int_equal(import_from("/nowhere", &lab, to, &in), -ENOENT);
	free(path);
	free(to);
}

static void
test_a_token_survives_the_way_there_and_back(void **state)
{
	struct token t = { "ds", "publish-u32", 3, { 1, 2, 255 }, "12345678",
		"0123abcd", "deadbeef", false },
		     back;
	char *s;
	int only;

	(void)state;
	for (only = 0; only < 2; only++) {
		t.only = only != 0;
		s = token_text(&t);
		assert_int_equal(token_parse(s, &back), 0);
		assert_memory_equal(&t, &back, sizeof t);
		s[strlen(s) - 1] = '\0';
		assert_int_equal(token_parse(s, &back), -EINVAL);
		free(s);
	}
	assert_int_equal(token_parse("ds.x.1.00.ab.cd.ef", &back), -EINVAL);
	assert_int_equal(token_parse("", &back), -EINVAL);
}

static void
test_code_is_found_whatever_its_layout(void **state)
{
	static const char code[] = "if (slot == NULL)\n\treturn -ENOMEM;\n"
				   "slot->used = true;\n";
	static const char again[] = "x(); if(slot==NULL){}\n"
				    "if( slot == /* here */ NULL ) return - "
				    "ENOMEM ; slot -> used = true ; y();";
	static const char other[] = "if (slot == NULL)\n\treturn -EINVAL;\n"
				    "slot->owner = true;\n";
	struct shingles s = { 0 };

	(void)state;
	shingles_add(&s, code, sizeof code - 1);
	shingles_sort(&s);
	assert_true(shingles_hits(&s, again, sizeof again - 1) > 0);
	assert_int_equal(shingles_hits(&s, other, sizeof other - 1), 0);
	shingles_free(&s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_editable_file_is_taken),
		cmocka_unit_test(test_other_files_are_ignored),
		cmocka_unit_test(test_paths_that_climb_are_ignored),
		cmocka_unit_test(test_links_and_devices_are_refused),
		cmocka_unit_test(test_too_much_is_refused),
		cmocka_unit_test(
		    test_a_directory_is_read_without_following_links),
		cmocka_unit_test(test_what_is_no_archive_is_an_error),
		cmocka_unit_test(test_a_token_survives_the_way_there_and_back),
		cmocka_unit_test(test_code_is_found_whatever_its_layout),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
