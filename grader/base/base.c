/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Ends, memory, lists, digests. Files are in files.c.
 */
#include "grader/base/base.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/report/sha256.h"

void
die(int status, const char *fmt, ...)
{
	va_list ap;

	(void)fflush(stdout); /* order of the two streams, nothing else */
	fprintf(stderr, "%s: ", program_invocation_short_name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(status);
}

void *
need(size_t n)
{
	void *p = calloc(1, n != 0 ? n : 1);

	if (p == NULL)
		die(EXIT_INFRA, "out of memory");
	return p;
}

char *
text(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		die(EXIT_INFRA, "out of memory");
	return s;
}

/* Append a string that the list will own. */
static void
strings_take(struct strings *list, char *s)
{
	char **at = realloc(list->at, (list->n + 2) * sizeof *at);

	if (at == NULL)
		die(EXIT_INFRA, "out of memory");
	list->at = at;
	at[list->n++] = s;
	at[list->n] = NULL;
}

void
strings_add(struct strings *list, const char *s)
{
	strings_take(list, text("%s", s));
}

void
strings_addf(struct strings *list, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		die(EXIT_INFRA, "out of memory");
	strings_take(list, s);
}

bool
strings_have(const struct strings *list, const char *s)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->at[i], s) == 0)
			return true;
	return false;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool
list_has(const char *list, const char *word)
{
	size_t n = strlen(word), m;

	for (;; list += m + 1) {
		m = strcspn(list, ",");
		if (m == n && memcmp(list, word, n) == 0)
			return true;
		if (list[m] == '\0')
			return false;
	}
}

void
strings_sort(struct strings *list)
{
	if (list->n > 1)
		qsort(list->at, list->n, sizeof *list->at, by_bytes);
}

void
strings_free(struct strings *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		free(list->at[i]);
	free(list->at);
	list->at = NULL;
	list->n = 0;
}

void
hex_text(const void *data, size_t n, char *hex)
{
	const uint8_t *p = data;

	for (; n > 0; n--, p++) {
		*hex++ = "0123456789abcdef"[*p >> 4];
		*hex++ = "0123456789abcdef"[*p & 15];
	}
	*hex = '\0';
}

void
sha256_hex(const void *data, size_t n, char hex[65])
{
	struct sha256 s;
	uint8_t digest[SHA256_SIZE];

	sha256_init(&s);
	sha256_add(&s, data, n);
	sha256_end(&s, digest);
	hex_text(digest, sizeof digest, hex);
}
