/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit tests of single operations, on file systems made by mke2fs.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "fs/ext2/inode.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/test/fake.h"
#include "fs/ext2/volume.h"

#define ROOT  2
#define OURS  "-r 1 -O none,filetype,sparse_super -I 128"
#define FILE6 (S_IFREG | 0644)
#define DIR7  (S_IFDIR | 0755)

static void
begin(uint32_t kib, const char *options)
{
	fake_make(kib, options);
	assert_int_equal(fake_mount(false).ino, ROOT);
}

static void
end(void)
{
	assert_int_equal(ext2_sync(), OK);
	fake_check("after sync");
	fake_unmount();
	fake_check("after unmount");
}

static void
test_what_is_written_can_be_read(void **s)
{
	static uint8_t out[70000], in[70000];
	uint32_t ino, n, i;

	(void)s;
	begin(4096, OURS " -b 1024");
	for (i = 0; i < sizeof out; i++)
		out[i] = (uint8_t)(i * 7 + i / 251);
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	assert_int_equal(ino, fake_lookup(ROOT, "f"));
	assert_int_equal(fake_write(ino, 0, out, 1, &n), -EINVAL); /* no ref */

	struct fs_node node;
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	assert_int_equal(fake_write(ino, 0, out, sizeof out, &n), OK);
	assert_int_equal(n, sizeof out);
	fake_unmount();
	fake_mount(false);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	assert_int_equal(node.size, sizeof out);
	assert_int_equal(fake_read(ino, 0, in, sizeof in, &n), OK);
	assert_int_equal(n, sizeof in);
	assert_memory_equal(in, out, sizeof in);
	assert_int_equal(fake_read(ino, sizeof in, in, 1, &n), OK);
	assert_int_equal(n, 0);
	end();
}

static uint8_t block[300 * 4096];

/* A file of so many blocks; a reference to it is held. */
static uint32_t
file_write(const char *name, uint32_t blocks)
{
	struct fs_node node;
	uint32_t ino, n, i;

	assert_int_equal(fake_create(ROOT, name, FILE6, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, name, &node), OK);
	for (i = 0; i < blocks; i++)
		assert_int_equal(
		    fake_write(ino, (int64_t)i * 4096, block, 4096, &n), OK);
	return ino;
}

/* In how many copies is a file handed over? */
static uint32_t
pieces(uint32_t ino, uint32_t blocks)
{
	uint32_t n;

	fake_puts = 0;
	assert_int_equal(fake_read(ino, 0, block, blocks * 4096, &n), OK);
	assert_int_equal(n, blocks * 4096);
	return fake_puts;
}

static void
test_files_are_handed_over_in_few_pieces(void **s)
{
	uint32_t ino[10], i;

	(void)s;
	begin(32768, OURS " -b 4096");
	ino[0] = file_write("large", 256);
	assert_in_range(pieces(ino[0], 256), 1, 4);
	for (i = 1; i < 10; i++) {
		ino[i] = file_write((char[]){ (char)('0' + i), 0 }, 20 + i);
		assert_in_range(pieces(ino[i], 20 + i), 1, 4);
	}
	assert_int_equal(pieces(ino[9], 1), 1);
	/* The same from the disk, in a cache that is full already. */
	for (i = 0; i < 10; i++)
		(void)pieces(ino[i], i == 0 ? 256 : 20 + i);
	for (i = 1; i < 10; i++)
		assert_in_range(pieces(ino[i], 20 + i), 1, 4);
	for (i = 0; i < 10; i++)
		assert_int_equal(ext2_putnode(ino[i], 1), OK);
	end();
}

static void
test_sparse_files_reach_every_level(void **s)
{
	/* Positions in direct, single, double and triple blocks of 1 KiB. */
	static const int64_t at[] = { 0, 12 << 10, 300 << 10, 70000 << 10,
		INODE_SIZE_MAX - 1 };
	struct fs_node node;
	uint32_t ino, n, i;
	uint8_t byte = 0;

	(void)s;
	begin(4096, OURS " -b 1024");
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	for (i = 0; i < 5; i++) {
		byte = (uint8_t)(i + 1);
		assert_int_equal(fake_write(ino, at[i], &byte, 1, &n), OK);
	}
	assert_int_equal(fake_write(ino, INODE_SIZE_MAX, &byte, 1, &n), -EFBIG);
	assert_int_equal(ext2_truncate(ino, (int64_t)INODE_SIZE_MAX + 1),
	    -EFBIG);
	for (i = 0; i < 5; i++) {
		assert_int_equal(fake_read(ino, at[i], &byte, 1, &n), OK);
		assert_int_equal(n, 1);
		assert_int_equal(byte, i + 1);
		if (i < 4) {
			assert_int_equal(
			    fake_read(ino, at[i] + 1, &byte, 1, &n), OK);
			assert_int_equal(byte, 0);
		}
	}
	assert_int_equal(ext2_sync(), OK);
	fake_check("with a sparse file");
	for (i = 5; i-- > 0;) {
		assert_int_equal(ext2_truncate(ino, at[i]), OK);
		assert_int_equal(ext2_sync(), OK);
		fake_check("after truncation");
	}
	end();
}

