/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Only the owner deletes an entry, and the owner is whoever published it
 * last. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-owner", &a, &b);
	key = key_of("owner.", 0);
	(void)report_obs("publish", "%d",
	    agent_publish(&a, key, value_of(0), 0));
	(void)report_obs("foreign", "%d", agent_delete(&b, key, DSF_TYPE_U32));
	agent_report(&b, key, "kept");
	(void)report_obs("takeover", "%d",
	    agent_publish(&b, key, value_of(1), DSF_OVERWRITE));
	(void)report_obs("former", "%d", agent_delete(&a, key, DSF_TYPE_U32));
	agent_report(&a, key, "new");
	(void)report_obs("owner", "%d", agent_delete(&b, key, DSF_TYPE_U32));
	(void)report_obs("gone", "%d", agent_retrieve(&a, key, DSF_TYPE_U32));
	return agents_close(&a, &b);
}
