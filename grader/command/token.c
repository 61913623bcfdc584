/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Replay tokens.
 */
#include "grader/command/token.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"

char *
token_text(const struct token *t)
{
	bool several = t->only[0] != '\0' && strcmp(t->only, t->test) != 0;
	char hex[NONCE_HEX + 1];

	hex_text(t->nonce, NONCE_SIZE, hex);
	return text("%s.%s.%u.%s.%s.%s.%s%s%s%s", t->lab, t->test, t->seed, hex,
	    t->stage, t->submission, t->digest, several ? "." : "",
	    several ? t->only : "", t->only[0] != '\0' ? ".only" : "");
}

/* Cut the next word off, up to a dot or the end, into `to`. */
static bool
word(const char **s, char *to, size_t size)
{
	size_t n = strcspn(*s, ".");

	if (n == 0 || n >= size)
		return false;
	memcpy(to, *s, n);
	to[n] = '\0';
	*s += n + ((*s)[n] == '.');
	return true;
}

static bool
is_hex(const char *s, size_t n)
{
	return strlen(s) == n && strspn(s, "0123456789abcdef") == n;
}

/* The end of a token: "", "only", or "TESTS.only"; for free(), or NULL: it is
 * none of these. */
static char *
only_of(const char *s, const char *test)
{
	size_t n = strlen(s);

	if (n == 0)
		return text("%s", "");
	if (strcmp(s, "only") == 0)
		return text("%s", test);
	if (n < 6 || strcmp(s + n - 5, ".only") != 0 ||
	    memchr(s, '.', n - 5) != NULL)
		return NULL;
	return text("%.*s", (int)(n - 5), s);
}

int
token_parse(const char *s, struct token *token)
{
	char hex[NONCE_HEX + 1], seed[8], *end;
	struct token t;

	memset(&t, 0, sizeof t);
	if (!word(&s, t.lab, sizeof t.lab) ||
	    !word(&s, t.test, sizeof t.test) || !word(&s, seed, sizeof seed) ||
	    !word(&s, hex, sizeof hex) || !word(&s, t.stage, sizeof t.stage) ||
	    !word(&s, t.submission, sizeof t.submission) ||
	    !word(&s, t.digest, sizeof t.digest))
		return -EINVAL;
	t.seed = (unsigned int)strtoul(seed, &end, 10);
	if (*end != '\0' || nonce_parse(hex, t.nonce) != 0 ||
	    !is_hex(t.stage, 8) || !is_hex(t.submission, 8) ||
	    !is_hex(t.digest, 8))
		return -EINVAL;
	t.only = only_of(s, t.test);
	if (t.only == NULL)
		return -EINVAL;
	*token = t;
	return 0;
}
