/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The block cache: buffers in one array, found through a hash table, kept in
 * a ring ordered by last use.
 */
#include "fs/ext2/cache.h"

#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/string.h>

#include "fs/ext2/device.h"
#include "fs/ext2/layout.h"

#define NR_BUFS    (CACHE_BYTES / BLOCK_SIZE_MIN)
#define NR_BUCKETS 1024u
#define ROOM_MIN   8u /* buffers to look for when a place is full */

_Static_assert(CACHE_RUN <= DEVICE_VEC, "a run is one transfer");

static _Alignas(PAGE_SIZE) uint8_t memory[CACHE_BYTES];
static struct buf bufs[NR_BUFS];
static struct buf *buckets[NR_BUCKETS];
static struct buf ring; /* ring.newer: oldest; ring.older: newest */
static uint32_t block_bytes, nr_bufs;
static uint32_t nr_dirty;
static cache_show_t show_forced; /* see cache_init() */
static uint32_t taken;           /* how often a buffer was taken for a block */
static struct buf *cluster;      /* where the last run was placed */

static struct buf **
bucket(uint32_t block)
{
	return &buckets[block % NR_BUCKETS];
}

static void
ring_remove(struct buf *b)
{
	b->older->newer = b->newer;
	b->newer->older = b->older;
}

/* Put b behind "after", on its newer side. */
static void
ring_insert(struct buf *b, struct buf *after)
{
	b->older = after;
	b->newer = after->newer;
	after->newer->older = b;
	after->newer = b;
}

/* b was used just now. */
static inline void
touch(struct buf *b)
{
	b->used = taken;
	if (ring.older != b) {
		ring_remove(b);
		ring_insert(b, ring.older);
	}
}

static struct buf *
lookup(uint32_t block)
{
	struct buf *b = *bucket(block);

	while (b != NULL && b->block != block)
		b = b->hash_next;
	return b;
}

static void
unhash(struct buf *b)
{
	struct buf **pp = bucket(b->block);

	if (b->block == NO_BLOCK)
		return;
	while (*pp != b)
		pp = &(*pp)->hash_next;
	*pp = b->hash_next;
	b->block = NO_BLOCK;
	b->valid = false;
}

static void
clean(struct buf *b)
{
	if (b->dirty)
		nr_dirty--;
	b->dirty = false;
}

void
cache_init(uint32_t block_size, cache_show_t forced)
{
	uint32_t i;

	show_forced = forced;
	block_bytes = block_size;
	nr_bufs = CACHE_BYTES / block_size;
	nr_dirty = taken = 0;
	cluster = bufs;
	memset(buckets, 0, sizeof buckets);
	ring.older = ring.newer = &ring;
	for (i = 0; i < nr_bufs; i++) {
		assert(bufs[i].pins == 0); /* all that were got were put */
		bufs[i] = (struct buf){
			.data = memory + i * block_size,
			.block = NO_BLOCK,
		};
		ring_insert(&bufs[i], ring.older);
	}
}

/* The buffer unused for longest that is free to be used anew. */
static struct buf *
oldest_clean(void)
{
	struct buf *b = ring.newer;

	while (b != &ring && (b->pins > 0 || b->dirty))
		b = b->newer;
	return b == &ring ? NULL : b;
}

/* May a buffer be used anew because of where it is? Only if it has not been
 * used for so long that its turn would come soon anyway. */
static bool
stale(const struct buf *b)
{
	if (b->pins > 0 || b->dirty)
		return false;
	return b->block == NO_BLOCK || taken - b->used >= nr_bufs / 2;
}

/* The buffer behind that of the block before this one. */
static struct buf *
successor(uint32_t block)
{
	struct buf *b = lookup(block - 1); /* NO_BLOCK is in no bucket */

	return b != NULL && b + 1 < bufs + nr_bufs ? b + 1 : NULL;
}

/* The buffer unused for longest that nobody holds, clean. */
static int
oldest(struct buf **bp)
{
	struct buf *b = ring.newer;

	while (b != &ring && b->pins > 0)
		b = b->newer;
	if (b == &ring)
		return -EIO;
	if (b->dirty) {
		/* What counts is what is clean then. */
		(void)cache_commit(NULL, show_forced);
		b = oldest_clean();
		if (b == NULL)
			return -EIO;
	}
	*bp = b;
	return OK;
}

