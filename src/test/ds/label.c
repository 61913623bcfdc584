/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A label leads to the endpoint of its service and back; when the service
 * goes, so do its label and what it published. Proves A3.
 */
#include <string.h>

#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;

	agents_open(argc, argv, "ds-label", &a, &b);
	key = key_of("label.", 0);
	if (agent_retrieve(&a, b.label, DSF_TYPE_LABEL) == OK)
		(void)report_obs("distance", "%d", (int)(a.op.got.ep - b.ep));
	a.op.call = DS_RETRIEVE_LABEL;
	a.op.owner = b.ep;
	if (agent_do(&a) == OK)
		(void)report_obs("name", "%s", a.op.name);
	if (agent_retrieve(&a, "vfs", DSF_TYPE_LABEL) == OK)
		(void)report_obs("vfs", "%d", (int)a.op.got.ep);
	(void)report_obs("publish", "%d",
	    agent_publish(&b, key, value_of(0), 0));
	agent_report(&a, key, "value");
	(void)report_obs("stop", "%d", agent_stop(&b));
	(void)report_obs("label-gone", "%d",
	    agent_retrieve(&a, b.label, DSF_TYPE_LABEL));
	(void)report_obs("entry-gone", "%d",
	    agent_retrieve(&a, key, DSF_TYPE_U32));
	return agents_close(&a, NULL);
}
