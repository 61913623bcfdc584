/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Random sequences of operations, each done on a file system and on a simple
 * model of one; results and contents must be the same, and e2fsck must agree
 * at any time. Seeds are fixed; RANDOM_SEEDS in the environment says how
 * many, RANDOM_FIRST which is the first.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "fs/ext2/ops.h"
#include "fs/ext2/test/fake.h"

#define ROOT     2
#define NR_NODES 120
#define NR_NAMES 24 /* in each directory */
#define FILE_MAX 400000u
#define STEPS    1500

/** A file or directory of the model. */
struct mnode {
	struct mnode *parent;
	struct mnode *names[NR_NAMES];
	uint8_t *data;
	uint32_t ino;
	uint32_t size;
	uint32_t links; /**< of files; directories have one name */
	bool used;
	bool is_dir;
	bool held; /**< the test holds a reference */
};

static struct mnode nodes[NR_NODES];

static struct mnode *
node_new(bool is_dir, uint32_t ino)
{
	struct mnode *m = nodes;

	while (m < nodes + NR_NODES && m->used)
		m++;
	if (m == nodes + NR_NODES)
		return NULL;
	memset(m, 0, sizeof *m);
	m->used = true;
	m->is_dir = is_dir;
	m->ino = ino;
	m->links = 1;
	if (!is_dir)
		m->data = calloc(1, FILE_MAX);
	return m;
}

static bool
node_room(void)
{
	for (int i = 0; i < NR_NODES; i++)
		if (!nodes[i].used)
			return true;
	return false;
}

static void
node_free(struct mnode *m)
{
	free(m->data);
	m->used = false;
	m->data = NULL;
}

static void
unname(struct mnode *m)
{
	m->links--;
	if (m->links == 0 && !m->held)
		node_free(m);
}

static struct mnode *
random_node(bool is_dir)
{
	uint32_t i, at = fake_random(NR_NODES);

	for (i = 0; i < NR_NODES; i++, at = (at + 1) % NR_NODES)
		if (nodes[at].used && nodes[at].is_dir == is_dir &&
		    (nodes[at].links > 0 || !is_dir))
			return &nodes[at];
	return NULL;
}

