/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A range that cannot be overwritten stays what it was, for whatever reason,
 * and what was got for the new one is given back. Proves A3.
 */
#include <stdio.h>
#include <string.h>

#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/ds/usage.h"
#include "test/report/report.h"

#define LEN  5000
#define MEM  DSF_TYPE_MEM
#define OW   DSF_OVERWRITE
#define ROOM (LEN + 100)

static struct agent a, b;
static uint8_t bytes[ROOM];

/* What is refused: how long it is, what DS may read of it, why. */
struct refused {
	const char *what;
	uint32_t len, granted, flags;
	int want;
};

static int
publish(struct agent *who, const struct refused *r)
{
	struct agent_op *op =
	    agent_prepare(who, DS_PUBLISH, key_of("keep", 0), MEM | r->flags);

	op->offset = 4096;
	op->len = r->len;
	op->granted = r->granted;
	return agent_do(who);
}

/* Retrieve what is there; it is the value that begins at an offset. */
static void
value(uint32_t offset, uint32_t len, const char *what)
{
	static uint8_t all[ROOM];

	if (all[0] == 0 && all[1] == 0)
		nonce_spread(report_nonce(), "contents", all, sizeof all);
	memset(bytes, AGENT_BLANK, sizeof bytes);
	memcpy(bytes, &all[offset], len);
	rule_case(OK, agent_retrieve_memory(&b, key_of("keep", 0), ROOM, MEM),
	    "retrieving after %s", what);
	rule_number(len, b.op.got.mem.len, "length after %s", what);
	rule_true(b.op.sum == agent_sum(bytes, ROOM), "other bytes after %s",
	    what);
}

static const struct refused cases[] = {
	{ "none was granted", LEN, 0, OW, -EINVAL },
	{ "10 bytes were granted", LEN, 10, OW, -EPERM },
	{ "a byte was not granted", LEN, LEN - 1, OW, -EPERM },
	{ "half of a longer one was granted", 2 * LEN, LEN, OW, -EPERM },
	{ "half of a shorter one was granted", 100, 50, OW, -EPERM },
	{ "half of the longest was granted", DS_MAX_MEMLEN, LEN, OW, -EPERM },
	{ "it was a byte too long", DS_MAX_MEMLEN + 1, LEN, OW, -E2BIG },
	{ "it was 4 GB long", 0xffffffff, LEN, OW, -E2BIG },
	{ "it was 2 GB long", 0x80000000, LEN, OW, -E2BIG },
	{ "it had no byte", 0, LEN, OW, -EINVAL },
	{ "nobody asked to overwrite", LEN, LEN, 0, -EEXIST },
	{ "nobody asked, and it was too long", DS_MAX_MEMLEN + 1, LEN, 0,
	    -EEXIST },
};

static void
refused(void)
{
	struct usage before;
	size_t i;

	usage_look(&before);
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		rule_case(cases[i].want, publish(&a, &cases[i]), "%s",
		    cases[i].what);
		value(0, LEN, cases[i].what);
	}
	usage_same(&before, "refused ranges");
}

/* Others may not, whatever they bring. */
static void
foreign(void)
{
	const struct refused good = { "", 100, 100, OW, OK };
	const struct refused bad = { "", DS_MAX_MEMLEN + 1, 100, OW, OK };
	struct usage before;

	usage_look(&before);
	rule_case(-EPERM, publish(&b, &good), "another overwrites");
	value(0, LEN, "another could not overwrite");
	rule_case(-EPERM, publish(&b, &bad), "another, with what is too long");
	value(0, LEN, "another could not overwrite");
	usage_same(&before, "refused ranges of others");
}

/* What is not there is not made, either. */
static void
nothing(void)
{
	struct usage before;
	struct agent_op *op;
	size_t i;

	usage_look(&before);
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		if (cases[i].want == -EEXIST)
			continue;
		op = agent_prepare(&a, DS_PUBLISH, key_of("keep", 1), MEM);
		op->len = cases[i].len;
		op->granted = cases[i].granted;
		rule_case(cases[i].want, agent_do(&a), "a new one, but %s",
		    cases[i].what);
		rule_case(-ESRCH, agent_retrieve(&a, key_of("keep", 1), MEM),
		    "retrieving after %s", cases[i].what);
	}
	usage_same(&before, "refused ranges");
}

/* Fill the memory with what is left when the range has its two pages. */
static void
fill(void)
{
	unsigned int i;

	for (i = 0; i < 8; i++) {
		struct agent_op *op =
		    agent_add(&b, DS_PUBLISH, key_of("fill", i), MEM);

		op->len = op->granted =
		    i < 7 ? DS_MAX_MEMLEN : DS_MAX_MEMLEN - 2 * 4096;
	}
	(void)agent_run(&b);
	for (i = 0; i < 8; i++)
		rule_case(OK, b.list[i].result, "filling the memory");
}

/* Both values have to be there for a moment. */
static void
no_memory(void)
{
	const struct refused byte = { "", 1, 1, OW, OK };
	const struct refused longest = { "", DS_MAX_MEMLEN,
		DS_MAX_MEMLEN - 4096, OW, OK };
	const struct refused two = { "", 8192, 8192, OW, OK };
	const struct refused three = { "", 8193, 8193, OW, OK };
	struct usage before;

	usage_look(&before);
	rule_case(-ENOMEM, publish(&a, &longest), "the longest");
	rule_case(-ENOMEM, publish(&a, &two), "as many pages");
	rule_case(-ENOMEM, publish(&a, &byte), "one byte");
	value(0, LEN, "-ENOMEM");
	usage_same(&before, "refused ranges");
	(void)agent_delete(&b, key_of("fill", 7), MEM);
	rule_case(OK,
	    agent_publish_memory(&b, key_of("fill", 7),
		DS_MAX_MEMLEN - 4 * 4096, MEM),
	    "two pages less");
	rule_case(-ENOMEM, publish(&a, &three), "three pages for two");
	value(0, LEN, "-ENOMEM");
	rule_case(OK, publish(&a, &two), "two pages for two");
	rule_case(OK, agent_retrieve_memory(&b, key_of("keep", 0), ROOM, MEM),
	    "retrieving");
	rule_number(ROOM, b.op.got.mem.len, "what there was room for");
	rule_case(OK, publish(&a, &byte), "one byte for two pages");
	value(4096, 1, "it was overwritten");
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "ds-memkeep", &a, &b);
	(void)kinds_open(&a);
	(void)report_status("publish",
	    agent_publish_memory(&a, key_of("keep", 0), LEN,
		MEM | DSF_PRIV_OVERWRITE));
	rule("refused");
	refused();
	rule_end();
	rule("foreign");
	foreign();
	rule_end();
	rule("nothing");
	nothing();
	rule_end();
	entries_no_room(&a, MEM);
	rule("filled");
	fill();
	rule_end();
	rule("no-memory");
	no_memory();
	rule_end();
	return agents_close(&a, &b);
}
