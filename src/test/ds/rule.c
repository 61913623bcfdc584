/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Rules: see test/ds/rule.h. Only one is open at a time.
 */
#include "test/ds/rule.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "test/report/errors.h"
#include "test/report/report.h"

#define WRONG_MAX 110 /* characters of a wrong case */

static const char *open_rule;
static unsigned int cases;
static char wrong[WRONG_MAX];

void
rule(const char *name)
{
	open_rule = name;
	cases = 0;
	wrong[0] = '\0';
}

/* Keep the first wrong case: what it is, and what was seen instead. */
static void
keep(const char *what, va_list ap, const char *want, const char *got)
{
	char text[WRONG_MAX];
	const int rest = (int)(strlen(want) + strlen(got) + sizeof ": , not ");

	if (wrong[0] != '\0')
		return;
	vsnprintf(text, sizeof text, what, ap);
	snprintf(wrong, sizeof wrong, "%.*s: %s, not %s",
	    rest < WRONG_MAX ? WRONG_MAX - rest : 0, text, got, want);
}

bool
rule_case(int want, int got, const char *what, ...)
{
	char a[STATUS_WORDS], b[STATUS_WORDS];
	va_list ap;

	cases++;
	va_start(ap, what);
	if (want != got)
		keep(what, ap, status_words(want, a), status_words(got, b));
	va_end(ap);
	return want == got;
}

bool
rule_number(uint32_t want, uint32_t got, const char *what, ...)
{
	char a[16], b[16];
	va_list ap;

	cases++;
	va_start(ap, what);
	snprintf(a, sizeof a, "%lu", (unsigned long)want);
	snprintf(b, sizeof b, "%lu", (unsigned long)got);
	if (want != got)
		keep(what, ap, a, b);
	va_end(ap);
	return want == got;
}

bool
rule_text(const char *want, const char *got, const char *what, ...)
{
	char a[28], b[28];
	va_list ap;

	cases++;
	va_start(ap, what);
	snprintf(a, sizeof a, "\"%.24s\"", want);
	snprintf(b, sizeof b, "\"%.24s\"", got);
	if (strcmp(want, got) != 0)
		keep(what, ap, a, b);
	va_end(ap);
	return strcmp(want, got) == 0;
}

bool
rule_true(bool right, const char *otherwise, ...)
{
	va_list ap;

	cases++;
	va_start(ap, otherwise);
	if (!right && wrong[0] == '\0')
		vsnprintf(wrong, sizeof wrong, otherwise, ap);
	va_end(ap);
	return right;
}

void
rule_end(void)
{
	if (wrong[0] != '\0')
		(void)report_obs(open_rule, "%s", wrong);
	else
		(void)report_obs(open_rule, "%u cases", cases);
}
