/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What students really send, and what they might: a table of directories and
 * archives, each with the files that must come out of it or the reason why
 * none does. Then archives cut off anywhere, and with bytes changed: they are
 * refused, or give what they held. Proves E3.
 *
 * The file is long because the table is. INTAKE_ROUNDS in the environment: how
 * many archives to damage.
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

#define STORE "src/servers/ds/store.c"
#define PERM  "src/servers/ds/perm.c"
#define ITEMS 8

/* So small that a test can reach each of them. */
static const struct import_limits limits = { .file = 4000,
	.entries = 50,
	.unpacked = 300000,
	.packed = 100000,
	.depth = 3 };

enum how {
	DIRECTORY,
	TAR,
	PAX,
	TGZ,
	TXZ,
	TBZ,
	TZST,
	ZIP,
	ZIP_UTF8,
	ZIP_SECRET,
	SEVEN,
	PLAIN /* the first item's bytes */
};

/* One entry: kind f(ile), l(ink), h(ard link), d(irectory), p(ipe), c(haracter
 * device); data beginning with '@' names a blob. */
struct item {
	const char *path, *data;
	char kind;
};

struct sample {
	const char *what;
	enum how how;
	struct item items[ITEMS];
	const char *store, *perm; /* what must be taken; both NULL: refused */
	const char *says;         /* in a remark or the refusal; NULL: none */
};

