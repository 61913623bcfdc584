/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See session.h. */
#include "cmd/gdbstub/test/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/gdbstub/breaks.h"
#include "cmd/gdbstub/watch.h"

struct stub stub;
struct rsp_out out;

int
session_setup(void **state)
{
	(void)state;
	fake_setup();
	break_forget();
	watch_forget();
	memset(&stub, 0, sizeof stub);
	stub.last = fake.next;
	return 0;
}

const char *
ask_bytes(const char *data, size_t n)
{
	static char packet[RSP_MAX + 1], text[RSP_MAX + 1];

	memcpy(packet, data, n);
	packet[n] = '\0';
	if (!stub_packet(&stub, packet, n, &out))
		return "nothing";
	memcpy(text, out.data, out.n);
	text[out.n] = '\0';
	return text;
}

const char *
ask(const char *packet)
{
	return ask_bytes(packet, strlen(packet));
}

void
answers(const char *packet, const char *answer)
{
	assert_string_equal(ask(packet), answer);
}

void
refuses(const char *packet, int error)
{
	char text[8];

	snprintf(text, sizeof text, "E%02x", (unsigned int)error);
	answers(packet, text);
}

void
unknown(const char *packet)
{
	answers(packet, "");
}
