/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A range that cannot be overwritten stays what it was: the new one is too
 * long, is not granted, or there is no memory for it. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

#define LEN 5000
#define MEM DSF_TYPE_MEM

/* Overwrite with a range of which only some is granted. */
static int
overwrite(struct agent *a, uint32_t len, uint32_t granted)
{
	agent_key(a, key_of("keep.", 0));
	a->op.call = DS_PUBLISH;
	a->op.flags = MEM | DSF_OVERWRITE;
	a->op.len = len;
	a->op.granted = granted;
	return agent_do(a);
}

/* Report what is there. */
static void
report(struct agent *a, const char *len, const char *bytes)
{
	(void)agent_retrieve_memory(a, key_of("keep.", 0), AGENT_MEMORY, MEM);
	(void)report_obs(len, "%u", (unsigned)a->op.got.mem.len);
	if (a->op.result == OK && a->op.got.mem.len <= 2 * LEN)
		agent_report_digest(a, a->op.got.mem.len, bytes);
}

int
main(int argc, char **argv)
{
	static unsigned char buf[2 * LEN];
	struct agent a, b;
	int i, r = OK;

	agents_open(argc, argv, "ds-memkeep", &a, &b);
	nonce_fill(report_nonce(), "old", buf, LEN);
	(void)agent_poke(&a, buf, LEN);
	(void)report_obs("publish", "%d",
	    agent_publish_memory(&a, key_of("keep.", 0), LEN, MEM));
	nonce_fill(report_nonce(), "new", buf, 2 * LEN);
	(void)agent_poke(&a, buf, 2 * LEN);
	(void)report_obs("not-granted", "%d", overwrite(&a, LEN, 10));
	(void)report_obs("half-granted", "%d", overwrite(&a, 2 * LEN, LEN));
	(void)report_obs("too-long", "%d",
	    overwrite(&a, DS_MAX_MEMLEN + 1, AGENT_MEMORY));
	report(&b, "kept", "kept-bytes");
	for (i = 1; r == OK && i < 20; i++)
		r = agent_publish_memory(&b, key_of("fill.", (unsigned)i),
		    DS_MAX_MEMLEN, MEM);
	(void)report_obs("full", "%d", r);
	(void)report_obs("no-memory", "%d",
	    overwrite(&a, DS_MAX_MEMLEN, AGENT_MEMORY));
	report(&b, "still", "still-bytes");
	(void)report_obs("delete", "%d",
	    agent_delete(&b, key_of("fill.", 1), MEM));
	(void)report_obs("enlarge", "%d", overwrite(&a, 2 * LEN, AGENT_MEMORY));
	report(&b, "new", "new-bytes");
	return agents_close(&a, &b);
}
