/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is published stays until somebody asks to overwrite it; then value,
 * restrictions and owner are new. Proves A3.
 */
#include "test/ds/entries.h"
#include "test/report/report.h"

static struct agent a, b;

int
main(int argc, char **argv)
{
	static const uint32_t both[] = { DSF_TYPE_U32, DSF_TYPE_STR, 0 };
	const char *key;

	agents_open(argc, argv, "ds-overwrite", &a, &b);
	key = key_of("over", 0);
	(void)report_status("first",
	    agent_publish(&a, key, value_of(0), DSF_OVERWRITE));
	(void)report_status("again", agent_publish(&a, key, value_of(1), 0));
	agent_report(&b, key, "kept");
	(void)report_status("asked",
	    agent_publish(&b, key, value_of(2), DSF_OVERWRITE));
	agent_report(&a, key, "new");
	entries_overwritten(&a, &b, both);
	return agents_close(&a, &b);
}
