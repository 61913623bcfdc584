/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Records on their way to the host: formatting, numbering, tagging.
 *
 * The formatter is our own and tiny, because programs and services have
 * different ones (or none), and a record must look the same from all.
 */
#include "test/report/checkpoint.h"
#include "test/report/said.h"

#define TAG_BYTES SAID_TAG /* of the HMAC, that travel */

/* A text under construction; what does not fit is dropped. */
struct text {
	char *at;
	size_t n, max;
};

static uint8_t nonce[NONCE_SIZE];
static char test[REPORT_NAME_MAX];
static struct hmac tagger; /* ready for a record */
static unsigned int seq;
static volatile uint64_t said; /* the host looks at it */

static void
put(struct text *t, char c)
{
	if (t->n < t->max)
		t->at[t->n++] = c;
}

static void
put_string(struct text *t, const char *s)
{
	for (; *s != '\0'; s++)
		put(t, *s);
}

/* A number in any base up to 16, at least `width` digits long. */
static void
put_number(struct text *t, uint64_t v, unsigned int base, int width)
{
	char digits[20];
	int n = 0;

	do {
		digits[n++] = "0123456789abcdef"[v % base];
		v /= base;
	} while (v != 0);
	for (; width > n; width--)
		put(t, '0');
	while (n > 0)
		put(t, digits[--n]);
}

static void
put_hex(struct text *t, const uint8_t *p, size_t n)
{
	for (; n > 0; n--)
		put_number(t, *p++, 16, 2);
}

/* The argument of a conversion, as wide as its letters say. */
static int64_t
take(va_list *ap, int longs, bool is_signed)
{
	if (longs >= 2)
		return va_arg(*ap, int64_t);
	if (is_signed)
		return longs == 1 ? va_arg(*ap, long) : va_arg(*ap, int);
	return (int64_t)(longs == 1 ? va_arg(*ap, unsigned long)
				    : va_arg(*ap, unsigned int));
}

/* One conversion; returns the place behind it. */
static const char *
convert(struct text *t, const char *f, va_list *ap)
{
	int width = 0, longs = 0;
	int64_t v;
	const char *s;

	for (; *f >= '0' && *f <= '9'; f++)
		width = 10 * width + *f - '0';
	for (; *f == 'l' || *f == 'z'; f++)
		longs++;
	switch (*f) {
	case 'd':
	case 'i':
		v = take(ap, longs, true);
		if (v < 0)
			put(t, '-');
		put_number(t, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, 10, width);
		break;
	case 'u':
	case 'x':
		v = take(ap, longs, false);
		put_number(t, (uint64_t)v, *f == 'x' ? 16 : 10, width);
		break;
	case 's':
		s = va_arg(*ap, const char *);
		put_string(t, s != NULL ? s : "(null)");
		break;
	case 'c':
		put(t, (char)va_arg(*ap, int));
		break;
	case '\0':
		return f;
	default:
		put(t, *f);
	}
	return f + 1;
}

static void
format(struct text *t, const char *f, va_list *ap)
{
	while (*f != '\0')
		if (*f == '%')
			f = convert(t, f + 1, ap);
		else
			put(t, *f++);
}

/* Append a payload as it travels: printable, and '%' escaped. */
static void
escape(struct text *t, const struct text *payload)
{
	size_t i, end = t->n + REPORT_PAYLOAD_MAX;
	unsigned char c;

	for (i = 0; i < payload->n && t->n + 3 <= end; i++) {
		c = (unsigned char)payload->at[i];
		if (c >= ' ' && c <= '~' && c != '%') {
			put(t, (char)c);
			continue;
		}
		put(t, '%');
		put_number(t, c, 16, 2);
	}
}

/* Time stamp counter: the host can find the place in a replay. */
static uint64_t
now(void)
{
#if defined(__i386__) || defined(__x86_64__)
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
#else
	return 0;
#endif
}

/* Number, tag and write one record. */
static int
record(const char *kind, const struct text *payload)
{
	char line[REPORT_LINE_MAX];
	struct text t = { line, 0, sizeof line };
	struct hmac m = tagger;
	uint8_t tag[SHA256_SIZE];

	put_string(&t, "@L1 ");
	put_number(&t, seq++, 10, 0);
	put(&t, ' ');
	put_string(&t, test);
	put(&t, ' ');
	put_string(&t, kind);
	put(&t, ' ');
	put_number(&t, now(), 16, 0);
	put(&t, ' ');
	escape(&t, payload);
	hmac_add(&m, line, t.n);
	hmac_end(&m, tag);
	put(&t, ' ');
	put_hex(&t, tag, TAG_BYTES);
	said = said_add(said, tag);
	return report_line(line, t.n);
}

