/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A client that maps a range sees every change of the publisher, and changes
 * nothing itself. Proves A3, A5.
 */
#include "test/ds/agent.h"
#include "test/report/checkpoint.h"
#include "test/report/report.h"

#define LEN 8192

/* Map, through the grant that DS gives another. */
static int
steal(struct agent *thief, struct agent *other, const char *key)
{
	int r = agent_retrieve_memory(other, key, 0,
	    DSF_TYPE_MAP | DSMF_MAP_MAPPED);

	if (r != OK)
		return r;
	thief->op.got = other->op.got;
	thief->op.call = AGENT_MAP;
	thief->op.len = LEN;
	r = agent_do(thief);
	thief->op.len = 0;
	return r;
}

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-live", &a, &b);
	key = key_of("live.", 0);
	(void)agent_fill(&a, 1, LEN);
	(void)report_obs("publish", "%d",
	    agent_publish_memory(&a, key, LEN, DSF_TYPE_MAP));
	(void)report_obs("write", "%d",
	    agent_map(&b, key, LEN, AGENT_MAP_WRITE));
	(void)report_obs("map", "%d", agent_map(&b, key, LEN, AGENT_MAP));
	(void)report_obs("length", "%u", (unsigned)b.op.got.mem.len);
	(void)report_obs("stolen", "%d", steal(&a, &b, key));
	agent_place(&a, "range", false, LEN);
	agent_place(&b, "window", true, LEN);
	agent_report_byte(&b, LEN - 1, "one");
	(void)report_checkpoint("mapped");
	(void)agent_fill(&a, 2, LEN);
	agent_report_byte(&b, 0, "two");
	(void)report_obs("unmap", "%d", agent_call(&b, AGENT_UNMAP));
	(void)agent_fill(&a, 3, LEN);
	agent_report_byte(&b, LEN - 1, "private");
	(void)report_obs("map-again", "%d", agent_map(&b, key, LEN, AGENT_MAP));
	agent_report_byte(&b, LEN - 1, "three");
	(void)report_obs("revoke", "%d", agent_call(&a, AGENT_REVOKE));
	(void)report_checkpoint("revoked");
	(void)agent_fill(&a, 4, LEN);
	agent_report_byte(&b, LEN - 1, "last");
	(void)report_obs("copy", "%d",
	    agent_retrieve_memory(&a, key, LEN,
		DSF_TYPE_MAP | DSMF_COPY_MAPPED));
	agent_report_byte(&a, 0, "frozen");
	(void)report_obs("secret", "%d",
	    agent_publish_memory(&a, key_of("live.", 1), LEN,
		DSF_TYPE_MAP | DSF_PRIV_RETRIEVE));
	(void)report_obs("forbidden", "%d",
	    agent_map(&b, key_of("live.", 1), LEN, AGENT_MAP));
	return agents_close(&a, &b);
}
