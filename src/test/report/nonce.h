/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values that differ from run to run, yet can be computed again by anyone
 * who knows the run's nonce: names, numbers, contents, orders.
 *
 * A label names a stream, an index a place in it. Whoever knows the nonce
 * can compute any place without computing the ones before.
 */
#pragma once

#include "test/report/sha256.h"

#define NONCE_SIZE 16 /* bytes in a nonce */
#define NONCE_HEX  (2 * NONCE_SIZE)

/**
 * Read a nonce written as hexadecimal digits.
 *
 * @param[in]  hex   NONCE_HEX digits and a NUL
 * @param[out] nonce the bytes, set only on success
 *
 * @retval 0  done
 * @retval -1 too short, too long or not hexadecimal
 */
int nonce_parse(const char *hex, uint8_t nonce[NONCE_SIZE]);

/**
 * 32 bytes of a stream: HMAC(nonce, label NUL index as 4 bytes).
 *
 * @param[in]  nonce the run's nonce
 * @param[in]  label name of the stream
 * @param[in]  i     which block
 * @param[out] out   the block
 *
 * @source own design
 */
void nonce_block(const uint8_t nonce[NONCE_SIZE], const char *label, uint32_t i,
    uint8_t out[SHA256_SIZE]);

/**
 * A number: the first four bytes of block i, little endian.
 *
 * @param[in] nonce the run's nonce
 * @param[in] label name of the stream
 * @param[in] i     which number
 * @return any 32 bits
 */
uint32_t nonce_u32(const uint8_t nonce[NONCE_SIZE], const char *label,
    uint32_t i);

/**
 * Fill memory with the stream's blocks 0, 1, 2, ...
 *
 * @param[in]  nonce the run's nonce
 * @param[in]  label name of the stream
 * @param[out] to    where to
 * @param[in]  n     bytes
 */
void nonce_fill(const uint8_t nonce[NONCE_SIZE], const char *label, void *to,
    size_t n);

/**
 * The same, cheaply, for much memory: a sequence of words that begins with
 * number 0 of the stream. Whoever sees a word knows the next ones.
 *
 * @param[in]  nonce the run's nonce
 * @param[in]  label name of the stream
 * @param[out] to    where to
 * @param[in]  n     bytes
 *
 * @source Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (2003)
 */
void nonce_spread(const uint8_t nonce[NONCE_SIZE], const char *label, void *to,
    size_t n);

/**
 * A number that differs, almost surely, for memory that differs: a digest takes
 * twenty times as long. Both its halves depend on all bytes.
 *
 * @param[in] data  any memory
 * @param[in] n     its size
 * @return 64 bits
 * @source own design, after FNV-1a
 */
uint64_t nonce_sum(const void *data, size_t n);

/**
 * A word of n letters from a to z: byte k of block i picks letter k.
 *
 * @param[in]  nonce the run's nonce
 * @param[in]  label name of the stream
 * @param[in]  i     which word
 * @param[out] word  n + 1 bytes
 * @param[in]  n     letters, at most SHA256_SIZE
 */
void nonce_word(const uint8_t nonce[NONCE_SIZE], const char *label, uint32_t i,
    char *word, size_t n);

#define NONCE_STEM_MAX 24 /* characters */
#define NONCE_KEY_MAX  79

/**
 * The beginning that all keys of a label have in common: 6 to NONCE_STEM_MAX
 * printable characters, no blanks. How many, and of which kinds (letters,
 * letters and digits, digits and dots, anything), is drawn as well, so that
 * nobody knows what a key of the next run looks like.
 *
 * @param[in]  nonce the run's nonce
 * @param[in]  label name of the keys
 * @param[out] stem  NONCE_STEM_MAX + 1 bytes
 */
void nonce_stem(const uint8_t nonce[NONCE_SIZE], const char *label, char *stem);

/**
 * A key: the stem, and 8 to NONCE_KEY_MAX - NONCE_STEM_MAX characters more, of
 * a kind of their own.
 *
 * @param[in]  nonce the run's nonce
 * @param[in]  label name of the keys
 * @param[in]  i     which
 * @param[out] key   NONCE_KEY_MAX + 1 bytes
 */
void nonce_key(const uint8_t nonce[NONCE_SIZE], const char *label, uint32_t i,
    char *key);