static const struct sample samples[] = {
	/* As make submit makes it, and as people pack it. */
	{ "tar", TAR, { { STORE, "s", 'f' }, { PERM, "p", 'f' } }, "s", "p",
	    NULL },
	{ "tar.gz", TGZ, { { STORE, "s", 'f' }, { PERM, "p", 'f' } }, "s", "p",
	    NULL },
	{ "tar.xz", TXZ, { { STORE, "s", 'f' } }, "s", NULL, NULL },
	{ "tar.bz2", TBZ, { { STORE, "s", 'f' } }, "s", NULL, NULL },
	{ "tar.zst", TZST, { { STORE, "s", 'f' } }, "s", NULL, NULL },
	{ "zip", ZIP, { { STORE, "s", 'f' }, { PERM, "p", 'f' } }, "s", "p",
	    NULL },
	{ "7z", SEVEN, { { STORE, "s", 'f' } }, "s", NULL, NULL },
	{ "directory", DIRECTORY, { { STORE, "s", 'f' }, { PERM, "p", 'f' } },
	    "s", "p", NULL },
	{ "empty file in it", TAR, { { STORE, "", 'f' } }, "", NULL, NULL },
	/* Where the files are. */
	{ "./ before names", TAR, { { "./" STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ ".// before names", TAR, { { ".//" STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ "one level more, zip", ZIP, { { "smith/" STORE, "s", 'f' } }, "s",
	    NULL, NULL },
	{ "one level more, directory", DIRECTORY,
	    { { "smith/" STORE, "s", 'f' } }, "s", NULL, NULL },
	{ "three levels more", DIRECTORY, { { "a/b/c/" STORE, "s", 'f' } }, "s",
	    NULL, NULL },
	{ "without src, zip", ZIP, { { "servers/ds/store.c", "s", 'f' } }, "s",
	    NULL, NULL },
	{ "without src, directory", DIRECTORY,
	    { { "servers/ds/store.c", "s", 'f' } }, "s", NULL, NULL },
	{ "flat, zip", ZIP, { { "store.c", "s", 'f' }, { "perm.c", "p", 'f' } },
	    "s", "p", NULL },
	{ "flat, directory", DIRECTORY,
	    { { "store.c", "s", 'f' }, { "perm.c", "p", 'f' } }, "s", "p",
	    NULL },
	{ "flat below a folder", TGZ, { { "ds lab/store.c", "s", 'f' } }, "s",
	    NULL, NULL },
	{ "the longest end wins", DIRECTORY,
	    { { "old/store.c", "x", 'f' }, { STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ "another file of the system", DIRECTORY,
	    { { "src/fs/ext2/store.c", "x", 'f' } }, NULL, NULL,
	    "none of the lab's files" },
	{ "a whole tree", DIRECTORY,
	    { { "src/fs/ext2/store.c", "x", 'f' }, { STORE, "s", 'f' } }, "s",
	    NULL, NULL },
	{ "nearly the name", ZIP, { { "src/servers/ds/xstore.c", "x", 'f' } },
	    NULL, NULL, "Seen: src/servers/ds/xstore.c" },
	{ "a name with a tail", ZIP, { { STORE ".orig", "x", 'f' } }, NULL,
	    NULL,
	    "src/servers/both.c, " PERM ", " STORE ". Seen: " STORE ".orig" },
	{ "a name for two files", ZIP, { { "both.c", "x", 'f' } }, NULL, NULL,
	    "can stand for" },
	{ "in its place it is clear", ZIP,
	    { { "src/fs/both.c", "x", 'f' }, { STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ "a lone file", PLAIN, { { "store.c", "s", 'f' } }, "s", NULL, NULL },
	/* One file twice. */
	{ "equal path twice: the last", TAR,
	    { { STORE, "x", 'f' }, { STORE, "s", 'f' } }, "s", NULL, NULL },
	{ "equal path, other spelling", TAR,
	    { { STORE, "x", 'f' }, { "./" STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ "two paths, other bytes", TAR,
	    { { "a/" STORE, "x", 'f' }, { "b/" STORE, "y", 'f' } }, NULL, NULL,
	    "is there twice, and differs: a/" STORE " and b/" STORE },
	{ "two paths, equal bytes", TAR,
	    { { "a/" STORE, "s", 'f' }, { "b/" STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ "two paths in a directory", DIRECTORY,
	    { { "a/store.c", "x", 'f' }, { "b/store.c", "y", 'f' } }, NULL,
	    NULL, "is there twice" },
	/* Junk. */
	{ "what was graded before", TAR,
	    { { "build/grade/ds/submission/" STORE, "x", 'f' },
		{ STORE, "s", 'f' } },
	    "s", NULL, NULL },
	{ "only what was graded before", DIRECTORY,
	    { { "build/grade/ds/submission/" STORE, "x", 'f' } }, NULL, NULL,
	    "Seen: nothing" },
	{ "version control", DIRECTORY,
	    { { ".git/" STORE, "x", 'f' }, { STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ "a Macintosh's other halves", ZIP,
	    { { "__MACOSX/" STORE, "x", 'f' },
		{ "src/servers/ds/._store.c", "x", 'f' },
		{ ".DS_Store", "x", 'f' }, { STORE, "s", 'f' } },
	    "s", NULL, NULL },
	{ "other programs' files", ZIP,
	    { { "node_modules/" STORE, "x", 'f' },
		{ ".vscode/store.c", "x", 'f' }, { STORE, "s", 'f' } },
	    "s", NULL, NULL },
	/* Archives inside. */
	{ "zip in a folder", DIRECTORY, { { "lab.zip", "@zip", 'f' } }, "s",
	    NULL, NULL },
	{ "Moodle's folder", DIRECTORY,
	    { { "Smith Anna_12345_assignsubmission_file_/my lab.zip", "@zip",
		'f' } },
	    "s", NULL, NULL },
	{ "zip in a zip", ZIP, { { "lab.zip", "@zip", 'f' } }, "s", NULL,
	    NULL },
	{ "tar.gz in a zip", ZIP, { { "lab.tar.gz", "@tgz", 'f' } }, "s", NULL,
	    NULL },
	{ "three times", ZIP, { { "x.zip", "@zip2", 'f' } }, "s", NULL, NULL },
	{ "five times", ZIP, { { "x.ZIP", "@zip4", 'f' } }, NULL, NULL,
	    "packed more than 3 times" },
	{ "files beside an archive", DIRECTORY,
	    { { STORE, "mine", 'f' }, { "ds.tar.gz", "@tgz", 'f' } }, "mine",
	    NULL, "ds.tar.gz was not opened" },
	{ "a tree as it was handed out, which has archives", DIRECTORY,
	    { { "LAB", "lab: ds", 'f' }, { STORE, "mine", 'f' },
		{ "mk/newlib/3.3.0-f9d9.tar.xz", "@tgz", 'f' },
		{ "ds.tar.gz", "@tgz", 'f' } },
	    "mine", NULL, NULL },
	{ "such a tree in a zip, in a folder", ZIP,
	    { { "my work/LAB", "lab: ds", 'f' },
		{ "my work/" STORE, "mine", 'f' },
		{ "my work/mk/newlib/3.3.0-f9d9.tar.xz", "@tgz", 'f' },
		{ "my work/ds.tar.gz", "@tgz", 'f' } },
	    "mine", NULL, NULL },
	{ "another archive in such a tree", DIRECTORY,
	    { { "LAB", "lab: ds", 'f' }, { STORE, "mine", 'f' },
		{ "mk/newlib/3.3.0-f9d9.tar.xz", "@tgz", 'f' },
		{ "mk/ds.tar.gz", "@tgz", 'f' } },
	    "mine", NULL, "mk/ds.tar.gz was not opened" },
	{ "one beside such a tree", DIRECTORY,
	    { { "my work/LAB", "lab: ds", 'f' },
		{ "my work/" STORE, "mine", 'f' },
		{ "ds.tar.gz", "@tgz", 'f' } },
	    "mine", NULL, "ds.tar.gz was not opened" },
	{ "only archives in such a tree", DIRECTORY,
	    { { "LAB", "lab: ds", 'f' }, { "ds.tar.gz", "@tgz", 'f' } }, "s",
	    NULL, NULL },
	{ "two archives that differ", DIRECTORY,
	    { { "1.zip", "@zip", 'f' }, { "2.zip", "@other", 'f' } }, NULL,
	    NULL, "is there twice, and differs: 1.zip/" STORE },
	{ "a damaged one inside", DIRECTORY, { { "1.zip", "@cut", 'f' } }, NULL,
	    NULL, "1.zip is damaged" },
	{ "an archive by name only", DIRECTORY, { { "1.zip", "hello", 'f' } },
	    NULL, NULL, "1.zip is neither a directory nor an archive" },
	/* Names. */
	{ "folder in Latin-1", TAR, { { "L\xf6sung/" STORE, "s", 'f' } }, "s",
	    NULL, NULL },
	{ "folder in UTF-8, tar", TAR, { { "L\xc3\xb6sung/" STORE, "s", 'f' } },
	    "s", NULL, NULL },
	{ "folder in UTF-8, pax", PAX, { { "L\xc3\xb6sung/" STORE, "s", 'f' } },
	    "s", NULL, NULL },
	{ "folder in Latin-1, zip", ZIP, { { "L\xf6sung/" STORE, "s", 'f' } },
	    "s", NULL, NULL },
	{ "folder in UTF-8, zip", ZIP_UTF8,
	    { { "L\xc3\xb6sung \xe4\xb8\xad/" STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ "folder in UTF-8, 7z", SEVEN,
	    { { "L\xc3\xb6sung/" STORE, "s", 'f' } }, "s", NULL, NULL },
	{ "Windows' separators", ZIP,
	    { { "smith\\src\\servers\\ds\\store.c", "s", 'f' } }, "s", NULL,
	    NULL },
	{ "control characters", DIRECTORY,
	    { { "\033[2J\a\nScore: 100/100\n.txt", "x", 'f' } }, NULL, NULL,
	    "Seen: \\x1b[2J\\x07\\nScore: 100/100\\n.txt" },
	{ "a folder that turns text", ZIP_UTF8,
	    { { "\xe2\x80\xae/" STORE, "@utf16", 'f' } }, NULL, NULL,
	    "\\u202e/" STORE " cannot be taken: UTF-16" },
	{ "climbing", TAR, { { "../" STORE, "x", 'f' } }, NULL, NULL,
	    "../" STORE " was refused: its name leads out" },
	{ "climbing in the middle", ZIP, { { "a/../../" STORE, "x", 'f' } },
	    NULL, NULL, "leads out" },
	{ "climbing beside", TAR,
	    { { "../../etc/passwd", "x", 'f' }, { STORE, "s", 'f' } }, "s",
	    NULL, "../../etc/passwd was refused" },
	{ "absolute", TAR, { { "/" STORE, "x", 'f' } }, NULL, NULL,
	    "/" STORE " was refused: its name leads out" },
	{ "absolute on Windows", TAR, { { "C:/" STORE, "x", 'f' } }, NULL, NULL,
	    "leads out" },
	/* What is no file. */
	{ "link", TAR, { { STORE, "/etc/passwd", 'l' } }, NULL, NULL,
	    STORE " cannot be taken: a symbolic link" },
	{ "link in a zip", ZIP, { { STORE, "/etc/passwd", 'l' } }, NULL, NULL,
	    "a symbolic link" },
	{ "link in a directory", DIRECTORY, { { STORE, "/etc/passwd", 'l' } },
	    NULL, NULL, "a symbolic link" },
	{ "linked directory", DIRECTORY, { { "src", "/etc", 'l' } }, NULL, NULL,
	    "none of the lab's files" },
	{ "hard link", TAR, { { STORE, "/etc/passwd", 'h' } }, NULL, NULL,
	    "a hard link" },
	{ "pipe", TAR, { { STORE, "", 'p' } }, NULL, NULL,
	    "not a regular file" },
	{ "pipe in a directory", DIRECTORY, { { STORE, "", 'p' } }, NULL, NULL,
	    "not a regular file" },
	{ "device", TAR, { { STORE, "", 'c' } }, NULL, NULL,
	    "not a regular file" },
	{ "directory", TAR, { { STORE, "", 'd' } }, NULL, NULL,
	    "none of the lab's files" },
	{ "other links do no harm", TAR,
	    { { "latest", "/etc", 'l' }, { STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	/* What is in the files. */
	{ "CR LF", ZIP, { { STORE, "a\r\nb\r\n", 'f' } }, "a\r\nb\r\n", NULL,
	    "lines that end in CR LF" },
	{ "byte order mark", ZIP, { { STORE, "\xef\xbb\xbfs", 'f' } },
	    "\xef\xbb\xbfs", NULL, "begins with a byte order mark" },
	{ "UTF-16", ZIP, { { STORE, "@utf16", 'f' } }, NULL, NULL,
	    "UTF-16 text: save it as UTF-8" },
	{ "NUL bytes", DIRECTORY, { { STORE, "@nul", 'f' } }, NULL, NULL,
	    "it holds NUL bytes" },
	/* Too much. */
	{ "just fits", TAR, { { STORE, "@max", 'f' } }, "@max", NULL, NULL },
	{ "just too big", TAR, { { STORE, "@max+1", 'f' } }, NULL, NULL,
	    "has more than 4000 bytes" },
	{ "too big in a directory", DIRECTORY, { { STORE, "@max+1", 'f' } },
	    NULL, NULL, "has more than 4000 bytes" },
	{ "big beside", TGZ,
	    { { "zeros", "@zeros", 'f' }, { STORE, "s", 'f' } }, "s", NULL,
	    NULL },
	{ "a bomb", TGZ, { { "zeros", "@bomb", 'f' }, { STORE, "s", 'f' } },
	    NULL, NULL, "unpacks to more than 0 MiB" },
	{ "a bomb in a zip", ZIP,
	    { { "zeros", "@bomb", 'f' }, { STORE, "s", 'f' } }, NULL, NULL,
	    "unpacks to more than" },
	{ "a bomb inside", DIRECTORY, { { "x.zip", "@bombzip", 'f' } }, NULL,
	    NULL, "x.zip unpacks to more than" },
	{ "many bombs inside", ZIP,
	    { { "1.zip", "@zeroszip", 'f' }, { "2.zip", "@zeroszip", 'f' },
		{ "3.zip", "@zeroszip", 'f' }, { "4.zip", "@zeroszip", 'f' },
		{ "5.zip", "@zeroszip", 'f' }, { "6.zip", "@zeroszip", 'f' } },
	    NULL, NULL, "unpacks to more than" },
	/* Not to be opened. */
	{ "encrypted", ZIP_SECRET, { { STORE, "s", 'f' } }, NULL, NULL,
	    "the archive is encrypted" },
	{ "words", PLAIN, { { "x", "no archive at all, just words", 'f' } },
	    NULL, NULL, "neither a directory nor an archive" },
	{ "nothing", PLAIN, { { "x.zip", "", 'f' } }, NULL, NULL,
	    "the archive is empty" },
	{ "an archive without entries", TAR, { { NULL, NULL, 0 } }, NULL, NULL,
	    "Seen: nothing" },
	{ "a directory without entries", DIRECTORY, { { NULL, NULL, 0 } }, NULL,
	    NULL, "Seen: nothing" },
};

#define SAMPLES (sizeof samples / sizeof samples[0])

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
	assert_true(SAMPLES >= 60);
	for (i = 0; i < SAMPLES; i++)
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
