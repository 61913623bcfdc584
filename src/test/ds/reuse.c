/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A place in the store that is used again does not inherit the changes of
 * what was there before. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;
	unsigned int i;

	agents_open(argc, argv, "ds-reuse", &a, &b);
	key = key_of("r.", 0);
	(void)report_obs("subscribe", "%d", agent_subscribe(&a, key, 0));
	(void)agent_publish(&b, key, 1, 0);
	(void)report_obs("delete", "%d", agent_delete(&b, key, DSF_TYPE_U32));
	for (i = 1; i < 4; i++)
		(void)agent_publish(&b, key_of("other.", i), i, 0);
	(void)report_obs("inherited", "%d", agent_check(&a));
	key = key_of("r.", 0);
	(void)agent_publish(&b, key, 2, 0);
	(void)report_obs("back", "%d", agent_check(&a));
	(void)report_obs("key", "%s", a.op.name);
	return agents_close(&a, &b);
}
