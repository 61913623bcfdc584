/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is deleted is gone, in its type only, and its key may be used by
 * others. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-delete", &a, &b);
	key = key_of("del.", 0);
	(void)report_obs("publish", "%d",
	    agent_publish(&a, key, value_of(0), 0));
	(void)report_obs("publish-string", "%d",
	    agent_publish_str(&a, key, key, 0));
	(void)report_obs("delete", "%d", agent_delete(&a, key, DSF_TYPE_U32));
	(void)report_obs("gone", "%d", agent_retrieve(&a, key, DSF_TYPE_U32));
	(void)report_obs("twice", "%d", agent_delete(&a, key, DSF_TYPE_U32));
	(void)report_obs("string", "%d", agent_retrieve(&b, key, DSF_TYPE_STR));
	(void)report_obs("free", "%d", agent_publish(&b, key, value_of(1), 0));
	agent_report(&a, key, "value");
	return agents_close(&a, &b);
}
