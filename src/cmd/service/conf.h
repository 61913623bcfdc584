/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reads system.conf(5): what each service may do.
 *
 *     service NAME {
 *         uid NUMBER;             user it runs as            default 12
 *         priority QUEUE;         0 is best                  default RS's
 *         quantum TICKS;                                     default RS's
 *         system CALL...;         kernel calls, ALL, NONE    added to BASIC
 *         vm CALL...;             calls of VM, ALL, NONE     added to BASIC
 *         ipc LABEL...;           whom it may send to, ALL   default ALL
 *         quota KIB;              memory it may have         default 2048
 *         users;                  user processes may send to it
 *         irq LINE...;            interrupt lines
 *         io HEX[:HEXLEN]...;     ports
 *         mem HEX:HEXLEN...;      physical memory
 *         device MAJOR char|block; it drives this device
 *         restart WHEN;           back-off, at-once or never default back-off
 *         give-up FAILURES;       in a row, then it stays    default never
 *         script PATH;            decides when it fails again default none
 *         keep BYTES;             memory that outlives it    default none
 *         period TICKS;           of heartbeats, as -period  default 5HZ
 *     };
 *
 * A # begins a comment. NAME is the last part of the program's path, or *
 * for all that have no entry before it. Unknown words are errors: a
 * misspelt restriction must not be taken for none.
 */
#pragma once

#include <proto/rs.h>

#define CONF_NO_ENTRY (-1) /* no errno: a file that is missing is ENOENT */

/** What to write instead of what is no device number or no period. */
extern const char conf_no_major[], conf_no_period[];

/**
 * Find a program's entry and add what it says.
 *
 * @param[in]     path     of the configuration
 * @param[in]     program  last part of the program's path
 * @param[in,out] start    gets the privileges
 *
 * @retval 0              found; *start is complete
 * @retval CONF_NO_ENTRY  none for program
 * @retval EINVAL         the file is wrong; where, is on standard error
 * @return or the errno of reading the file
 */
int conf_read(const char *path, const char *program, struct rs_start *start);

/**
 * Read a period of heartbeats.
 *
 * @param[in]  text   ticks, or seconds with HZ behind them ("2HZ")
 * @param[out] ticks  at least 1
 *
 * @retval true   *ticks is set
 * @retval false  no such thing
 */
bool conf_period(const char *text, uint32_t *ticks);

/**
 * Read the number of a device that a service may drive.
 *
 * @param[in]  text   digits
 * @param[out] major  the number
 *
 * @retval true   *major is set
 * @retval false  no number, or none for services
 */
bool conf_major(const char *text, int32_t *major);

/**
 * Read when a service that has failed is started again.
 *
 * @param[in]  text  back-off or at-once
 * @param[out] when  enum rs_restart_when
 *
 * @retval true   *when is set
 * @retval false  no such word
 */
bool conf_restart(const char *text, uint32_t *when);

/**
 * Read a decimal number that is all of a text.
 *
 * @param[in]  text   digits
 * @param[out] value  the number
 *
 * @retval true   *value is set
 * @retval false  no number
 */
bool conf_number(const char *text, uint32_t *value);