int
report_begin(const char *name, const char *hex)
{
	struct text t = { test, 0, sizeof test - 1 };
	uint8_t k[SHA256_SIZE];

	put_string(&t, name);
	test[t.n] = '\0';
	if (hex == NULL || nonce_parse(hex, nonce) != 0)
		for (t.n = 0; t.n < NONCE_SIZE; t.n++)
			nonce[t.n] = 0;
	hmac_init(&tagger, nonce, NONCE_SIZE);
	hmac_add(&tagger, "key", 4);
	for (t.n = 0; test[t.n] != '\0'; t.n++)
		hmac_add(&tagger, test + t.n, 1);
	hmac_end(&tagger, k);
	hmac_init(&tagger, k, sizeof k);
	seq = 0;
	said = 0;
	check_begin();
	return report_record("begin", "1");
}

int
report_vrecord(const char *kind, const char *fmt, va_list ap)
{
	char buf[REPORT_PAYLOAD_MAX];
	struct text t = { buf, 0, sizeof buf };
	va_list copy;

	va_copy(copy,
	    ap); /* a parameter may be an array, and this is a struct */
	format(&t, fmt, &copy);
	va_end(copy);
	return record(kind, &t);
}

int
report_record(const char *kind, const char *fmt, ...)
{
	va_list ap;
	int r;

	va_start(ap, fmt);
	r = report_vrecord(kind, fmt, ap);
	va_end(ap);
	return r;
}

int
report_obs(const char *name, const char *fmt, ...)
{
	char buf[REPORT_PAYLOAD_MAX];
	struct text t = { buf, 0, sizeof buf };
	va_list ap;

	put_string(&t, name);
	put(&t, '=');
	va_start(ap, fmt);
	format(&t, fmt, &ap);
	va_end(ap);
	return record("obs", &t);
}

int
report_status(const char *name, int status)
{
	return report_record("obs", "%s:%c=%d", name, REPORT_STATUS, status);
}

int
report_number(const char *name, int64_t n)
{
	return report_record("obs", "%s:%c=%lld", name, REPORT_NUMBER,
	    (long long)n);
}

int
report_addr(const char *name, uint32_t addr)
{
	return report_record("obs", "%s:%c=%u", name, REPORT_ADDR,
	    (unsigned int)addr);
}

int
report_bytes(const char *name, const void *data, size_t n)
{
	char buf[REPORT_PAYLOAD_MAX];
	struct text t = { buf, 0, sizeof buf };

	put_string(&t, name);
	put_string(&t, ":b=");
	put_hex(&t, data, n < 64 ? n : 64);
	return record("obs", &t);
}

int
report_digest(const char *name, const void *data, size_t n)
{
	struct sha256 s;
	uint8_t digest[SHA256_SIZE];

	sha256_init(&s);
	sha256_add(&s, data, n);
	sha256_end(&s, digest);
	return report_bytes(name, digest, 8);
}

int
report_note(const char *fmt, ...)
{
	va_list ap;
	int r;

	va_start(ap, fmt);
	r = report_vrecord("note", fmt, ap);
	va_end(ap);
	return r;
}

int
report_place(const char *name, int ep, uint32_t addr, size_t bytes)
{
	return report_record("place", "%s=%d %x %zu", name, ep,
	    (unsigned int)addr, bytes);
}

/* For the processor this does nothing, for the emulator it is a sign. */
static void
stop_machine(void)
{
#if defined(__i386__)
	__asm__ volatile("xchg %%bx, %%bx" : : : "memory");
#endif
}

int
report_checkpoint(const char *name)
{
	int r;

	stop_machine(); /* so the record's own time can be told apart */
	r = report_record("stop", "%s", name);
	if (r == 0)
		stop_machine();
	return r;
}

int
report_end(void)
{
	unsigned int failed = check_failures();

	(void)report_record("end", "%u",
	    failed); /* the host misses a lost one */
	stop_machine();
	return failed != 0;
}

void
report_plan(unsigned int count)
{
	(void)report_record("plan", "%u", count); /* as above */
}

void
report_bye(void)
{
	(void)report_record("bye", "1"); /* as above */
	stop_machine();
}

const uint8_t *
report_nonce(void)
{
	return nonce;
}
