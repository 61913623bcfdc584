/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Submissions are called after the students. Proves E3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "grader/intake/label.h"

static void
test_names_become_labels(void **state)
{
	static const char *const names[][2] = {
		{ "smith", "smith" },
		{ "handed in/smith.tar.gz", "smith" },
		{ "/a/b/Smith.ZIP", "Smith" },
		{ "smith/", "smith" },
		{ "v1.2", "v1.2" },
		{ ".zip", ".zip" },
		{ "/", "/" },
		{ "Ann Smith_123_assignsubmission_file_", "Ann Smith_123" },
		{ "in/Ann Smith_123_assignsubmission_file_/my lab.zip",
		    "Ann Smith_123" },
		{ "smithann_123_456_lab.zip", "smithann_123" },
		{ "smithann_LATE_123_456_lab-1.zip", "smithann_123" },
		{ "smith_lab_1.zip", "smith_lab_1" },
		{ "smith_123_lab.zip", "smith_123_lab" },
		{ "a\033[2J\n.zip", "a\\x1b[2J\\n" },
	};
	char *label;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		label = label_of(names[i][0]);
		assert_string_equal(label, names[i][1]);
		free(label);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_become_labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
