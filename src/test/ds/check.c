/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Each changed entry is reported once, however often it changed; one that has
 * gone, too, and first. Proves A3, A7.
 */
#include <stdio.h>

#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	char first[DS_MAX_KEYLEN], second[DS_MAX_KEYLEN];

	agents_open(argc, argv, "ds-check", &a, &b);
	snprintf(first, sizeof first, "%s", key_of("c.", 0));
	snprintf(second, sizeof second, "%s", key_of("c.", 1));
	(void)report_obs("subscribe", "%d", agent_subscribe(&a, "c[.].*", 0));
	(void)report_obs("nothing-yet", "%d", agent_check(&a));
	(void)agent_publish(&b, first, value_of(0), 0);
	(void)agent_publish(&b, first, value_of(1), DSF_OVERWRITE);
	(void)report_obs("once", "%d", agent_check(&a));
	(void)report_obs("key", "%s", a.op.name);
	(void)report_obs("not-twice", "%d", agent_check(&a));
	(void)agent_publish(&b, first, value_of(2), DSF_OVERWRITE);
	(void)agent_publish(&b, second, value_of(3), 0);
	(void)agent_delete(&b, first, DSF_TYPE_U32);
	(void)report_obs("deletion", "%d", agent_check(&a));
	(void)report_obs("deleted-key", "%s", a.op.name);
	(void)report_obs("deleted-type", "%u", (unsigned)a.op.type);
	(void)report_obs("remaining", "%d", agent_check(&a));
	(void)report_obs("second-key", "%s", a.op.name);
	(void)report_obs("owner", "%d", (int)(a.op.owner - b.ep));
	(void)report_obs("no-more", "%d", agent_check(&a));
	return agents_close(&a, &b);
}
