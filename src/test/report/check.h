/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Checks of a test: claims about what it sees, told with their values.
 *
 *     CHECK_STATUS(agent_delete(&a, key), -ESRCH);
 *     CHECK_OR_SAY(CHECK_EQ(right, 4), "of %u bytes at %u", size, at);
 *
 * A check that holds says nothing. One that does not becomes records of its
 * own: the claim with file and line, what was expected and what was seen (with
 * their type, so that the host prints -12 as -ENOMEM where it is a status, and
 * as -12 where it is a number), then a sentence, if one is given. The test
 * goes on; all failed checks are kept up to CHECK_KEPT, and report_end()
 * answers 1. A check belongs to the rule that report_rule() has named last.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHECK_KEPT 32 /* failed checks of a test that are told in full */

/** What a value is. */
enum report_type {
	REPORT_TEXT = 't',
	REPORT_STATUS = 's', /**< OK or a negative error */
	REPORT_NUMBER = 'n',
	REPORT_ADDR = 'a', /**< an address, or bits */
	REPORT_BYTES = 'b' /**< hexadecimal digits: memory, or its digest */
};

/** How what was seen compares with what was wanted. */
enum check_op {
	CHECK_IS,
	CHECK_IS_NOT,
	CHECK_BELOW,
	CHECK_UP_TO,
	CHECK_FROM,
	CHECK_ABOVE
};

/** A check, as it stands in the source. */
struct check_claim {
	const char *text;
	const char *file;
	int line;
	enum report_type type;
	enum check_op op;
};

/** For the macros: a check of this line. */
#define CHECK_HERE(text, type, op)                                             \
	(&(const struct check_claim){ text, __FILE__, __LINE__, type, op })
#define CHECK_NUMBER(seen, sign, wanted, type, op)                             \
	check_number(CHECK_HERE(#seen " " #sign " " #wanted, type, op),        \
	    (int64_t)(seen), (int64_t)(wanted))

/** Check a claim, and go on whether or not it holds. */
#define CHECK(claim) report_check((claim), #claim, __FILE__, __LINE__)

/** Any check here, and a sentence that is told if it fails. */
#define CHECK_OR_SAY(check, ...) check_said((check) || report_say(__VA_ARGS__))
#define CHECK_SAY(claim, ...)    CHECK_OR_SAY(CHECK(claim), __VA_ARGS__)

/** Numbers, counts, lengths. Each argument is evaluated once. */
#define CHECK_EQ(seen, wanted)                                                 \
	CHECK_NUMBER(seen, ==, wanted, REPORT_NUMBER, CHECK_IS)
#define CHECK_NE(seen, wanted)                                                 \
	CHECK_NUMBER(seen, !=, wanted, REPORT_NUMBER, CHECK_IS_NOT)
#define CHECK_LT(seen, wanted)                                                 \
	CHECK_NUMBER(seen, <, wanted, REPORT_NUMBER, CHECK_BELOW)
#define CHECK_LE(seen, wanted)                                                 \
	CHECK_NUMBER(seen, <=, wanted, REPORT_NUMBER, CHECK_UP_TO)
#define CHECK_GE(seen, wanted)                                                 \
	CHECK_NUMBER(seen, >=, wanted, REPORT_NUMBER, CHECK_FROM)
#define CHECK_GT(seen, wanted)                                                 \
	CHECK_NUMBER(seen, >, wanted, REPORT_NUMBER, CHECK_ABOVE)

/** Results of calls: OK or a negative error. */
#define CHECK_STATUS(seen, wanted)                                             \
	CHECK_NUMBER(seen, ==, wanted, REPORT_STATUS, CHECK_IS)

/** Addresses, words, flags: told in hexadecimal. */
#define CHECK_ADDR(seen, wanted)                                               \
	CHECK_NUMBER(seen, ==, wanted, REPORT_ADDR, CHECK_IS)

/** Strings; NULL is one, too. */
#define CHECK_STR(seen, wanted)                                                \
	check_text(CHECK_HERE(#seen " == " #wanted, REPORT_TEXT, CHECK_IS),    \
	    seen, wanted)

/** n bytes of memory; told from the first byte that differs on. */
#define CHECK_BYTES(seen, wanted, n)                                           \
	check_bytes(CHECK_HERE(#seen " == " #wanted, REPORT_BYTES, CHECK_IS),  \
	    seen, wanted, n)

/**
 * Report a status as an observation and check it; a failure belongs to the
 * rule of the observation's name. EXPECT_NUMBER, EXPECT_ADDR alike.
 */
#define EXPECT_STATUS(name, seen, wanted)                                      \
	check_expect(name,                                                     \
	    CHECK_HERE(#seen " == " #wanted, REPORT_STATUS, CHECK_IS),         \
	    (int64_t)(seen), (int64_t)(wanted))
#define EXPECT_NUMBER(name, seen, wanted)                                      \
	check_expect(name,                                                     \
	    CHECK_HERE(#seen " == " #wanted, REPORT_NUMBER, CHECK_IS),         \
	    (int64_t)(seen), (int64_t)(wanted))
#define EXPECT_ADDR(name, seen, wanted)                                        \
	check_expect(name,                                                     \
	    CHECK_HERE(#seen " == " #wanted, REPORT_ADDR, CHECK_IS),           \
	    (int64_t)(seen), (int64_t)(wanted))

/**
 * The checks that follow belong to a rule. In check/TEST.yaml an entry with
 * this name as `obs`, and without `expect`, says which requirement that is
 * and what it means.
 *
 * @param[in] name a string that stays, without blanks; NULL: no rule
 */
void report_rule(const char *name);

/** Say more of the check before, if that has failed; else nothing.
 * @param[in] fmt as report_obs() @return false, for CHECK_OR_SAY() */
bool report_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** For the macros: a value that may be ignored. */
static inline bool
check_said(bool ok)
{
	return ok;
}

/** For the macros. @return whether the check holds */
bool report_check(bool ok, const char *claim, const char *file, int line);
bool check_number(const struct check_claim *c, int64_t seen, int64_t wanted);
bool check_text(const struct check_claim *c, const char *seen,
    const char *wanted);
bool check_bytes(const struct check_claim *c, const void *seen,
    const void *wanted, size_t n);
bool check_expect(const char *name, const struct check_claim *c, int64_t seen,
    int64_t wanted);

/** Forget the checks before: a stream begins. For report_begin(). */
void check_begin(void);

/** How many checks have failed. For report_end(). @return told or not */
unsigned int check_failures(void);
