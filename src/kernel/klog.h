/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the kernel prints. Text goes to a ring, from which the log driver
 * reads it (it gets SIGKMESS), and to the host's diagnostic port. Reports
 * are lines for the host alone.
 */
#pragma once

#include <stdarg.h>

#include <abi/types.h>

#define KLOG_SIZE 8192

struct proc;

/** Print to the kernel log; conversions as in <lacuna/printf.h>. */
void kprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** kprintf() with the arguments in a list. */
void kvprintf(const char *format, va_list ap)
    __attribute__((format(printf, 1, 0)));

/** Add n characters to the kernel log. */
void klog_write(const char *text, size_t n);

/** Write a line to the host's port, not to the log: DIAG_REPORT_MARK, the
 * sender's name and endpoint, the text without its control characters. */
void klog_report(const struct proc *from, const char *text, size_t n);

/**
 * Copy the newest part of the log out.
 * @param[out] buf   room for size bytes
 * @return bytes stored
 */
size_t klog_read(char *buf, size_t size);
