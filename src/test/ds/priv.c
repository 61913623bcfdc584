/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Each restriction binds everybody but the owner, and restricts nothing but
 * what it names. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

int
main(int argc, char **argv)
{
	struct agent a, b;
	const char *secret, *fixed;

	agents_open(argc, argv, "ds-priv", &a, &b);
	secret = key_of("secret.", 0);
	fixed = key_of("fixed.", 1);
	(void)report_obs("secret", "%d",
	    agent_publish(&a, secret, value_of(0), DSF_PRIV_RETRIEVE));
	(void)report_obs("fixed", "%d",
	    agent_publish(&a, fixed, value_of(1), DSF_PRIV_OVERWRITE));
	(void)report_obs("look", "%d",
	    agent_retrieve(&b, secret, DSF_TYPE_U32));
	agent_report(&a, secret, "own-look");
	(void)report_obs("change", "%d",
	    agent_publish(&b, fixed, value_of(2), DSF_OVERWRITE));
	agent_report(&b, fixed, "kept");
	(void)report_obs("own-change", "%d",
	    agent_publish(&a, fixed, value_of(3), DSF_OVERWRITE));
	agent_report(&b, fixed, "changed");
	(void)report_obs("unbound", "%d",
	    agent_publish(&b, fixed, value_of(4), DSF_OVERWRITE));
	(void)report_obs("blind-change", "%d",
	    agent_publish(&b, secret, value_of(5), DSF_OVERWRITE));
	return agents_close(&a, &b);
}
