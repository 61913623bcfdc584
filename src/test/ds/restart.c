/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that is started again, as another process, still owns what it has
 * published. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;
	endpoint_t before;

	agents_open(argc, argv, "ds-restart", &a, &b);
	key = key_of("again.", 0);
	(void)report_obs("publish", "%d",
	    agent_publish(&a, key, value_of(0),
		DSF_PRIV_RETRIEVE | DSF_PRIV_OVERWRITE));
	before = a.ep;
	(void)report_obs("restart", "%d", agent_restart(&a));
	(void)report_obs("new-process", "%d", a.ep != before);
	agent_report(&a, key, "value");
	(void)report_obs("foreign", "%d",
	    agent_retrieve(&b, key, DSF_TYPE_U32));
	(void)report_obs("change", "%d",
	    agent_publish(&a, key, value_of(1), DSF_OVERWRITE));
	(void)report_obs("foreign-delete", "%d",
	    agent_delete(&b, key, DSF_TYPE_U32));
	(void)report_obs("delete", "%d", agent_delete(&a, key, DSF_TYPE_U32));
	return agents_close(&a, &b);
}
