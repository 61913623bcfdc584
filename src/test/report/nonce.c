/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Streams keyed by a run's nonce. Each block is an HMAC of its own, so that
 * any place of any stream is equally cheap.
 */
#include "test/report/nonce.h"

/* The value of a hexadecimal digit, or -1. */
static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

int
nonce_parse(const char *hex, uint8_t nonce[NONCE_SIZE])
{
	uint8_t bytes[NONCE_SIZE];
	int i, high, low;

	for (i = 0; i < NONCE_SIZE; i++) {
		high = digit(hex[2 * i]);
		low = high < 0 ? -1 : digit(hex[2 * i + 1]);
		if (low < 0)
			return -1;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	if (hex[NONCE_HEX] != '\0')
		return -1;
	for (i = 0; i < NONCE_SIZE; i++)
		nonce[i] = bytes[i];
	return 0;
}

void
nonce_block(const uint8_t nonce[NONCE_SIZE], const char *label, uint32_t i,
    uint8_t out[SHA256_SIZE])
{
	struct hmac m;
	uint8_t index[4] = { (uint8_t)i, (uint8_t)(i >> 8), (uint8_t)(i >> 16),
		(uint8_t)(i >> 24) };
	size_t n = 0;

	while (label[n] != '\0')
		n++;
	hmac_init(&m, nonce, NONCE_SIZE);
	hmac_add(&m, label, n + 1);
	hmac_add(&m, index, sizeof index);
	hmac_end(&m, out);
}

uint32_t
nonce_u32(const uint8_t nonce[NONCE_SIZE], const char *label, uint32_t i)
{
	uint8_t b[SHA256_SIZE];

	nonce_block(nonce, label, i, b);
	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
	    (uint32_t)b[3] << 24;
}

void
nonce_fill(const uint8_t nonce[NONCE_SIZE], const char *label, void *to,
    size_t n)
{
	uint8_t block[SHA256_SIZE], *p = to;
	size_t i;

	for (i = 0; i < n; i++) {
		if (i % SHA256_SIZE == 0)
			nonce_block(nonce, label, (uint32_t)(i / SHA256_SIZE),
			    block);
		p[i] = block[i % SHA256_SIZE];
	}
}

void
nonce_spread(const uint8_t nonce[NONCE_SIZE], const char *label, void *to,
    size_t n)
{
	uint32_t x = nonce_u32(nonce, label, 0) | 1;
	uint8_t *p = to;

	/* Of the last word only some bytes may have room. */
	for (; n >= sizeof x; n -= sizeof x, p += sizeof x) {
		__builtin_memcpy(p, &x, sizeof x);
		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
	}
	for (; n > 0; n--, x >>= 8)
		*p++ = (uint8_t)x;
}

uint64_t
nonce_sum(const void *data, size_t n)
{
	const uint8_t *p = data;
	uint32_t a = 2166136261u, b = (uint32_t)n, word;
	size_t step;

	for (; n > 0; n -= step, p += step) {
		step = n < sizeof word ? 1 : sizeof word;
		word = *p;
		if (step > 1)
			__builtin_memcpy(&word, p, sizeof word);
		a = (a ^ word) * 16777619u;
		a ^= a >> 15;
		b = b * 31 + a;
	}
	return (uint64_t)b << 32 | a;
}

void
nonce_word(const uint8_t nonce[NONCE_SIZE], const char *label, uint32_t i,
    char *word, size_t n)
{
	uint8_t block[SHA256_SIZE];
	size_t k;

	nonce_block(nonce, label, i, block);
	for (k = 0; k < n && k < sizeof block; k++)
		word[k] = (char)('a' + block[k] % 26);
	word[k] = '\0';
}

/* Characters of a kind that is drawn with them, and how many of them; returns
 * that. */
static size_t
draw_text(const uint8_t nonce[NONCE_SIZE], const char *label, uint32_t i,
    char *to, size_t least, size_t most)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	static const char marks[] = "0123456789._-!\"#$&'()*+,/:;<>?@[\\]^`{|}"
				    "~%=aZ";

	static const struct {
		const char *from;
		size_t n;
	} kinds[] = { { letters, 26 }, { letters, sizeof letters - 1 },
		{ marks, 13 }, { marks, sizeof marks - 1 } };

	uint8_t b[2 * SHA256_SIZE];
	size_t kind, n, k;

	nonce_block(nonce, label, 2 * i, b);
	nonce_block(nonce, label, 2 * i + 1, &b[SHA256_SIZE]);
	kind = b[0] % (sizeof kinds / sizeof kinds[0]);
	n = least + b[1] % (most - least + 1);
	for (k = 0; k < n; k++)
		to[k] = kinds[kind].from[b[2 + k] % kinds[kind].n];
	to[n] = '\0';
	return n;
}

/* Stems come from blocks that no key is drawn from. */
static size_t
draw_stem(const uint8_t nonce[NONCE_SIZE], const char *label, char *stem)
{
	return draw_text(nonce, label, UINT32_MAX / 2, stem, 6, NONCE_STEM_MAX);
}

void
nonce_stem(const uint8_t nonce[NONCE_SIZE], const char *label, char *stem)
{
	(void)draw_stem(nonce, label, stem); /* its length shows */
}

void
nonce_key(const uint8_t nonce[NONCE_SIZE], const char *label, uint32_t i,
    char *key)
{
	size_t n = draw_stem(nonce, label, key);

	(void)draw_text(nonce, label, i, key + n, 8,
	    NONCE_KEY_MAX - NONCE_STEM_MAX); /* likewise */
}
