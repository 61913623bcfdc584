/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A memory range is found again as it was, as much of it as there is room
 * for; it may become longer and shorter, and go. Proves A3.
 */
#include <string.h>

#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define SHORT 21
#define LONG  5000
#define MEM   DSF_TYPE_MEM

static struct agent a, b;
static uint8_t bytes[AGENT_MEMORY], copy[AGENT_MEMORY];

/* Publish bytes of this run, from an offset on. */
static int
publish(struct agent *who, uint32_t offset, uint32_t len, uint32_t flags)
{
	struct agent_op *op =
	    agent_prepare(who, DS_PUBLISH, key_of("mem", 0), MEM | flags);

	op->offset = offset;
	op->len = op->granted = len;
	return agent_do(who);
}

/* Retrieve with some room, of which DS may write more: it gets the smaller of
 * both, and nothing else. */
static void
retrieve(struct agent *who, uint32_t offset, uint32_t len, uint32_t room)
{
	const uint32_t n = len < room ? len : room;
	struct agent_op *op =
	    agent_prepare(who, DS_RETRIEVE, key_of("mem", 0), MEM);

	op->len = room;
	op->granted = room + 100 < AGENT_MEMORY ? room + 100 : AGENT_MEMORY;
	memset(&op->got, 0xff, sizeof op->got);
	memset(copy, AGENT_BLANK, op->granted);
	memcpy(copy, &bytes[offset], n);
	rule_case(OK, agent_do(who), "%u bytes, with room for %u",
	    (unsigned)len, (unsigned)room);
	rule_number(n, who->op.got.mem.len,
	    "length of %u bytes, with room for %u", (unsigned)len,
	    (unsigned)room);
	rule_true(who->op.sum == agent_sum(copy, who->op.granted),
	    "not the bytes: %u, with room for %u", (unsigned)len,
	    (unsigned)room);
}

/* A length, and rooms around it. */
static void
length(uint32_t offset, uint32_t len)
{
	retrieve(&b, offset, len, len);
	retrieve(&b, offset, len, len - 1);
	retrieve(&a, offset, len, len + 1);
	retrieve(&b, offset, len, 0);
	retrieve(&b, offset, len, len / 2);
}

/* Each overwrites the one before, by turns of the two services. */
static void
lengths(void)
{
	const uint32_t some[] = { 1, 2, 4095, 4096, 4097, DS_MAX_MEMLEN, 3,
		DS_MAX_MEMLEN - 1, 8192, 1 + value_of(0) % DS_MAX_MEMLEN,
		1 + value_of(1) % 20000, 1 + value_of(2) % 20000, 1 };
	uint32_t offset;
	size_t i;

	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		offset = some[i] < 20000 ? value_of(10 + i) % 100000 : 0;
		rule_case(OK,
		    publish(i % 2 == 0 ? &a : &b, offset, some[i],
			DSF_OVERWRITE),
		    "publishing %u bytes", (unsigned)some[i]);
		length(offset, some[i]);
	}
}

/* A range, a number and a string under one key. */
static void
apart(void)
{
	static const uint32_t all[] = { DSF_TYPE_U32, DSF_TYPE_STR, MEM };
	const char *key = key_of("apart", 0);
	unsigned int i, k;

	for (i = 0; i < 3; i++)
		rule_case(OK, kind_put_now(&a, all[i], key, 1, 0),
		    "publishing a %s under one key", kind_name(all[i]));
	for (k = 0; k < 3; k++) {
		for (i = 0; i < 3; i++)
			rule_case(i < k ? -ESRCH : OK,
			    kind_is_now(&b, all[i], key, 1),
			    "retrieving a %s under one key", kind_name(all[i]));
		rule_case(-ESRCH, kind_is_now(&b, DSF_TYPE_MAP, key, 1),
		    "retrieving a map there");
		(void)agent_delete(&a, key, all[k]);
	}
}

/* With what is no grant to write the value goes nowhere, and stays. */
static void
nowhere(void)
{
	struct agent_op *op;

	rule_case(OK, publish(&a, 0, LONG, DSF_OVERWRITE), "publishing");
	op = agent_prepare(&b, DS_RETRIEVE, key_of("mem", 0), MEM);
	op->len = LONG;
	op->granted = LONG - 1;
	rule_case(-EPERM, agent_do(&b), "retrieving more than was granted");
	retrieve(&b, 0, LONG, LONG);
}

int
main(int argc, char **argv)
{
	static const uint32_t mem[] = { MEM, 0 };
	const char *key;
	int r;

	agents_open(argc, argv, "ds-mem", &a, &b);
	nonce_spread(report_nonce(), "contents", bytes, sizeof bytes);
	(void)kinds_open(&a);
	(void)kinds_open(&b);
	key = key_of("mem", 0);
	(void)report_status("missing", agent_retrieve(&b, key, MEM));
	(void)report_status("publish", publish(&a, 0, SHORT, 0));
	r = agent_retrieve_memory(&b, key, 100, MEM);
	(void)report_status("retrieve", r);
	if (r == OK)
		(void)report_obs("length", "%u", (unsigned)b.op.got.mem.len);
	agent_report_digest(&b, SHORT, "bytes");
	rule("lengths");
	lengths();
	rule_end();
	rule("nowhere");
	nowhere();
	rule_end();
	rule("apart");
	apart();
	rule_end();
	(void)agent_delete(&a, key_of("mem", 0), MEM);
	entries_overwritten(&a, &b, mem);
	entries_restricted(&a, &b, mem);
	entries_deleted(&a, &b, mem);
	entries_told(&a, &b, mem);
	return agents_close(&a, &b);
}
