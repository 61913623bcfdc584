/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Replay tokens.
 */
#include "grader/token.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "grader/base.h"

char *
token_text(const struct token *t)
{
	char hex[NONCE_HEX + 1];
	size_t i;

	for (i = 0; i < NONCE_SIZE; i++)
		sprintf(hex + 2 * i, "%02x", t->nonce[i]);
	return text("%s.%s.%u.%s.%s.%s", t->lab, t->test, t->seed, hex,
	    t->submission, t->digest);
}

int
token_parse(const char *s, struct token *token)
{
	char hex[NONCE_HEX + 1], rest;
	struct token t;

	memset(&t, 0, sizeof t);
	if (sscanf(s,
		"%39[^.].%39[^.].%u.%32[0-9a-f].%8[0-9a-f]."
		"%8[0-9a-f]%c",
		t.lab, t.test, &t.seed, hex, t.submission, t.digest,
		&rest) != 6 ||
	    nonce_parse(hex, t.nonce) != 0)
		return -EINVAL;
	*token = t;
	return 0;
}
