/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * An entry may be kept from the subscriptions of all but its owner. Proves
 * A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;

	agents_open(argc, argv, "ds-subpriv", &a, &b);
	(void)report_obs("subscribe", "%d", agent_subscribe(&a, "sp[.].*", 0));
	(void)report_obs("owner", "%d", agent_subscribe(&b, "sp[.].*", 0));
	(void)agent_notified(&a);
	(void)report_obs("publish", "%d",
	    agent_publish(&b, key_of("sp.", 0), 1, DSF_PRIV_SUBSCRIBE));
	(void)report_obs("told", "%d", agent_notified(&a) > 0);
	(void)report_obs("check", "%d", agent_check(&a));
	(void)report_obs("owner-check", "%d", agent_check(&b));
	(void)report_obs("look", "%d",
	    agent_retrieve(&a, key_of("sp.", 0), DSF_TYPE_U32));
	return agents_close(&a, &b);
}
