/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What every part of the grader uses: how it ends, lists of words, digests.
 *
 * These are tools for programs that run once and end, so what cannot go on
 * (no memory, a disk that is full) ends the program: die() says why and exits
 * with EXIT_INFRA, which never counts against a submission.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Exit statuses of all programs here. */
enum grade_exit {
	EXIT_SCORED = 0, /**< a result was reached, good or bad */
	EXIT_FAILED = 1, /**< a check of the project itself failed */
	EXIT_USAGE = 2,  /**< wrong arguments */
	EXIT_INFRA = 3,  /**< the machine, not the submission, is at fault */
	EXIT_REFUSED = 4 /**< the submission could not be taken in */
};

/** A growing list of strings it owns; at[n] is always NULL. */
struct strings {
	char **at;
	size_t n;
};

/**
 * Say what is wrong, after the program's name, and exit.
 *
 * @param[in] status exit status, enum grade_exit
 * @param[in] fmt    as printf
 */
_Noreturn void die(int status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * Memory, or the program's end.
 *
 * @param[in] n bytes
 * @return zeroed memory for free()
 */
void *need(size_t n);

/**
 * Format into memory of its own.
 *
 * @param[in] fmt as printf
 * @return a string for free()
 */
char *text(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/**
 * Append to a list.
 *
 * @param[in,out] list zeroed before first use
 * @param[in]     s    copied
 */
void strings_add(struct strings *list, const char *s);

/**
 * Append formatted text to a list.
 *
 * @param[in,out] list zeroed before first use
 * @param[in]     fmt  as printf
 */
void strings_addf(struct strings *list, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * Is a string in a list?
 *
 * @param[in] list the list
 * @param[in] s    what to look for
 * @return whether it is
 */
bool strings_have(const struct strings *list, const char *s);

/**
 * Is a word in a list of words with commas between them?
 *
 * @param[in] list the list, as text
 * @param[in] word not empty, without a comma
 * @return whether it is
 */
bool list_has(const char *list, const char *word);

/**
 * Sort a list by byte values.
 *
 * @param[in,out] list the list
 */
void strings_sort(struct strings *list);

/**
 * Free what a list holds and empty it.
 *
 * @param[in,out] list the list
 */
void strings_free(struct strings *list);

/**
 * Write bytes as hexadecimal digits.
 *
 * @param[in]  data the bytes
 * @param[in]  n    how many
 * @param[out] hex  2 * n + 1 bytes
 */
void hex_text(const void *data, size_t n, char *hex);

/**
 * SHA-256 of bytes in hexadecimal.
 *
 * @param[in]  data the bytes
 * @param[in]  n    how many
 * @param[out] hex  65 bytes
 */
void sha256_hex(const void *data, size_t n, char hex[65]);

#include "grader/base/files.h" /* uses struct strings */
