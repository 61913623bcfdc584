/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * SHA-256 and HMAC-SHA-256, without any library beneath them.
 *
 * The same source is compiled for test programs, for services and for the
 * host, so that all of them compute the same digests.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE  32 /* bytes in a digest */
#define SHA256_BLOCK 64 /* bytes hashed at a time */

/** A hash under construction. Fields belong to sha256.c. */
struct sha256 {
	uint32_t h[8];
	uint64_t length; /* bytes so far */
	uint8_t block[SHA256_BLOCK];
};

/** A keyed hash under construction: the outer half waits in `outer`. */
struct hmac {
	struct sha256 inner, outer;
};

/**
 * Start a hash.
 *
 * @param[out] s the hash
 *
 * @source FIPS 180-4
 */
void sha256_init(struct sha256 *s);

/**
 * Add bytes to a hash.
 *
 * @param[in,out] s    a hash that was started
 * @param[in]     data bytes to add
 * @param[in]     n    how many
 */
void sha256_add(struct sha256 *s, const void *data, size_t n);

/**
 * Finish a hash; start it again before the next use.
 *
 * @param[in,out] s      the hash
 * @param[out]    digest SHA256_SIZE bytes
 */
void sha256_end(struct sha256 *s, uint8_t digest[SHA256_SIZE]);

/**
 * Prepare a key once, for many messages: copy the result for each of them.
 *
 * @param[out] m   the keyed hash, ready for hmac_add()
 * @param[in]  key the key
 * @param[in]  n   its length in bytes
 *
 * @source RFC 2104
 */
void hmac_init(struct hmac *m, const void *key, size_t n);

/**
 * Add bytes to a keyed hash.
 *
 * @param[in,out] m    a keyed hash that was started
 * @param[in]     data bytes to add
 * @param[in]     n    how many
 */
void hmac_add(struct hmac *m, const void *data, size_t n);

/**
 * Finish a keyed hash.
 *
 * @param[in,out] m   the keyed hash
 * @param[out]    tag SHA256_SIZE bytes
 */
void hmac_end(struct hmac *m, uint8_t tag[SHA256_SIZE]);
