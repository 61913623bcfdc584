/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The kernel log: a ring of text that forgets its oldest part.
 */
#include "kernel/klog.h"

#include <lacuna/string.h>

#include "kernel/arch/i386/io.h"
#include "kernel/ipc/ipc.h"
#include "lib/sys/format.h"

#define DIAGNOSTIC_PORT 0xe9

static char ring[KLOG_SIZE];
static size_t ring_end; /* characters ever written */

void
klog_report(const char *text, size_t n)
{
	port_write_string(DIAGNOSTIC_PORT, text, n, 1);
}

void
klog_write(const char *text, size_t n)
{
	klog_report(text, n);
	for (size_t i = 0; i < n; i++)
		ring[ring_end++ % KLOG_SIZE] = text[i];
	if (n > 0 && text[n - 1] == '\n')
		ipc_notify_signal(proc_slot(LOG_PROC_NR), SIGKMESS);
}

size_t
klog_read(char *buf, size_t size)
{
	size_t n = ring_end < KLOG_SIZE ? ring_end : KLOG_SIZE;

	if (n > size)
		n = size;
	for (size_t i = 0; i < n; i++)
		buf[i] = ring[(ring_end - n + i) % KLOG_SIZE];
	return n;
}

static void
sink_write(struct text_sink *sink, const char *text, size_t n)
{
	(void)sink; /* there is one log */
	klog_write(text, n);
}

void
kvprintf(const char *format, va_list ap)
{
	struct text_sink sink = { sink_write };

	text_format(&sink, format, ap);
}

void
kprintf(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	kvprintf(format, ap);
	va_end(ap);
}
