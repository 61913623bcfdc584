/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is published stays until somebody asks to overwrite it; then the new
 * value counts at once. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-overwrite", &a, &b);
	key = key_of("over.", 0);
	(void)report_obs("first", "%d",
	    agent_publish(&a, key, value_of(0), DSF_OVERWRITE));
	(void)report_obs("taken", "%d", agent_publish(&a, key, value_of(1), 0));
	(void)report_obs("taken-by", "%d",
	    agent_publish(&b, key, value_of(1), 0));
	agent_report(&b, key, "kept");
	(void)report_obs("replaced", "%d",
	    agent_publish(&a, key, value_of(2), DSF_OVERWRITE));
	agent_report(&b, key, "new");
	(void)report_obs("takeover", "%d",
	    agent_publish(&b, key, value_of(3), DSF_OVERWRITE));
	agent_report(&a, key, "newest");
	return agents_close(&a, &b);
}
