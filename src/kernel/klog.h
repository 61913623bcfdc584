/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the kernel prints. Text goes to a ring, from which the log driver
 * reads it (it gets SIGKMESS), and to the host's diagnostic port. Reports
 * are lines for the host alone.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>

#include <abi/types.h>

#define KLOG_SIZE 8192 /**< characters the kernel remembers */

struct proc;

/** A line has come since the log driver was told, by the clock; klog.c. */
extern bool klog_news;

/**
 * Print to the kernel log.
 *
 * @param[in] format  as in <lacuna/printf.h>
 * @source own design
 */
void kprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * kprintf() with the arguments in a list.
 *
 * @param[in] format  as in <lacuna/printf.h>
 * @param[in] ap      arguments
 * @source own design
 */
void kvprintf(const char *format, va_list ap)
    __attribute__((format(printf, 1, 0)));

/**
 * Add text to the kernel log. When it ends a line the log driver is told, at
 * the next tick.
 *
 * @param[in] text  characters
 * @param[in] n     how many
 * @source own design
 */
void klog_write(const char *text, size_t n);

/**
 * Write a line to the host's port, not to the log: DIAG_REPORT_MARK, the
 * sender's name and endpoint, the text without its control characters.
 *
 * @param[in] from  who reports
 * @param[in] text  characters
 * @param[in] n     how many
 * @source own design
 */
void klog_report(const struct proc *from, const char *text, size_t n);

/**
 * Copy the newest part of the log out.
 *
 * @param[out] buf   filled from its beginning
 * @param[in]  size  bytes it has room for
 * @return bytes stored
 * @source own design
 */
size_t klog_read(char *buf, size_t size);
