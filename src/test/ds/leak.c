/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is published, mapped, photographed and deleted again leaves nothing
 * behind: the data store has as much memory and as many grants as before, and
 * as much is mapped. Proves A3.
 */
#include <lacuna/msgcall.h>
#include <proto/is.h>
#include <proto/rs.h>
#include <proto/vm.h>

#include "test/ds/agent.h"
#include "test/report/checkpoint.h"
#include "test/report/report.h"

#define LEN    8192
#define ROUNDS 10

PROTO_STUB(IS_USAGE, is_usage)
PROTO_STUB(RS_LOOKUP, rs_lookup)
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

/* Grants that DS has made, or what is mapped in the whole system. */
static int
usage(bool maps)
{
	struct rs_lookup_req where = { "is" };
	struct rs_lookup_rep is = { .ep = NONE };
	struct is_usage_req req = { DS_PROC_NR };
	struct is_usage_rep rep = { 0 };

	if (call_rs_lookup(RS_PROC_NR, &where, &is) != OK ||
	    call_is_usage(is.ep, &req, &rep) != OK)
		return -1;
	return (int)(maps ? rep.maps : rep.grants);
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

/* A client and a publisher goes for good, while another stays. */
static void
service_gone(struct agent *a, struct agent *b, int before)
{
	const char *mine = key_of("leak.", 1), *other = key_of("leak.", 2);
	int grants, maps;

	(void)agent_publish_memory(a, mine, LEN, DSF_TYPE_MAP);
	grants = usage(false);
	maps = usage(true);
	(void)report_obs("map", "%d", agent_map(b, mine, LEN, AGENT_MAP));
	(void)agent_publish_memory(b, other, LEN, DSF_TYPE_MAP);
	(void)agent_publish_memory(b, other, LEN, DSF_TYPE_MEM);
	(void)agent_snapshot(a, other);
	(void)agent_map(a, other, LEN, AGENT_MAP);
	(void)report_obs("stop", "%d", agent_stop_seen(b, a));
	(void)report_obs("grants-left", "%d", usage(false) - grants);
	(void)report_obs("maps-left", "%d", usage(true) - maps);
	(void)report_obs("delete", "%d", agent_delete(a, mine, DSF_TYPE_MAP));
	(void)report_obs("pages-left", "%d", pages() - before);
}

int
main(int argc, char **argv)
{
	struct agent a, b;
	int i, before, grants, maps, calls = 0;

	agents_open(argc, argv, "ds-leak", &a, &b);
	(void)turn(&a, &b); /* what is touched for the first time stays */
	before = pages();
	grants = usage(false);
	maps = usage(true);
	(void)report_checkpoint("before");
	for (i = 0; i < ROUNDS; i++)
		calls += turn(&a, &b);
	(void)report_obs("calls", "%d", calls);
	(void)report_obs("pages", "%d", pages() - before);
	(void)report_obs("grants", "%d", usage(false) - grants);
	(void)report_obs("maps", "%d", usage(true) - maps);
	(void)report_checkpoint("after");
	service_gone(&a, &b, before);
	return agents_close(&a, NULL);
}
