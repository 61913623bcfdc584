/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A mapped range stays with its publisher: who retrieves it gets what it
 * holds then. Proves A3, A5.
 */
#include <string.h>

#include <abi/grant.h>

#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/ds/usage.h"
#include "test/report/report.h"

#define LEN  8192
#define MAP  DSF_TYPE_MAP
#define COPY (DSF_TYPE_MAP | DSMF_COPY_MAPPED)

static struct agent a, b;

static const char *
key(void)
{
	return key_of("map", 0);
}

/* What is no range: how long, what is granted for what, and why not. */
static const struct {
	uint32_t len, granted, access;
	int want;
} bad[] = { { 0, 4096, 0, -EINVAL }, { 1, 4096, 0, -EINVAL },
	{ 4095, 4096, 0, -EINVAL }, { 4097, 8192, 0, -EINVAL },
	{ 4000, 4096, 0, -EINVAL }, { DS_MAX_MEMLEN - 1, 4096, 0, -EINVAL },
	{ DS_MAX_MEMLEN + 1, 4096, 0, -EINVAL },
	{ 0xffffffff, 4096, 0, -EINVAL },
	{ DS_MAX_MEMLEN + 4096, AGENT_MEMORY, 0, -E2BIG },
	{ 0xfffff000, 4096, 0, -E2BIG }, { 0x80000000, 4096, 0, -E2BIG },
	{ 8192, 4096, 0, -EPERM }, { 4096, 4096, CPF_READ, -EPERM },
	{ 4096, 4096, CPF_WRITE | CPF_MAP, -EPERM } };

static void
refused(void)
{
	struct usage before;
	struct agent_op *op;
	size_t i;
	int r;

	usage_look(&before);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		op = agent_prepare(&a, DS_PUBLISH, key(), MAP);
		op->len = bad[i].len;
		op->granted = bad[i].granted;
		op->access = bad[i].access;
		r = agent_do(&a);
		rule_case(bad[i].want, r,
		    "a map of %u bytes, of which %u are granted for %#x",
		    (unsigned)bad[i].len, (unsigned)bad[i].granted,
		    (unsigned)bad[i].access);
		rule_case(-ESRCH, agent_retrieve_memory(&b, key(), LEN, COPY),
		    "retrieving it");
		if (r == OK)
			(void)agent_delete(&a, key(), MAP);
	}
	usage_same(&before, "refused ranges");
}

/* The first DSMF_ counts: what comes of each sum of them. There is no
 * snapshot. */
static void
modes(void)
{
	static const uint32_t flags[] = { DSMF_MAP_MAPPED, DSMF_COPY_MAPPED,
		DSMF_COPY_SNAPSHOT };
	uint32_t mode;
	unsigned int i, k;
	int r;

	for (i = 0; i < 8; i++) {
		for (k = 0, mode = 0; k < 3; k++)
			mode |= i >> k & 1 ? flags[k] : 0;
		r = agent_retrieve_memory(&b, key(), LEN, MAP | mode);
		rule_case(i == 0 || i == 4 ? -EINVAL : OK, r,
		    "retrieving with the modes %#x", (unsigned)mode);
		if (r != OK)
			continue;
		rule_number(LEN, b.op.got.mem.len, "length, modes %#x",
		    (unsigned)mode);
		rule_true(i % 2 == 1 ? GRANT_VALID(b.op.got.mem.gid)
				     : b.op.sum != 0,
		    "neither a grant nor a copy, modes %#x", (unsigned)mode);
	}
}

/* What it holds now, as much as there is room for. */
static void
rooms(int byte)
{
	static const uint32_t some[] = { LEN, LEN + 100, LEN - 1, 4096, 1, 0 };
	static uint8_t copy[LEN + 100];
	uint32_t n;
	size_t i;

	(void)agent_fill(&a, byte, LEN);
	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		n = some[i] < LEN ? some[i] : LEN;
		memset(copy, AGENT_BLANK, sizeof copy);
		memset(copy, byte, n);
		rule_case(OK, agent_retrieve_memory(&b, key(), some[i], COPY),
		    "a copy with room for %u", (unsigned)some[i]);
		rule_number(n, b.op.got.mem.len, "its length, room for %u",
		    (unsigned)some[i]);
		rule_true(some[i] == 0 || b.op.sum == agent_sum(copy, some[i]),
		    "not what the range holds, room for %u", (unsigned)some[i]);
	}
}

/* One key, every type. */
static void
apart(void)
{
	const char *k = key_of("apart", 0);
	unsigned int i, n;

	for (i = 0; i < KINDS; i++)
		rule_case(OK, kind_put_now(&a, kind_types[i], k, 1, 0),
		    "publishing a %s under one key", kind_name(kind_types[i]));
	for (n = 0; n <= KINDS; n++) {
		for (i = 0; i < KINDS; i++)
			rule_case(i < n ? -ESRCH : OK,
			    kind_is_now(&b, kind_types[i], k, 1),
			    "retrieving a %s under one key",
			    kind_name(kind_types[i]));
		if (n < KINDS)
			(void)agent_delete(&a, k, kind_types[n]);
	}
}

int
main(int argc, char **argv)
{
	static const uint32_t map[] = { MAP, 0 };

	agents_open(argc, argv, "ds-map", &a, &b);
	rule("refused");
	refused();
	rule_end();
	(void)agent_fill(&a, 1, LEN);
	(void)report_status("publish",
	    agent_publish_memory(&a, key(), LEN, MAP));
	(void)report_status("copy",
	    agent_retrieve_memory(&b, key(), LEN, COPY));
	agent_report_byte(&b, LEN - 1, "before");
	(void)agent_fill(&a, 2, LEN);
	agent_report_byte(&b, LEN - 1, "copied");
	(void)agent_retrieve_memory(&b, key(), LEN, COPY);
	agent_report_byte(&b, LEN - 1, "after");
	rule("rooms");
	rooms(3);
	rooms(4);
	rule_end();
	rule("modes");
	modes();
	rule_end();
	(void)report_status("delete", agent_delete(&a, key(), MAP));
	(void)kinds_open(&a);
	(void)kinds_open(&b);
	rule("longest");
	rule_case(OK, agent_publish_memory(&a, key(), DS_MAX_MEMLEN, MAP),
	    "publishing the longest");
	rule_case(OK, agent_retrieve_memory(&b, key(), AGENT_MEMORY, COPY),
	    "a copy of it");
	rule_number(DS_MAX_MEMLEN, b.op.got.mem.len, "its length");
	rule_case(OK, agent_delete(&a, key(), MAP), "deleting it");
	rule_end();
	rule("apart");
	apart();
	rule_end();
	entries_no_room(&a, MAP);
	entries_overwritten(&a, &b, map);
	entries_restricted(&a, &b, map);
	entries_deleted(&a, &b, map);
	entries_told(&a, &b, map);
	return agents_close(&a, &b);
}
