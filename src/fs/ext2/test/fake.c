/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A device in memory for tests, see fs/ext2/test/fake.h.
 */
#include "fs/ext2/test/fake.h"

#include <abi/errno.h>
#include <abi/fcntl.h>
#include <unistd.h>

#include "fs/ext2/clock.h"
#include "fs/ext2/device.h"
#include "fs/ext2/inode.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/volume.h"

uint8_t *fake_image;
size_t fake_bytes;
unsigned fake_reads, fake_writes, fake_pieces, fake_puts;
int64_t fake_bad = -1;
bool fake_copy_fails;
uint32_t fake_now = 1000000000;

static uint8_t *saved;
static uint32_t life; /* sectors until the server dies; 0: it does not */
static bool dead;
static uint32_t state = 1;

/* VFS's memory: what the one grant of a test stands for. */
static uint8_t *granted;
static uint32_t granted_bytes;

static void
path_make(char *path, size_t size)
{
	(void)snprintf(path, size, "/tmp/ext2-test-%d.img", (int)getpid());
}

/* The programs are e2fsprogs' own, and the names ours: no shell is fooled. */
static int
shell(const char *command)
{
	return system(command); /* NOLINT(cert-env33-c) */
}

void
fake_make(uint32_t kib, const char *options)
{
	char path[64], command[256];
	FILE *f;

	path_make(path, sizeof path);
	(void)snprintf(command, sizeof command,
	    "truncate -s %uK %s && "
	    "PATH=$PATH:/usr/sbin:/sbin mke2fs -q -F -t ext2 -E "
	    "nodiscard,root_owner=0:0 %s %s",
	    (unsigned)kib, path, options, path);
	(void)unlink(path);
	assert_int_equal(shell(command), 0);
	f = fopen(path, "rb");
	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	fake_bytes = (size_t)ftell(f);
	rewind(f);
	free(fake_image);
	fake_image = malloc(fake_bytes);
	assert_non_null(fake_image);
	assert_int_equal(fread(fake_image, 1, fake_bytes, f), fake_bytes);
	(void)fclose(f);
	(void)unlink(path);
	fake_bad = -1;
	fake_copy_fails = false;
}

void
fake_save(void)
{
	free(saved);
	saved = malloc(fake_bytes);
	assert_non_null(saved);
	memcpy(saved, fake_image, fake_bytes);
}

void
fake_restore(void)
{
	memcpy(fake_image, saved, fake_bytes);
}

void
fake_check(const char *when)
{
	char path[64], command[256];
	FILE *f;
	int r;

	path_make(path, sizeof path);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(fake_image, 1, fake_bytes, f), fake_bytes);
	(void)fclose(f);
	(void)snprintf(command, sizeof command,
	    "PATH=$PATH:/usr/sbin:/sbin e2fsck -fn %s >%s.log 2>&1", path,
	    path);
	r = shell(command);
	if (r != 0) {
		(void)snprintf(command, sizeof command, "cat %s.log >&2", path);
		(void)shell(command);
		fail_msg("e2fsck finds fault %s", when);
	}
	(void)unlink(path);
	(void)snprintf(command, sizeof command, "%s.log", path);
	(void)unlink(command);
}

int
device_open(uint32_t dev, endpoint_t driver, bool readonly)
{
	(void)driver, (void)readonly;
	return dev == FAKE_DEV ? OK : -ENXIO;
}

void
device_close(void)
{
}

void
device_driver_set(uint32_t dev, endpoint_t driver)
{
	(void)dev, (void)driver;
}

int
device_flush(void)
{
	return OK;
}

void
fake_die(uint32_t after)
{
	life = after;
	dead = false;
}

bool
fake_dead(void)
{
	return dead;
}

void
fake_revive(void)
{
	fs.active = false;
	inode_init();
}

void
fake_mount_maybe(void)
{
	struct fs_mount_req req = { FAKE_DEV, 1, false };
	struct fs_node root;

	(void)ext2_mount(&req, &root);
}

/* Write sectors, as long as the server lives. */
static void
written(uint8_t *at, const uint8_t *from, uint32_t bytes)
{
	for (; bytes > 0 && !dead; bytes -= 512, at += 512, from += 512) {
		memcpy(at, from, 512);
		dead = life != 0 && --life == 0;
	}
}

