/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B9. A service learns from DS, which RS tells, that others come, move
 * and go: a subscription to labels reports each, and the label leads to where
 * the service runs.
 */
#include <string.h>

#include "test/ds/agent.h"
#include "test/report/report.h"

#define FIRST  "news.first"
#define SECOND "news.second"

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
	CHECK_STATUS(agent_stop(&listener), OK);
	return report_end();
}
