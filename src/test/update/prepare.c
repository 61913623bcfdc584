/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C4. How a service gets ready for an update: it is asked before each
 * receive, not when the request comes, and never in the middle of a request;
 * it hears of changes once; what it saves reaches the next instance; what it
 * says comes out at once. A late report does it no harm.
 */
#include "test/update/client.h"

#include <unistd.h>

#include "test/program/program.h"

static const struct update_set_req never = { .patience = 1000 };
static const struct update_set_req ready = { 0 };

/* Asked before each receive until it is ready; the next one has the counter. */
static void
asked_each_time(void)
{
	int pid;

	CHECK_STATUS(agent_begin(), OK);
	CHECK_STATUS(agent_plan(&never), OK);
	pid = update_start(STATE_CUSTOM, 0, RSU_DUMP);
	CHECK(agent_traced("c04dpdp")); /* each look is a receive */
	CHECK_STATUS(agent_ask(UPDATE_WORK), OK);
	CHECK(agent_traced("c04dpdpdpwdp"));
	CHECK_STATUS(agent_plan(&ready), OK);
	CHECK_STATUS(update_result(pid), OK);
	CHECK(agent_replaced());
	CHECK(agent_look()->init_type == SEF_INIT_LU);
	CHECK(agent_look()->restarts == 1);
	CHECK(agent_look()->counter == 2);
	CHECK_STATUS(agent_finish(), OK);
}

/* Whoever asked for something long, and nothing else. */
static int
ask_long(void)
{
	return agent_ask(UPDATE_LONG) == OK ? 0 : 1;
}

/* Trap T21, for a state in which nothing may be half done. */
static void
not_in_the_middle(int state)
{
	int client, pid;

	CHECK_STATUS(agent_begin(), OK);
	client = fork();
	if (client == 0)
		_exit(ask_long());
	while (agent_look()->trace[0] != '[')
		pause_ms(10);
	pid = update_start(state, 0, 0);
	CHECK_STATUS(agent_ask(UPDATE_WORK), OK);
	CHECK(agent_traced(state == STATE_CUSTOM ? "[c04w" : "[c01w"));
	CHECK_STATUS(agent_ask(UPDATE_FINISH), OK);
	CHECK(child_end(client) == 0); /* it has got its answer */
	CHECK_STATUS(update_result(pid), OK);
	CHECK(agent_replaced());
	CHECK_STATUS(agent_finish(), OK);
}

/* A state it does not know, services that know none, and what fails. */
static void
refusals(void)
{
	struct update_set_req plan = { .save = -EIO };
	endpoint_t ep;

	CHECK_STATUS(agent_begin(), OK);
	CHECK_STATUS(update(UPDATE_LABEL, STATE_CUSTOM + 1, 0), -EINVAL);
	CHECK(agent_traced(""));
	CHECK_STATUS(agent_plan(&plan), OK);
	CHECK_STATUS(update(UPDATE_LABEL, SEF_LU_STATE_WORK_FREE, 0), -EIO);
	CHECK(agent_traced("c01psc10"));
	plan = (struct update_set_req){ .prepare = -EACCES };
	CHECK_STATUS(agent_plan(&plan), OK);
	CHECK_STATUS(update(UPDATE_LABEL, SEF_LU_STATE_WORK_FREE, 0), -EACCES);
	CHECK(agent_traced("c01psc10c01pc10"));
	CHECK(agent_stays());
	CHECK_STATUS(agent_finish(), OK);

	CHECK_STATUS(service_start("/test/rs-agent", "t.none", NULL, &ep), OK);
	CHECK_STATUS(update("t.none", SEF_LU_STATE_WORK_FREE, 0), -ENOSYS);
	CHECK_STATUS(service_stop("t.none"), OK);
}

/* Too late: RS cancels; a service that is ready only then, and blocks in its
 * report, lives on. Trap T23. */
static void
too_late(void)
{
	const struct update_set_req slow = { .delay = 350 };

	CHECK_STATUS(agent_begin(), OK);
	CHECK_STATUS(agent_plan(&never), OK);
	CHECK_STATUS(update(UPDATE_LABEL, STATE_CUSTOM, 1), -ETIMEDOUT);
	CHECK(agent_stays());
	CHECK(agent_traced("c04pc40w")); /* and it is asked no more */
	CHECK_STATUS(agent_plan(&slow), OK);
	CHECK_STATUS(update(UPDATE_LABEL, STATE_CUSTOM, 1), -ETIMEDOUT);
	CHECK(agent_stays());
	CHECK(agent_traced("c04pc40wc04psc40w"));
	CHECK_STATUS(agent_plan(&ready), OK);
	CHECK_STATUS(update(UPDATE_LABEL, STATE_CUSTOM, 0), OK);
	CHECK(agent_replaced());
	CHECK(agent_look()->counter == 3);
	CHECK_STATUS(agent_finish(), OK);
}

int
main(int argc, char **argv)
{
	(void)report_begin("update-prepare", argc > 1 ? argv[1] : NULL);
	asked_each_time();
	not_in_the_middle(SEF_LU_STATE_WORK_FREE);
	not_in_the_middle(STATE_CUSTOM);
	refusals();
	too_late();
	return report_end();
}
