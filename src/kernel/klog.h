/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the kernel prints. Text goes to a ring, from which the log driver
 * reads it (it gets SIGKMESS), and to the host's diagnostic port. Reports
 * are lines for the host alone.
 */
#pragma once

#include <abi/types.h>

#define KLOG_SIZE 8192

/** Print to the kernel log; %d %u %x %p %c %s %% with width, 0, -, l. */
void kprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Add n characters to the kernel log. */
void klog_write(const char *text, size_t n);

/** Write n characters to the host's port, not to the log. */
void klog_report(const char *text, size_t n);

/**
 * Copy the newest part of the log out.
 * @param[out] buf   room for size bytes
 * @return bytes stored
 */
size_t klog_read(char *buf, size_t size);
