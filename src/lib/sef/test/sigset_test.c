/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Sets of signals hold those of programs and those of the system, each number
 * up to the last and none beyond. Proves D12.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <lacuna/sigset.h>

static void
test_every_signal_has_its_place(void **state)
{
	sigset_t set;
	int sig, other;

	(void)state;
	for (sig = 1; sig <= KSIG_LAST; sig++) {
		assert_int_equal(sigemptyset(&set), OK);
		assert_int_equal(sigaddset(&set, sig), OK);
		for (other = 1; other <= KSIG_LAST; other++)
			assert_int_equal(sigismember(&set, other),
			    other == sig);
		assert_int_equal(sigdelset(&set, sig), OK);
		assert_int_equal(set, 0);
	}
}

static void
test_there_are_no_others(void **state)
{
	static const int none[] = { INT32_MIN, -1, 0, KSIG_LAST + 1, 33,
		INT32_MAX };
	sigset_t set = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof none / sizeof none[0]; i++) {
		assert_int_equal(sigaddset(&set, none[i]), -EINVAL);
		assert_int_equal(sigdelset(&set, none[i]), -EINVAL);
		assert_int_equal(sigismember(&set, none[i]), -EINVAL);
	}
	assert_int_equal(set, 0);
}

static void
test_a_full_set_holds_the_system_s(void **state)
{
	static const int system[] = { SIGSNDELAY, SIGKMEM, SIGKMESS, SIGKSIG };
	sigset_t set;
	size_t i;
	int sig;

	(void)state;
	assert_int_equal(sigfillset(&set), OK);
	for (i = 0; i < sizeof system / sizeof system[0]; i++) {
		assert_int_equal(sigismember(&set, system[i]), 1);
		assert_true(KSIG_SYSTEM & KSIG_BIT(system[i]));
		assert_false(KSIG_USER & KSIG_BIT(system[i]));
	}
	assert_int_equal(KSIG_USER | KSIG_SYSTEM, KSIG_ALL);
	for (sig = 1; sig <= KSIG_LAST; sig++)
		assert_int_equal(sigset_take(&set), sig);
	assert_int_equal(sigset_take(&set), 0);
	assert_int_equal(set, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_signal_has_its_place),
		cmocka_unit_test(test_there_are_no_others),
		cmocka_unit_test(test_a_full_set_holds_the_system_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
