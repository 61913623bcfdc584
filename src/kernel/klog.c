/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The kernel log: a ring of text that forgets its oldest part.
 */
#include "kernel/klog.h"

#include <abi/kcall_info.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/io.h"
#include "kernel/proc.h"
#include "lib/sys/format.h"

#define DIAGNOSTIC_PORT 0xe9

bool klog_news;

static char ring[KLOG_SIZE];
static size_t ring_end; /* characters ever written */

/* Write to the host's port, with a question mark for what may not be there:
 * control characters up to `last`, but for those that printing needs. */
static void
port_write(const char *text, size_t n, char last)
{
	size_t good;

	while (n > 0) {
		for (good = 0; good < n; good++)
			if (text[good] >= 0 && text[good] <= last)
				break;
		port_write_string(DIAGNOSTIC_PORT, text, good, 1);
		text += good;
		n -= good;
		if (n > 0) {
			port_write_string(DIAGNOSTIC_PORT, "?", 1, 1);
			text++;
			n--;
		}
	}
}

static void
sink_report(struct text_sink *sink, const char *text, size_t n)
{
	(void)sink; /* there is one port */
	port_write_string(DIAGNOSTIC_PORT, text, n, 1);
}

/* Print to the host's port. */
static void __attribute__((format(printf, 1, 2)))
port_print(const char *format, ...)
{
	struct text_sink sink = { sink_report };
	va_list ap;

	va_start(ap, format);
	text_format(&sink, format, ap);
	va_end(ap);
}

void
klog_report(const struct proc *from, const char *text, size_t n)
{
	port_print("%c", DIAG_REPORT_MARK);
	port_write(from->name, strlen(from->name), ' ');
	port_print(" %d ", (int)from->endpoint);
	port_write(text, n, ' ' - 1);
	port_print("\n");
}

void
klog_write(const char *text, size_t n)
{
	port_write(text, n, DIAG_REPORT_MARK);
	for (size_t i = 0; i < n; i++)
		ring[ring_end++ % KLOG_SIZE] = text[i];
	if (n > 0 && text[n - 1] == '\n')
		klog_news = true;
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
