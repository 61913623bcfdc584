/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the way to the block driver: what is asked, and what happens
 * when the driver dies under a request, says nothing, or lies.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <abi/dev.h>
#include <abi/errno.h>
#include <cmocka.h>
#include <lacuna/asynsend.h>
#include <lacuna/ipc.h>
#include <lacuna/safecopies.h>
#include <lacuna/syslib.h>
#include <lacuna/wait.h>
#include <proto/bdev.h>

#include "fs/ext2/device.h"
#include "fs/ext2/driver.h"

#define DEV    dev_make(ATA_MAJOR, 9)
#define FIRST  ((endpoint_t)10)
#define SECOND ((endpoint_t)32778)
#define OTHER  ((endpoint_t)77)

/* How the driver treats a request. */
enum manner {
	WELL,
	LATE,   /* it is busy, and takes the request from the mail */
	SILENT, /* it says nothing, ever */
	DIES,   /* with the request, and the next one is SECOND */
	FORGOT, /* it answers an earlier request first */
	GUESSES /* it answers one that was never sent */
};

static enum manner manner;
static endpoint_t alive;      /* who is the driver */
static endpoint_t known;      /* who is it as far as RS's table says */
static unsigned int news_at;  /* waits until that is who is alive */
static unsigned int waits;    /* that ended with nothing */
static unsigned int requests; /* that a driver got */
static int32_t verdict;       /* what it answers */
static int32_t more;          /* bytes it moves more than asked */
static struct message last;   /* its last request */
static struct message answer; /* and what it says to that */
static bool answered, old_first, notice;
static clock_ticks now;

/* Complaints about the driver, and whether RS ends it for them. */
static unsigned int complaints[SEF_EVIDENCE_END];
static bool believed;

/* Grants: to whom each of them is, and how much. */
static struct {
	size_t bytes;
	endpoint_t who;
	int access;
} grants[DEVICE_VEC + 1];

int
cpf_getgrants(cp_grant_id_t *gids, int n)
{
	int i;

	for (i = 0; i < n; i++)
		gids[i] = i;
	return n;
}

int
cpf_setgrant_direct(cp_grant_id_t gid, endpoint_t who_to, vir_bytes addr,
    size_t bytes, int access)
{
	(void)addr;
	grants[gid].who = who_to;
	grants[gid].bytes = bytes;
	grants[gid].access = access;
	return OK;
}

int
cpf_setgrant_disable(cp_grant_id_t gid)
{
	grants[gid].who = NONE;
	return OK;
}

uint32_t
sys_hz(void)
{
	return 100;
}

int
getticks(clock_ticks *ticks)
{
	*ticks = now;
	return OK;
}

void
sef_complain(endpoint_t ep, enum sef_evidence evidence)
{
	assert_int_equal(ep, alive);
	complaints[evidence]++;
	if (!believed)
		return;
	alive = known = SECOND;
	notice = true;
	manner = WELL;
	verdict = OK;
	more = 0;
}

endpoint_t
driver_find(uint32_t dev)
{
	assert_int_equal(dev, DEV);
	return known;
}

/* The driver has got a request. */
static void
request_take(const struct message *m)
{
	struct bdev_read_rep rep = { 0 };
	struct bdev_open_req other;
	struct bdev_read_req req;
	uint32_t i, n = 1;

	last = *m;
	requests++;
	memcpy(&req, m->m_body, sizeof req);
	if (m->m_type == BDEV_GATHER || m->m_type == BDEV_SCATTER) {
		n = req.bytes;
		assert_int_equal(grants[req.gid].who, alive);
		assert_int_equal(grants[req.gid].access, CPF_READ);
	}
	if (m->m_type >= BDEV_READ && m->m_type <= BDEV_SCATTER) {
		for (i = 0; i < n; i++) {
			assert_int_equal(grants[i].who, alive);
			rep.bytes += (uint32_t)grants[i].bytes;
		}
		rep.bytes += (uint32_t)more;
		rep.id = req.id;
	} else {
		memcpy(&other, m->m_body, sizeof other);
		rep.id = other.id;
	}
	rep.id += manner == GUESSES;
	memset(&answer, 0, sizeof answer);
	answer.m_source = alive;
	answer.m_type = verdict;
	memcpy(answer.m_body, &rep, sizeof rep);
	answered = manner != SILENT;
	old_first = manner == FORGOT;
	if (manner == DIES) {
		alive = SECOND;
		answered = false;
		manner = WELL;
	}
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	*status = 0;
	assert_int_equal(primitive, SENDNB);
	if (peer != alive)
		return -EDEADSRCDST;
	if (manner == LATE)
		return -ENOTREADY;
	request_take(arg);
	return OK;
}

int
asynsend3(endpoint_t dst, const struct message *m, uint32_t flags)
{
	assert_int_equal(dst, alive);
	assert_int_equal(flags, AMF_NOREPLY);
	request_take(m);
	return OK;
}