/* Where n blocks can lie side by side, or as many as possible: at b, or else
 * behind it. Without b the search goes on where the last one ended, so that
 * places are used in turn. */
static struct buf *
room_find(struct buf *b, uint32_t n)
{
	struct buf *best = NULL;
	uint32_t i, have = 0, most = 1;

	if (b == NULL)
		b = cluster;
	for (i = 0; i < nr_bufs && most < n; i++, b++) {
		if (b == bufs + nr_bufs) {
			b = bufs;
			have = 0;
		}
		have = stale(b) ? have + 1 : 0;
		if (have > most) {
			most = have;
			best = b + 1 - have;
		}
	}
	cluster = b < bufs + nr_bufs ? b : bufs;
	return best;
}

/* Find a buffer for a block, which is not in the cache: this one, or else
 * (NULL) where it suits best: behind the block before it, or where others can
 * follow if that is taken. It is held. */
static int
claim(uint32_t block, struct buf *b, struct buf **bp)
{
	int r;

	if (b == NULL) {
		b = successor(block);
		if (b != NULL && !stale(b))
			b = room_find(NULL, ROOM_MIN);
	}
	if (b == NULL || !stale(b)) {
		r = oldest(&b);
		if (r != OK)
			return r;
	}
	unhash(b);
	b->block = block;
	b->pins = 1;
	b->hash_next = *bucket(block);
	*bucket(block) = b;
	taken++;
	touch(b);
	*bp = b;
	return OK;
}

/* A buffer that was claimed is not needed after all. */
static void
disclaim(struct buf *b)
{
	b->pins = 0;
	unhash(b);
	ring_remove(b);
	ring_insert(b, &ring);
}

/* Move blocks that lie side by side on the disk; those that do in memory,
 * too, are one piece. */
static int
move(bool write, struct buf *const *run, uint32_t n)
{
	struct device_piece piece[CACHE_RUN] = { { run[0]->data, 0 } };
	uint32_t i, last = 0;

	for (i = 0; i < n; i++) {
		if (i > 0 && run[i] != run[i - 1] + 1)
			piece[++last].data = run[i]->data;
		piece[last].bytes += block_bytes;
	}
	return device_move(write, (int64_t)run[0]->block * block_bytes, piece,
	    last + 1);
}

struct buf *
cache_peek(uint32_t block)
{
	struct buf *b = lookup(block);

	if (b == NULL)
		return NULL;
	b->pins++;
	touch(b);
	return b;
}

int
cache_get_run(uint32_t block, uint32_t n, struct buf **bp)
{
	struct buf *run[CACHE_RUN], *room = NULL;
	uint32_t i, have = 0;
	int r = OK;

	assert(n >= 1);
	if (lookup(block) != NULL)
		return cache_get(block, CACHE_READ, bp);
	if (n > CACHE_RUN)
		n = CACHE_RUN;
	while (have + 1 < n && lookup(block + have + 1) == NULL)
		have++;
	n = have + 1;
	if (n > 1)
		room = room_find(successor(block), n);
	for (have = 0; have < n; have++, room = NULL) {
		r = claim(block + have, room, &run[have]);
		if (r != OK)
			break;
	}
	if (have > 0)
		r = move(false, run, have); /* perhaps fewer than wanted */
	for (i = 1; i < have; i++) {
		if (r == OK) {
			run[i]->valid = true;
			run[i]->pins = 0;
		} else {
			disclaim(run[i]);
		}
	}
	if (r == OK) {
		run[0]->valid = true;
		*bp = run[0];
	} else if (have > 0) {
		disclaim(run[0]);
		/* Perhaps only what was read along is bad. */
		if (have > 1)
			r = cache_get(block, CACHE_READ, bp);
	}
	return r;
}

