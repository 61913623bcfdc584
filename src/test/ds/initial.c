/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A subscription may ask for what is there already, and is told at once; if
 * nothing is, it is left alone. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;

	agents_open(argc, argv, "ds-initial", &a, &b);
	(void)agent_publish(&b, key_of("i.", 0), 1, 0);
	(void)agent_publish(&b, key_of("i.", 1), 2, 0);
	(void)agent_notified(&a);
	(void)report_obs("silent", "%d", agent_subscribe(&a, "i[.].*", 0));
	(void)report_obs("silent-check", "%d", agent_check(&a));
	(void)report_obs("initial", "%d",
	    agent_subscribe(&a, "i[.].*", DSF_INITIAL | DSF_OVERWRITE));
	(void)report_obs("notified", "%d", agent_notified(&a) > 0);
	(void)report_obs("first", "%d", agent_check(&a));
	(void)report_obs("second", "%d", agent_check(&a));
	(void)report_obs("third", "%d", agent_check(&a));
	(void)agent_notified(&a);
	(void)report_obs("none", "%d",
	    agent_subscribe(&a, "none[.].*", DSF_INITIAL | DSF_OVERWRITE));
	(void)report_obs("left-alone", "%d", agent_notified(&a) == 0);
	(void)report_obs("none-check", "%d", agent_check(&a));
	return agents_close(&a, &b);
}
