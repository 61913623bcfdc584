/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Expressions by recursive descent, evaluated while they are read. The first
 * fault stops the reading: `bad` points at it, and every level returns.
 */
#include "grader/judge/expr.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"
#include "grader/oracle/oracle_expr.h"

#define DEPTH_MAX 50
#define BYTES_MAX (1 << 20)

struct reader {
	const char *at;
	const char *bad; /* NULL: all well so far */
	const struct expr_env *env;
	bool used_seen, used_memory, used_error;
	char missing[EXPR_STRING_MAX]; /* first thing memory did not have */
	char found[EXPR_FOUND_MAX];    /* what it had */
	uint64_t time;                 /* of the last checkpoint */
	int depth;
};

static void expression(struct reader *r, struct value *v);

static void
skip(struct reader *r)
{
	while (isspace((unsigned char)*r->at))
		r->at++;
}

/* Take a token if it is next. */
static bool
next_is(struct reader *r, const char *token)
{
	skip(r);
	if (r->bad != NULL || strncmp(r->at, token, strlen(token)) != 0)
		return false;
	r->at += strlen(token);
	return true;
}

static void
fault(struct reader *r)
{
	if (r->bad == NULL)
		r->bad = r->at;
}

static void
number(struct value *v, int64_t n)
{
	v->is_string = false;
	v->number = n;
}

/* The value as people and test programs write it. */
static void
print(const struct value *v, char *buf, size_t size)
{
	if (v->is_string)
		snprintf(buf, size, "%s", v->string);
	else
		snprintf(buf, size, "%lld", (long long)v->number);
}

/* A test's report: a number if it looks like one. */
static void
seen_value(struct reader *r, struct value *v)
{
	const char *s = r->env->seen != NULL ? r->env->seen : "";
	char *end;

	r->used_seen = true;
	errno = 0;
	v->number = strtoll(s, &end, 10);
	v->is_string = *s == '\0' || *end != '\0' || errno != 0;
	snprintf(v->string, sizeof v->string, "%s", s);
}

typedef void filler(const uint8_t nonce[NONCE_SIZE], const char *label,
    void *to, size_t n);

/* N bytes of a stream; NULL: that is no size. */
static uint8_t *
stream_of(struct reader *r, const struct value *a, filler *fill)
{
	uint8_t *bytes = NULL;

	if (a[1].number >= 0 && a[1].number <= BYTES_MAX)
		bytes = malloc((size_t)a[1].number + 1);
	if (bytes != NULL)
		fill(r->env->nonce, a[0].string, bytes, (size_t)a[1].number);
	else
		fault(r);
	return bytes;
}

/* The digest of N bytes of a stream, as report_digest() has it. */
static void
digest_of(struct reader *r, const struct value *a, struct value *v,
    filler *fill)
{
	uint8_t *bytes = stream_of(r, a, fill), hash[SHA256_SIZE];
	struct sha256 s;

	if (bytes == NULL)
		return;
	sha256_init(&s);
	sha256_add(&s, bytes, (size_t)a[1].number);
	sha256_end(&s, hash);
	free(bytes);
	v->is_string = true;
	hex_text(hash, 8, v->string);
}

static void
call_digest(struct reader *r, const struct value *a, struct value *v)
{
	digest_of(r, a, v, nonce_fill);
}

static void
call_spread(struct reader *r, const struct value *a, struct value *v)
{
	digest_of(r, a, v, nonce_spread);
}

/* The sum of N bytes of a stream; in the guest its lowest byte comes first. */
static void
call_sum(struct reader *r, const struct value *a, struct value *v)
{
	uint8_t *bytes = stream_of(r, a, nonce_spread), as_seen[8];
	uint64_t sum;
	int i;

	if (bytes == NULL)
		return;
	sum = nonce_sum(bytes, (size_t)a[1].number);
	free(bytes);
	for (i = 0; i < 8; i++)
		as_seen[i] = (uint8_t)(sum >> 8 * i);
	v->is_string = true;
	hex_text(as_seen, 8, v->string);
}