int
cache_get(uint32_t block, enum cache_how how, struct buf **bp)
{
	struct buf *b = cache_peek(block);
	int r;

	if (b == NULL) {
		r = claim(block, NULL, &b);
		if (r != OK)
			return r;
	}
	if (how == CACHE_READ && !b->valid) {
		r = move(false, &b, 1);
		if (r != OK) {
			assert(b->pins == 1);
			disclaim(b);
			return r;
		}
	}
	if (how == CACHE_ZERO)
		memset(b->data, 0, block_bytes);
	b->valid = true;
	*bp = b;
	return OK;
}

uint32_t
cache_span(struct buf *b, uint32_t n)
{
	struct buf *next = b + 1;

	assert(b->pins > 0 && b->valid);
	for (; next < b + n && next < bufs + nr_bufs; next++) {
		if (!next->valid || next->block != next[-1].block + 1)
			break;
		next->pins++;
		touch(next);
	}
	return (uint32_t)(next - b);
}

void
cache_put_span(struct buf *b, uint32_t n)
{
	while (n-- > 0)
		cache_put(b++);
}

void
cache_put(struct buf *b)
{
	assert(b->pins > 0);
	b->pins--;
}

void
cache_dirty(struct buf *b)
{
	assert(b->pins > 0 && b->valid);
	if (!b->dirty)
		nr_dirty++;
	b->dirty = true;
}

void
cache_forget(uint32_t block)
{
	struct buf *b = lookup(block);

	if (b == NULL)
		return;
	clean(b);
	if (b->pins == 0)
		disclaim(b);
}

/* Sort by block number. @source D. L. Shell, 1959; gaps of D. E. Knuth */
static void
sort(struct buf **list, uint32_t n)
{
	uint32_t gap = 1, i, j;
	struct buf *b;

	while (gap < n / 3)
		gap = 3 * gap + 1;
	for (; gap > 0; gap /= 3) {
		for (i = gap; i < n; i++) {
			b = list[i];
			for (j = i; j >= gap && list[j - gap]->block > b->block;
			     j -= gap)
				list[j] = list[j - gap];
			list[j] = b;
		}
	}
}

/* Write some blocks of a run one by one: those that can be. */
static int
write_singly(struct buf *const *run, uint32_t n)
{
	uint32_t i;
	int r = OK;

	for (i = 0; i < n; i++) {
		if (move(true, &run[i], 1) == OK)
			clean(run[i]);
		else
			r = -EIO;
	}
	return r;
}

static int
write_run(struct buf *const *run, uint32_t n)
{
	uint32_t i;

	if (move(true, run, n) != OK)
		return n == 1 ? -EIO : write_singly(run, n);
	for (i = 0; i < n; i++)
		clean(run[i]);
	return OK;
}

uint32_t
cache_nr_dirty(void)
{
	return nr_dirty;
}

bool
cache_is_full(void)
{
	return nr_dirty >= nr_bufs / 2;
}

/* Write blocks in order, those that lie side by side at once. */
static int
write_list(struct buf *const *list, uint32_t n)
{
	uint32_t i, len;
	int r = OK;

	for (i = 0; i < n; i += len) {
		len = 1;
		while (i + len < n && len < CACHE_RUN &&
		    list[i + len]->block == list[i]->block + len)
			len++;
		if (write_run(&list[i], len) != OK)
			r = -EIO;
	}
	return r;
}

int
cache_commit(cache_fresh_t fresh, cache_show_t show)
{
	static struct buf *list[NR_BUFS]; /* fresh ones | free | others */
	uint32_t i, n = 0, others = NR_BUFS;
	int r, r2;

	if (nr_dirty == 0)
		return OK;
	for (i = 0; i < nr_bufs; i++) {
		if (!bufs[i].dirty)
			continue;
		if (fresh != NULL && fresh(bufs[i].block))
			list[n++] = &bufs[i];
		else
			list[--others] = &bufs[i];
	}
	sort(list, n);
	sort(list + others, NR_BUFS - others);
	r = write_list(list, n);
	if (show != NULL)
		show(list + others, NR_BUFS - others);
	r2 = write_list(list + others, NR_BUFS - others);
	return r != OK ? r : r2;
}
