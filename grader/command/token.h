/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Replay tokens: everything that is needed to repeat a failing run, in one
 * word that survives e-mail.
 *
 *     LAB.TEST.SEED.NONCE.STAGE.SUBMISSION.DIGEST[[.TESTS].only]
 *
 * STAGE and SUBMISSION are the beginnings of the hashes of the sources and of
 * the submission, DIGEST that of what the run printed: with them a replay can
 * tell "the files have changed" from "the machine did not repeat itself". TESTS
 * are those that were asked for, with commas, if they are more than the one.
 */
#pragma once

#include <stdbool.h>

#include "test/report/nonce.h"

#define TOKEN_WORD 40

struct token {
	char lab[TOKEN_WORD], test[TOKEN_WORD];
	unsigned int seed;
	uint8_t nonce[NONCE_SIZE];
	char stage[9], submission[9], digest[9]; /**< 8 hexadecimal digits */
	char
	    *only; /**< tests asked for, beside those of sanity: a,b; "": all */
};

/**
 * Write a token.
 *
 * @param[in] token what it says
 * @return text for free()
 */
char *token_text(const struct token *token);

/**
 * Read a token.
 *
 * @param[in]  s     its text
 * @param[out] token what it says, set only on success; `only` is for free()
 *
 * @retval 0       done
 * @retval -EINVAL it is damaged
 */
int token_parse(const char *s, struct token *token);
