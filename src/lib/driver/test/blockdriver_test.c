/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the block drivers' library: what reaches a driver, and what
 * happens to requests that come while it waits for its device.
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

#define CLIENT ((endpoint_t)7)
#define READ   2 /* index of calls */
#define GATHER 4
#define INFO   7

static struct server srv;

/* What sef_receive_status() gives next. */
enum event {
	NOTHING, /* an alarm, if one is set */
	IRQ,
	REQUEST,
	OTHER_NOTIFY
};
static enum event events[40];
static unsigned int at;
static clock_ticks now, alarm_at;
static bool cancelled;

/* What clients got. */
static unsigned int replies;
static endpoint_t replied_to[40];
static int reply_status[40];

static struct bdev_transfer seen;
static struct bdev_vec seen_vec[BDEV_VEC_MAX];
static struct bdev_vec granted_vec[BDEV_VEC_MAX];

int
server_run(const struct server *s)
{
	srv = *s;
	return OK;
}

void
server_reply(endpoint_t to, int status, const void *rep, size_t size)
{
	(void)rep, (void)size;
	replied_to[replies] = to;
	reply_status[replies++] = status;
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

int
sys_setalarm(clock_ticks ticks, clock_ticks *left)
{
	assert_null(left);
	alarm_at = ticks == 0 ? 0 : now + ticks;
	return OK;
}

int
getticks(clock_ticks *ticks)
{
	*ticks = now;
	return OK;
}

void
sef_cancel(void)
{
	cancelled = true;
}

static void
request_make(struct message *m, int call, const void *req, size_t size)
{
	memset(m, 0, sizeof *m);
	m->m_source = CLIENT;
	m->m_type = BDEV_BASE + call;
	memcpy(m->m_body, req, size);
}

/* SEF runs the alarm inside. */
static int
alarm_run(void)
{
	assert_true(alarm_at != 0);
	now = alarm_at;
	srv.alarm(now);
	return cancelled ? -EINTR : OK;
}

int
sef_receive_status(endpoint_t src, struct message *m, int *status)
{
	struct bdev_info_req info = { 1 };
	int how;

	assert_int_equal(src, ANY);
	while (events[at] == NOTHING)
		if (alarm_run() == -EINTR) {
			cancelled = false;
			return -EINTR;
		}
	request_make(m, INFO, &info, sizeof info);
	how = SENDREC;
	if (events[at] != REQUEST) {
		how = NOTIFY;
		m->m_source = events[at] == IRQ ? HARDWARE : CLIENT;
	} else {
		m->m_source = (endpoint_t)(100 + at);
	}
	at++;
	if (status != NULL)
		*status = how;
	return OK;
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
	memset(events, 0, sizeof events);
	memset(&seen, 0, sizeof seen);
	at = replies = 0;
	now += 10000;
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

static void
test_a_wait_ends(void **state)
{
	clock_ticks start = now;

	(void)state;
	events[0] = OTHER_NOTIFY;
	events[1] = IRQ;
	assert_int_equal(blockdriver_wait(100), OK);
	assert_int_equal(blockdriver_wait(100), -ETIMEDOUT);
	assert_true(now - start >= 100 && now - start <= 200);
	start = now;
	assert_int_equal(blockdriver_wait(1), -ETIMEDOUT);
	assert_true(now - start <= 2);
	start = now;
	assert_int_equal(blockdriver_wait(100), -ETIMEDOUT);
	assert_true(now - start >= 100);
}

static void
test_an_early_alarm_ends_nothing(void **state)
{
	(void)state;
	events[0] = IRQ;
	assert_int_equal(blockdriver_wait(100), OK);
	events[1] = IRQ;
	assert_int_equal(blockdriver_wait(50), OK);
	srv.alarm(now); /* nobody waits */
	events[2] = IRQ;
	assert_int_equal(blockdriver_wait(100), OK);
	assert_false(cancelled);
}

static void
test_requests_wait_their_turn(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 20; i++)
		events[i] = REQUEST;
	events[20] = IRQ;
	assert_int_equal(blockdriver_wait(100), OK);
	assert_int_equal(replies, 4); /* there is room for 16 */
	for (i = 0; i < 4; i++)
		assert_int_equal(reply_status[i], -EAGAIN);
	srv.after();
	assert_int_equal(replies, 20);
	for (i = 0; i < 16; i++) {
		assert_int_equal(replied_to[4 + i], 100 + i);
		assert_int_equal(reply_status[4 + i], OK);
	}
	srv.after();
	assert_int_equal(replies, 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_what_a_driver_gets_is_in_the_device,
		    setup),
		cmocka_unit_test_setup(test_vectors_are_checked, setup),
		cmocka_unit_test_setup(test_a_wait_ends, setup),
		cmocka_unit_test_setup(test_an_early_alarm_ends_nothing, setup),
		cmocka_unit_test_setup(test_requests_wait_their_turn, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
