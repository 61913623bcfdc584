/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service of the boot image that is started again from its file has the
 * rights it had: what system.conf says of each is what RS's boot table says.
 * Proves: B4, B5 (masks of boot services and of others are one), B6.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/service/conf.h"

#include <lacuna/printf.h>
#include <proto/rights.h>

#include "servers/rs/boot_table.h"

#define SYSTEM_CONF "src/etc/system.conf"

/* Can a service be started again from a file? */
static bool
from_a_file(const struct boot_row *row)
{
	return !row->optional && (row->sys_flags & SF_CORE_SRV) == 0;
}

/* Ranges of a row end with an empty one; those of an entry are counted. */
static void
ranges_equal(const struct priv_range *row, size_t max,
    const struct priv_range *entry, uint32_t n)
{
	size_t i;

	for (i = 0; i < max && row[i].last != 0; i++) {
		assert_true(i < n);
		assert_int_equal(row[i].first, entry[i].first);
		assert_int_equal(row[i].last, entry[i].last);
	}
	assert_int_equal(i, n);
}

static void
lines_equal(const struct boot_row *row, const struct rs_start *entry)
{
	size_t i;

	for (i = 0;
	     i < sizeof row->irq / sizeof row->irq[0] && row->irq[i] != 0; i++)
		assert_int_equal(row->irq[i], entry->irq[i]);
	assert_int_equal(i, entry->nr_irq);
}

static void
rights_equal(const struct boot_row *row, const struct rs_start *entry)
{
	uint32_t kcalls[KCALL_MASK_WORDS];

	kcall_mask_fill(row->kcalls, kcalls);
	assert_memory_equal(kcalls, entry->kcall_mask, sizeof kcalls);
	assert_int_equal(row->vm_calls, entry->vm_call_mask);
	assert_int_equal(row->quota != 0 ? row->quota : BASE_QUOTA,
	    entry->quota);
	assert_int_equal((row->flags & USERS_SEND) != 0,
	    (entry->flags & RSS_USERS) != 0);
	assert_int_equal((row->sys_flags & SF_FILES) != 0,
	    (entry->flags & RSS_FILES) != 0);
	assert_false(entry->flags & RSS_IPC_VALID);
	assert_memory_equal(&row->policy, &entry->policy, sizeof row->policy);
	ranges_equal(row->io, sizeof row->io / sizeof row->io[0], entry->io,
	    entry->nr_io);
	ranges_equal(&row->mem, 1, entry->mem, entry->nr_mem);
	lines_equal(row, entry);
}

static void
test_an_entry_gives_the_rights_of_the_row(void **state)
{
	const struct boot_row *row;
	struct rs_start entry;
	int found = 0;

	(void)state;
	for (row = boot_table; row < boot_table + NR_BOOT_PROCS; row++) {
		if (!from_a_file(row))
			continue;
		memset(&entry, 0, sizeof entry);
		assert_int_equal(conf_read(SYSTEM_CONF, row->label, &entry), 0);
		rights_equal(row, &entry);
		assert_int_equal(entry.uid, 0); /* they come from the kernel */
		assert_int_equal(row->major, entry.major);
		assert_int_equal(row->dev_flags, entry.dev_flags);
		assert_int_equal(row->keep, entry.keep);
		assert_int_equal(row->priority, entry.priority);
		assert_int_equal(row->quantum, entry.quantum);
		assert_int_equal(row->period * 100, entry.period);
		found++;
	}
	assert_true(found > 5);
}

static void
test_init_has_the_row_of_a_user(void **state)
{
	const struct boot_row *row = boot_table;
	uint32_t kcalls[KCALL_MASK_WORDS];
	int i, users = 0;

	(void)state;
	for (; row < boot_table + NR_BOOT_PROCS; row++) {
		if ((row->sys_flags & SF_USER) == 0)
			continue;
		users++;
		assert_string_equal(row->label, "init");
		assert_int_equal(row->flags, 0);
		assert_int_equal(row->vm_calls, VM_USER_CALLS);
		kcall_mask_fill(row->kcalls, kcalls);
		for (i = 0; i < KCALL_MASK_WORDS; i++)
			assert_int_equal(kcalls[i], 0);
	}
	assert_int_equal(users, 1);
}

_Noreturn void
panic(const char *fmt, ...)
{
	fail_msg("%s", fmt);
	abort();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_entry_gives_the_rights_of_the_row),
		cmocka_unit_test(test_init_has_the_row_of_a_user),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
