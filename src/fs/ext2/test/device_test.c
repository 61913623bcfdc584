/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the way to the block driver: what is asked, and what happens
 * when the driver dies under a request.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <abi/dev.h>
#include <abi/errno.h>
#include <cmocka.h>
#include <lacuna/ipc.h>
#include <lacuna/safecopies.h>
#include <lacuna/sef.h>
#include <lacuna/syslib.h>
#include <proto/bdev.h>
#include <proto/rs.h>

#include "fs/ext2/device.h"

#define DEV    dev_make(ATA_MAJOR, 9)
#define FIRST  ((endpoint_t)10)
#define SECOND ((endpoint_t)32778)

static endpoint_t alive;      /* who is the driver */
static unsigned int dead_for; /* how often RS does not know it yet */
static unsigned int pauses;
static int32_t answer;      /* the driver's status */
static uint32_t short_by;   /* bytes it moves less than asked */
static struct message last; /* its last request */
static unsigned int requests;

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
sys_setalarm(clock_ticks ticks, clock_ticks *left)
{
	assert_true(ticks > 0 && left == NULL);
	return OK;
}

int
sef_receive_status(endpoint_t src, struct message *m, int *status)
{
	(void)m, (void)status;
	assert_int_equal(src, CLOCK);
	pauses++;
	return OK;
}

static int
rs_answers(struct message *m)
{
	struct rs_lookup_rep rep = { alive };
	struct rs_lookup_req req;

	assert_int_equal(m->m_type, RS_LOOKUP);
	memcpy(&req, m->m_body, sizeof req);
	assert_string_equal(req.label, "ata");
	m->m_type = OK;
	if (dead_for > 0) {
		dead_for--;
		m->m_type = -ESRCH;
	}
	memcpy(m->m_body, &rep, sizeof rep);
	return OK;
}

static int
driver_answers(struct message *m)
{
	struct bdev_read_rep rep = { 0 };
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
		rep.bytes -= short_by;
	}
	m->m_type = answer;
	memcpy(m->m_body, &rep, sizeof rep);
	return OK;
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	*status = 0;
	assert_int_equal(primitive, SENDREC);
	if (peer == RS_PROC_NR)
		return rs_answers(arg);
	return peer == alive ? driver_answers(arg) : -EDEADSRCDST;
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
	alive = FIRST;
	answer = OK;
	dead_for = pauses = requests = 0;
	short_by = 0;
	assert_int_equal(device_open(DEV, FIRST, false), OK);
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
	assert_int_equal(device_move(true, 4096, pieces, 1), OK);
	assert_int_equal(last.m_type, BDEV_WRITE);
	assert_int_equal(grants[0].access, CPF_READ);
	assert_int_equal(pauses, 0);
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

static void
test_a_dead_driver_is_replaced(void **state)
{
	(void)state;
	alive = SECOND;
	dead_for = 7;
	requests = 0;
	assert_int_equal(device_move(false, 0, pieces, 3), OK);
	assert_int_equal(requests, 1);
	assert_int_equal(pauses, 8);
	alive = FIRST;
	assert_int_equal(device_flush(), OK);
	assert_int_equal(pauses, 9);
	alive = SECOND;
	device_driver_set(DEV, SECOND);
	assert_int_equal(device_move(true, 0, pieces, 3), OK);
	assert_int_equal(pauses, 9);
}

static void
test_a_driver_that_stays_away_is_an_error(void **state)
{
	(void)state;
	alive = NONE;
	dead_for = 1000;
	assert_int_equal(device_move(false, 0, pieces, 3), -EIO);
	assert_true(pauses >= 20 && pauses <= 100);
	check_disabled();
	assert_int_equal(device_flush(), -EIO);
	assert_int_equal(device_open(DEV, FIRST, true), -EIO);
	device_close();
}

static void
test_failures_are_errors(void **state)
{
	(void)state;
	short_by = 512;
	assert_int_equal(device_move(false, 0, pieces, 3), -EIO);
	short_by = 0;
	answer = -EPERM;
	assert_int_equal(device_move(false, 0, pieces, 3), -EIO);
	assert_int_equal(device_flush(), -EIO);
	answer = -ENXIO;
	assert_int_equal(device_open(DEV, FIRST, true), -ENXIO);
	assert_int_equal(pauses, 0);
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
		cmocka_unit_test_setup(test_failures_are_errors, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