static void
test_a_nameless_file_lives_until_it_is_put(void **s)
{
	static uint8_t data[50000];
	struct fs_node node;
	uint32_t free_before, ino, n;

	(void)s;
	begin(4096, OURS " -b 1024");
	free_before = fs.super.free_blocks_count;
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	memset(data, 5, sizeof data);
	assert_int_equal(fake_write(ino, 0, data, sizeof data, &n), OK);
	assert_int_equal(ext2_unlink(ROOT, "f", false), OK);
	assert_int_equal(fake_lookup(ROOT, "f"), 0);
	assert_int_equal(ext2_sync(), OK);
	fake_check("with a nameless file");
	memset(data, 0, sizeof data);
	assert_int_equal(ext2_putnode(ino, 3), -EINVAL);
	assert_int_equal(ext2_putnode(ino, 1), OK);
	assert_int_equal(fake_read(ino, 0, data, sizeof data, &n), OK);
	assert_int_equal(data[49999], 5);
	assert_int_equal(ext2_link(ROOT, "g", ino), -ENOENT);
	assert_int_equal(ext2_putnode(ino, 1), OK);
	assert_int_equal(ext2_putnode(ino, 1), -EINVAL);
	assert_int_equal(fs.super.free_blocks_count, free_before);
	end();
}

static void
test_a_removed_directory_has_no_room(void **s)
{
	struct fs_node dir;
	uint32_t ino, n;
	int64_t position = 0;
	uint8_t list[256];

	(void)s;
	begin(4096, OURS " -b 1024");
	assert_int_equal(fake_create(ROOT, "d", DIR7, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "d", &dir), OK);
	assert_int_equal(ext2_unlink(ROOT, "d", true), OK);
	assert_int_equal(ext2_sync(), OK);
	fake_check("with a nameless directory");
	assert_int_equal(fake_create(dir.ino, "f", FILE6, &ino), -ENOENT);
	assert_int_equal(fake_lookup(dir.ino, ".."), ROOT);
	assert_int_equal(fake_list(dir.ino, &position, list, sizeof list, &n),
	    OK);
	assert_int_equal(ext2_putnode(dir.ino, 1), OK);
	end();
}

static void
test_directories_move(void **s)
{
	struct fs_node a, b, c;
	struct abi_stat st;
	uint32_t ino;

	(void)s;
	begin(4096, OURS " -b 1024");
	assert_int_equal(fake_create(ROOT, "a", DIR7, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "a", &a), OK);
	assert_int_equal(fake_create(a.ino, "b", DIR7, &ino), OK);
	assert_int_equal(ext2_lookup(a.ino, "b", &b), OK);
	assert_int_equal(fake_create(b.ino, "c", DIR7, &ino), OK);
	assert_int_equal(ext2_lookup(b.ino, "c", &c), OK);
	assert_int_equal(ext2_rename(ROOT, "a", c.ino, "x"), -EINVAL);
	assert_int_equal(ext2_rename(ROOT, "a", a.ino, "x"), -EINVAL);
	assert_int_equal(ext2_rename(ROOT, "a", ROOT, "a"), OK);
	assert_int_equal(ext2_rename(ROOT, "nix", ROOT, "a"), -ENOENT);
	assert_int_equal(ext2_rename(a.ino, "..", ROOT, "z"), -EINVAL);
	assert_int_equal(ext2_rename(ROOT, "a", ROOT, "."), -EINVAL);
	assert_int_equal(ext2_rename(b.ino, "c", ROOT, "a"), -ENOTEMPTY);
	assert_int_equal(ext2_rename(b.ino, "c", ROOT, "c"), OK);
	assert_int_equal(fake_lookup(c.ino, ".."), ROOT);
	assert_int_equal(ext2_stat(b.ino, &st), OK);
	assert_int_equal(st.st_nlink, 2);
	assert_int_equal(ext2_rename(a.ino, "b", ROOT, "c"), OK);
	assert_int_equal(fake_lookup(ROOT, "c"), b.ino);
	assert_int_equal(fake_create(c.ino, "late", FILE6, &ino), -ENOENT);
	assert_int_equal(ext2_unlink(ROOT, "c", false), -EPERM);
	assert_int_equal(ext2_unlink(b.ino, ".", true), -EINVAL);
	assert_int_equal(ext2_unlink(b.ino, "..", true), -ENOTEMPTY);
	assert_int_equal(fake_create(a.ino, "f", FILE6, &ino), OK);
	assert_int_equal(ext2_unlink(a.ino, "f", true), -ENOTDIR);
	assert_int_equal(ext2_rename(a.ino, "f", ROOT, "c"), -EISDIR);
	assert_int_equal(ext2_rename(ROOT, "c", a.ino, "f"), -ENOTDIR);
	assert_int_equal(ext2_unlink(ROOT, "c", true), OK);
	end();
}

