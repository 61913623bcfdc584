/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Formatting. A conversion is parsed into a struct spec; its text is made in
 * a small buffer from the end to the beginning, then padded.
 */
#include "lib/sys/format.h"

#include <lacuna/string.h>
#include <stdbool.h>
#include <stdint.h>

#define DIGITS_MAX 24 /* 2^64 in octal, with room for a prefix */

/* How wide an argument is. */
enum length {
	LENGTH_INT,
	LENGTH_LONG,
	LENGTH_LONG_LONG,
	LENGTH_SIZE,
};

/* A conversion between its % and its letter. */
struct spec {
	bool left, zero, alternate;
	char plus; /* what stands before positive numbers, or NUL */
	int width;
	int precision; /* -1: not given */
	enum length length;
};

struct out {
	struct text_sink *sink;
	int count;
	va_list ap;
};

static void
emit(struct out *o, const char *text, size_t n)
{
	if (n > 0)
		o->sink->write(o->sink, text, n);
	o->count += (int)n;
}

static void
pad(struct out *o, char c, int n)
{
	for (; n > 0; n--)
		emit(o, &c, 1);
}

/* A number in decimal, or the argument for a star. */
static const char *
parse_number(struct out *o, const char *fmt, int *n)
{
	*n = 0;
	if (*fmt == '*') {
		*n = va_arg(o->ap, int);
		return fmt + 1;
	}
	for (; *fmt >= '0' && *fmt <= '9'; fmt++)
		*n = *n * 10 + (*fmt - '0');
	return fmt;
}

static const char *
parse_flags(const char *fmt, struct spec *s)
{
	for (;; fmt++) {
		if (*fmt == '-')
			s->left = true;
		else if (*fmt == '0')
			s->zero = true;
		else if (*fmt == '#')
			s->alternate = true;
		else if (*fmt == '+' || (*fmt == ' ' && s->plus == '\0'))
			s->plus = *fmt;
		else if (*fmt != ' ')
			return fmt;
	}
}

static const char *
parse_length(const char *fmt, struct spec *s)
{
	for (; *fmt == 'h'; fmt++)
		continue; /* short arguments arrive as int */
	if (*fmt == 'z' || *fmt == 't' || *fmt == 'j') {
		s->length = *fmt == 'j' ? LENGTH_LONG_LONG : LENGTH_SIZE;
		return fmt + 1;
	}
	for (; *fmt == 'l'; fmt++)
		s->length =
		    s->length == LENGTH_INT ? LENGTH_LONG : LENGTH_LONG_LONG;
	return fmt;
}

static const char *
parse_spec(struct out *o, const char *fmt, struct spec *s)
{
	*s = (struct spec){ .precision = -1 };
	fmt = parse_flags(fmt, s);
	fmt = parse_number(o, fmt, &s->width);
	if (s->width < 0) {
		s->left = true;
		s->width = -s->width;
	}
	if (*fmt == '.')
		fmt = parse_number(o, fmt + 1, &s->precision);
	return parse_length(fmt, s);
}

static uint64_t
arg_unsigned(struct out *o, enum length length)
{
	if (length == LENGTH_LONG_LONG)
		return va_arg(o->ap, unsigned long long);
	if (length == LENGTH_LONG)
		return va_arg(o->ap, unsigned long);
	if (length == LENGTH_SIZE)
		return va_arg(o->ap, size_t);
	return va_arg(o->ap, unsigned);
}

static int64_t
arg_signed(struct out *o, enum length length)
{
	if (length == LENGTH_LONG_LONG)
		return va_arg(o->ap, long long);
	if (length == LENGTH_LONG)
		return va_arg(o->ap, long);
	if (length == LENGTH_SIZE)
		return va_arg(o->ap, ptrdiff_t);
	return va_arg(o->ap, int);
}

/* Digits of a number, ending at end. Most numbers have 32 bits, for which
 * the processor can divide. */
static char *
digits_make(char *end, uint64_t value, unsigned base, bool upper)
{
	const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	uint32_t low;

	for (; value > UINT32_MAX; value /= base)
		*--end = set[value % base];
	for (low = (uint32_t)value; low > 0; low /= base)
		*--end = set[low % base];
	return end;
}

