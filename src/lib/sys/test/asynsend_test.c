/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the table of asynchronous sends, on a kernel that delivers
 * when the test says so. Proves: D10 (the library).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <lacuna/asynsend.h>
#include <lacuna/ipc.h>
#include <lacuna/printf.h>

#define DEAD    ((endpoint_t)666)
#define LOG_MAX 2048

/* What the kernel was told last. */
static struct asynmsg *table;
static size_t count;
static bool ready;  /* receivers take messages at once */
static int refusal; /* what senda answers */

static uint32_t delivered[LOG_MAX]; /* types of delivered messages */
static size_t logged;

/* Deliver one entry. */
static void
deliver(struct asynmsg *a)
{
	assert_true((a->flags & AMF_VALID) != 0);
	a->result = a->dst == DEAD ? -EDEADSRCDST : OK;
	if (a->result == OK)
		delivered[logged++] = (uint32_t)a->msg.m_type;
	a->flags |= AMF_DONE;
}

/* Deliver to one receiver what waits for it, up to max messages. */
static void
receive(endpoint_t dst, size_t max)
{
	for (size_t i = 0; i < count && max > 0; i++)
		if (table[i].dst == dst && (table[i].flags & AMF_DONE) == 0) {
			deliver(&table[i]);
			max--;
		}
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	assert_int_equal(primitive, SENDA);
	*status = 0;
	if (refusal != OK)
		return refusal;
	table = arg;
	count = (size_t)peer;
	for (size_t i = 0; i < count && ready; i++)
		if ((table[i].flags & AMF_DONE) == 0)
			deliver(&table[i]);
	return OK;
}

void
panic(const char *fmt, ...)
{
	mock_assert(0, fmt, __FILE__, __LINE__);
	for (;;)
		continue;
}

static int
send(endpoint_t dst, uint32_t type, uint32_t flags)
{
	struct message m = { .m_type = (int32_t)type };

	return asynsend3(dst, &m, flags);
}

/* Finish what is under way and forget it. */
static int
setup(void **state)
{
	(void)state;
	ready = true;
	refusal = OK;
	send(1, 0, 0);
	logged = 0;
	return 0;
}

static void
test_delivered_entry_is_used_again(void **state)
{
	struct asynmsg *first;

	(void)state;
	assert_int_equal(send(1, 1, 0), OK);
	first = table;
	for (uint32_t i = 0; i < 3 * ASYN_TABLE_SIZE; i++) {
		assert_int_equal(send(1, i, 0), OK);
		assert_ptr_equal(table, first);
		assert_int_equal(count, 1);
		logged = 0;
	}
}

static void
test_order_for_a_receiver_survives_compaction(void **state)
{
	const uint32_t half = ASYN_TABLE_SIZE / 2, more = ASYN_TABLE_SIZE / 8;

	(void)state;
	ready = false;
	for (uint32_t i = 0; i < half; i++)
		assert_int_equal(send(1 + i % 2, i, 0), OK);
	receive(2, SIZE_MAX);
	logged = 0;
	/* Half of the messages are gone, but not the first. */
	for (uint32_t i = 0; i < more; i++)
		assert_int_equal(send(1, half + i, 0), OK);
	assert_int_equal(count, half / 2 + more);
	receive(1, SIZE_MAX);
	assert_int_equal(logged, half / 2 + more);
	for (size_t i = 1; i < logged; i++)
		assert_true(delivered[i] > delivered[i - 1]);
}

static void
test_failure_is_told_once_to_who_asked(void **state)
{
	struct message m;
	endpoint_t dst;
	int result;

	(void)state;
	assert_false(asyn_geterror(&dst, &m, &result));
	assert_int_equal(send(DEAD, 5, AMF_NOTIFY_ERR), OK);
	assert_true(asyn_geterror(&dst, &m, &result));
	assert_int_equal(dst, DEAD);
	assert_int_equal(m.m_type, 5);
	assert_int_equal(result, -EDEADSRCDST);
	assert_false(asyn_geterror(&dst, &m, &result));
	assert_int_equal(send(DEAD, 6, 0), OK);
	assert_false(asyn_geterror(&dst, &m, &result));
	assert_int_equal(send(1, 7, AMF_NOTIFY), OK);
	assert_false(asyn_geterror(&dst, &m, &result));
}

static void
test_unknown_flags_are_refused(void **state)
{
	(void)state;
	assert_int_equal(send(1, 1, AMF_VALID), -EINVAL);
	assert_int_equal(send(1, 1, AMF_DONE), -EINVAL);
	assert_int_equal(send(1, 1, 0x100), -EINVAL);
	assert_int_equal(logged, 0);
}

static void
test_refused_message_is_not_sent_later(void **state)
{
	(void)state;
	refusal = -EPERM;
	assert_int_equal(send(1, 1, 0), -EPERM);
	refusal = OK;
	assert_int_equal(send(1, 2, 0), OK);
	assert_int_equal(logged, 1);
	assert_int_equal(delivered[0], 2);
}

/* Send to a receiver until it may have no more. */
static size_t
stuff(endpoint_t dst)
{
	size_t n = 0;
	int r;

	while ((r = send(dst, (uint32_t)n, 0)) == OK)
		n++;
	assert_int_equal(r, -EAGAIN);
	return n;
}

static void
test_receiver_that_takes_nothing_leaves_room(void **state)
{
	(void)state;
	ready = false;
	assert_int_equal(stuff(1), ASYN_TABLE_SIZE / 2);
	assert_int_equal(stuff(2), ASYN_TABLE_SIZE / 4);
	assert_int_equal(stuff(1), 0);
	assert_int_equal(send(3, 77, 0), OK);
	logged = 0;
	receive(3, 1);
	assert_int_equal(logged, 1);
	assert_int_equal(delivered[0], 77);

	/* What was under way when one was refused is so still. */
	assert_int_equal(stuff(1), 0);
	receive(1, SIZE_MAX);
	assert_int_equal(logged, 1 + ASYN_TABLE_SIZE / 2);
	receive(2, SIZE_MAX);
	assert_int_equal(logged, 1 + 3 * ASYN_TABLE_SIZE / 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_delivered_entry_is_used_again,
		    setup),
		cmocka_unit_test_setup(
		    test_order_for_a_receiver_survives_compaction, setup),
		cmocka_unit_test_setup(test_failure_is_told_once_to_who_asked,
		    setup),
		cmocka_unit_test_setup(test_unknown_flags_are_refused, setup),
		cmocka_unit_test_setup(test_refused_message_is_not_sent_later,
		    setup),
		cmocka_unit_test_setup(
		    test_receiver_that_takes_nothing_leaves_room, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
