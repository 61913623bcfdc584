/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * SHA-256 as FIPS 180-4 writes it down, and HMAC on top.
 *
 * Written for reading: the message schedule is kept in a ring of 16 words,
 * which is also what keeps the stack small enough for a service.
 */
#include "test/report/sha256.h"

/* First 32 bits of the fractional parts of cube roots of primes. */
static const uint32_t round_key[64] = {
	0x428a2f98,
	0x71374491,
	0xb5c0fbcf,
	0xe9b5dba5,
	0x3956c25b,
	0x59f111f1,
	0x923f82a4,
	0xab1c5ed5,
	0xd807aa98,
	0x12835b01,
	0x243185be,
	0x550c7dc3,
	0x72be5d74,
	0x80deb1fe,
	0x9bdc06a7,
	0xc19bf174,
	0xe49b69c1,
	0xefbe4786,
	0x0fc19dc6,
	0x240ca1cc,
	0x2de92c6f,
	0x4a7484aa,
	0x5cb0a9dc,
	0x76f988da,
	0x983e5152,
	0xa831c66d,
	0xb00327c8,
	0xbf597fc7,
	0xc6e00bf3,
	0xd5a79147,
	0x06ca6351,
	0x14292967,
	0x27b70a85,
	0x2e1b2138,
	0x4d2c6dfc,
	0x53380d13,
	0x650a7354,
	0x766a0abb,
	0x81c2c92e,
	0x92722c85,
	0xa2bfe8a1,
	0xa81a664b,
	0xc24b8b70,
	0xc76c51a3,
	0xd192e819,
	0xd6990624,
	0xf40e3585,
	0x106aa070,
	0x19a4c116,
	0x1e376c08,
	0x2748774c,
	0x34b0bcb5,
	0x391c0cb3,
	0x4ed8aa4a,
	0x5b9cca4f,
	0x682e6ff3,
	0x748f82ee,
	0x78a5636f,
	0x84c87814,
	0x8cc70208,
	0x90befffa,
	0xa4506ceb,
	0xbef9a3f7,
	0xc67178f2,
};

static uint32_t
rotate(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static uint32_t
load_be(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

/* The next word of the message schedule, kept in a ring of 16. */
static void
schedule(uint32_t *w, int i)
{
	uint32_t a = w[(i + 1) & 15], b = w[(i + 14) & 15];
	uint32_t s0 = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3;
	uint32_t s1 = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10;

	w[i & 15] += s0 + w[(i + 9) & 15] + s1;
}

/* Round n of eight. The variables do not move along, their names do: what is a
 * in a round is b in the next. Only two get a new value; kw is the round's key
 * and word. */
static inline void
turn(uint32_t *v, unsigned int n, uint32_t kw)
{
	const uint32_t a = v[(8 - n) % 8], b = v[(9 - n) % 8];
	const uint32_t c = v[(10 - n) % 8], e = v[(12 - n) % 8];
	const uint32_t f = v[(13 - n) % 8], g = v[(14 - n) % 8];
	uint32_t t1 = v[(15 - n) % 8] + kw + (g ^ (e & (f ^ g))) +
	    (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25));

	v[(11 - n) % 8] += t1;
	v[(15 - n) % 8] = t1 + ((a & b) | (c & (a | b))) +
	    (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22));
}

/* Eight rounds, after which each has its name again. */
static void
eight_turns(uint32_t *v, const uint32_t *w, const uint32_t *k)
{
	turn(v, 0, k[0] + w[0]);
	turn(v, 1, k[1] + w[1]);
	turn(v, 2, k[2] + w[2]);
	turn(v, 3, k[3] + w[3]);
	turn(v, 4, k[4] + w[4]);
	turn(v, 5, k[5] + w[5]);
	turn(v, 6, k[6] + w[6]);
	turn(v, 7, k[7] + w[7]);
}

/* Mix one block of 64 bytes into the state. */
static void
mix(struct sha256 *s, const uint8_t *block)
{
	uint32_t w[16], v[8];
	int i, k;

	for (i = 0; i < 16; i++)
		w[i] = load_be(block + 4 * i);
	for (i = 0; i < 8; i++)
		v[i] = s->h[i];
	for (i = 0; i < 64; i += 8) {
		for (k = i; i >= 16 && k < i + 8; k++)
			schedule(w, k);
		eight_turns(v, &w[i % 16], &round_key[i]);
	}
	for (i = 0; i < 8; i++)
		s->h[i] += v[i];
}

void
sha256_init(struct sha256 *s)
{
	static const uint32_t start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
		0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	int i;

	for (i = 0; i < 8; i++)
		s->h[i] = start[i];
	s->length = 0;
}

void
sha256_add(struct sha256 *s, const void *data, size_t n)
{
	const uint8_t *p = data;

	for (; n > 0; n--) {
		s->block[s->length++ % SHA256_BLOCK] = *p++;
		if (s->length % SHA256_BLOCK == 0)
			mix(s, s->block);
	}
}

void
sha256_end(struct sha256 *s, uint8_t digest[SHA256_SIZE])
{
	uint64_t bits = s->length * 8;
	uint8_t b = 0x80;
	int i;

	sha256_add(s, &b, 1);
	for (b = 0; s->length % SHA256_BLOCK != SHA256_BLOCK - 8;)
		sha256_add(s, &b, 1);
	for (i = 7; i >= 0; i--) {
		b = (uint8_t)(bits >> 8 * i);
		sha256_add(s, &b, 1);
	}
	for (i = 0; i < SHA256_SIZE; i++)
		digest[i] = (uint8_t)(s->h[i / 4] >> (24 - i % 4 * 8));
}

void
hmac_init(struct hmac *m, const void *key, size_t n)
{
	const uint8_t *k = key;
	uint8_t digest[SHA256_SIZE], b;
	size_t i;

	if (n > SHA256_BLOCK) {
		sha256_init(&m->inner);
		sha256_add(&m->inner, key, n);
		sha256_end(&m->inner, digest);
		k = digest;
		n = sizeof digest;
	}
	sha256_init(&m->inner);
	sha256_init(&m->outer);
	for (i = 0; i < SHA256_BLOCK; i++) {
		b = (uint8_t)((i < n ? k[i] : 0) ^ 0x36);
		sha256_add(&m->inner, &b, 1);
		b ^= 0x36 ^ 0x5c;
		sha256_add(&m->outer, &b, 1);
	}
}

void
hmac_add(struct hmac *m, const void *data, size_t n)
{
	sha256_add(&m->inner, data, n);
}

void
hmac_end(struct hmac *m, uint8_t tag[SHA256_SIZE])
{
	uint8_t digest[SHA256_SIZE];

	sha256_end(&m->inner, digest);
	sha256_add(&m->outer, digest, sizeof digest);
	sha256_end(&m->outer, tag);
}
