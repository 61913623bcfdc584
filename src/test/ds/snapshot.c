/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Snapshots of a mapped range: each keeps what the range held then; the five
 * newest are kept, and each range has numbers of its own. Proves A3.
 */
#include <string.h>

#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define LEN   8192
#define MAP   DSF_TYPE_MAP
#define TAKEN 11

static struct agent a, b;

/* Report the last byte of a snapshot, or the error. */
static void
look(struct agent *who, int32_t nr, const char *name)
{
	int r = agent_retrieve_snapshot(who, key_of("snap", 0), nr);

	if (r == OK)
		agent_report_byte(who, LEN - 1, name);
	else
		(void)report_obs(name, "%d", r);
}

/* One more than are kept, and some. */
static void
ring(void)
{
	char name[] = "snapshot0";
	int i, in_order = 0;

	for (i = 0; i < 7; i++) {
		(void)agent_fill(&a, 10 + i, LEN);
		in_order += agent_snapshot(&b, key_of("snap", 0)) == i;
		if (i == 0)
			look(&a, 0, "at-once");
	}
	(void)report_obs("numbers", "%d", in_order);
	(void)agent_fill(&a, 99, LEN);
	look(&b, -1, "negative");
	for (i = 0; i <= 7; i++) {
		name[8] = (char)('0' + i);
		look(&b, i, name);
	}
}

/* Is number nr of range i what it was when `taken` had been taken? */
static void
one(unsigned int i, int nr, int taken, uint32_t room)
{
	const bool kept = nr >= 0 && nr < taken && nr >= taken - NR_DS_SNAPSHOT;
	struct agent_op *op;
	static uint8_t copy[2 * LEN];
	const uint32_t n = room < LEN ? room : LEN;

	op = agent_prepare(&b, DS_RETRIEVE, key_of("two", i),
	    MAP | DSMF_COPY_SNAPSHOT);
	op->snapshot = nr;
	op->len = op->granted = room;
	memset(copy, AGENT_BLANK, sizeof copy);
	memset(copy, 20 + 100 * (int)i + nr, n);
	rule_case(kept ? OK : -EINVAL, agent_do(&b),
	    "snapshot %d after %d were taken", nr, taken);
	if (!kept)
		return;
	rule_number(n, b.op.got.mem.len, "length of snapshot %d", nr);
	rule_true(b.op.sum == agent_sum(copy, room),
	    "not what range %u held at snapshot %d, after %d", i, nr, taken);
}

/* Two ranges by turns, one of them twice as often; all numbers, at each
 * time. */
static void
two(void)
{
	int taken[2] = { 0, 0 }, n, nr;
	unsigned int i;

	for (i = 0; i < 2; i++)
		rule_case(OK,
		    agent_publish_memory(&a, key_of("two", i), LEN, MAP),
		    "publishing");
	for (n = 0; n < TAKEN; n++) {
		i = n % 3 == 0;
		(void)agent_fill(&a, 20 + 100 * (int)i + taken[i], LEN);
		rule_case(taken[i], agent_snapshot(&b, key_of("two", i)),
		    "number of a snapshot of range %u", i);
		taken[i]++;
		for (nr = taken[i] - 6; nr <= taken[i] + 1; nr++)
			one(i, nr, taken[i], n % 2 == 0 ? LEN + 9 : 5000);
	}
	for (i = 0; i < 2; i++)
		for (nr = -1; nr <= taken[i]; nr++)
			one(i, nr, taken[i], LEN);
	one(0, INT32_MAX, taken[0], LEN);
	one(0, INT32_MIN, taken[0], LEN);
}

/* Of all sums of types only DSF_TYPE_MAP has snapshots. */
static void
types(void)
{
	unsigned int i, first;

	for (first = 0; first < 256; first += AGENT_LIST_MAX) {
		for (i = first; i < first + AGENT_LIST_MAX; i++)
			(void)agent_add(&b, DS_SNAPSHOT, key_of("snap", 0),
			    i << 4 == MAP ? 0 : i << 4);
		(void)agent_run(&b);
		for (i = first; i < first + AGENT_LIST_MAX; i++)
			rule_case(-EINVAL, b.list[i - first].result,
			    "a snapshot of the type %#x", i << 4);
	}
}

int
main(int argc, char **argv)
{
	static const int calls[] = { DS_SNAPSHOT, 0 };
	const char *key;

	agents_open(argc, argv, "ds-snapshot", &a, &b);
	key = key_of("snap", 0);
	(void)report_status("none", agent_snapshot(&a, key));
	(void)report_status("publish", agent_publish_memory(&a, key, LEN, MAP));
	ring();
	(void)report_status("copy",
	    agent_retrieve_memory(&b, key_of("snap", 0), LEN,
		MAP | DSMF_COPY_MAPPED));
	agent_report_byte(&b, 0, "now");
	rule("types");
	types();
	rule_end();
	entries_keys(&b, calls, MAP);
	key = key_of("snap", 0);
	(void)report_status("delete", agent_delete(&a, key, MAP));
	(void)report_status("secret",
	    agent_publish_memory(&a, key, LEN, MAP | DSF_PRIV_SNAPSHOT));
	(void)report_status("foreign", agent_snapshot(&b, key));
	(void)report_obs("own", "%d", agent_snapshot(&a, key));
	agent_prepare(&b, DS_SNAPSHOT, key, MAP)->nameless = true;
	(void)report_status("no-label", agent_do(&b));
	rule("two");
	two();
	rule_end();
	return agents_close(&a, &b);
}