/* Print prefix (sign or 0x) and digits with all padding. */
static void
number_emit(struct out *o, const struct spec *s, const char *prefix,
    const char *digits, int n)
{
	int plen = (int)strlen(prefix);
	int zeros = s->precision < 0 ? (n == 0) : s->precision - n;
	int blanks;

	if (zeros < 0)
		zeros = 0;
	blanks = s->width - plen - zeros - n;
	if (s->zero && !s->left && s->precision < 0 && blanks > 0) {
		zeros += blanks;
		blanks = 0;
	}
	if (!s->left)
		pad(o, ' ', blanks);
	emit(o, prefix, (size_t)plen);
	pad(o, '0', zeros);
	emit(o, digits, (size_t)n);
	if (s->left)
		pad(o, ' ', blanks);
}

static void
convert_signed(struct out *o, const struct spec *s)
{
	char buf[DIGITS_MAX], *end = buf + sizeof buf, *p;
	char sign[2] = { s->plus, '\0' };
	int64_t value = arg_signed(o, s->length);
	uint64_t magnitude = (uint64_t)value;

	if (value < 0) {
		sign[0] = '-';
		magnitude = -magnitude;
	}
	p = digits_make(end, magnitude, 10, false);
	number_emit(o, s, sign, p, (int)(end - p));
}

static void
convert_unsigned(struct out *o, const struct spec *s, unsigned base, bool upper)
{
	char buf[DIGITS_MAX], *end = buf + sizeof buf, *p;
	uint64_t value = arg_unsigned(o, s->length);
	const char *prefix = "";

	if (s->alternate && base == 16 && value != 0)
		prefix = upper ? "0X" : "0x";
	p = digits_make(end, value, base, upper);
	if (s->alternate && base == 8)
		*--p = '0';
	number_emit(o, s, prefix, p, (int)(end - p));
}

static void
convert_string(struct out *o, const struct spec *s, const char *text)
{
	size_t max = s->precision < 0 ? (size_t)-1 : (size_t)s->precision;
	size_t n;

	if (text == NULL)
		text = "(null)";
	n = strnlen(text, max);
	if (!s->left)
		pad(o, ' ', s->width - (int)n);
	emit(o, text, n);
	if (s->left)
		pad(o, ' ', s->width - (int)n);
}

static void
convert_pointer(struct out *o, struct spec *s)
{
	char buf[DIGITS_MAX], *end = buf + sizeof buf, *p;

	p = digits_make(end, (uintptr_t)va_arg(o->ap, void *), 16, false);
	number_emit(o, s, "0x", p, (int)(end - p));
}

/* Print one argument. An unknown letter is printed as it is. */
static void
convert(struct out *o, struct spec *s, char letter)
{
	char c[2] = { letter, '\0' };

	switch (letter) {
	case 'd':
	case 'i':
		convert_signed(o, s);
		break;
	case 'u':
		convert_unsigned(o, s, 10, false);
		break;
	case 'o':
		convert_unsigned(o, s, 8, false);
		break;
	case 'x':
	case 'X':
		convert_unsigned(o, s, 16, letter == 'X');
		break;
	case 'p':
		convert_pointer(o, s);
		break;
	case 's':
		convert_string(o, s, va_arg(o->ap, const char *));
		break;
	case 'c':
		c[0] = (char)va_arg(o->ap, int);
		pad(o, ' ', s->left ? 0 : s->width - 1);
		emit(o, c, 1); /* also a NUL */
		pad(o, ' ', s->left ? s->width - 1 : 0);
		break;
	default:
		emit(o, c, 1);
		break;
	}
}

int
text_format(struct text_sink *sink, const char *fmt, va_list ap)
{
	struct out o = { .sink = sink };
	struct spec s;
	const char *percent;

	va_copy(o.ap, ap);
	while ((percent = strchr(fmt, '%')) != NULL) {
		emit(&o, fmt, (size_t)(percent - fmt));
		fmt = parse_spec(&o, percent + 1, &s);
		if (*fmt == '\0')
			break;
		convert(&o, &s, *fmt++);
	}
	emit(&o, fmt, strlen(fmt));
	va_end(o.ap);
	return o.count;
}