static void
test_symbolic_links_short_and_long(void **s)
{
	struct fs_symlink_req req = { .dir = ROOT };
	char target[1025], got[1025];
	struct fs_node node;
	uint32_t len;

	(void)s;
	begin(4096, OURS " -b 1024");
	memset(target, 'x', sizeof target);
	for (len = 1; len < sizeof target; len += len == 1 ? 58 : 482) {
		char name[16];
		uint32_t n = sizeof got;

		(void)snprintf(name, sizeof name, "l%u", (unsigned)len);
		target[len] = '\0';
		assert_int_equal(ext2_symlink(&req, name, target),
		    len < 1024 ? OK : -ENAMETOOLONG);
		if (len < 1024) {
			assert_int_equal(ext2_lookup(ROOT, name, &node), OK);
			assert_int_equal(fake_readlink(node.ino, got, &n), OK);
			assert_int_equal(n, len);
			assert_memory_equal(got, target, n);
			assert_int_equal(ext2_putnode(node.ino, 1), OK);
		}
		target[len] = 'x';
	}
	target[60] = '\0';
	assert_int_equal(ext2_symlink(&req, "l60", target), OK);
	assert_int_equal(ext2_symlink(&req, "l1", target), -EEXIST);
	assert_int_equal(ext2_unlink(ROOT, "l1", false), OK);
	assert_int_equal(ext2_unlink(ROOT, "l60", false), OK);
	end();
}

static void
test_nodes_keep_their_attributes(void **s)
{
	struct fs_create_req req = {
		.dir = ROOT,
		.mode = S_IFCHR | 0640,
		.uid = 70000,
		.gid = 3,
		.rdev = 0x40f,
	};
	struct abi_stat st;
	struct fs_node node;
	uint32_t mode;

	(void)s;
	begin(4096, OURS " -b 1024");
	assert_int_equal(ext2_create(&req, "tty", &node), OK);
	assert_int_equal(ext2_create(&req, "tty", &node), -EEXIST);
	fake_now++;
	assert_int_equal(ext2_chown(node.ino, 1, 70001, &mode), OK);
	assert_int_equal(ext2_chmod(node.ino, 04711, &mode), OK);
	assert_int_equal(mode, S_IFCHR | 04711);
	assert_int_equal(ext2_chown(node.ino, 70000, 70001, &mode), OK);
	assert_int_equal(mode, S_IFCHR | 0711);
	assert_int_equal(ext2_utime(node.ino, 5, UTIME_AT_OMIT), OK);
	fake_unmount();
	fake_mount(false);
	assert_int_equal(ext2_lookup(ROOT, "tty", &node), OK);
	assert_int_equal(node.rdev, 0x40f);
	assert_int_equal(ext2_stat(node.ino, &st), OK);
	assert_int_equal(st.st_uid, 70000);
	assert_int_equal(st.st_gid, 70001);
	assert_int_equal(st.st_mode, S_IFCHR | 0711);
	assert_int_equal(st.st_atime, 5);
	assert_int_equal(st.st_mtime, fake_now - 1);
	assert_int_equal(st.st_ctime, fake_now);
	assert_int_equal(st.st_rdev, 0x40f);
	end();
}

