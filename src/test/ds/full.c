/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The store holds 64 entries beside the labels; the next one is refused, and
 * room that is given back is used again. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

/* Publish until the store refuses. */
static unsigned int
fill(struct agent *a, int *error)
{
	unsigned int n = 0;

	while (n < 2 * NR_DS_KEYS &&
	    (*error = agent_publish(a, key_of("full.", n), value_of(n), 0)) ==
		OK)
		n++;
	return n;
}

int
main(int argc, char **argv)
{
	struct agent a, b;
	unsigned int n, i, gone;
	int error = OK;

	agents_open(argc, argv, "ds-full", &a, &b);
	n = fill(&a, &error);
	(void)report_obs("entries", "%u", n);
	(void)report_obs("error", "%d", error);
	(void)report_obs("overwrite", "%d",
	    agent_publish(&a, key_of("full.", 0), value_of(500),
		DSF_OVERWRITE));
	gone = 1 + value_of(1000) % 40;
	(void)report_obs("delete", "%d",
	    agent_delete(&a, key_of("full.", gone), DSF_TYPE_U32));
	(void)report_obs("room", "%d",
	    agent_publish(&b, key_of("full.", 200), value_of(200), 0));
	(void)report_obs("full-again", "%d",
	    agent_publish(&b, key_of("full.", 201), value_of(201), 0));
	i = 41 + value_of(1001) % 20;
	agent_report(&b, key_of("full.", i), "spot");
	agent_report(&b, key_of("full.", 0), "first");
	return agents_close(&a, &b);
}
