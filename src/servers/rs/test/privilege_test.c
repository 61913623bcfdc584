/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Whom a service with an ipc list may send to: those on it and RS, all
 * places of the mask, both directions, and after others have come and gone.
 * Proves: B4, B5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/rs/privilege.h"
#include "servers/rs/table.h"
#include "test/unit/status.h"

#define NEW_ID(id) endpoint_make(1, (id)) /* of the process with that id */

static int update_status;
static unsigned int updates;

/* The kernel's masks, by privilege id. */
static uint32_t masks[NR_SYS_PROCS][SEND_MASK_WORDS];

/* A slot is the id here. */
int
sys_getprivid(int *id, endpoint_t ep)
{
	*id = endpoint_slot(ep);
	return OK;
}

int
sys_privctl(endpoint_t ep, int request, const void *arg)
{
	const struct priv_spec *spec = arg;

	assert_int_equal(request, SYS_PRIV_UPDATE_SYS);
	updates++;
	if (update_status == OK)
		memcpy(masks[endpoint_slot(ep)], spec->send_mask,
		    sizeof spec->send_mask);
	return update_status;
}

void
image_free(struct image *image)
{
	(void)image;
}

void
keep_free(struct rproc *rp)
{
	(void)rp;
}

static int
begin(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < NR_SYS_PROCS; i++)
		if (rproc[i].flags & RF_IN_USE)
			rproc_free(&rproc[i]);
	memset(masks, 0, sizeof masks);
	update_status = OK;
	updates = 0;
	return 0;
}

/* A service with an id, and a list; NULL: without one. */
static struct rproc *
enter(const char *label, int id, const char *ipc)
{
	struct rproc *rp = rproc_alloc();

	assert_non_null(rp);
	rp->flags = RF_IN_USE | (ipc != NULL ? (unsigned)RF_IPC_LIST : 0u);
	strlcpy(rp->pub->label, label, sizeof rp->pub->label);
	strlcpy(rp->ipc, ipc != NULL ? ipc : "", sizeof rp->ipc);
	rproc_set_process(rp, NEW_ID(id), 100 + id);
	return rp;
}

/* The ids in a mask are these, -1 behind the last, and no others. */
static void
assert_mask(const uint32_t *mask, const int *ids)
{
	uint32_t want[SEND_MASK_WORDS] = { 0 };

	for (; *ids >= 0; ids++)
		want[*ids / 32] |= 1u << *ids % 32;
	assert_memory_equal(mask, want, sizeof want);
}

#define IDS(...) ((const int[]){ __VA_ARGS__, -1 })

static void
test_without_a_list_to_everybody(void **state)
{
	struct rproc *rp = enter("s", 20, NULL);
	uint32_t all[SEND_MASK_WORDS];

	(void)state;
	memset(all, 0xff, sizeof all);
	privilege_send_mask(rp);
	assert_memory_equal(rp->spec.send_mask, all, sizeof all);
}

/* Whatever place of the mask an id has. */
static void
test_those_on_the_list(void **state)
{
	static const int places[] = { 1, 31, 32, 33, NR_SYS_PROCS - 1 };
	struct rproc *rp;
	size_t i;

	for (i = 0; i < sizeof places / sizeof places[0]; i++) {
		(void)begin(state);
		(void)enter("peer", places[i], NULL);
		(void)enter("other", 5, NULL);
		rp = enter("s", 20, "peer");
		privilege_send_mask(rp);
		assert_mask(rp->spec.send_mask, IDS(places[i]));
	}
}

static void
test_an_empty_list_is_rs_alone(void **state)
{
	struct rproc *rs = enter("rs", 7, NULL), *rp;

	(void)state;
	rproc_set_process(rs, RS_PROC_NR, 1);
	(void)enter("peer", 40, NULL);
	rp = enter("s", 20, "");
	privilege_send_mask(rp);
	assert_mask(rp->spec.send_mask, IDS(RS_PROC_NR));
}

/* A word of a list is a whole label. */
static void
test_words_are_whole(void **state)
{
	struct rproc *rp;

	(void)state;
	(void)enter("peer", 40, NULL);
	rp = enter("s", 20, "peers pee xpeer  ee");
	privilege_send_mask(rp);
	assert_mask(rp->spec.send_mask, IDS(-1));
	strlcpy(rp->ipc, "a  b peer", sizeof rp->ipc);
	privilege_send_mask(rp);
	assert_mask(rp->spec.send_mask, IDS(40));
}

/* Those that have the service on their lists, not those that have themselves
 * there. */
static void
test_lists_work_both_ways(void **state)
{
	struct rproc *rp;

	(void)state;
	(void)enter("wants", 40, "s");
	(void)enter("selfish", 41, "selfish");
	(void)enter("free", 42, NULL);
	rp = enter("s", 20, "nobody");
	privilege_send_mask(rp);
	assert_mask(rp->spec.send_mask, IDS(40));
}

static void
test_not_itself_not_the_dead(void **state)
{
	struct rproc *dead = enter("dead", 40, NULL), *user, *rp;

	(void)state;
	rproc_set_process(dead, NONE, -1);
	user = enter("init", 41, NULL);
	user->pub->sys_flags |= SF_USER;
	rp = enter("s", 20, "s dead init");
	privilege_send_mask(rp);
	assert_mask(rp->spec.send_mask, IDS(-1));
}

static void
test_users_are_a_word(void **state)
{
	struct rproc *rp = enter("s", 20, "USER");

	(void)state;
	privilege_send_mask(rp);
	assert_mask(rp->spec.send_mask, IDS(USER_PRIV_ID));
}

/* One that was started again has another id: who names it is told. */
static void
test_a_new_id_is_told_to_those_that_name_it(void **state)
{
	struct rproc *fan = enter("fan", 20, "star"), *star;

	(void)state;
	(void)enter("deaf", 21, "nobody");
	(void)enter("free", 22, NULL);
	star = enter("star", 40, NULL);
	privilege_renew(star);
	assert_int_equal(updates, 1);
	assert_mask(masks[20], IDS(40));
	rproc_set_process(star, NEW_ID(50), 200);
	privilege_renew(star);
	assert_int_equal(updates, 2);
	assert_mask(masks[20], IDS(50));
	assert_mask(fan->spec.send_mask, IDS(50));
	rproc_set_process(fan, NONE, -1); /* nobody to tell */
	privilege_renew(star);
	assert_int_equal(updates, 2);
}

/* One that the kernel refuses hinders nobody else. */
static void
test_a_refusal_is_not_the_end(void **state)
{
	struct rproc *star = enter("star", 40, NULL);

	(void)state;
	(void)enter("fan", 20, "star");
	(void)enter("other", 21, "star");
	update_status = -EINVAL;
	privilege_renew(star);
	assert_int_equal(updates, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_without_a_list_to_everybody, begin),
		cmocka_unit_test(test_those_on_the_list),
		cmocka_unit_test_setup(test_an_empty_list_is_rs_alone, begin),
		cmocka_unit_test_setup(test_words_are_whole, begin),
		cmocka_unit_test_setup(test_lists_work_both_ways, begin),
		cmocka_unit_test_setup(test_not_itself_not_the_dead, begin),
		cmocka_unit_test_setup(test_users_are_a_word, begin),
		cmocka_unit_test_setup(
		    test_a_new_id_is_told_to_those_that_name_it, begin),
		cmocka_unit_test_setup(test_a_refusal_is_not_the_end, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