/* One message for the file server; what it does not want is dropped. */
static bool
offer(wait_wanted_t wanted, const struct message *m, int how,
    struct message *to)
{
	*to = *m;
	return wanted(m, how);
}

int
server_wait(wait_wanted_t wanted, clock_ticks max, struct message *m,
    int *status)
{
	const struct message nothing = { .m_source = OTHER };
	struct message old = answer;

	assert_true(max == 100 && status == NULL);
	assert_false(offer(wanted, &nothing, SENDA, m));
	assert_false(offer(wanted, &answer, SENDREC, m));
	if (waits >= news_at)
		known = alive;
	if (notice && offer(wanted, &nothing, NOTIFY, m))
		return OK;
	if (old_first) {
		old_first = false;
		old.m_body[0]--;
		return offer(wanted, &old, SENDNB, m) ? OK : -ETIMEDOUT;
	}
	if (answered) {
		answered = false;
		return offer(wanted, &answer, SENDNB, m) ? OK : -ETIMEDOUT;
	}
	waits++;
	now += 150;
	return -ETIMEDOUT;
}

static uint8_t memory[DEVICE_VEC][1024];
static struct device_piece pieces[DEVICE_VEC];

static int
setup(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < DEVICE_VEC; i++)
		pieces[i] = (struct device_piece){ memory[i], 1024 };
	alive = known = FIRST;
	manner = WELL;
	verdict = OK;
	more = 0;
	notice = answered = old_first = false;
	waits = news_at = requests = 0;
	believed = false;
	memset(complaints, 0, sizeof complaints);
	assert_int_equal(device_open(DEV, FIRST, false), OK);
	assert_int_equal(last.m_type, BDEV_OPEN);
	return 0;
}

static void
check_disabled(void)
{
	uint32_t i;

	for (i = 0; i < DEVICE_VEC; i++)
		assert_int_equal(grants[i].who, NONE);
}

static void
test_one_piece_is_a_plain_request(void **state)
{
	struct bdev_read_req req;

	(void)state;
	assert_int_equal(device_move(false, 4096, pieces, 1), OK);
	assert_int_equal(last.m_type, BDEV_READ);
	memcpy(&req, last.m_body, sizeof req);
	assert_int_equal(req.minor, 9);
	assert_int_equal(req.bytes, 1024);
	assert_int_equal(req.position, 4096);
	assert_int_equal(grants[0].access, CPF_WRITE);
	manner = LATE;
	assert_int_equal(device_move(true, 4096, pieces, 1), OK);
	assert_int_equal(last.m_type, BDEV_WRITE);
	assert_int_equal(grants[0].access, CPF_READ);
	assert_int_equal(device_flush(), OK);
	assert_int_equal(last.m_type, BDEV_FLUSH);
	device_close();
	assert_int_equal(last.m_type, BDEV_CLOSE);
	assert_int_equal(waits, 0);
}

static void
test_many_pieces_are_one_request(void **state)
{
	(void)state;
	assert_int_equal(device_move(false, 0, pieces, DEVICE_VEC), OK);
	assert_int_equal(last.m_type, BDEV_GATHER);
	assert_int_equal(device_move(true, 0, pieces, 2), OK);
	assert_int_equal(last.m_type, BDEV_SCATTER);
	check_disabled();
}

/* Dead before the request, or with it; the news come as such, or late and
 * without a notice. */
static void
test_a_dead_driver_is_replaced(void **state)
{
	(void)state;
	alive = SECOND;
	news_at = 7;
	notice = true;
	requests = 0;
	assert_int_equal(device_move(false, 0, pieces, 3), OK);
	assert_int_equal(requests, 1);
	assert_int_equal(waits, 7);
	alive = FIRST;
	notice = false;
	assert_int_equal(device_flush(), OK);
	assert_int_equal(waits, 8);
	manner = DIES;
	news_at = 10;
	notice = true;
	requests = 0;
	assert_int_equal(device_move(true, 0, pieces, 3), OK);
	assert_int_equal(requests, 2);
	assert_int_equal(waits, 10);
	alive = FIRST;
	device_driver_set(DEV, FIRST);
	assert_int_equal(device_move(true, 0, pieces, 3), OK);
	assert_int_equal(waits, 10);
}

static void
test_a_driver_that_stays_away_is_an_error(void **state)
{
	(void)state;
	alive = NONE;
	news_at = 1000;
	assert_int_equal(device_move(false, 0, pieces, 3), -EIO);
	assert_true(waits >= 15 && waits <= 40);
	check_disabled();
	waits = 0;
	assert_int_equal(device_flush(), -EIO);
	assert_int_equal(waits, 0); /* no more patience for the same */
	now += 600;
	assert_int_equal(device_flush(), -EIO);
	assert_int_equal(waits, 1);
	assert_int_equal(device_open(DEV, FIRST, true), -EIO);
	device_close();
}

