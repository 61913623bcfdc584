/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Checks. A failed one is several records, because one would be too short for
 * claim and values: `fail` FILE:LINE CLAIM opens it, `rule` NAME, `want` TYPE
 * OPERATOR VALUE, `seen` TYPE VALUE and `say` SENTENCE belong to the last.
 */
#include "test/report/check.h"

#include "test/report/report.h"

#define BYTES_TOLD 16 /* of memory that differs */

static const char *rule;
static unsigned int nfailed;
static bool telling; /* the check before has failed, and was told */

void
check_begin(void)
{
	rule = NULL;
	nfailed = 0;
	telling = false;
}

unsigned int
check_failures(void)
{
	return nfailed;
}

void
report_rule(const char *name)
{
	rule = name;
}

/* Note the outcome of a check; false: it is one that is to be told of. */
static bool
passes(bool ok)
{
	telling = !ok && nfailed < CHECK_KEPT;
	nfailed += !ok;
	return !telling;
}

/* Open the story of a failure. */
static void
tell(const char *claim, const char *file, int line, const char *name)
{
	(void)report_record("fail", "%s:%d %s", file, line, claim);
	if (name != NULL)
		(void)report_record("rule", "%s", name);
}

bool
report_check(bool ok, const char *claim, const char *file, int line)
{
	if (!passes(ok))
		tell(claim, file, line, rule);
	return ok;
}

static bool
compares(enum check_op op, int64_t seen, int64_t wanted)
{
	switch (op) {
	case CHECK_IS:
		return seen == wanted;
	case CHECK_IS_NOT:
		return seen != wanted;
	case CHECK_BELOW:
		return seen < wanted;
	case CHECK_UP_TO:
		return seen <= wanted;
	case CHECK_FROM:
		return seen >= wanted;
	case CHECK_ABOVE:
		return seen > wanted;
	}
	return false;
}

static const char *
sign_of(enum check_op op)
{
	static const char *const signs[] = { "==", "!=", "<", "<=", ">=", ">" };

	return signs[op];
}

/* A number that did not compare. */
static void
tell_number(const struct check_claim *c, int64_t seen, int64_t wanted)
{
	if (c->type == REPORT_ADDR) {
		seen = (uint32_t)seen;
		wanted = (uint32_t)wanted;
	}
	(void)report_record("want", "%c %s %lld", c->type, sign_of(c->op),
	    (long long)wanted);
	(void)report_record("seen", "%c %lld", c->type, (long long)seen);
}

/* Words of 32 bits are one value, whether or not they carry a sign. */
static bool
holds(const struct check_claim *c, int64_t seen, int64_t wanted)
{
	if (c->type == REPORT_ADDR)
		return (uint32_t)seen == (uint32_t)wanted;
	return compares(c->op, seen, wanted);
}

bool
check_number(const struct check_claim *c, int64_t seen, int64_t wanted)
{
	bool ok = holds(c, seen, wanted);

	if (!passes(ok)) {
		tell(c->text, c->file, c->line, rule);
		tell_number(c, seen, wanted);
	}
	return ok;
}

bool
check_expect(const char *name, const struct check_claim *c, int64_t seen,
    int64_t wanted)
{
	bool ok = holds(c, seen, wanted);

	if (c->type == REPORT_STATUS)
		(void)report_status(name, (int)seen);
	else if (c->type == REPORT_ADDR)
		(void)report_addr(name, (uint32_t)seen);
	else
		(void)report_number(name, seen);
	if (!passes(ok)) {
		tell(c->text, c->file, c->line, name);
		tell_number(c, seen, wanted);
	}
	return ok;
}

static bool
same_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	while (*a != '\0' && *a == *b)
		a++, b++;
	return *a == *b;
}

bool
check_text(const struct check_claim *c, const char *seen, const char *wanted)
{
	bool ok = same_text(seen, wanted);

	if (!passes(ok)) {
		tell(c->text, c->file, c->line, rule);
		(void)report_record("want", "t == %s", wanted);
		(void)report_record("seen", "t %s", seen);
	}
	return ok;
}

/* Bytes as digits, of which there is room for BYTES_TOLD. */
static void
digits(const uint8_t *p, size_t n, char *to)
{
	size_t i;

	for (i = 0; i < n && i < BYTES_TOLD; i++) {
		*to++ = "0123456789abcdef"[p[i] >> 4];
		*to++ = "0123456789abcdef"[p[i] & 15];
	}
	*to = '\0';
}

bool
check_bytes(const struct check_claim *c, const void *seen, const void *wanted,
    size_t n)
{
	const uint8_t *s = seen, *w = wanted;
	char hex[2 * BYTES_TOLD + 1];
	size_t i = 0;

	while (i < n && s[i] == w[i])
		i++;
	if (passes(i == n))
		return i == n;
	tell(c->text, c->file, c->line, rule);
	digits(w + i, n - i, hex);
	(void)report_record("want", "b == %s", hex);
	digits(s + i, n - i, hex);
	(void)report_record("seen", "b %s", hex);
	return report_say("from byte %zu of %zu on", i, n);
}

bool
report_say(const char *fmt, ...)
{
	va_list ap;

	if (telling) {
		va_start(ap, fmt);
		(void)report_vrecord("say", fmt, ap);
		va_end(ap);
	}
	return false;
}
