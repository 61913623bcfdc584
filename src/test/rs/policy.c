/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is done when a service fails, as its policy says; and complaints, which
 * one stranger makes in vain and two do not. Proves C3.
 */
#include <string.h>
#include <unistd.h>

#include <lacuna/msgcall.h>

#include "test/report/report.h"
#include "test/rs/client.h"

PROTO_STUB(RS_POLICY, rs_policy)

static int
policy_set(const char *label, uint32_t when, uint32_t give_up)
{
	struct rs_policy_req req = { .policy = { when, give_up } };
	struct no_payload none;

	strncpy(req.label, label, sizeof req.label - 1);
	return call_rs_policy(RS_PROC_NR, &req, &none);
}

/* Wait until a service has these flags of RSI_, at most ten seconds. */
static bool
flags_come(const char *label, uint32_t flags, struct rs_info *info)
{
	int i;

	for (i = 0; i < 100; i++) {
		if (agent_info(label, info) && (info->flags & flags) == flags)
			return true;
		usleep(100000);
	}
	return false;
}

/* It dies whenever it runs: tried again as often as its policy says. */
static void
given_up(void)
{
	struct rs_info info = { .restarts = 0 };

	CHECK(agent_up("t.die", "die", RSS_NO_WAIT, 0) == OK);
	CHECK(policy_set("t.die", RS_AT_ONCE, 3) == OK);
	CHECK(flags_come("t.die", RSI_GIVEN_UP, &info));
	CHECK(info.pub.endpoint == NONE && info.failures == 3);
	CHECK(strcmp(info.end_text, "ended by signal 11") == 0);
	CHECK(info.end_time != 0 && info.policy.give_up == 3);
	CHECK(label_request(RS_LOOKUP, "t.die") == -ESRCH);
	CHECK(label_request(RS_RESTART, "t.die") == OK);
	CHECK(flags_come("t.die", RSI_GIVEN_UP, &info));
	CHECK(label_request(RS_DOWN, "t.die") == OK);
	CHECK(!agent_info("t.die", &info));
}

/* log is complained of by one service, in vain, then by two. */
static void
complaints(void)
{
	struct rs_info before = { .failures = -1 }, info;

	CHECK(agent_info("log", &before));
	CHECK(agent_up("t.one", "blame", 0, 0) == OK);
	usleep(300000);
	CHECK(agent_info("log", &info) && info.complaint_ends == 0);
	CHECK(agent_up("t.two", "blame", 0, 0) == OK);
	CHECK(agent_again("log", &info));
	CHECK(info.complaint_ends == 1);
	CHECK(info.failures == before.failures); /* it is none */
	CHECK(label_request(RS_DOWN, "t.one") == OK);
	CHECK(label_request(RS_DOWN, "t.two") == OK);
}

int
main(int argc, char **argv)
{
	report_begin("rs-policy", argc > 1 ? argv[1] : NULL);
	given_up();
	complaints();
	return report_end();
}
