/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is published, mapped, photographed and deleted again leaves nothing
 * behind: the data store's memory is as before. Proves A3.
 */
#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/ds/agent.h"
#include "test/report/checkpoint.h"
#include "test/report/report.h"

#define LEN    8192
#define ROUNDS 10

PROTO_STUB(VM_INFO, vm_info)

/* Pages that DS has. */
static int
pages(void)
{
	struct vm_info_req req = { .ep = DS_PROC_NR };
	struct vm_info_rep rep;

	return call_vm_info(VM_PROC_NR, &req, &rep) == OK ? (int)rep.frames
							  : -1;
}

/* Everything that takes memory; how many calls went well. */
static int
turn(struct agent *a, struct agent *b)
{
	const char *key = key_of("leak.", 0);
	int n = 0;

	n += agent_publish_memory(a, key, LEN, DSF_TYPE_MEM) == OK;
	n += agent_publish_memory(a, key, 2 * LEN,
		 DSF_TYPE_MEM | DSF_OVERWRITE) == OK;
	n += agent_publish_memory(a, key, LEN, DSF_TYPE_MAP) == OK;
	n += agent_map(b, key, LEN, AGENT_MAP) == OK;
	n += agent_snapshot(b, key) == 0;
	n += agent_snapshot(b, key) == 1;
	n += agent_delete(a, key, DSF_TYPE_MEM) == OK;
	n += agent_delete(a, key, DSF_TYPE_MAP) == OK;
	(void)agent_call(b, AGENT_UNMAP);
	(void)agent_call(a, AGENT_REVOKE);
	return n;
}

int
main(int argc, char **argv)
{
	struct agent a, b;
	int i, before, calls = 0;

	agents_open(argc, argv, "ds-leak", &a, &b);
	(void)turn(&a, &b); /* what is touched for the first time stays */
	before = pages();
	(void)report_checkpoint("before");
	for (i = 0; i < ROUNDS; i++)
		calls += turn(&a, &b);
	(void)report_obs("calls", "%d", calls);
	(void)report_obs("pages", "%d", pages() - before);
	(void)report_checkpoint("after");
	(void)agent_publish_memory(&b, key_of("leak.", 1), LEN, DSF_TYPE_MAP);
	(void)agent_publish_memory(&b, key_of("leak.", 1), LEN, DSF_TYPE_MEM);
	(void)agent_snapshot(&a, key_of("leak.", 1));
	(void)agent_map(&a, key_of("leak.", 1), LEN, AGENT_MAP);
	(void)report_obs("stop", "%d", agent_stop_seen(&b, &a));
	(void)report_obs("left", "%d", pages() - before);
	return agents_close(&a, NULL);
}
