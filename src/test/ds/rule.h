/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Rules: what holds for every type, every request, every length is tried in
 * many cases and becomes one observation. If all cases are right it says how
 * many there were, "40 cases"; otherwise it tells the first that is wrong,
 * with what was expected and what was seen. So nobody has to read 40 lines to
 * find the one that matters, and a loop that was not run is seen, too.
 *
 *     rule("overwrite");
 *     for (i = 0; i < 40; i++)
 *             rule_case(want(i), agent_publish(...), "key %d", i);
 *     rule_end();
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** Begin a rule. @param[in] name of the observation */
void rule(const char *name);

/**
 * One case whose outcome is OK or an error.
 *
 * @param[in] want what is right
 * @param[in] got  what was seen
 * @param[in] what the case, as printf() has it
 * @return whether they are the same
 */
bool rule_case(int want, int got, const char *what, ...)
    __attribute__((format(printf, 3, 4)));

/** One case whose outcome is a number. @see rule_case() */
bool rule_number(uint32_t want, uint32_t got, const char *what, ...)
    __attribute__((format(printf, 3, 4)));

/** One case whose outcome is a text. @see rule_case() */
bool rule_text(const char *want, const char *got, const char *what, ...)
    __attribute__((format(printf, 3, 4)));

/** One case that is right or wrong. @param[in] right which
 * @param[in] otherwise what is to be said if it is wrong */
bool rule_true(bool right, const char *otherwise, ...)
    __attribute__((format(printf, 2, 3)));

/** End the rule: report how many cases there were, or the wrong one. */
void rule_end(void);
