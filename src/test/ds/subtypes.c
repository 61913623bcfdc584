/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A subscription hears of the types it names; if it names none, of all.
 * Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;

	agents_open(argc, argv, "ds-subtypes", &a, &b);
	(void)report_obs("strings", "%d",
	    agent_subscribe(&a, "st[.].*", DSF_TYPE_STR));
	(void)report_obs("all", "%d", agent_subscribe(&b, "st[.].*", 0));
	(void)agent_publish(&b, key_of("st.", 0), value_of(0), 0);
	(void)report_obs("number", "%d", agent_check(&a));
	(void)agent_publish_str(&b, key_of("st.", 1), "text", 0);
	(void)report_obs("string", "%d", agent_check(&a));
	(void)report_obs("key", "%s", a.op.name);
	(void)report_obs("type", "%u", (unsigned)a.op.type);
	(void)report_obs("all-first", "%d", agent_check(&b));
	(void)report_obs("all-second", "%d", agent_check(&b));
	(void)report_obs("all-no-more", "%d", agent_check(&b));
	return agents_close(&a, &b);
}
