/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of privilege structures: who may send to whom, in whatever order
 * masks are set.
 */
#include "kernel/priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <abi/errno.h>

#include "test/unit/status.h"

struct proc proc_table[NR_TASKS + NR_PROCS];

void
timer_clear(struct timer *t)
{
	t->armed = false;
}

static struct proc *
service(int slot, int id)
{
	struct proc *p = proc_slot(slot);

	p->slot = slot;
	p->priv = priv_by_id(USER_PRIV_ID);
	assert_status(priv_alloc(p, id), OK);
	return p;
}

/* Allow p to send to one other, or to nobody. */
static void
mask_set(struct proc *p, int id)
{
	uint32_t mask[SEND_MASK_WORDS] = { 0 };

	if (id >= 0)
		mask[id / 32] = 1u << (id % 32);
	priv_set_send_mask(p->priv, mask);
}

static int
begin(void **state)
{
	(void)state;
	memset(proc_table, 0, sizeof proc_table);
	memset(priv_table, 0, sizeof priv_table);
	priv_init();
	return 0;
}

static void
answers_are_allowed(void **state)
{
	struct proc *a, *b, *c;

	(void)state;
	a = service(20, -1);
	b = service(21, -1);
	c = service(22, -1);
	mask_set(a, b->priv->id);
	mask_set(b, c->priv->id);
	assert_true(priv_may_send(a->priv, b->priv));
	assert_true(priv_may_send(b->priv, a->priv));
	assert_true(priv_may_send(c->priv, b->priv));
	assert_false(priv_may_send(a->priv, c->priv));
	mask_set(a, -1);
	assert_false(priv_may_send(a->priv, b->priv));
	assert_false(priv_may_send(b->priv, a->priv));
}

static void
nobody_sends_to_itself(void **state)
{
	struct proc *a = service(20, -1);

	(void)state;
	mask_set(a, a->priv->id);
	assert_false(priv_may_send(a->priv, a->priv));
	priv_allow_all(a->priv);
	assert_false(priv_may_send(a->priv, a->priv));
}

static void
nobody_sends_to_tasks(void **state)
{
	struct proc *a = service(20, -1);

	(void)state;
	priv_allow_all(a->priv);
	for (int id = -NR_TASKS; id < 0; id++)
		assert_false(priv_may_send(a->priv, priv_by_id(id)));
}

static void
users_gain_nothing_from_services(void **state)
{
	struct priv *users = priv_by_id(USER_PRIV_ID);
	struct proc *pm, *driver;

	(void)state;
	pm = service(PM_PROC_NR, BOOT_PRIV_ID(PM_PROC_NR));
	driver = service(20, -1);
	mask_set(driver, USER_PRIV_ID);
	assert_true(priv_may_send(driver->priv, users));
	assert_false(priv_may_send(users, driver->priv));
	assert_true(priv_may_send(users, pm->priv));
	assert_true(priv_may_send(pm->priv, users));
}

static void
a_dynamic_id_starts_clean(void **state)
{
	struct proc *a, *b;
	int id;

	(void)state;
	a = service(20, -1);
	b = service(21, -1);
	id = b->priv->id;
	mask_set(a, id);
	priv_free(b);
	assert_ptr_equal(b->priv, priv_by_id(USER_PRIV_ID));
	b = service(22, -1);
	assert_int_equal(b->priv->id, id);
	assert_false(priv_may_send(a->priv, b->priv));
}

static void
a_static_id_keeps_its_friends(void **state)
{
	int id = BOOT_PRIV_ID(VFS_PROC_NR);
	struct proc *a = service(20, -1), *vfs;

	(void)state;
	mask_set(a, id);
	vfs = service(VFS_PROC_NR, id);
	assert_true(priv_may_send(a->priv, vfs->priv));
	assert_true(priv_may_send(vfs->priv, a->priv));
	mask_set(vfs, -1);
	assert_true(priv_may_send(vfs->priv, a->priv));
}

static void
ids_run_out(void **state)
{
	struct proc *p = proc_slot(100);

	(void)state;
	for (int id = FIRST_DYN_PRIV_ID; id < NR_SYS_PROCS; id++)
		(void)service(id, -1);
	assert_status(priv_alloc(p, -1), -ENOSPC);
	assert_status(priv_alloc(p, USER_PRIV_ID), -EINVAL);
	assert_status(priv_alloc(p, FIRST_DYN_PRIV_ID), -EINVAL);
	assert_status(priv_alloc(p, -2), -EINVAL);
	(void)service(1, 1);
	assert_status(priv_alloc(p, 1), -EBUSY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(answers_are_allowed, begin),
		cmocka_unit_test_setup(nobody_sends_to_itself, begin),
		cmocka_unit_test_setup(nobody_sends_to_tasks, begin),
		cmocka_unit_test_setup(users_gain_nothing_from_services, begin),
		cmocka_unit_test_setup(a_dynamic_id_starts_clean, begin),
		cmocka_unit_test_setup(a_static_id_keeps_its_friends, begin),
		cmocka_unit_test_setup(ids_run_out, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
