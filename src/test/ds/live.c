/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A client that maps a range sees every change of the publisher, and changes
 * nothing itself. Proves A3, A5.
 */
#include <abi/grant.h>

#include "test/ds/agent.h"
#include "test/ds/rule.h"
#include "test/report/checkpoint.h"
#include "test/report/report.h"

#define LEN 8192

static struct agent a, b;

/* Map, through the grant that DS gives another. */
static int
steal(struct agent *thief, struct agent *other, const char *key)
{
	int r = agent_retrieve_memory(other, key, 0,
	    DSF_TYPE_MAP | DSMF_MAP_MAPPED);

	if (r != OK)
		return r;
	agent_prepare(thief, AGENT_MAP, "", 0)->got = other->op.got;
	thief->op.len = LEN;
	return agent_do(thief);
}

/* Store through the grant that DS has given. */
static int
store(struct agent *who, const char *key)
{
	int r =
	    agent_retrieve_memory(who, key, 0, DSF_TYPE_MAP | DSMF_MAP_MAPPED);

	if (r != OK)
		return r;
	who->op.call = AGENT_STORE;
	return agent_do(who);
}

/* Retrieve, without a label. */
static int
nameless(const char *key, uint32_t mode)
{
	struct agent_op *op =
	    agent_prepare(&b, DS_RETRIEVE, key, DSF_TYPE_MAP | mode);

	op->nameless = true;
	if (mode != DSMF_MAP_MAPPED)
		op->len = op->granted = 100;
	return agent_do(&b);
}

/* The same client gets the same grant; another client another, and so does
 * the same for another range. */
static void
grants(const char *key)
{
	const char *other = key_of("live", 7);
	cp_grant_id_t first;

	rule_case(OK, agent_publish_memory(&b, other, LEN, DSF_TYPE_MAP),
	    "publishing another range");
	(void)agent_retrieve_memory(&b, key, 0, DSF_TYPE_MAP | DSMF_MAP_MAPPED);
	first = b.op.got.mem.gid;
	rule_number(LEN, b.op.got.mem.len, "bytes that may be mapped");
	(void)agent_retrieve_memory(&b, key, 0, DSF_TYPE_MAP | DSMF_MAP_MAPPED);
	rule_number((uint32_t)first, (uint32_t)b.op.got.mem.gid,
	    "the grant of the same client");
	(void)agent_retrieve_memory(&a, key, 0, DSF_TYPE_MAP | DSMF_MAP_MAPPED);
	rule_true(a.op.got.mem.gid != first, "another has the same grant");
	(void)agent_retrieve_memory(&b, other, 0,
	    DSF_TYPE_MAP | DSMF_MAP_MAPPED);
	rule_true(b.op.got.mem.gid != first,
	    "another range has the same grant");
	rule_case(-EPERM, store(&b, key), "storing through the grant");
	rule_case(-EPERM, nameless(key, DSMF_MAP_MAPPED),
	    "a grant for a process without label");
	rule_case(OK, nameless(key, DSMF_COPY_MAPPED),
	    "a copy for a process without label");
	rule_case(OK, agent_delete(&b, other, DSF_TYPE_MAP), "deleting");
}

int
main(int argc, char **argv)
{
	const char *key;
	int r;

	agents_open(argc, argv, "ds-live", &a, &b);
	key = key_of("live", 0);
	(void)agent_fill(&a, 1, LEN);
	(void)report_status("publish",
	    agent_publish_memory(&a, key, LEN, DSF_TYPE_MAP));
	(void)report_status("write", agent_map(&b, key, LEN, AGENT_MAP_WRITE));
	r = agent_map(&b, key, LEN, AGENT_MAP);
	(void)report_status("map", r);
	if (r == OK)
		(void)report_obs("length", "%u", (unsigned)b.op.got.mem.len);
	rule("grants");
	grants(key);
	rule_end();
	(void)report_status("stolen", steal(&a, &b, key));
	agent_place(&a, "range", false, LEN);
	agent_place(&b, "window", true, LEN);
	agent_report_byte(&b, LEN - 1, "one");
	(void)report_checkpoint("mapped");
	(void)agent_fill(&a, 2, LEN);
	agent_report_byte(&b, 0, "two");
	(void)report_status("unmap", agent_call(&b, AGENT_UNMAP));
	(void)agent_fill(&a, 3, LEN);
	agent_report_byte(&b, LEN - 1, "private");
	(void)report_status("map-again", agent_map(&b, key, LEN, AGENT_MAP));
	agent_report_byte(&b, LEN - 1, "three");
	(void)report_status("revoke", agent_call(&a, AGENT_REVOKE));
	(void)report_checkpoint("revoked");
	(void)agent_fill(&a, 4, LEN);
	agent_report_byte(&b, LEN - 1, "last");
	(void)report_status("copy",
	    agent_retrieve_memory(&a, key, LEN,
		DSF_TYPE_MAP | DSMF_COPY_MAPPED));
	agent_report_byte(&a, 0, "frozen");
	(void)report_status("secret",
	    agent_publish_memory(&a, key_of("live", 1), LEN,
		DSF_TYPE_MAP | DSF_PRIV_RETRIEVE));
	(void)report_status("forbidden",
	    agent_map(&b, key_of("live", 1), LEN, AGENT_MAP));
	return agents_close(&a, &b);
}
