/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A label has one subscription; a refused one leaves the old one as it was, a
 * new one starts with a clean slate. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-suberrors", &a, &b);
	key = key_of("se.", 0);
	(void)report_obs("nobody", "%d", agent_check(&a));
	(void)report_obs("subscribe", "%d", agent_subscribe(&a, key, 0));
	(void)report_obs("second", "%d", agent_subscribe(&a, "other", 0));
	(void)report_obs("no-expression", "%d",
	    agent_subscribe(&a, "se(", DSF_OVERWRITE));
	(void)agent_publish(&b, key, 1, 0);
	(void)report_obs("kept", "%d", agent_check(&a));
	(void)agent_publish(&b, key, 2, DSF_OVERWRITE);
	(void)report_obs("replace", "%d",
	    agent_subscribe(&a, key, DSF_OVERWRITE));
	(void)report_obs("clean", "%d", agent_check(&a));
	(void)agent_publish(&b, key, 3, DSF_OVERWRITE);
	(void)report_obs("works", "%d", agent_check(&a));
	return agents_close(&a, &b);
}
