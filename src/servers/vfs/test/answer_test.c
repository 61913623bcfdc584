/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Answers that can be true and answers that cannot, for every request of the
 * file server protocol: both sides of each limit.
 */
#include "servers/vfs/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <abi/fcntl.h>
#include <proto/bdev.h>
#include <proto/fs.h>
#include <proto/sef.h>

static struct message req, rep;

/* A request, and the success that answers it. */
static void
ask(int type, const void *asked, size_t asked_len, const void *said,
    size_t said_len)
{
	memset(&req, 0, sizeof req);
	memset(&rep, 0, sizeof rep);
	req.m_type = type;
	memcpy(req.m_body, asked, asked_len);
	memcpy(rep.m_body, said, said_len);
	answer_number(&req, 4711);
	rep.m_body[FS_ID] = req.m_body[FS_ID];
}

static void
assert_judged(int evidence)
{
	assert_int_equal(answer_judge(&req, &rep), evidence);
}

/* Whatever was asked: an answer says what it answers, and how it went. */
static void
test_number_and_status(void **state)
{
	const char none = 0;
	int type;

	(void)state;
	for (type = FS_BASE; type < FS_END; type++) {
		ask(type, &none, 1, &none, 1);
		assert_int_equal(req.m_body[FS_ID], 4711);
		rep.m_type = -EIO;
		assert_judged(0);
		rep.m_body[FS_ID]++;
		assert_judged(SEF_BAD_IDENTITY);
		assert_false(answer_is_for(&req, &rep));
		rep.m_body[FS_ID] -= 2;
		assert_judged(SEF_BAD_IDENTITY);
	}
	ask(RS_BASE, &none, 1, &none, 1); /* has no number, and no judge */
	assert_int_equal(req.m_body[FS_ID], 0);
	rep.m_body[FS_ID] = 1;
	assert_judged(0);
}

static void
test_status(void **state)
{
	static const int32_t bad[] = { 1, INT32_MAX, INT32_MIN, -35, -44, -140,
		-138, -EOVERFLOW - 1, -ELOCKED, -EDONTREPLY, -SUSPEND,
		-9281128 };
	static const int32_t good[] = { OK, -EPERM, -ERANGE, -EDEADLK, -ENOLCK,
		-ENOSYS, -ELOOP, -EOVERFLOW, -ENOTSUP };
	const char none = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ask(FS_SYNC, &none, 1, &none, 1);
		rep.m_type = bad[i];
		assert_false(status_known(bad[i]));
		assert_judged(SEF_BAD_STATUS);
	}
	for (i = 0; i < sizeof good / sizeof good[0]; i++) {
		ask(FS_SYNC, &none, 1, &none, 1);
		rep.m_type = good[i];
		assert_judged(0);
	}
}

static void
judge_read(int type, uint32_t asked, uint32_t said, int64_t size, int evidence)
{
	const struct fs_read_req q = { .bytes = asked };
	const struct fs_read_rep a = { .bytes = said, .size = size };

	ask(type, &q, sizeof q, &a, sizeof a);
	assert_judged(evidence);
}

static void
test_bytes_moved(void **state)
{
	(void)state;
	judge_read(FS_READ, 100, 0, 0, 0);
	judge_read(FS_READ, 100, 100, INT64_MAX, 0);
	judge_read(FS_READ, 100, 101, 200, SEF_BAD_LENGTH);
	judge_read(FS_READ, 100, 0x7fffffff, 200, SEF_BAD_LENGTH);
	judge_read(FS_READ, 100, (uint32_t)-1, 200, SEF_BAD_LENGTH);
	judge_read(FS_READ, 100, 100, -1, SEF_BAD_DATA);
	judge_read(FS_WRITE, 100, 1, 1, 0);
	judge_read(FS_WRITE, 100, 100, 100, 0);
	judge_read(FS_WRITE, 100, 0, 0, SEF_BAD_LENGTH);
	judge_read(FS_WRITE, 100, 101, 101, SEF_BAD_LENGTH);
	judge_read(FS_WRITE, 100, 100, INT64_MIN, SEF_BAD_DATA);
	judge_read(FS_WRITE, 0, 0, 0, 0);
}

static void
test_sectors(void **state)
{
	struct bdev_read_req q = { .bytes = 1024 };
	struct bdev_read_rep a = { .bytes = 1024 };
	int type;

	(void)state;
	for (type = BDEV_READ; type <= BDEV_WRITE; type++) {
		ask(type, &q, sizeof q, &a, sizeof a);
		memcpy(&q, req.m_body, sizeof q);
		assert_int_equal(q.id, 4711);
		assert_judged(SEF_BAD_IDENTITY);
		rep.m_body[0] = 4711;
		assert_judged(0);
		rep.m_body[1] = 1025;
		assert_judged(SEF_BAD_LENGTH);
		rep.m_body[1] = 0; /* the end of the device */
		assert_judged(0);
		q.id = 0;
	}
}

