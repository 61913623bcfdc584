/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is published, mapped, photographed, refused and deleted leaves nothing
 * behind: the data store has as much memory and as many grants as before, and
 * as much is mapped. Proves A3.
 */
#include "test/ds/agent.h"
#include "test/ds/rule.h"
#include "test/ds/usage.h"
#include "test/report/checkpoint.h"
#include "test/report/report.h"

#define LEN    8192
#define ROUNDS 4
#define MEM    DSF_TYPE_MEM
#define MAP    DSF_TYPE_MAP

static struct agent a, b;

/* Requests about memory that are refused late. */
static void
refused(const char *key)
{
	static const uint32_t types[] = { MEM | DSF_OVERWRITE, MAP };
	struct agent_op *op;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		op = agent_prepare(&b, DS_PUBLISH, key, types[i]);
		op->len = LEN;
		op->granted = LEN / 2;
		rule_case(-EPERM, agent_do(&b), "what is not granted");
	}
	op = agent_prepare(&b, DS_RETRIEVE, key, MEM);
	op->len = 100;
	rule_case(-EPERM, agent_do(&b), "retrieving without room");
	rule_case(-EINVAL, agent_retrieve_snapshot(&b, key_of("leak", 9), 0),
	    "a snapshot that was not taken");
}

/* Everything that takes memory. */
static void
turn(void)
{
	const char *key = key_of("leak", 0), *other = key_of("leak", 9);

	rule_case(OK, agent_publish_memory(&a, key, LEN, MEM), "a copy");
	rule_case(OK,
	    agent_publish_memory(&a, key, 2 * LEN, MEM | DSF_OVERWRITE),
	    "a longer one");
	rule_case(OK, agent_publish_memory(&b, key, 1, MEM | DSF_OVERWRITE),
	    "a shorter one, of another");
	rule_case(OK, agent_publish_memory(&a, other, LEN, MAP), "a map");
	refused(key);
	rule_case(OK, agent_map(&b, other, LEN, AGENT_MAP), "a client maps");
	rule_case(0, agent_snapshot(&b, other), "a snapshot");
	rule_case(1, agent_snapshot(&b, other), "another");
	rule_case(OK, agent_subscribe(&b, ".*", 0), "a subscription");
	rule_case(OK, agent_subscribe(&b, "x", DSF_OVERWRITE), "a new one");
	rule_case(-EINVAL, agent_subscribe(&b, "(", DSF_OVERWRITE),
	    "a bad one");
	rule_case(OK, agent_delete(&b, key, MEM), "deleting the copy");
	rule_case(OK, agent_delete(&a, other, MAP), "deleting the map");
	(void)agent_call(&b, AGENT_UNMAP);
	(void)agent_call(&a, AGENT_REVOKE);
	rule_case(OK, agent_stop_seen(&b, &a), "a service goes");
	rule_case(OK, agent_start(&b, "leak.b"), "and comes");
}

/* A client and a publisher goes for good, while another stays. */
static void
service_gone(const struct usage *before)
{
	const char *mine = key_of("leak", 1), *other = key_of("leak", 2);
	struct usage shared;

	rule_case(OK, agent_publish_memory(&a, mine, LEN, MAP), "a map");
	usage_look(&shared);
	rule_case(OK, agent_map(&b, mine, LEN, AGENT_MAP), "a client maps");
	rule_case(OK, agent_publish_memory(&b, other, LEN, MAP), "its map");
	rule_case(OK, agent_publish_memory(&b, other, LEN, MEM), "its copy");
	rule_case(0, agent_snapshot(&a, other), "a snapshot of it");
	rule_case(OK, agent_map(&a, other, LEN, AGENT_MAP), "mapping it");
	rule_case(OK, agent_subscribe(&b, ".*", 0), "its subscription");
	rule_case(OK, agent_stop_seen(&b, &a), "it goes");
	usage_same(&shared, "a service went");
	rule_case(OK, agent_delete(&a, mine, MAP), "what it had mapped");
	usage_same(before, "that was deleted");
}

int
main(int argc, char **argv)
{
	struct usage before;
	int i;

	agents_open(argc, argv, "ds-leak", &a, &b);
	rule("first");
	turn(); /* what is touched for the first time stays */
	rule_end();
	usage_look(&before);
	(void)report_checkpoint("before");
	rule("turns");
	for (i = 0; i < ROUNDS; i++)
		turn();
	rule_end();
	rule("left");
	usage_same(&before, "all that was given back");
	rule_end();
	(void)report_checkpoint("after");
	rule("service");
	service_gone(&before);
	rule_end();
	return agents_close(&a, NULL);
}
