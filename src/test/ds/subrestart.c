/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The subscription of a service survives it: the next process under its label
 * is notified. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;

	agents_open(argc, argv, "ds-subrestart", &a, &b);
	(void)report_obs("subscribe", "%d", agent_subscribe(&a, "sr[.].*", 0));
	(void)report_obs("restart", "%d", agent_restart(&a));
	(void)report_obs("publish", "%d",
	    agent_publish(&b, key_of("sr.", 0), value_of(0), 0));
	(void)report_obs("notified", "%d", agent_notified(&a) > 0);
	(void)report_obs("check", "%d", agent_check(&a));
	(void)report_obs("key", "%s", a.op.name);
	return agents_close(&a, &b);
}
