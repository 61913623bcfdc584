/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A word more than cmocka has, for statuses: a failed comparison shows errors
 * by their names. On the building machine and inside the system alike.
 */
#pragma once

/** Fail the test unless a status is as expected. */
#define assert_status(seen, expected)                                          \
	status_check((seen), (expected), #seen " == " #expected, __FILE__,     \
	    __LINE__)

/**
 * Compare two statuses; what differs is shown by name and fails the test.
 *
 * @param[in] seen     what came
 * @param[in] expected what should have come
 * @param[in] claim    source text
 * @param[in] file     where
 * @param[in] line     in it
 */
void status_check(int seen, int expected, const char *claim, const char *file,
    int line);
