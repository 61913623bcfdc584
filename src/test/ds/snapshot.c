/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Snapshots of a mapped range: each keeps what the range held then; the five
 * newest are kept. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

#define LEN   4096
#define MAP   DSF_TYPE_MAP
#define TAKEN 7

/* Report the last byte of a snapshot, or the error. */
static void
look(struct agent *a, int32_t nr, const char *name)
{
	int r = agent_retrieve_snapshot(a, key_of("snap.", 0), nr);

	if (r == OK)
		agent_report_byte(a, LEN - 1, name);
	else
		(void)report_obs(name, "%d", r);
}

/* Take one more than are kept, and some. */
static void
ring(struct agent *a, struct agent *b)
{
	char name[] = "snapshot0";
	int i, in_order = 0;

	for (i = 0; i < TAKEN; i++) {
		(void)agent_fill(a, 10 + i, LEN);
		in_order += agent_snapshot(b, key_of("snap.", 0)) == i;
		if (i == 0)
			look(a, 0, "at-once");
	}
	(void)report_obs("numbers", "%d", in_order);
	(void)agent_fill(a, 99, LEN);
	look(b, -1, "negative");
	for (i = 0; i <= TAKEN; i++) {
		name[8] = (char)('0' + i);
		look(b, i, name);
	}
	(void)agent_retrieve_snapshot(b, key_of("snap.", 0), TAKEN - 1);
	(void)report_obs("length", "%u", (unsigned)b->op.got.mem.len);
}

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-snapshot", &a, &b);
	key = key_of("snap.", 0);
	(void)report_obs("none", "%d", agent_snapshot(&a, key));
	(void)report_obs("publish", "%d",
	    agent_publish_memory(&a, key, LEN, MAP));
	ring(&a, &b);
	(void)report_obs("copy", "%d",
	    agent_retrieve_memory(&b, key_of("snap.", 0), LEN,
		MAP | DSMF_COPY_MAPPED));
	agent_report_byte(&b, 0, "now");
	key = key_of("snap.", 0);
	(void)report_obs("delete", "%d", agent_delete(&a, key, MAP));
	(void)report_obs("secret", "%d",
	    agent_publish_memory(&a, key, LEN, MAP | DSF_PRIV_SNAPSHOT));
	(void)report_obs("foreign", "%d", agent_snapshot(&b, key));
	(void)report_obs("own", "%d", agent_snapshot(&a, key));
	(void)report_obs("fixed", "%d",
	    agent_publish_memory(&a, key_of("fixed.", 0), LEN,
		MAP | DSF_PRIV_OVERWRITE));
	(void)report_obs("other-right", "%d",
	    agent_snapshot(&b, key_of("fixed.", 0)));
	return agents_close(&a, &b);
}
