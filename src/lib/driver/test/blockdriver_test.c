/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the block drivers' library: what reaches a driver, what its
 * client is answered, and which message ends a wait for the device.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <abi/errno.h>
#include <cmocka.h>
#include <lacuna/blockdriver.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <lacuna/wait.h>

#define CLIENT ((endpoint_t)7)
#define READ   2 /* index of calls */
#define GATHER 4
#define INFO   7

static struct server srv;

static wait_wanted_t waited_for; /* by the last wait */

static struct bdev_transfer seen;
static struct bdev_vec seen_vec[BDEV_VEC_MAX];
static struct bdev_vec granted_vec[BDEV_VEC_MAX];

int
server_run(const struct server *s)
{
	srv = *s;
	return OK;
}

int
server_wait(wait_wanted_t wanted, clock_ticks max, struct message *m,
    int *status)
{
	(void)m, (void)status;
	assert_int_equal(max, 100);
	waited_for = wanted;
	return -ETIMEDOUT;
}

int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	/* Addresses have 32 bits; the stack is where this is, too. */
	uintptr_t high = (uintptr_t)&granter & ~(uintptr_t)0xffffffff;

	(void)offset;
	assert_int_equal(granter, CLIENT);
	if (gid != 5)
		return -EPERM;
	memcpy((void *)(high | addr), granted_vec, bytes);
	return OK;
}

static void
request_make(struct message *m, int call, const void *req, size_t size)
{
	memset(m, 0, sizeof *m);
	m->m_source = CLIENT;
	m->m_type = BDEV_BASE + call;
	memcpy(m->m_body, req, size);
}

static const struct bdev_part *
part(int minor)
{
	static const struct bdev_part it = { 1 << 20, 8192 };

	return minor == 1 ? &it : NULL;
}

static int
transfer(const struct bdev_transfer *t, uint32_t *moved)
{
	uint32_t i;

	seen = *t;
	memcpy(seen_vec, t->vec, t->n * sizeof seen_vec[0]);
	for (i = 0; i < t->n; i++)
		*moved += t->vec[i].bytes;
	return OK;
}

static int
setup(void **state)
{
	static const struct blockdriver driver = {
		.name = "test",
		.part = part,
		.transfer = transfer,
	};

	(void)state;
	memset(&seen, 0, sizeof seen);
	return blockdriver_run(&driver);
}

static int
ask(int call, const struct bdev_read_req *req, uint32_t *bytes)
{
	struct bdev_read_rep rep;
	struct message in, out;
	int r;

	request_make(&in, call, req, sizeof *req);
	memset(&out, 0, sizeof out);
	r = srv.calls[call].serve(&in, &out);
	memcpy(&rep, out.m_body, sizeof rep);
	*bytes = rep.bytes;
	return r;
}

static void
test_what_a_driver_gets_is_in_the_device(void **state)
{
	struct bdev_read_req req = { .minor = 1, .gid = 3, .bytes = 1024 };
	uint32_t n;

	(void)state;
	req.position = 512;
	assert_int_equal(ask(READ, &req, &n), OK);
	assert_int_equal(n, 1024);
	assert_int_equal(seen.position, (1 << 20) + 512);
	assert_int_equal(seen.client, CLIENT);
	assert_int_equal(seen_vec[0].gid, 3);
	req.position = 8192 - 512;
	assert_int_equal(ask(READ, &req, &n), OK);
	assert_int_equal(n, 512);
	req.position = 8192;
	seen.n = 0;
	assert_int_equal(ask(READ, &req, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(seen.n, 0);
	req.position = -512;
	assert_int_equal(ask(READ, &req, &n), -EINVAL);
	req.position = 1;
	assert_int_equal(ask(READ, &req, &n), -EINVAL);
	req.position = 0;
	req.bytes = 100;
	assert_int_equal(ask(READ, &req, &n), -EINVAL);
	req.bytes = 512;
	req.minor = 2;
	assert_int_equal(ask(READ, &req, &n), -ENXIO);
	assert_int_equal(seen.n, 0);
}

static void
test_vectors_are_checked(void **state)
{
	struct bdev_read_req req = { .minor = 1, .gid = 5, .bytes = 3 };
	uint32_t i, n;

	(void)state;
	for (i = 0; i < 3; i++)
		granted_vec[i] = (struct bdev_vec){ (int32_t)i, 4096 };
	assert_int_equal(ask(GATHER, &req, &n), OK);
	assert_int_equal(seen.n, 2);
	assert_int_equal(n, 8192);
	granted_vec[1].bytes = 100;
	assert_int_equal(ask(GATHER, &req, &n), -EINVAL);
	req.bytes = BDEV_VEC_MAX + 1;
	assert_int_equal(ask(GATHER, &req, &n), -EINVAL);
	req.bytes = 0;
	assert_int_equal(ask(GATHER, &req, &n), -EINVAL);
	req.bytes = 1;
	req.gid = 6;
	assert_int_equal(ask(GATHER, &req, &n), -EPERM);
}

/* Whatever is asked, and whether it works or not. */
static void
test_an_answer_has_the_number_of_its_request(void **state)
{
	struct bdev_read_req req = { .bytes = 512, .id = 77 };
	struct bdev_open_req other = { .id = 78 };
	struct message in, out;
	uint32_t i, id;

	(void)state;
	for (i = 0; i < srv.ncalls; i++) {
		if (i >= READ && i < READ + 4)
			request_make(&in, (int)i, &req, sizeof req);
		else
			request_make(&in, (int)i, &other, sizeof other);
		memset(&out, 0, sizeof out);
		assert_int_not_equal(srv.calls[i].serve(&in, &out), OK);
		memcpy(&id, out.m_body, sizeof id);
		assert_int_equal(id, i >= READ && i < READ + 4 ? 77 : 78);
	}
	other.minor = 1;
	request_make(&in, INFO, &other, sizeof other);
	assert_int_equal(srv.calls[INFO].serve(&in, &out), OK);
	memcpy(&id, out.m_body, sizeof id);
	assert_int_equal(id, 78);
}

static void
test_an_interrupt_ends_a_wait(void **state)
{
	struct message m = { .m_source = HARDWARE };

	(void)state;
	assert_int_equal(blockdriver_wait(100), -ETIMEDOUT);
	assert_true(waited_for(&m, NOTIFY));
	assert_false(waited_for(&m, SENDREC));
	m.m_source = CLIENT;
	assert_false(waited_for(&m, NOTIFY));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_what_a_driver_gets_is_in_the_device,
		    setup),
		cmocka_unit_test_setup(test_vectors_are_checked, setup),
		cmocka_unit_test_setup(
		    test_an_answer_has_the_number_of_its_request, setup),
		cmocka_unit_test_setup(test_an_interrupt_ends_a_wait, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