static void
call_u32(struct reader *r, const struct value *a, struct value *v)
{
	number(v, nonce_u32(r->env->nonce, a[0].string, (uint32_t)a[1].number));
}

static void
call_pick(struct reader *r, const struct value *a, struct value *v)
{
	call_u32(r, a, v);
	if (a[2].number <= 0)
		fault(r);
	else
		v->number %= a[2].number;
}

static void
call_word(struct reader *r, const struct value *a, struct value *v)
{
	v->is_string = true;
	v->string[0] = '\0';
	if (a[2].number < 0 || a[2].number > SHA256_SIZE)
		fault(r);
	else
		nonce_word(r->env->nonce, a[0].string, (uint32_t)a[1].number,
		    v->string, (size_t)a[2].number);
}

static void
call_key(struct reader *r, const struct value *a, struct value *v)
{
	v->is_string = true;
	nonce_key(r->env->nonce, a[0].string, (uint32_t)a[1].number, v->string);
}

static void
call_hex(struct reader *r, const struct value *a, struct value *v)
{
	(void)r;
	v->is_string = true;
	sprintf(v->string, "%llx", (unsigned long long)a[0].number);
}

static void
call_int(struct reader *r, const struct value *a, struct value *v)
{
	(void)r;
	number(v, (int32_t)a[0].number);
}

/* Functions: how many arguments at least and at most; is the first a label? */
static const struct {
	const char *name;
	int least, most;
	bool label;
	void (*run)(struct reader *, const struct value *, struct value *);
} functions[] = {
	{ "u32", 1, 2, true, call_u32 },
	{ "pick", 3, 3, true, call_pick },
	{ "word", 3, 3, true, call_word },
	{ "key", 2, 2, true, call_key },
	{ "digest", 2, 2, true, call_digest },
	{ "spread", 2, 2, true, call_spread },
	{ "sum", 2, 2, true, call_sum },
	{ "hex", 1, 1, false, call_hex },
	{ "int", 1, 1, false, call_int },
};

/* The arguments of a call, behind its opening parenthesis. */
static int
arguments(struct reader *r, struct value *args)
{
	int n = 0;

	memset(args, 0, EXPR_ARGS_MAX * sizeof *args);
	if (next_is(r, ")"))
		return 0;
	do {
		if (n == EXPR_ARGS_MAX) {
			fault(r);
			return n;
		}
		expression(r, &args[n++]);
	} while (next_is(r, ","));
	if (!next_is(r, ")"))
		fault(r);
	return n;
}

/* A question about memory; what people want to see of it is kept. */
static void
ask(struct reader *r, const struct question *q, struct value *v)
{
	char missing[EXPR_STRING_MAX] = "", value[EXPR_STRING_MAX];
	char note[EXPR_NOTE_MAX] = "";
	size_t used = strlen(r->found);

	if (oracle_ask(q, v, missing, note, &r->time) < 0) {
		r->at = q->name; /* not known, or not with such arguments */
		fault(r);
		return;
	}
	r->used_memory = true;
	if (r->missing[0] == '\0')
		memcpy(r->missing, missing, sizeof missing);
	print(v, value, sizeof value);
	snprintf(r->found + used, sizeof r->found - used, "%s%.*s = %s%s%s%s",
	    used > 0 ? ", " : "", (int)(r->at - q->name), q->name, value,
	    note[0] != '\0' ? " (" : "", note, note[0] != '\0' ? ")" : "");
}

static void
call(struct reader *r, const char *name, size_t len, struct value *v)
{
	struct value args[EXPR_ARGS_MAX];
	int n = arguments(r, args);
	size_t i;

	if (r->bad != NULL)
		return;
	for (i = 0; i < sizeof functions / sizeof functions[0]; i++) {
		if (strlen(functions[i].name) != len ||
		    memcmp(functions[i].name, name, len) != 0)
			continue;
		if (n < functions[i].least || n > functions[i].most ||
		    functions[i].label != args[0].is_string) {
			r->at = name;
			fault(r);
			return;
		}
		functions[i].run(r, args, v);
		return;
	}
	ask(r, &(struct question){ r->env, name, len, args, n }, v);
}