static void
test_a_silent_driver_is_an_error(void **state)
{
	(void)state;
	manner = SILENT;
	assert_int_equal(device_move(true, 0, pieces, 3), -EIO);
	assert_true(waits >= 15 && waits <= 40);
	check_disabled();
	waits = 0;
	assert_int_equal(device_flush(), -EIO);
	assert_int_equal(waits, 0);
	manner = WELL; /* it has come to */
	now += 600;
	assert_int_equal(device_flush(), OK);
	manner = SILENT;
	waits = 0;
	assert_int_equal(device_flush(), -EIO);
	assert_true(waits >= 15);
}

static void
test_the_answer_of_an_old_request_is_none(void **state)
{
	(void)state;
	manner = FORGOT;
	assert_int_equal(device_move(false, 0, pieces, 3), OK);
	assert_int_equal(device_flush(), OK);
	assert_int_equal(waits, 0);
}

static void
test_failures_are_errors(void **state)
{
	(void)state;
	more = -512;
	assert_int_equal(device_move(false, 0, pieces, 3), -EIO);
	more = 0;
	verdict = -EPERM;
	assert_int_equal(device_move(false, 0, pieces, 3), -EIO);
	assert_int_equal(device_flush(), -EIO);
	verdict = -ENXIO;
	assert_int_equal(device_open(DEV, FIRST, true), -ENXIO);
	assert_int_equal(waits, 0);
	assert_int_equal(complaints[SEF_BAD_LENGTH], 0);
}

static void
misbehave(enum manner how, int32_t what, int32_t bytes)
{
	manner = how;
	verdict = what;
	more = bytes;
}

/* It is complained of: if RS ends the driver for it, the next one is asked;
 * else this one until patience is used up. */
static void
nonsense(enum sef_evidence evidence, enum manner how, int32_t what,
    int32_t bytes)
{
	misbehave(how, what, bytes);
	believed = true;
	assert_int_equal(device_move(true, 0, pieces, 3), OK);
	assert_int_equal(complaints[evidence], 1);
	assert_int_equal(grants[0].access, CPF_READ);
	misbehave(how, what, bytes);
	believed = notice = false;
	requests = 0;
	assert_int_equal(device_move(false, 0, pieces, 3), -EIO);
	assert_true(complaints[evidence] >= 5);
	assert_true(requests >= 5 && requests <= 40);
	check_disabled();
}

static void
test_a_positive_status_is_complained_of(void **state)
{
	(void)state;
	nonsense(SEF_BAD_STATUS, WELL, 1, 0);
}

static void
test_a_status_that_is_no_error_is_complained_of(void **state)
{
	(void)state;
	nonsense(SEF_BAD_STATUS, WELL, -9281128, 0);
}

static void
test_an_impossible_length_is_complained_of(void **state)
{
	(void)state;
	nonsense(SEF_BAD_LENGTH, WELL, OK, 512);
}

static void
test_an_answer_to_nothing_is_complained_of(void **state)
{
	(void)state;
	nonsense(SEF_BAD_IDENTITY, GUESSES, OK, 0);
}

static void
test_silence_is_complained_of(void **state)
{
	(void)state;
	manner = SILENT;
	believed = true;
	assert_int_equal(device_move(true, 0, pieces, 3), OK);
	assert_int_equal(complaints[SEF_NO_ANSWER], 1);
	assert_true(waits >= 5 && waits <= 15);
}

static void
test_nothing_but_errors_is_complained_of(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 6; i++) {
		verdict = -EIO;
		assert_int_equal(device_move(true, 0, pieces, 3), -EIO);
		assert_int_equal(device_move(true, 0, pieces, 3), -EIO);
		verdict = OK; /* a bad place of the disk is no bad driver */
		assert_int_equal(device_move(true, 0, pieces, 3), OK);
	}
	assert_int_equal(complaints[SEF_ONLY_ERRORS], 0);
	verdict = -EIO;
	for (i = 0; i < 6; i++)
		assert_int_equal(device_move(false, 0, pieces, 3), -EIO);
	assert_int_equal(complaints[SEF_ONLY_ERRORS], 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_one_piece_is_a_plain_request,
		    setup),
		cmocka_unit_test_setup(test_many_pieces_are_one_request, setup),
		cmocka_unit_test_setup(test_a_dead_driver_is_replaced, setup),
		cmocka_unit_test_setup(
		    test_a_driver_that_stays_away_is_an_error, setup),
		cmocka_unit_test_setup(test_a_silent_driver_is_an_error, setup),
		cmocka_unit_test_setup(
		    test_the_answer_of_an_old_request_is_none, setup),
		cmocka_unit_test_setup(test_failures_are_errors, setup),
		cmocka_unit_test_setup(test_a_positive_status_is_complained_of,
		    setup),
		cmocka_unit_test_setup(
		    test_a_status_that_is_no_error_is_complained_of, setup),
		cmocka_unit_test_setup(
		    test_an_impossible_length_is_complained_of, setup),
		cmocka_unit_test_setup(
		    test_an_answer_to_nothing_is_complained_of, setup),
		cmocka_unit_test_setup(test_silence_is_complained_of, setup),
		cmocka_unit_test_setup(test_nothing_but_errors_is_complained_of,
		    setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
