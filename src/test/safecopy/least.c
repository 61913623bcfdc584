/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. From how many whole pages on a copy shares them: as the boot
 * parameters say, and whatever head and tail are. The same program is several
 * tests, each for boots with other parameters.
 */
#include <stdio.h>
#include <string.h>

#include "test/report/checkpoint.h"
#include "test/safecopy/client.h"

#define MOST  6u         /* whole pages of a copy */
#define ROOM  (MOST + 2) /* pages on either side */
#define NEVER UINT32_MAX

static uint32_t least; /* pages that are shared; NEVER: none are */
static vir_bytes src, dst;

static int
param(const char *name, int otherwise)
{
	int value;

	agent_label(&u, name);
	value = agent_do(&u, A_PARAM);
	return value < 0 ? otherwise : value;
}

/* Copy with so many whole pages and such ends; all around stays. */
static void
copy(const char *shape, uint32_t pages, uint32_t head, uint32_t tail)
{
	const vir_bytes at = PAGE - head, len = head + pages * PAGE + tail;
	char name[32];
	int before, wanted = pages >= least ? (int)pages : 0;

	src = agent_map(&g, ROOM);
	dst = agent_map(&u, ROOM);
	snprintf(name, sizeof name, "%s-%u", shape, pages);
	agent_fill(&g, src, ROOM * PAGE, "least");
	agent_set(&u, dst, ROOM * PAGE, GUARD);
	before = shared_of(&u);
	CHECK_STATUS(agent_move(pages % 2 == 0 ? A_FROM : A_TO, &g, src + at,
			 &u, dst + at, len),
	    OK);
	agent_place(&g, "src", src, ROOM * PAGE);
	agent_place(&u, "dst", dst, ROOM * PAGE);
	CHECK(report_checkpoint(name) == 0);
	EXPECT_NUMBER(name, shared_of(&u) - before, wanted);
	CHECK(agent_same(&g, src + at, &u, dst + at, len));
	CHECK_EQ(agent_count(&u, dst, at, GUARD), at);
	CHECK_EQ(agent_count(&u, dst + at + len, PAGE - tail, GUARD),
	    PAGE - tail);
	CHECK_STATUS(agent_unmap(&g, src, ROOM * PAGE), OK);
	CHECK_STATUS(agent_unmap(&u, dst, ROOM * PAGE), OK);
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	uint32_t pages, half, min;

	agents_open(argc, argv, name != NULL ? name + 1 : argv[0]);
	min = (uint32_t)param("cowmin", 4);
	least = !sharing ? NEVER : min > 0 ? min : 1;
	for (pages = 1; pages <= MOST; pages++) {
		/* Together head and tail are more than a page. */
		half = 2049 + nonce_u32(report_nonce(), "half", pages) % 2000;
		copy("whole", pages, 0, 0);
		copy("ends", pages, half, half);
	}
	return agents_close();
}