/* The name of an error stands for its number. */
static void
named(struct reader *r, struct value *v, int n)
{
	r->used_error = true;
	number(v, n);
}

/* A variable, an error's name or a call. */
static void
name(struct reader *r, struct value *v)
{
	const char *start = r->at;
	size_t len;
	int n;

	while (isalnum((unsigned char)*r->at) || *r->at == '_')
		r->at++;
	len = (size_t)(r->at - start);
	if (next_is(r, "("))
		call(r, start, len, v);
	else if (len == 4 && memcmp(start, "seen", 4) == 0)
		seen_value(r, v);
	else if (len == 4 && memcmp(start, "seed", 4) == 0)
		number(v, r->env->seed);
	else if (error_number(start, len, &n))
		named(r, v, n);
	else
		fault(r);
}

static void
string(struct reader *r, struct value *v)
{
	char quote = *r->at++;
	size_t n = 0;

	while (*r->at != '\0' && *r->at != quote && n + 1 < sizeof v->string)
		v->string[n++] = *r->at++;
	v->string[n] = '\0';
	v->is_string = true;
	if (*r->at != quote)
		fault(r);
	else
		r->at++;
}

/* Arithmetic of 64 bits that wraps around. */
static int64_t
wrap(int64_t a, char op, int64_t b)
{
	uint64_t x = (uint64_t)a, y = (uint64_t)b;

	return (int64_t)(op == '+' ? x + y
		: op == '-'        ? x - y
		: op == '*'        ? x * y
		: op == '<'        ? x << y
				   : x >> y);
}

static void
primary(struct reader *r, struct value *v)
{
	char *end;

	skip(r);
	number(v, 0);
	if (++r->depth <= DEPTH_MAX && next_is(r, "(")) {
		expression(r, v);
		if (!next_is(r, ")"))
			fault(r);
	} else if (r->depth <= DEPTH_MAX && next_is(r, "-")) {
		primary(r, v);
		number(v, wrap(0, '-', v->number));
	} else if (r->depth <= DEPTH_MAX && next_is(r, "!")) {
		primary(r, v);
		number(v, v->number == 0);
	} else if (*r->at == '"' || *r->at == '\'') {
		string(r, v);
	} else if (isdigit((unsigned char)*r->at)) {
		number(v, strtoll(r->at, &end, 0));
		r->at = end;
	} else if (isalpha((unsigned char)*r->at)) {
		name(r, v);
	} else {
		fault(r);
	}
	r->depth--;
}

static void
product(struct reader *r, struct value *v)
{
	struct value w;
	bool times, divide;

	primary(r, v);
	for (;;) {
		times = next_is(r, "*");
		divide = !times && next_is(r, "/");
		if (!times && !divide && !next_is(r, "%"))
			return;
		primary(r, &w);
		if (r->bad != NULL || (!times && w.number == 0)) {
			fault(r);
			return;
		}
		if (times)
			number(v, wrap(v->number, '*', w.number));
		else if (w.number == -1) /* INT64_MIN has no quotient */
			number(v, divide ? wrap(0, '-', v->number) : 0);
		else if (divide)
			v->number /= w.number;
		else
			v->number %= w.number;
	}
}

/* Join two values as text. */
static void
join(struct value *v, const struct value *w)
{
	char left[EXPR_STRING_MAX], right[EXPR_STRING_MAX];

	print(v, left, sizeof left);
	print(w, right, sizeof right);
	v->is_string = true;
	snprintf(v->string, sizeof v->string, "%.127s%.127s", left, right);
}

