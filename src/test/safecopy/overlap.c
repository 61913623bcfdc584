/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Copies within one process: ranges that overlap, that touch, that
 * are the same, and that are apart.
 */
#include <string.h>

#include "test/safecopy/client.h"

#define PAGES 6u

static vir_bytes room;
static uint8_t model[PAGES * PAGE]; /* what must be there */

/* g copies 3 pages through a grant to itself. */
static int
shift(int call, vir_bytes from, vir_bytes to)
{
	agent_fill(&g, room, PAGES * PAGE, "overlap");
	return agent_move(call, &g, room + from, &g, room + to, 3 * PAGE);
}

/* Compare the room with what memmove() would have done. */
static void
compare(const char *name, vir_bytes from, vir_bytes to)
{
	uint8_t hash[SHA256_SIZE];
	struct sha256 s;

	nonce_spread(report_nonce(), "overlap", model, sizeof model);
	memmove(model + to, model + from, 3 * PAGE);
	sha256_init(&s);
	sha256_add(&s, model, sizeof model);
	sha256_end(&s, hash);
	agent_report(&g, name, room, PAGES * PAGE);
	CHECK(memcmp(hash, g.op.digest, DIGEST_SIZE) == 0);
}

static void
both(const char *name, vir_bytes from, vir_bytes to)
{
	CHECK(shift(A_FROM, from, to) == OK);
	compare(name, from, to);
	CHECK(shift(A_TO, from, to) == OK);
	compare(name, from, to);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-overlap");
	room = agent_map(&g, PAGES);
	both("down-one", PAGE, 0);
	both("down-two", 2 * PAGE, 0);
	both("same", PAGE, PAGE);
	both("down-a-bit", 100, 0);
	both("down-within", PAGE + 100, 100);
	both("apart", 0, 3 * PAGE);
	agent_set(&g, room, 3 * PAGE, 'g');
	CHECK(
	    agent_count(&g, room + 3 * PAGE, 3 * PAGE, 'g') < (int)(3 * PAGE));
	both("apart-down", 3 * PAGE, 0);
	agent_report(&g, "upper", room + 3 * PAGE, 3 * PAGE);
	return agents_close();
}
