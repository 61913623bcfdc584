/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Telling the host what a test saw, apart from the console.
 *
 * A test program opens its stream, reports observations and closes it:
 *
 *     int main(int argc, char **argv)
 *     {
 *             report_begin("pipe-order", argc > 1 ? argv[1] : NULL);
 *             report_obs("first", "%d", first);
 *             return report_end();
 *     }
 *
 * The runner hands the run's nonce to each test as its first argument. A
 * stream belongs to one process: children tell their parent what they saw.
 * Programs and services use it alike; nothing here needs the C library.
 *
 * Each record is a line
 *
 *     @L1 SEQ TEST KIND TIME PAYLOAD TAG
 *
 * SEQ counts from 0 in each stream; KIND is plan, begin, obs, note, end or
 * bye, or one of checkpoint.h and check.c; TIME is the time stamp in
 * hexadecimal; PAYLOAD may hold blanks, and has bytes outside ' '..'~' and '%'
 * itself as %XX; TAG is the first 16 hexadecimal digits of HMAC(key, everything
 * before the blank in front of it), where key = HMAC(nonce, "key" NUL TEST). An
 * observation is NAME=VALUE, or NAME:TYPE=VALUE with a letter of report_type.
 */
#pragma once

#include <stdarg.h>

#include "test/report/check.h"
#include "test/report/nonce.h"

#define REPORT_LINE_MAX    240 /* bytes in a record */
#define REPORT_PAYLOAD_MAX 160 /* of which the payload, as it travels */
#define REPORT_NAME_MAX    40  /* bytes in a test's name, with its NUL */

/**
 * Open this process's stream.
 *
 * Without a nonce (NULL or not one) the zero nonce is used: a test that was
 * started by hand still runs, and its records convince nobody.
 *
 * @param[in] name  of the test: letters, digits, '-', '_' and '.'
 * @param[in] hex   the nonce in hexadecimal, or NULL
 *
 * @retval 0  open
 * @retval <0 the kernel refused the record
 */
int report_begin(const char *name, const char *hex);

/**
 * Report one observation: a name and a value.
 *
 * @param[in] name without '=' or blanks
 * @param[in] fmt  %d %i %u %x %s %c %% with l and ll, widths as %04x
 * @return 0, or <0: the kernel refused the record
 */
int report_obs(const char *name, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * Report the result of a call: the host prints it as OK, -ENOMEM, ...
 *
 * @param[in] name   as report_obs()
 * @param[in] status OK or a negative error
 * @return 0, or <0: the kernel refused the record
 */
int report_status(const char *name, int status);

/** Report a number, a count, a length. @see report_status() */
int report_number(const char *name, int64_t n);

/** Report an address or a word: shown in hexadecimal. @see report_status() */
int report_addr(const char *name, uint32_t addr);

/**
 * Report bytes as hexadecimal digits, at most 64 of them.
 *
 * @param[in] name as report_obs()
 * @param[in] data the bytes
 * @param[in] n    how many
 * @return 0, or <0: the kernel refused the record
 */
int report_bytes(const char *name, const void *data, size_t n);

/**
 * Report the digest of bytes: the first 16 hexadecimal digits of SHA-256.
 *
 * @param[in] name as report_obs()
 * @param[in] data the bytes
 * @param[in] n    how many
 * @return 0, or <0: the kernel refused the record
 */
int report_digest(const char *name, const void *data, size_t n);

/**
 * A record of any kind; the functions above and below are made of it.
 *
 * @param[in] kind of the record
 * @param[in] fmt  its payload, as report_obs()
 * @return 0, or <0: the kernel refused the record
 */
int report_record(const char *kind, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/** The same. @see report_record() */
int report_vrecord(const char *kind, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/**
 * A remark for people; no verdict depends on it.
 *
 * @param[in] fmt as report_obs()
 * @return 0, or <0: the kernel refused the record
 */
int report_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/**
 * Close the stream. Behind its last record the emulator stops, if it listens,
 * so that the host can look at the process whose stream it was.
 *
 * @return 0, or 1 when a check failed: the program's exit status
 */
int report_end(void);

/** How many tests will follow. For the runner, first. @param[in] count tests */
void report_plan(unsigned int count);

/** The last record of a run. For the runner. */
void report_bye(void);

/** The nonce of the open stream. @return NONCE_SIZE bytes */
const uint8_t *report_nonce(void);

/**
 * Hand one line to the kernel. The only function here that depends on the
 * system; it may be replaced where there is none.
 *
 * @param[in] line it, without newline
 * @param[in] len  its length
 *
 * @retval 0  written
 * @retval <0 refused
 */
int report_line(const char *line, size_t len);
