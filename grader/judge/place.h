/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Where in the tests' sources something was looked at, for people who want to
 * read what a test does when their solution fails it.
 */
#pragma once

/**
 * Find the line of a test program that reports an observation.
 *
 * A program is known by its test's name, which it begins its records with;
 * a line by the observation's name. A name that is put together while the
 * program runs is not found, then it is the program alone.
 *
 * @param[in] root the tree, with src/test below it
 * @param[in] test id of the test
 * @param[in] obs  name of the observation, up to the first blank
 * @return FILE:LINE or FILE below root, for free(); NULL: no such program
 */
char *place_of(const char *root, const char *test, const char *obs);
