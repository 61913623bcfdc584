/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Damaged disks: whatever is on one, operations end, with results or errors,
 * and the server lives. Bytes of the file system's own structures are changed
 * at random (seeds are fixed; DAMAGE_SEEDS says how many); the sanitizers see
 * what a wild pointer would do.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "fs/ext2/layout.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/test/fake.h"

#define ROOT  2
#define DEPTH 6

static uint8_t data[20000];

/* Go everywhere, look at everything, and do to it what can be done. */
static void use(uint32_t dir, int depth);

static void
use_file(uint32_t dir, const char *name, const struct fs_node *node)
{
	uint32_t n = sizeof data, mode;

	switch (fake_random(6)) {
	case 0:
		(void)fake_write(node->ino, fake_random(300000), data,
		    sizeof data, &n);
		break;
	case 1:
		(void)ext2_truncate(node->ino, fake_random(100000));
		break;
	case 2:
		(void)ext2_unlink(dir, name, false);
		break;
	case 3:
		(void)ext2_rename(dir, name, ROOT, "moved");
		break;
	case 4:
		(void)ext2_link(ROOT, "link", node->ino);
		break;
	default:
		(void)ext2_chmod(node->ino, 0777, &mode);
		break;
	}
}

static void
use_node(uint32_t dir, const char *name, int depth)
{
	struct abi_stat st;
	struct fs_node node;
	uint32_t n = sizeof data;

	if (ext2_lookup(dir, name, &node) != OK)
		return;
	(void)ext2_stat(node.ino, &st);
	switch (node.mode & S_IFMT) {
	case S_IFDIR:
		if (depth > 0)
			use(node.ino, depth - 1);
		if (fake_random(4) == 0)
			(void)ext2_unlink(dir, name, true);
		if (fake_random(4) == 0)
			(void)ext2_rename(dir, name, ROOT, "dir");
		break;
	case S_IFLNK:
		(void)fake_readlink(node.ino, (char *)data, &n);
		break;
	default:
		(void)fake_read(node.ino, 0, data, sizeof data, &n);
		(void)fake_read(node.ino, 260000, data, sizeof data, &n);
		use_file(dir, name, &node);
		break;
	}
	(void)ext2_putnode(node.ino, 1);
}

/* NOLINTNEXTLINE(misc-no-recursion): depth ends it */
static void
use(uint32_t dir, int depth)
{
	uint8_t list[1024];
	int64_t position = 0;
	uint32_t n, at, rounds, ino;

	(void)fake_create(dir, "new", S_IFREG | 0644u, &ino);
	(void)fake_create(dir, "newdir", S_IFDIR | 0755u, &ino);
	for (rounds = 0; rounds < 20; rounds++) {
		if (fake_list(dir, &position, list, sizeof list, &n) != OK ||
		    n == 0)
			break;
		for (at = 0; at < n;) {
			const struct abi_dirent *d = (const void *)(list + at);

			use_node(dir, d->d_name, depth);
			at += d->d_reclen;
		}
	}
}

/* A file system with something of everything. */
static void
fill(void)
{
	struct fs_symlink_req req = { .dir = ROOT };
	struct fs_node dir, file;
	char name[40], target[200];
	uint32_t i, n;

	fake_make(2048, "-r 1 -O none,filetype,sparse_super -I 128 -b 1024");
	fake_mount(false);
	for (i = 0; i < 5; i++) {
		struct fs_create_req create = { .dir = ROOT,
			.mode = S_IFDIR | 0755u };

		(void)snprintf(name, sizeof name, "dir%u", (unsigned)i);
		assert_int_equal(ext2_create(&create, name, &dir), OK);
		create.dir = dir.ino;
		create.mode = S_IFREG | 0644u;
		assert_int_equal(ext2_create(&create, "file", &file), OK);
		assert_int_equal(fake_write(file.ino, 0, data, 15000, &n), OK);
		assert_int_equal(fake_write(file.ino, 270000, data, 9000, &n),
		    OK);
		req.dir = dir.ino;
		memset(target, 'x', sizeof target);
		target[i % 2 == 0 ? 20 : 150] = '\0';
		assert_int_equal(ext2_symlink(&req, "symlink", target), OK);
	}
	fake_unmount();
	fake_save();
}

/* Where the structures are: not in the data of files, most of the time. */
static void
damage(void)
{
	uint32_t i, n = 1 + fake_random(20), at;

	for (i = 0; i < n; i++) {
		switch (fake_random(4)) {
		case 0:
			at = 1024 + fake_random(104);
			break;
		case 1:
			at = 2048 + fake_random(32);
			break;
		case 2:
			at = 2048 + fake_random(40 * 1024);
			break;
		default:
			at = fake_random((uint32_t)fake_bytes);
			break;
		}
		if (fake_random(2) == 0)
			fake_image[at] ^= (uint8_t)(1u << fake_random(8));
		else
			fake_image[at] = (uint8_t)fake_random(256);
	}
}

