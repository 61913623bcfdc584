/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * When a mapped range is deleted, or its publisher ends, who has mapped it
 * keeps what it has seen last, privately. Proves A3, A7.
 */
#include "test/ds/agent.h"
#include "test/report/checkpoint.h"
#include "test/report/report.h"

#define LEN  4096
#define MAP  DSF_TYPE_MAP
#define COPY (MAP | DSMF_COPY_MAPPED)

static struct agent a, b;

/* Publish a page of one byte and let b map it. */
static int
begin(const char *key, int byte)
{
	int r = agent_fill(&a, byte, LEN);

	if (r == OK)
		r = agent_publish_memory(&a, key, LEN, MAP);
	return r == OK ? agent_map(&b, key, LEN, AGENT_MAP) : r;
}

int
main(int argc, char **argv)
{
	const char *key;

	agents_open(argc, argv, "ds-mapgone", &a, &b);
	(void)report_status("other",
	    agent_publish_memory(&b, key_of("other", 0), LEN, MAP));
	key = key_of("gone", 0);
	(void)report_status("begin", begin(key, 1));
	agent_place(&a, "range", false, LEN);
	agent_place(&b, "window", true, LEN);
	(void)report_checkpoint("shared");
	(void)report_status("delete", agent_delete(&a, key, MAP));
	(void)report_checkpoint("deleted");
	(void)agent_fill(&a, 2, LEN);
	agent_report_byte(&b, 0, "private");
	(void)report_status("unmap", agent_call(&b, AGENT_UNMAP));
	(void)report_status("revoke", agent_call(&a, AGENT_REVOKE));

	(void)report_status("begin-again", begin(key, 3));
	(void)report_status("restart", agent_restart(&a));
	agent_report_byte(&b, 0, "orphan");
	(void)report_status("copy", agent_retrieve_memory(&a, key, LEN, COPY));
	agent_report_byte(&a, 0, "recovered");
	(void)report_status("delete-again", agent_delete(&a, key, MAP));
	agent_report_byte(&b, 0, "still");
	(void)report_status("unmap-again", agent_call(&b, AGENT_UNMAP));

	(void)report_status("begin-last", begin(key, 4));
	(void)report_status("stop", agent_stop_seen(&a, &b));
	(void)report_checkpoint("stopped");
	agent_report_byte(&b, 0, "last");
	(void)report_status("gone", agent_retrieve_memory(&b, key, LEN, COPY));
	(void)report_obs("other-stays", "%d",
	    agent_snapshot(&b, key_of("other", 0)));
	return agents_close(NULL, &b);
}