/* The other requests to a block driver have their number elsewhere. */
static void
test_block_devices(void **state)
{
	static const int types[] = { BDEV_OPEN, BDEV_CLOSE, BDEV_FLUSH,
		BDEV_INFO };
	const struct bdev_open_req q = { .minor = 3, .write = 1 };
	struct bdev_open_req sent;
	const char none = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		ask(types[i], &q, sizeof q, &none, 1);
		memcpy(&sent, req.m_body, sizeof sent);
		assert_int_equal(sent.id, 4711);
		assert_int_equal(sent.minor, 3);
		assert_int_equal(sent.write, 1);
		assert_judged(SEF_BAD_IDENTITY);
		rep.m_body[0] = 4711;
		assert_judged(0);
		rep.m_type = -EIO;
		assert_judged(0);
		rep.m_type = -ELOCKED;
		assert_judged(SEF_BAD_STATUS);
	}
}

static void
judge_entries(int64_t from, uint32_t said, int64_t to, int evidence)
{
	const struct fs_getdents_req q = { .bytes = 100, .position = from };
	const struct fs_getdents_rep a = { .bytes = said, .position = to };

	ask(FS_GETDENTS, &q, sizeof q, &a, sizeof a);
	assert_judged(evidence);
}

static void
test_entries(void **state)
{
	(void)state;
	judge_entries(7, 0, 7, 0);
	judge_entries(7, 100, 8, 0);
	judge_entries(7, 101, 8, SEF_BAD_LENGTH);
	judge_entries(7, 1, 7, SEF_BAD_DATA);
	judge_entries(7, 0, 6, SEF_BAD_DATA);
	judge_entries(0, 1, -1, SEF_BAD_DATA);
}

static void
test_text_of_a_link(void **state)
{
	const struct fs_readlink_req q = { .bytes = 10 };
	struct fs_readlink_rep a = { 10 };

	(void)state;
	ask(FS_READLINK, &q, sizeof q, &a, sizeof a);
	assert_judged(0);
	a.bytes = 11;
	ask(FS_READLINK, &q, sizeof q, &a, sizeof a);
	assert_judged(SEF_BAD_LENGTH);
}

/* Requests that give a node: a node of each mode, as the answer to one that
 * asks for mode. */
static void
judge_node(int type, uint32_t asked, uint32_t mode, int64_t size, int evidence)
{
	const struct fs_create_req create = { .mode = asked };
	const struct fs_newnode_req newnode = { .mode = asked };
	const struct fs_node n = { .mode = mode, .size = size };
	const char none = 0;

	if (type == FS_CREATE)
		ask(type, &create, sizeof create, &n, sizeof n);
	else if (type == FS_NEWNODE)
		ask(type, &newnode, sizeof newnode, &n, sizeof n);
	else
		ask(type, &none, 1, &n, sizeof n);
	assert_judged(evidence);
}

static void
test_nodes(void **state)
{
	static const uint32_t types[] = { S_IFREG, S_IFDIR, S_IFCHR, S_IFBLK,
		S_IFIFO, S_IFLNK };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		const uint32_t t = types[i];
		const int other = t == S_IFREG ? 0 : SEF_BAD_DATA;

		judge_node(FS_LOOKUP, 0, t | 07777, 0, 0);
		judge_node(FS_LOOKUP, 0, t | 010000000, 0, SEF_BAD_DATA);
		judge_node(FS_LOOKUP, 0, t, -1, SEF_BAD_DATA);
		judge_node(FS_MOUNT, 0, t | 0755, 0,
		    t == S_IFDIR ? 0 : SEF_BAD_DATA);
		judge_node(FS_CREATE, t | 0600, t | 0640, 0, 0);
		judge_node(FS_CREATE, S_IFREG | 0600, t | 0600, 0, other);
		judge_node(FS_NEWNODE, t | 0600, t | 0600, 0, 0);
		judge_node(FS_NEWNODE, t | 0600, t | 0600, 1, SEF_BAD_DATA);
		judge_node(FS_NEWNODE, S_IFREG, t, 0, other);
		judge_node(FS_GETNODE, 0, t, 0, 0);
		judge_node(FS_GETNODE, 0, t, -1, SEF_BAD_DATA);
	}
	judge_node(FS_LOOKUP, 0, 0644, 0, SEF_BAD_DATA);
	judge_node(FS_LOOKUP, 0, S_IFMT, 0, SEF_BAD_DATA);
}

static void
test_the_node_that_was_asked_for(void **state)
{
	const struct fs_getnode_req q = { 12 };
	struct fs_node n = { .ino = 12, .mode = S_IFREG };

	(void)state;
	ask(FS_GETNODE, &q, sizeof q, &n, sizeof n);
	assert_judged(0);
	n.ino = 13;
	ask(FS_GETNODE, &q, sizeof q, &n, sizeof n);
	assert_judged(SEF_BAD_DATA);
	rep.m_type = -ENOENT; /* then there is no node to look at */
	assert_judged(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number_and_status),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_bytes_moved),
		cmocka_unit_test(test_sectors),
		cmocka_unit_test(test_block_devices),
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_text_of_a_link),
		cmocka_unit_test(test_nodes),
		cmocka_unit_test(test_the_node_that_was_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