static void
try(void)
{
	struct fs_mount_req req = { FAKE_DEV, 1, 0 };
	struct fs_node root;

	if (ext2_mount(&req, &root) != OK)
		return;
	use(root.ino, DEPTH);
	(void)ext2_sync();
	use(root.ino, 1);
	(void)ext2_unmount();
}

static void
test_damage_gives_errors(void **s)
{
	const char *e = getenv("DAMAGE_SEEDS");
	uint32_t i, n = e != NULL ? (uint32_t)strtoul(e, NULL, 0) : 100;

	(void)s;
	fill();
	for (i = 0; i < n; i++) {
		fake_restore();
		fake_seed(i + 1);
		damage();
		try();
	}
}

/* The inode of a file in the first group's table. */
static struct ext2_dinode *
dinode(uint32_t ino)
{
	const struct ext2_group *g = (void *)(fake_image + 2048);

	return (struct ext2_dinode *)(void *)(fake_image +
		   (size_t)g->inode_table * 1024) +
	    ino - 1;
}

static void
test_pointers_into_tables_are_refused(void **s)
{
	const struct ext2_group *g = (void *)(fake_image + 2048);
	const uint32_t bad[] = { 1, 2, g->block_bitmap, g->inode_bitmap,
		g->inode_table, g->inode_table + 1, 2048, 0xffffffff };
	struct fs_node dir, node;
	uint32_t i, n;

	(void)s;
	fake_restore();
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		fake_restore();
		fake_mount(true);
		assert_int_equal(ext2_lookup(ROOT, "dir0", &dir), OK);
		assert_int_equal(ext2_lookup(dir.ino, "file", &node), OK);
		fake_unmount();
		dinode(node.ino)->block[0] = bad[i];
		dinode(node.ino)->block[IND_BLOCK] = bad[i];
		fake_mount(false);
		assert_int_equal(ext2_lookup(ROOT, "dir0", &dir), OK);
		assert_int_equal(ext2_lookup(dir.ino, "file", &node), OK);
		assert_int_equal(fake_read(node.ino, 0, data, 1, &n), -EIO);
		assert_int_equal(fake_write(node.ino, 0, data, 1, &n), -EIO);
		assert_int_equal(fake_read(node.ino, 272000, data, 1, &n),
		    -EIO);
		assert_int_equal(ext2_truncate(node.ino, 0), -EIO);
		(void)ext2_unmount();
	}
}

static void
test_a_block_that_points_to_itself_ends(void **s)
{
	struct fs_node dir, node;
	uint32_t block, i, *p;

	(void)s;
	fake_restore();
	fake_mount(true);
	assert_int_equal(ext2_lookup(ROOT, "dir1", &dir), OK);
	assert_int_equal(ext2_lookup(dir.ino, "file", &node), OK);
	fake_unmount();
	block = dinode(node.ino)->block[IND_BLOCK];
	dinode(node.ino)->block[IND_BLOCK + 2] = block;
	dinode(node.ino)->blocks = 0xfffffffe;
	p = (uint32_t *)(void *)(fake_image + (size_t)block * 1024);
	for (i = 0; i < 256; i++)
		p[i] = block;
	fake_mount(false);
	assert_int_equal(ext2_lookup(ROOT, "dir1", &dir), OK);
	assert_int_equal(ext2_lookup(dir.ino, "file", &node), OK);
	assert_int_equal(ext2_truncate(node.ino, 0), -EIO);
	(void)ext2_unmount();
}

static void
test_a_circle_of_directories_ends(void **s)
{
	struct fs_node a, b;
	uint32_t n;

	(void)s;
	fake_restore();
	fake_mount(false);
	assert_int_equal(ext2_lookup(ROOT, "dir0", &a), OK);
	assert_int_equal(ext2_lookup(ROOT, "dir1", &b), OK);
	assert_int_equal(ext2_sync(), OK);
	fake_unmount();
	/* ".." of dir0 becomes dir0: the second entry of its block. */
	n = dinode(a.ino)->block[0] * 1024 + 12;
	((struct ext2_dirent *)(void *)(fake_image + n))->inode = a.ino;
	fake_mount(false);
	assert_int_equal(ext2_lookup(ROOT, "dir0", &a), OK);
	assert_int_equal(ext2_rename(ROOT, "dir1", a.ino, "x"), -EIO);
	(void)ext2_unmount();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_damage_gives_errors),
		cmocka_unit_test(test_pointers_into_tables_are_refused),
		cmocka_unit_test(test_a_block_that_points_to_itself_ends),
		cmocka_unit_test(test_a_circle_of_directories_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