static void
sum(struct reader *r, struct value *v)
{
	struct value w;
	bool plus;

	product(r, v);
	while ((plus = next_is(r, "+")) || next_is(r, "-")) {
		product(r, &w);
		if (plus && (v->is_string || w.is_string))
			join(v, &w);
		else
			number(v, wrap(v->number, plus ? '+' : '-', w.number));
	}
}

static void
shift(struct reader *r, struct value *v)
{
	struct value w;
	bool left;

	sum(r, v);
	while ((left = next_is(r, "<<")) || next_is(r, ">>")) {
		sum(r, &w);
		if (w.number < 0 || w.number > 63) {
			fault(r);
			return;
		}
		number(v, wrap(v->number, left ? '<' : '>', w.number));
	}
}

static int
compare(const struct value *v, const struct value *w)
{
	char left[EXPR_STRING_MAX], right[EXPR_STRING_MAX];

	if (!v->is_string && !w->is_string)
		return (v->number > w->number) - (v->number < w->number);
	print(v, left, sizeof left);
	print(w, right, sizeof right);
	return strcmp(left, right);
}

static void
comparison(struct reader *r, struct value *v)
{
	static const char *const ops[] = { "==", "!=", "<=", ">=", "<", ">" };
	struct value w;
	size_t i = 0;
	int c;

	shift(r, v);
	while (i < 6 && !next_is(r, ops[i]))
		i++;
	if (i == 6)
		return;
	shift(r, &w);
	c = compare(v, &w);
	number(v,
	    (i == 0 && c == 0) || (i == 1 && c != 0) || (i == 2 && c <= 0) ||
		(i == 3 && c >= 0) || (i == 4 && c < 0) || (i == 5 && c > 0));
}

static void
both(struct reader *r, struct value *v)
{
	struct value w;

	comparison(r, v);
	while (next_is(r, "&&")) {
		comparison(r, &w);
		number(v, v->number != 0 && w.number != 0);
	}
}

static void
either(struct reader *r, struct value *v)
{
	struct value w;

	both(r, v);
	while (next_is(r, "||")) {
		both(r, &w);
		number(v, v->number != 0 || w.number != 0);
	}
}

static void
expression(struct reader *r, struct value *v)
{
	struct value yes, no;

	either(r, v);
	if (!next_is(r, "?"))
		return;
	expression(r, &yes);
	if (!next_is(r, ":"))
		fault(r);
	expression(r, &no);
	if (r->bad == NULL)
		*v = v->number != 0 ? yes : no;
}

static int
evaluate(struct reader *r, struct value *v)
{
	expression(r, v);
	skip(r);
	if (*r->at != '\0')
		fault(r);
	return r->bad == NULL ? 0 : -EINVAL;
}

int
expr_eval(const char *source, const struct expr_env *env, struct value *value,
    const char **error)
{
	struct reader r = { .at = source, .env = env };
	struct value v;

	if (evaluate(&r, &v) < 0) {
		if (error != NULL)
			*error = r.bad;
		return -EINVAL;
	}
	*value = v;
	return 0;
}

int
expr_expect(const char *source, const struct expr_env *env,
    struct expectation *result)
{
	struct reader r = { .at = source, .env = env };
	struct value v;

	if (evaluate(&r, &v) < 0)
		return -EINVAL;
	memset(result, 0, sizeof *result);
	result->memory = r.used_memory;
	result->status = r.used_error && !v.is_string;
	result->seen = r.used_seen || !r.used_memory;
	result->time = r.time;
	memcpy(result->missing, r.missing, sizeof r.missing);
	memcpy(result->found, r.found, sizeof r.found);
	if (r.used_seen || r.used_memory) {
		result->holds = (env->seen != NULL || !r.used_seen) &&
		    r.missing[0] == '\0' && v.number != 0;
		snprintf(result->expected, sizeof result->expected, "%s",
		    source);
		return 0;
	}
	print(&v, result->expected, sizeof result->expected);
	result->holds =
	    env->seen != NULL && strcmp(env->seen, result->expected) == 0;
	return 0;
}