int
device_move(bool write, int64_t position, const struct device_piece *piece,
    uint32_t n)
{
	uint32_t i;

	assert_true(n >= 1 && n <= DEVICE_VEC);
	assert_true(position % 512 == 0);
	*(write ? &fake_writes : &fake_reads) += 1;
	fake_pieces = n;
	for (i = 0; i < n; i++) {
		uint8_t *at = fake_image + position;

		if (position < 0 ||
		    position + piece[i].bytes > (int64_t)fake_bytes)
			return -EIO;
		if (fake_bad >= position &&
		    fake_bad < position + piece[i].bytes)
			return -EIO;
		if (write)
			written(at, piece[i].data, piece[i].bytes);
		else
			memcpy(piece[i].data, at, piece[i].bytes);
		position += piece[i].bytes;
	}
	return write && dead ? -EIO : OK;
}

void
clock_begin(void)
{
}

uint32_t
clock_now(void)
{
	return fake_now;
}

int
fsserver_put(cp_grant_id_t gid, uint32_t offset, const void *data,
    uint32_t bytes)
{
	assert_int_equal(gid, 7);
	fake_puts++;
	if (fake_copy_fails || offset > granted_bytes ||
	    bytes > granted_bytes - offset)
		return -EFAULT;
	memcpy(granted + offset, data, bytes);
	return OK;
}

int
fsserver_get(cp_grant_id_t gid, uint32_t offset, void *data, uint32_t bytes)
{
	assert_int_equal(gid, 7);
	if (fake_copy_fails || offset > granted_bytes ||
	    bytes > granted_bytes - offset)
		return -EFAULT;
	memcpy(data, granted + offset, bytes);
	return OK;
}

struct fs_node
fake_mount(bool readonly)
{
	struct fs_mount_req req = { FAKE_DEV, 1, readonly };
	struct fs_node root;

	assert_int_equal(ext2_mount(&req, &root), OK);
	return root;
}

void
fake_unmount(void)
{
	assert_int_equal(ext2_unmount(), OK);
}

int
fake_read(uint32_t ino, int64_t position, void *data, uint32_t bytes,
    uint32_t *moved)
{
	struct fs_io io = { 7, bytes, position };
	int64_t size;

	granted = data;
	granted_bytes = bytes;
	return ext2_read(ino, &io, moved, &size);
}

int
fake_write(uint32_t ino, int64_t position, const void *data, uint32_t bytes,
    uint32_t *moved)
{
	struct fs_io io = { 7, bytes, position };
	int64_t size;
	int r;

	granted = malloc(bytes + 1);
	assert_non_null(granted);
	memcpy(granted, data, bytes);
	granted_bytes = bytes;
	r = ext2_write(ino, &io, moved, &size);
	free(granted);
	granted = NULL;
	return r;
}

int
fake_list(uint32_t dir, int64_t *position, void *data, uint32_t bytes,
    uint32_t *moved)
{
	struct fs_io io = { 7, bytes, *position };

	granted = data;
	granted_bytes = bytes;
	return ext2_getdents(dir, &io, moved, position);
}

int
fake_readlink(uint32_t ino, char *data, uint32_t *bytes)
{
	granted = (uint8_t *)data;
	granted_bytes = *bytes;
	return ext2_readlink(ino, 7, bytes);
}

uint32_t
fake_lookup(uint32_t dir, const char *name)
{
	struct fs_node node;

	if (ext2_lookup(dir, name, &node) != OK)
		return 0;
	assert_int_equal(ext2_putnode(node.ino, 1), OK);
	return node.ino;
}

int
fake_create(uint32_t dir, const char *name, uint32_t mode, uint32_t *ino)
{
	struct fs_create_req req = { .dir = dir, .mode = mode };
	struct fs_node node;
	int r = ext2_create(&req, name, &node);

	if (r == OK) {
		assert_int_equal(node.mode, mode);
		*ino = node.ino;
		assert_int_equal(ext2_putnode(node.ino, 1), OK);
	}
	return r;
}

void
fake_seed(uint32_t seed)
{
	state = seed * 2654435761u | 1;
}

uint32_t
fake_random(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return (uint32_t)((uint64_t)state * n >> 32);
}
