/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A range may have DS_MAX_MEMLEN bytes, all ranges together DS_MEM_TOTAL, and
 * what is deleted, overwritten or refused takes nothing of that. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

#define MEM DSF_TYPE_MEM

static int
publish(struct agent *a, unsigned i, uint32_t len, uint32_t flags)
{
	return agent_publish_memory(a, key_of("bound.", i), len, MEM | flags);
}

/* Overwrite with what is not granted. */
static void
refused(struct agent *a)
{
	agent_key(a, key_of("bound.", 0));
	a->op.call = DS_PUBLISH;
	a->op.flags = MEM | DSF_OVERWRITE;
	a->op.len = DS_MAX_MEMLEN;
	a->op.granted = 1;
	(void)agent_do(a);
}

/* Publish until there is no memory. */
static unsigned int
fill(struct agent *a, int *error)
{
	unsigned int n = 0;

	while (n < 2 * DS_MEM_TOTAL / DS_MAX_MEMLEN &&
	    (*error = publish(a, 10 + n, DS_MAX_MEMLEN, 0)) == OK)
		n++;
	return n;
}

int
main(int argc, char **argv)
{
	struct agent a, b;
	int error = OK;
	unsigned int n, i;

	agents_open(argc, argv, "ds-membound", &a, &b);
	(void)report_obs("nothing", "%d", publish(&a, 0, 0, 0));
	(void)report_obs("too-long", "%d",
	    publish(&a, 0, DS_MAX_MEMLEN + 1, 0));
	(void)report_obs("longest", "%d", publish(&a, 0, DS_MAX_MEMLEN, 0));
	(void)report_obs("delete", "%d",
	    agent_delete(&a, key_of("bound.", 0), MEM));
	(void)publish(&a, 0, DS_MAX_MEMLEN, 0);
	for (i = 0; i < 10; i++) {
		(void)publish(&a, 0, DS_MAX_MEMLEN, DSF_OVERWRITE);
		refused(&a);
	}
	(void)agent_delete(&a, key_of("bound.", 0), MEM);
	n = fill(&a, &error);
	(void)report_obs("ranges", "%u", n);
	(void)report_obs("error", "%d", error);
	(void)report_obs("byte", "%d", publish(&b, 1, 1, 0));
	(void)report_obs("number", "%d",
	    agent_publish(&b, key_of("bound.", 1), 1, 0));
	(void)report_obs("give-back", "%d",
	    agent_delete(&a, key_of("bound.", 10), MEM));
	(void)report_obs("again", "%d", publish(&b, 1, DS_MAX_MEMLEN, 0));
	(void)report_obs("full-again", "%d", publish(&b, 2, 1, 0));
	return agents_close(&a, &b);
}
