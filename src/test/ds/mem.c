/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A memory range is found again as it was, as much of it as there is room
 * for; it may become longer and shorter, and go. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

#define SHORT 21
#define LONG  5000
#define MEM   DSF_TYPE_MEM

static unsigned char buf[LONG];

/* Publish bytes of this run. */
static int
publish(struct agent *a, const char *label, uint32_t len, uint32_t flags)
{
	nonce_fill(report_nonce(), label, buf, len);
	if (agent_poke(a, buf, len) != OK)
		return -EFAULT;
	return agent_publish_memory(a, key_of("mem.", 0), len, MEM | flags);
}

/* Retrieve with some room; report status, length, contents. */
static void
retrieve(struct agent *a, uint32_t room, const char *status, const char *len,
    const char *bytes)
{
	(void)report_obs(status, "%d",
	    agent_retrieve_memory(a, key_of("mem.", 0), room, MEM));
	(void)report_obs(len, "%u", (unsigned)a->op.got.mem.len);
	if (a->op.result == OK && a->op.got.mem.len <= LONG)
		agent_report_digest(a, a->op.got.mem.len, bytes);
}

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-mem", &a, &b);
	(void)report_obs("publish", "%d", publish(&a, "short", SHORT, 0));
	retrieve(&b, 100, "retrieve", "length", "bytes");
	(void)report_obs("taken", "%d", publish(&b, "other", SHORT, 0));
	(void)report_obs("longer", "%d",
	    publish(&a, "long", LONG, DSF_OVERWRITE));
	retrieve(&b, LONG + 1, "retrieve-long", "long-length", "long-bytes");
	retrieve(&b, 8, "retrieve-part", "part-length", "part-bytes");
	(void)report_obs("shorter", "%d",
	    publish(&b, "last", 3, DSF_OVERWRITE));
	retrieve(&a, LONG, "retrieve-short", "short-length", "short-bytes");
	key = key_of("mem.", 0);
	(void)report_obs("number", "%d", agent_retrieve(&a, key, DSF_TYPE_U32));
	(void)report_obs("former", "%d", agent_delete(&a, key, MEM));
	(void)report_obs("delete", "%d", agent_delete(&b, key, MEM));
	(void)report_obs("gone", "%d", agent_retrieve_memory(&a, key, 9, MEM));
	(void)report_obs("secret", "%d",
	    publish(&a, "secret", SHORT, DSF_PRIV_RETRIEVE));
	key = key_of("mem.", 0);
	(void)report_obs("look", "%d", agent_retrieve_memory(&b, key, 9, MEM));
	return agents_close(&a, &b);
}
