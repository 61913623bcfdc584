/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A range may have DS_MAX_MEMLEN bytes, all ranges together DS_MEM_TOTAL, and
 * what is deleted, overwritten or refused takes nothing of that. Proves A3.
 */
#include "test/ds/bound.h"
#include "test/report/report.h"

#define MEM DSF_TYPE_MEM

static struct agent a, b;

static int
publish(struct agent *who, unsigned int i, uint32_t len)
{
	return agent_publish_memory(who, key_of("few", i), len, MEM);
}

int
main(int argc, char **argv)
{
	unsigned int i, n = 0;

	agents_open(argc, argv, "ds-membound", &a, &b);
	(void)report_status("nothing", publish(&a, 0, 0));
	(void)report_status("too-long", publish(&a, 0, DS_MAX_MEMLEN + 1));
	for (i = 0; i < DS_MEM_TOTAL / DS_MAX_MEMLEN; i++)
		n += publish(i % 2 == 0 ? &a : &b, i, DS_MAX_MEMLEN) == OK;
	(void)report_obs("ranges", "%u", n);
	(void)report_status("error", publish(&a, i, DS_MAX_MEMLEN));
	(void)report_status("byte", publish(&b, i, 1));
	(void)report_status("number",
	    agent_publish(&b, key_of("few", 0), 1, 0));
	for (i = 0; i < DS_MEM_TOTAL / DS_MAX_MEMLEN; i++)
		(void)agent_delete(i % 2 == 0 ? &a : &b, key_of("few", i), MEM);
	bound_walk(&a, false);
	return agents_close(&a, &b);
}
