/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Numbers published under names are found again, each under its own name, by
 * whoever asks. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

#define COUNT 6

int
main(int argc, char **argv)
{
	struct agent a, b;
	unsigned int i, ok = 0;
	char name[16] = "value0";

	agents_open(argc, argv, "ds-u32", &a, &b);
	for (i = 0; i < COUNT; i++)
		ok +=
		    agent_publish(&a, key_of("u32.", i), value_of(i), 0) == OK;
	(void)report_obs("published", "%u", ok);
	while (i-- > 0) {
		name[5] = (char)('0' + i);
		agent_report(&b, key_of("u32.", i), name);
	}
	(void)report_obs("missing", "%d",
	    agent_retrieve(&b, key_of("u32.", COUNT), DSF_TYPE_U32));
	return agents_close(&a, &b);
}
