/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A request that is refused says why, and leaves the store as it was. Proves
 * A3.
 */
#include <string.h>

#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-errors", &a, &b);
	key = key_of("err.", 0);
	(void)report_obs("there", "%d", agent_publish(&a, key, value_of(0), 0));
	(void)report_obs("no-type", "%d", agent_retrieve(&a, key, 0));
	(void)report_obs("two-types", "%d",
	    agent_publish(&a, key, 1, DSF_TYPE_STR | DSF_OVERWRITE));
	(void)report_obs("missing", "%d",
	    agent_retrieve(&a, key, DSF_TYPE_STR));
	(void)report_obs("nothing-to-delete", "%d",
	    agent_delete(&a, key, DSF_TYPE_STR));
	(void)report_obs("label", "%d",
	    agent_retrieve(&a, "no.such.label", DSF_TYPE_LABEL));
	memset(&b.op.value, 'x', sizeof b.op.value);
	b.op.call = DS_PUBLISH;
	b.op.flags = DSF_TYPE_STR;
	b.op.keylen = (uint32_t)strlen(key) + 1;
	strcpy(b.op.key, key);
	(void)report_obs("endless-string", "%d", agent_do(&b));
	b.op.flags = DSF_TYPE_LABEL;
	b.op.value.ep = b.ep;
	(void)report_obs("false-label", "%d", agent_do(&b));
	(void)report_obs("still-no-string", "%d",
	    agent_retrieve(&a, key, DSF_TYPE_STR));
	agent_report(&b, key, "value");
	return agents_close(&a, &b);
}