/* Directories are always held, so that their numbers can be used. */
static const char *
name_of(uint32_t i)
{
	static char name[4][64];
	static int which;
	char *s = name[which++ % 4];

	/* Lengths differ, so that entries do not fit each other's place. */
	(void)snprintf(s, 64, "n%u%.*s", (unsigned)i, (int)(i * 13 % 50),
	    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
	return s;
}

static bool
is_below(const struct mnode *m, const struct mnode *top)
{
	for (; m != NULL; m = m->parent)
		if (m == top)
			return true;
	return false;
}

static bool
is_empty(const struct mnode *dir)
{
	for (int i = 0; i < NR_NAMES; i++)
		if (dir->names[i] != NULL)
			return false;
	return true;
}

static void
step_create(void)
{
	struct mnode *dir = random_node(true), *m;
	uint32_t i = fake_random(NR_NAMES);
	bool is_dir = fake_random(3) == 0;
	struct fs_create_req req = { .dir = dir->ino,
		.mode = is_dir ? S_IFDIR | 0755u : S_IFREG | 0644u };
	struct fs_node node;
	int r;

	if (!node_room())
		return;
	r = ext2_create(&req, name_of(i), &node);
	if (dir->names[i] != NULL) {
		assert_int_equal(r, -EEXIST);
		return;
	}
	if (r == -ENOSPC)
		return;
	assert_int_equal(r, OK);
	m = node_new(is_dir, node.ino);
	m->parent = dir;
	dir->names[i] = m;
	m->held = is_dir;
	if (!is_dir)
		assert_int_equal(ext2_putnode(node.ino, 1), OK);
}

static void
step_unlink(void)
{
	struct mnode *dir = random_node(true), *m;
	uint32_t i = fake_random(NR_NAMES);
	bool as_dir = fake_random(3) == 0;
	int r = ext2_unlink(dir->ino, name_of(i), as_dir);

	m = dir->names[i];
	if (m == NULL) {
		assert_int_equal(r, -ENOENT);
	} else if (as_dir && !m->is_dir) {
		assert_int_equal(r, -ENOTDIR);
	} else if (!as_dir && m->is_dir) {
		assert_int_equal(r, -EPERM);
	} else if (m->is_dir && !is_empty(m)) {
		assert_int_equal(r, -ENOTEMPTY);
	} else {
		assert_int_equal(r, OK);
		dir->names[i] = NULL;
		if (m->is_dir) {
			assert_int_equal(ext2_putnode(m->ino, 1), OK);
			m->held = false;
		}
		unname(m);
	}
}

static int
rename_expected(const struct mnode *from, const struct mnode *m,
    const struct mnode *to, const struct mnode *victim)
{
	if (m == NULL)
		return -ENOENT;
	if (m == victim)
		return OK;
	if (m->is_dir && from != to && is_below(to, m))
		return -EINVAL;
	if (victim == NULL)
		return OK;
	if (m->is_dir && !victim->is_dir)
		return -ENOTDIR;
	if (m->is_dir)
		return is_empty(victim) ? OK : -ENOTEMPTY;
	return victim->is_dir ? -EISDIR : OK;
}

static void
step_rename(void)
{
	struct mnode *from = random_node(true), *to = random_node(true);
	uint32_t i = fake_random(NR_NAMES), j = fake_random(NR_NAMES);
	struct mnode *m = from->names[i], *victim = to->names[j];
	int expected = rename_expected(from, m, to, victim);
	int r = ext2_rename(from->ino, name_of(i), to->ino, name_of(j));

	if (r == -ENOSPC && victim == NULL)
		return;
	assert_int_equal(r, expected);
	if (r != OK || m == victim)
		return;
	to->names[j] = m;
	from->names[i] = NULL;
	m->parent = to;
	if (victim != NULL && victim->is_dir) {
		assert_int_equal(ext2_putnode(victim->ino, 1), OK);
		victim->held = false;
	}
	if (victim != NULL)
		unname(victim);
}

/* Files are held now and then, so that some live without a name. */
static bool
hold(struct mnode *m)
{
	struct mnode *dir;
	struct fs_node node;
	int i;

	if (m->held)
		return true;
	for (dir = nodes; dir < nodes + NR_NODES; dir++) {
		for (i = 0; dir->used && dir->is_dir && i < NR_NAMES; i++) {
			if (dir->names[i] != m)
				continue;
			assert_int_equal(
			    ext2_lookup(dir->ino, name_of((uint32_t)i), &node),
			    OK);
			assert_int_equal(node.ino, m->ino);
			assert_int_equal(node.size, m->size);
			assert_int_equal(node.nlink, m->links);
			m->held = true;
			return true;
		}
	}
	return false;
}

static void
release(struct mnode *m)
{
	assert_int_equal(ext2_putnode(m->ino, 1), OK);
	m->held = false;
	if (m->links == 0)
		node_free(m);
}

static void
step_link(void)
{
	struct mnode *dir = random_node(true), *m = random_node(false);
	uint32_t i = fake_random(NR_NAMES);
	int r;

	if (m == NULL || !hold(m))
		return;
	r = ext2_link(dir->ino, name_of(i), m->ino);
	if (m->links == 0) {
		assert_int_equal(r, -ENOENT);
	} else if (dir->names[i] != NULL) {
		assert_int_equal(r, -EEXIST);
	} else if (r != -ENOSPC) {
		assert_int_equal(r, OK);
		dir->names[i] = m;
		m->links++;
	}
}

static void
step_write(void)
{
	static uint8_t data[70000];
	struct mnode *m = random_node(false);
	uint32_t n = fake_random(fake_random(4) == 0 ? sizeof data : 3000);
	uint32_t position, i, moved = 0;
	int r;

	if (m == NULL || !hold(m))
		return;
	position =
	    fake_random(2) == 0 ? m->size : fake_random(FILE_MAX - sizeof data);
	if (position > FILE_MAX - sizeof data)
		position = 0;
	if (fake_random(3) == 0)
		position &= ~4095u, n = 8192;
	for (i = 0; i < n; i++)
		data[i] = (uint8_t)fake_random(256);
	r = fake_write(m->ino, position, data, n, &moved);
	if (r == -ENOSPC)
		return;
	assert_int_equal(r, OK);
	memcpy(m->data + position, data, moved);
	if (moved > 0 && position + moved > m->size)
		m->size = position + moved;
}

static void
step_truncate(void)
{
	struct mnode *m = random_node(false);
	uint32_t size = fake_random(FILE_MAX);

	if (m == NULL || !hold(m))
		return;
	if (fake_random(4) != 0)
		size = fake_random(m->size + 1);
	assert_int_equal(ext2_truncate(m->ino, size), OK);
	if (size < m->size)
		memset(m->data + size, 0, m->size - size);
	m->size = size;
}

static void
compare(struct mnode *m)
{
	static uint8_t data[FILE_MAX];
	uint32_t n = 0;

	assert_int_equal(fake_read(m->ino, 0, data, sizeof data, &n), OK);
	assert_int_equal(n, m->size);
	assert_memory_equal(data, m->data, n);
}

static void
step_read(void)
{
	struct mnode *m = random_node(false);

	if (m == NULL || !hold(m))
		return;
	compare(m);
	if (fake_random(2) == 0)
		release(m);
}

/* The whole tree, after the file system was mounted anew. */
static void
compare_all(void)
{
	struct mnode *m;

	for (m = nodes; m < nodes + NR_NODES; m++) {
		if (m->used && m->is_dir) {
			for (uint32_t i = 0; i < NR_NAMES; i++)
				assert_int_equal(
				    fake_lookup(m->ino, name_of(i)),
				    m->names[i] != NULL ? m->names[i]->ino : 0);
		} else if (m->used && hold(m)) {
			compare(m);
		}
	}
}

/* Directories are held: top down, so that each can be looked up. */
static void
hold_dirs(struct mnode *dir)
{
	struct fs_node node;

	for (uint32_t i = 0; i < NR_NAMES; i++) {
		struct mnode *m = dir->names[i];

		if (m == NULL || !m->is_dir)
			continue;
		assert_int_equal(ext2_lookup(dir->ino, name_of(i), &node), OK);
		assert_int_equal(node.ino, m->ino);
		hold_dirs(m);
	}
}

static void
remount(void)
{
	struct mnode *m;

	fake_unmount();
	fake_check("after unmount");
	fake_mount(false);
	for (m = nodes; m < nodes + NR_NODES; m++) {
		if (!m->used || m->is_dir)
			continue;
		m->held = false;
		if (m->links == 0)
			node_free(m);
	}
	hold_dirs(&nodes[0]);
	compare_all();
}

static void
run(uint32_t seed, const char *options, uint32_t kib)
{
	static void (*const steps[])(void) = { step_create, step_create,
		step_create, step_unlink, step_unlink, step_rename, step_rename,
		step_link, step_write, step_write, step_write, step_truncate,
		step_read };
	uint32_t i;

	fake_seed(seed);
	fake_make(kib, options);
	for (i = 0; i < NR_NODES; i++)
		node_free(&nodes[i]);
	(void)node_new(true, fake_mount(false).ino);
	nodes[0].held = true;
	for (i = 1; i <= STEPS; i++) {
		steps[fake_random(sizeof steps / sizeof steps[0])]();
		if (i % 250 == 0) {
			assert_int_equal(ext2_sync(), OK);
			fake_check("after sync");
		}
		if (i % 500 == 0)
			remount();
	}
	fake_unmount();
	fake_check("at the end");
}

static uint32_t
from_environment(const char *name, uint32_t other)
{
	const char *s = getenv(name);

	return s != NULL ? (uint32_t)strtoul(s, NULL, 0) : other;
}

static void
test_random_operations(void **s)
{
	static const struct {
		const char *options;
		uint32_t kib;
	} sort[] = {
		{ "-r 1 -O none,filetype,sparse_super -I 128 -b 1024", 20000 },
		{ "-r 1 -O none,filetype,sparse_super -I 128 -b 4096", 20000 },
		{ "-b 1024 -g 1024 -N 200", 3000 },
		{ "-b 2048 -I 256", 5000 },
	};

	uint32_t first = from_environment("RANDOM_FIRST", 1);
	uint32_t seed, n = from_environment("RANDOM_SEEDS", 8);

	(void)s;
	for (seed = first; seed < first + n; seed++) {
		print_message("seed %u\n", (unsigned)seed);
		run(seed, sort[seed % 4].options, sort[seed % 4].kib);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_operations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
