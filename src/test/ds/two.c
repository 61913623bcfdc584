/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Subscriptions do not disturb each other: each has changes of its own.
 * Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;

	agents_open(argc, argv, "ds-two", &a, &b);
	(void)report_obs("first", "%d", agent_subscribe(&a, "t[.].*", 0));
	(void)agent_publish(&b, key_of("t.", 0), 1, 0);
	(void)report_obs("second", "%d", agent_subscribe(&b, "t[.].*", 0));
	(void)report_obs("kept", "%d", agent_check(&a));
	(void)report_obs("key", "%s", a.op.name);
	(void)report_obs("not-mine", "%d", agent_check(&b));
	(void)agent_notified(&a);
	(void)agent_notified(&b);
	(void)agent_publish(&a, key_of("t.", 1), 2, 0);
	(void)report_obs("notified-a", "%d", agent_notified(&a) > 0);
	(void)report_obs("notified-b", "%d", agent_notified(&b) > 0);
	(void)report_obs("check-a", "%d", agent_check(&a));
	(void)report_obs("check-b", "%d", agent_check(&b));
	(void)report_obs("key-b", "%s", b.op.name);
	(void)report_obs("end-a", "%d", agent_check(&a));
	(void)report_obs("anew", "%d",
	    agent_subscribe(&a, "t[.].*", DSF_OVERWRITE));
	(void)agent_publish(&a, key_of("t.", 2), 3, 0);
	(void)report_obs("check-b-again", "%d", agent_check(&b));
	(void)report_obs("key-b-again", "%s", b.op.name);
	return agents_close(&a, &b);
}
