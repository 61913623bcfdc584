/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Copies within one process: ranges that overlap, by pages or by
 * bytes alone, upwards and downwards; that touch; that are the same; and that
 * are apart. Where they overlap bytes are copied, the first one first.
 */
#include <string.h>

#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define PAGES 8u
#define ROOM  (PAGES * PAGE)

static vir_bytes room;
static uint8_t before[ROOM]; /* what is there before each copy */
static uint8_t model[ROOM];  /* what must be there after it */
static uint32_t drawn;

/* g copies within the room through a grant to itself. */
static int
shift(int call, vir_bytes from, vir_bytes to, vir_bytes len)
{
	agent_fill(&g, room, ROOM, "overlap");
	return agent_move(call, &g, room + from, &g, room + to, len);
}

/* Compare the room with what a copy from the first byte to the last does. */
static void
compare(const char *name, vir_bytes from, vir_bytes to, vir_bytes len)
{
	vir_bytes i;

	memcpy(model, before, sizeof model);
	for (i = 0; i < len; i++)
		model[to + i] = model[from + i];
	CHECK_OR_SAY(CHECK_ADDR((uint32_t)agent_sum_of(&g, room, ROOM),
			 (uint32_t)nonce_sum(model, ROOM)),
	    "%s: sum of all after %u bytes went from %u to %u", name, len, from,
	    to);
}

static void
both(const char *name, vir_bytes from, vir_bytes to, vir_bytes len)
{
	report_rule(name);
	CHECK_STATUS(shift(A_FROM, from, to, len), OK);
	compare(name, from, to, len);
	CHECK_STATUS(shift(A_TO, from, to, len), OK);
	compare(name, from, to, len);
}

static uint32_t
draw(uint32_t n)
{
	return nonce_u32(report_nonce(), "drawn", drawn++) % n;
}

/* Their whole pages lie apart, but not all of their bytes: in a head or a tail
 * of one are bytes of the other. */
static void
by_bytes_alone(uint32_t pages)
{
	vir_bytes at = 1 + draw(PAGE - 1), more = 1 + draw(at);
	vir_bytes len = PAGE - at + pages * PAGE + more, by = pages * PAGE;

	both("bytes-down", at + by, at, len);
	both("bytes-up", at, at + by, len);
}

/* They touch, and are shared; and looked at from outside. */
static void
touching(void)
{
	CHECK_STATUS(shift(A_FROM, 0, 3 * PAGE, 3 * PAGE), OK);
	agent_place(&g, "lower", room, 3 * PAGE);
	agent_place(&g, "upper", room + 3 * PAGE, 3 * PAGE);
	CHECK(report_checkpoint("apart") == 0);
	compare("apart", 0, 3 * PAGE, 3 * PAGE);
	agent_set(&g, room, 3 * PAGE, 'g');
	CHECK_EQ(agent_count(&g, room, 3 * PAGE, 'g'), 3 * PAGE);
	CHECK_LT(agent_count(&g, room + 3 * PAGE, 3 * PAGE, 'g'), 3 * PAGE);
	both("apart-up", 0, 3 * PAGE, 3 * PAGE);
	both("apart-down", 3 * PAGE, 0, 3 * PAGE);
	agent_report(&g, "apart-down", room, ROOM);
	agent_report(&g, "upper", room + 3 * PAGE, 3 * PAGE);
}

int
main(int argc, char **argv)
{
	uint32_t i;

	agents_open(argc, argv, "safecopy-overlap");
	room = agent_map(&g, PAGES);
	nonce_spread(report_nonce(), "overlap", before, sizeof before);
	both("down-one", PAGE, 0, 3 * PAGE);
	both("down-two", 2 * PAGE, 0, 3 * PAGE);
	both("up-one", 0, PAGE, 3 * PAGE);
	both("up-two", 0, 2 * PAGE, 3 * PAGE);
	both("same", PAGE, PAGE, 3 * PAGE);
	agent_report(&g, "same", room, ROOM);
	both("down-a-bit", 100, 0, 3 * PAGE);
	both("up-a-bit", 0, 100, 3 * PAGE);
	both("down-within", PAGE + 100, 100, 3 * PAGE);
	for (i = 1; i <= 3; i++)
		by_bytes_alone(i);
	touching();
	return agents_close();
}
