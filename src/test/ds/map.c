/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A mapped range stays with its publisher: who retrieves it gets what it
 * holds then. Proves A3, A5.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

#define MAP  DSF_TYPE_MAP
#define COPY (DSF_TYPE_MAP | DSMF_COPY_MAPPED)

static int
publish(struct agent *a, uint32_t len, uint32_t flags)
{
	return agent_publish_memory(a, key_of("map.", 0), len, MAP | flags);
}

static int
retrieve(struct agent *a, uint32_t room, uint32_t flags)
{
	return agent_retrieve_memory(a, key_of("map.", 0), room, flags);
}

int
main(int argc, char **argv)
{
	struct agent a, b;

	agents_open(argc, argv, "ds-map", &a, &b);
	(void)report_obs("nothing", "%d", publish(&a, 0, 0));
	(void)report_obs("odd", "%d", publish(&a, 4000, 0));
	(void)report_obs("too-long", "%d", publish(&a, AGENT_MEMORY, 0));
	(void)report_obs("overwrite", "%d", publish(&a, 4096, DSF_OVERWRITE));
	(void)report_obs("none", "%d", retrieve(&b, 4096, COPY));
	(void)agent_fill(&a, 1, 8192);
	(void)report_obs("publish", "%d", publish(&a, 8192, 0));
	(void)report_obs("taken", "%d", publish(&b, 4096, 0));
	(void)report_obs("copy", "%d", retrieve(&b, AGENT_MEMORY, COPY));
	(void)report_obs("length", "%u", (unsigned)b.op.got.mem.len);
	agent_report_byte(&b, 8191, "before");
	(void)agent_fill(&a, 2, 8192);
	agent_report_byte(&b, 8191, "copied");
	(void)report_obs("part", "%d", retrieve(&b, 5000, COPY));
	(void)report_obs("part-length", "%u", (unsigned)b.op.got.mem.len);
	agent_report_byte(&b, 4999, "after");
	agent_report_byte(&b, 5000, "no-more");
	(void)report_obs("no-mode", "%d", retrieve(&b, 4096, MAP));
	(void)report_obs("foreign", "%d",
	    agent_delete(&b, key_of("map.", 0), MAP));
	(void)report_obs("delete", "%d",
	    agent_delete(&a, key_of("map.", 0), MAP));
	(void)report_obs("gone", "%d", retrieve(&b, 4096, COPY));
	(void)report_obs("secret", "%d", publish(&a, 4096, DSF_PRIV_RETRIEVE));
	(void)report_obs("look", "%d", retrieve(&b, 4096, COPY));
	(void)report_obs("own-look", "%d", retrieve(&a, 4096, COPY));
	return agents_close(&a, &b);
}