static void
test_a_full_disk_stays_consistent(void **s)
{
	static uint8_t data[65536];
	struct fs_node node, dir;
	uint32_t ino, n, i;
	char name[40];
	int r;

	(void)s;
	begin(1024, OURS " -b 1024 -N 64");
	assert_int_equal(fake_create(ROOT, "d", DIR7, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "d", &dir), OK);
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	for (i = 0; (r = fake_write(ino, i, data, sizeof data, &n)) == OK;
	     i += n)
		assert_true(n > 0);
	assert_int_equal(r, -ENOSPC);
	assert_int_equal(ext2_sync(), OK);
	fake_check("full of data");
	/* Empty files need no block until their directory is full, or inodes
	 * are. */
	for (i = 0; i < 100; i++) {
		(void)snprintf(name, sizeof name, "a-rather-long-name-%u", i);
		r = fake_create(dir.ino, name, FILE6, &ino);
		if (r != OK)
			break;
	}
	assert_int_equal(r, -ENOSPC);
	assert_int_equal(ext2_sync(), OK);
	fake_check("full of names");
	assert_int_equal(ext2_rename(ROOT, "f", dir.ino, "something-long-here"),
	    -ENOSPC);
	assert_int_equal(fake_create(ROOT, "dir", DIR7, &ino), -ENOSPC);
	end();
}

static void
test_a_failed_copy_changes_nothing(void **s)
{
	struct fs_node node;
	uint8_t data[3000];
	uint32_t ino, n;

	(void)s;
	begin(4096, OURS " -b 1024");
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	fake_copy_fails = true;
	assert_int_equal(fake_write(ino, 20000, data, sizeof data, &n),
	    -EFAULT);
	fake_copy_fails = false;
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	assert_int_equal(node.size, 0);
	end();
}

/* Note which of our names are in a piece of a listing, each once. */
static void
list_note(const uint8_t *list, uint32_t bytes, bool *seen)
{
	uint32_t at, i;

	for (at = 0; at < bytes;) {
		const struct abi_dirent *d = (const void *)(list + at);

		at += d->d_reclen;
		if (strncmp(d->d_name, "name-", 5) != 0)
			continue;
		i = (uint32_t)strtoul(d->d_name + 5, NULL, 10);
		assert_false(seen[i]);
		assert_int_equal(d->d_type, S_IFREG >> 12);
		seen[i] = true;
	}
}

static void
test_listing_shows_all_names(void **s)
{
	_Alignas(8) uint8_t list[512];
	bool seen[400] = { false };
	int64_t position = 0;
	uint32_t ino, n, i;
	char name[40];

	(void)s;
	begin(8192, OURS " -b 1024");
	for (i = 0; i < 400; i++) {
		(void)snprintf(name, sizeof name, "name-%u", i);
		assert_int_equal(fake_create(ROOT, name, FILE6, &ino), OK);
	}
	for (i = 0; i < 400; i += 3) {
		(void)snprintf(name, sizeof name, "name-%u", i);
		assert_int_equal(ext2_unlink(ROOT, name, false), OK);
	}
	assert_int_equal(fake_list(ROOT, &position, list, 8, &n), -EINVAL);
	do {
		assert_int_equal(
		    fake_list(ROOT, &position, list, sizeof list, &n), OK);
		list_note(list, n, seen);
	} while (n > 0);
	for (i = 0; i < 400; i++)
		assert_int_equal(seen[i], i % 3 != 0);
	end();
}

static void
test_link_counts_have_limits(void **s)
{
	struct fs_node node, dir;
	struct abi_stat st;
	char name[40];
	uint32_t ino, i;

	(void)s;
	begin(8192, OURS " -b 4096");
	assert_int_equal(fake_create(ROOT, "other", DIR7, &ino), OK);
	assert_int_equal(fake_create(ROOT, "d", DIR7, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "d", &dir), OK);
	assert_int_equal(ext2_link(ROOT, "e", ino), -EPERM);
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	for (i = 1; i < 1000; i++) {
		(void)snprintf(name, sizeof name, "%u", i);
		assert_int_equal(ext2_link(ROOT, name, ino), OK);
	}
	assert_int_equal(ext2_link(ROOT, "f", ino), -EEXIST);
	assert_int_equal(ext2_stat(ino, &st), OK);
	assert_int_equal(st.st_nlink, 1000);
	/* Pretend, rather than make 32000 names. */
	inode_find(ino)->d.links = LINKS_MAX;
	assert_int_equal(ext2_link(ROOT, "last", ino), -EMLINK);
	inode_find(ino)->d.links = 1000;
	inode_find(dir.ino)->d.links = LINKS_MAX;
	assert_int_equal(fake_create(dir.ino, "d", DIR7, &ino), -EMLINK);
	assert_int_equal(ext2_rename(ROOT, "other", dir.ino, "d"), -EMLINK);
	assert_int_equal(fake_create(dir.ino, "f", FILE6, &ino), OK);
	inode_find(dir.ino)->d.links = 2;
	end();
}

