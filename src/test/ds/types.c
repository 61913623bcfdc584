/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A key may stand for a number and for a string at the same time, and neither
 * disturbs the other. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *key;
	char word[11];

	agents_open(argc, argv, "ds-types", &a, &b);
	key = key_of("types.", 0);
	nonce_word(report_nonce(), "text", 0, word, 10);
	(void)report_obs("string", "%d", agent_publish_str(&a, key, word, 0));
	(void)report_obs("number", "%d",
	    agent_publish(&b, key, value_of(0), 0));
	(void)report_obs("again", "%d", agent_publish_str(&b, key, "other", 0));
	if (agent_retrieve(&b, key, DSF_TYPE_STR) == OK)
		(void)report_obs("text", "%s", b.op.got.str);
	agent_report(&a, key, "value");
	(void)report_obs("label", "%d",
	    agent_retrieve(&a, key, DSF_TYPE_LABEL));
	return agents_close(&a, &b);
}
