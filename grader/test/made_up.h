/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Boots that were made up, for tests of the judge: a test `alpha` that should
 * see a value of the nonce, and what the runner and the kernel say.
 */
#pragma once

#include "grader/judge/judge.h"
#include "test/report/report.h"

#define NONCE "000102030405060708090a0b0c0d0e0f"

extern struct boot boot;        /* made_up.c */
extern const char *sender;      /* made_up.c: of the next records */
extern bool lost;               /* made_up.c: the next record is */
extern const char *objects;     /* made_up.c: build directory, or NULL */
extern struct check checks[1];  /* made_up.c */
extern const struct test alpha; /* made_up.c */

/** Begin a boot in which nothing happened. */
void start(void);

/** The test reports. @param[in] wrong_by added to the right value */
void observe(unsigned int wrong_by);

/** The runner's whole stream. @param[in] end how alpha ended, or NULL */
void runner(const char *end);

/** Free the boot. */
void forget(void);

/**
 * Judge, and free the boot.
 *
 * @param[in]  t     what was tested
 * @param[in]  meant tests in which services are meant to die, or NULL
 * @param[out] v     the verdict
 */
void verdict_of(const struct test *t, const struct strings *meant,
    struct verdict *v);
