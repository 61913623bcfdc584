/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B9. A service learns from DS, which RS tells, that others come, move
 * and go: a subscription to labels reports each, and the label leads to where
 * the service runs. One that is not ready yet is not there, nor one that
 * never will be. When DS itself has been started again every service hears
 * of it.
 */
#include <string.h>
#include <unistd.h>

#include <proto/rs.h>

#include "test/ds/agent.h"
#include "test/report/report.h"

#define FIRST  "news.first"
#define SECOND "news.second"
#define THIRD  "news.third"

static struct agent listener, other;

/* RS tells DS without waiting for it, so news may be a moment late. */
static int
news(void)
{
	int i, r = -ENOENT;

	for (i = 0; i < 100 && r == -ENOENT; i++)
		r = agent_check(&listener);
	return r;
}

/* The next news are of a label, and there are no others. */
static void
expect(const char *label, uint32_t type)
{
	CHECK_STATUS(news(), OK);
	CHECK(strcmp(listener.op.name, label) == 0);
	CHECK(listener.op.type == type);
	CHECK_STATUS(agent_check(&listener), -ENOENT);
}

/* Where DS says that the other one is. */
static endpoint_t
where(void)
{
	int r = agent_retrieve(&listener, SECOND, DSF_TYPE_LABEL);

	return r == OK ? listener.op.got.ep : NONE;
}

/* Nothing is said of a service that does not get ready, however long it
 * takes; only DS knows it. */
static void
test_unready(void)
{
	static const struct service_kind failing = { .args = "fail" },
					 waiting = { .flags = RSS_NO_WAIT,
						 .args = "wait" };
	endpoint_t ep;

	CHECK(service_start_as(&failing, "/test/rs-agent", THIRD, NULL, &ep) !=
	    OK);
	usleep(200000);
	CHECK_STATUS(agent_check(&listener), -ENOENT);
	CHECK_STATUS(agent_retrieve(&listener, THIRD, DSF_TYPE_LABEL), -ESRCH);

	CHECK(service_start_as(&waiting, "/test/rs-agent", THIRD, NULL, &ep) ==
	    OK);
	usleep(200000);
	CHECK_STATUS(agent_check(&listener), -ENOENT);
	CHECK_STATUS(agent_retrieve(&listener, THIRD, DSF_TYPE_LABEL), -EPERM);
	(void)service_stop(THIRD); /* its start has failed: it says so */
	CHECK_STATUS(agent_check(&listener), -ENOENT);
}

/* A new store is told to all, also to those who had not asked for news. */
static void
test_new_store(void)
{
	(void)agent_notified(&listener);
	CHECK_STATUS(agent_ds_again(), OK);
	CHECK(agent_notified(&listener) > 0);
	CHECK_STATUS(agent_check(&listener), -ESRCH);
	CHECK(where() == NONE); /* but labels are there */
	CHECK_STATUS(agent_retrieve(&listener, FIRST, DSF_TYPE_LABEL), OK);
	CHECK(listener.op.got.ep == listener.ep);
}

int
main(int argc, char **argv)
{
	endpoint_t before;

	(void)report_begin("rs-news", argc > 1 ? argv[1] : NULL);
	CHECK_STATUS(agent_start(&listener, FIRST), OK);
	CHECK_STATUS(agent_subscribe(&listener, "news[.].*",
			 DSF_TYPE_LABEL | DSF_INITIAL),
	    OK);
	expect(FIRST, DSF_TYPE_LABEL);

	(void)agent_notified(&listener);
	CHECK_STATUS(agent_start(&other, SECOND), OK);
	expect(SECOND, DSF_TYPE_LABEL);
	CHECK(where() == other.ep);

	before = other.ep;
	CHECK(agent_restart(&other) == OK && other.ep != before);
	expect(SECOND, DSF_TYPE_LABEL);
	CHECK(where() == other.ep);

	CHECK_STATUS(agent_stop(&other), OK);
	expect(SECOND, DSF_TYPE_LABEL | DSF_DELETED);
	CHECK(where() == NONE);
	test_unready();
	test_new_store();
	CHECK_STATUS(agent_stop(&listener), OK);
	return report_end();
}