static void
test_features_are_respected(void **s)
{
	struct fs_mount_req req = { FAKE_DEV, 1, 0 };
	struct fs_node root;
	uint32_t ino;

	(void)s;
	fake_make(8192, "-O extent,64bit -I 256 -b 1024");
	assert_int_equal(ext2_mount(&req, &root), -EINVAL);
	fake_make(8192, "-O none,huge_file -b 1024");
	assert_int_equal(ext2_mount(&req, &root), OK);
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), -EROFS);
	assert_int_equal(ext2_mount(&req, &root), -EBUSY);
	fake_unmount();
	/* What mke2fs makes of an ext2 by itself: indexed directories, inodes
	 * of 256 bytes, extended attributes. */
	begin(8192, "");
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	assert_int_equal(fake_create(ROOT, "d", DIR7, &ino), OK);
	end();
	begin(8192, "-r 0 -I 128 -b 2048");
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	end();
	fake_make(64, OURS " -b 1024");
	memset(fake_image, 0, fake_bytes);
	assert_int_equal(ext2_mount(&req, &root), -EINVAL);
}

static void
test_read_only_means_that(void **s)
{
	struct fs_node root;
	uint32_t ino, mode;

	(void)s;
	fake_make(4096, OURS " -b 1024");
	fake_writes = 0;
	root = fake_mount(true);
	assert_int_equal(fake_create(root.ino, "f", FILE6, &ino), -EROFS);
	assert_int_equal(ext2_unlink(root.ino, "lost+found", true), -EROFS);
	assert_int_equal(ext2_chmod(root.ino, 0, &mode), -EROFS);
	assert_int_equal(ext2_sync(), OK);
	fake_unmount();
	assert_int_equal(fake_writes, 0);
}

static void
test_a_bad_sector_is_an_error(void **s)
{
	struct fs_mount_req req = { FAKE_DEV, 1, true };
	static uint8_t data[8192];
	struct fs_node node;
	uint32_t ino, n, failures = 0;
	int r;

	(void)s;
	begin(4096, OURS " -b 1024");
	assert_int_equal(fake_create(ROOT, "f", FILE6, &ino), OK);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	assert_int_equal(fake_write(ino, 0, data, sizeof data, &n), OK);
	fake_unmount();
	fake_mount(true);
	assert_int_equal(ext2_lookup(ROOT, "f", &node), OK);
	/* Wherever the bad sector is, there is an error or the data. */
	for (fake_bad = 0; fake_bad < (int64_t)fake_bytes; fake_bad += 512) {
		(void)ext2_unmount();
		r = ext2_mount(&req, &node);
		if (r == OK)
			r = ext2_lookup(ROOT, "f", &node);
		if (r == OK)
			r = fake_read(ino, 0, data, sizeof data, &n);
		assert_true(r == OK || r == -EIO);
		failures += r != OK || n < sizeof data;
	}
	assert_true(failures > 8);
	fake_bad = -1;
	(void)ext2_unmount();
	fake_mount(false);
	end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_written_can_be_read),
		cmocka_unit_test(test_files_are_handed_over_in_few_pieces),
		cmocka_unit_test(test_sparse_files_reach_every_level),
		cmocka_unit_test(test_a_nameless_file_lives_until_it_is_put),
		cmocka_unit_test(test_a_removed_directory_has_no_room),
		cmocka_unit_test(test_directories_move),
		cmocka_unit_test(test_symbolic_links_short_and_long),
		cmocka_unit_test(test_nodes_keep_their_attributes),
		cmocka_unit_test(test_a_full_disk_stays_consistent),
		cmocka_unit_test(test_a_failed_copy_changes_nothing),
		cmocka_unit_test(test_listing_shows_all_names),
		cmocka_unit_test(test_link_counts_have_limits),
		cmocka_unit_test(test_features_are_respected),
		cmocka_unit_test(test_read_only_means_that),
		cmocka_unit_test(test_a_bad_sector_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
