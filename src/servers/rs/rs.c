/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What all rooms of RS share, see servers/rs/rs.h.
 */
#include "servers/rs/rs.h"

#include <lacuna/assert.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

bool rs_shutting_down;
bool rs_going_down;
bool rs_verbose;
bool rs_pings = true;

clock_ticks
rs_now(void)
{
	clock_ticks now;
	int r = getticks(&now);

	assert(r == OK); /* this call cannot fail */
	return now;
}

void
rs_tell(const char *label, const char *what)
{
	if (rs_verbose)
		printf("rs: %s %s\n", label, what);
}

void
rs_send(endpoint_t to, int type, const void *payload, size_t size)
{
	static endpoint_t deaf = NONE; /* of whom we have complained */
	struct message m;
	int r;

	assert(size <= MSG_BODY);
	memset(&m, 0, sizeof m);
	m.m_type = type;
	memcpy(m.m_body, payload, size);
	r = asynsend3(to, &m, AMF_NOREPLY);
	if (r == -EAGAIN && to != deaf) {
		printf("rs: %d takes no messages, some are lost\n", to);
		deaf = to;
	} else if (r != OK && r != -EAGAIN) {
		panic("cannot send without waiting: %d", r);
	}
}
