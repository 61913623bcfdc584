/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A subscription hears of the keys its expression matches as a whole, and of
 * no others. Proves A3.
 */
#include <stdio.h>

#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	char key[DS_MAX_KEYLEN], longer[DS_MAX_KEYLEN], before[DS_MAX_KEYLEN];

	agents_open(argc, argv, "ds-match", &a, &b);
	snprintf(key, sizeof key, "%s", key_of("m.", 0));
	snprintf(longer, sizeof longer, "%.40sx", key);
	snprintf(before, sizeof before, "x%.40s", key);
	(void)report_obs("subscribe", "%d", agent_subscribe(&a, key, 0));
	(void)agent_publish(&b, longer, 1, 0);
	(void)agent_publish(&b, before, 2, 0);
	(void)report_obs("others", "%d", agent_check(&a));
	(void)agent_notified(&a);
	(void)agent_publish(&b, key, 3, 0);
	(void)report_obs("notified", "%d", agent_notified(&a) > 0);
	(void)report_obs("check", "%d", agent_check(&a));
	(void)report_obs("key", "%s", a.op.name);
	(void)report_obs("no-more", "%d", agent_check(&a));
	(void)report_obs("pattern", "%d",
	    agent_subscribe(&a, "x?m[.][a-z]+", DSF_OVERWRITE));
	(void)agent_publish(&b, before, 4, DSF_OVERWRITE);
	(void)report_obs("check-pattern", "%d", agent_check(&a));
	(void)report_obs("key-pattern", "%s", a.op.name);
	return agents_close(&a, &b);
}
