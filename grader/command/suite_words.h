/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the machine as a whole is to say in a boot of the suite, and how it is
 * to end.
 */
#pragma once

#include "grader/emulator/boot.h"
#include "grader/lab/tests.h"

/**
 * Has a boot ended in the panic that a test wants?
 *
 * @param[in] t the test, with `panics`
 * @param[in] b its boot
 * @return NULL if it has, else why not, for free()
 */
char *words_panic(const struct system_test *t, const struct boot *b);

/**
 * Has a boot said what a test wants, each once and in order?
 *
 * @param[in] t   the test
 * @param[in] rec what its boot said
 * @return NULL if it has, else why not, for free()
 */
char *words_say(const struct system_test *t, const struct record *rec);
