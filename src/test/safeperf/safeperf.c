/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A9. What it costs to fetch 1 to 50 pages of another service: by a
 * copy of the bytes, by a safe copy as the boot parameters have it (cow=1
 * shares pages, cow=0 copies), and by mapping them; and then to look at each
 * page, or to store into each. `make bench' makes a table of the figures.
 *
 * The threshold COW_MIN_PAGES (kernel/call/cowcopy.h) was chosen from these.
 */
#include <stdio.h>
#include <string.h>

#include "test/report/report.h"
#include "test/safeperf/agent.h"

#define LOOK  0
#define STORE 1

static struct agent_op granter, user;

/* What fetching costs, by way and use. */
static uint32_t cost[NR_FETCHES][2][PAGES];

/* A figure that depends on how the system was booted. */
static void
figure(const char *what, const char *use, uint32_t n, uint32_t value)
{
	char name[REPORT_NAME_MAX];

	snprintf(name, sizeof name, "count.%s-%s-%u", what, use, (unsigned)n);
	(void)report_obs(name, "%u", (unsigned)value);
}

static void
fetch_all(int fetch, const char *what, int store, const char *use)
{
	uint32_t i;

	user.call = AGENT_PAGES;
	user.fetch = fetch;
	user.store = store;
	mailbox_ask(&user.box);
	CHECK(user.error == OK);
	CHECK(user.wrong == 0);
	memcpy(cost[fetch][store], user.cost, sizeof user.cost);
	for (i = 0; user.error == OK && i < PAGES; i++)
		figure(what, use, i + 1, user.cost[i]);
}

static void
fetch_small(void)
{
	static const uint32_t sizes[NR_SMALL] = SMALL_SIZES;
	uint32_t i;

	user.call = AGENT_SMALL;
	user.fetch = FETCH_SAFE;
	mailbox_ask(&user.box);
	CHECK(user.error == OK);
	for (i = 0; i < NR_SMALL; i++)
		figure("copy", "bytes", sizes[i], user.cost[i]);
}

/* From how many pages on is b always cheaper than a? 0: never. */
static uint32_t
crossover(const uint32_t *a, const uint32_t *b)
{
	uint32_t pages = PAGES;

	while (pages > 0 && b[pages - 1] < a[pages - 1])
		pages--;
	return pages == PAGES ? 0 : pages + 1;
}

static void
crossover_report(const char *name, const char *text, const uint32_t *a,
    const uint32_t *b)
{
	uint32_t pages = crossover(a, b);

	figure("crossover", name, PAGES, pages);
	if (pages == 0)
		(void)report_note("%s never", text);
	else
		(void)report_note("%s from %u pages on", text, (unsigned)pages);
}

/* Whether sharing is worth while where it should be, and absent where it is
 * switched off. */
static void
judge(void)
{
	const uint32_t *copy = cost[FETCH_COPY][LOOK];
	const uint32_t *safe = cost[FETCH_SAFE][LOOK];
	uint32_t i;

	if (granter.sharing) {
		CHECK(safe[PAGES - 1] < copy[PAGES - 1] / 5);
		CHECK(crossover(copy, safe) != 0);
		CHECK(crossover(copy, cost[FETCH_SAFE][STORE]) == 0);
		return;
	}
	for (i = 0; i < PAGES; i++)
		CHECK(safe[i] < copy[i] + copy[i] / 20);
}

static int
agents_start(void)
{
	endpoint_t granter_ep, user_ep;
	int r;

	r = service_start("/test/safeperf-agent", "perf.granter", &granter.box,
	    &granter_ep);
	if (r == OK)
		r = service_start("/test/safeperf-agent", "perf.user",
		    &user.box, &user_ep);
	if (r != OK)
		return r;
	granter.call = AGENT_GRANT;
	granter.who = user_ep;
	mailbox_ask(&granter.box);
	user.who = granter_ep;
	memcpy(user.gid, granter.gid, sizeof user.gid);
	return granter.error;
}

static void
measure(void)
{
	fetch_all(FETCH_COPY, "copy", LOOK, "look");
	fetch_all(FETCH_COPY, "copy", STORE, "store");
	fetch_all(FETCH_SAFE, "safe", LOOK, "look");
	fetch_all(FETCH_SAFE, "safe", STORE, "store");
	fetch_all(FETCH_AGAIN, "safe", LOOK, "again");
	fetch_all(FETCH_MAP, "map", LOOK, "look");
	fetch_all(FETCH_MAP, "map", STORE, "store");
	fetch_small();
	crossover_report("look", "pages that are only read: sharing wins",
	    cost[FETCH_COPY][LOOK], cost[FETCH_SAFE][LOOK]);
	crossover_report("store", "pages that are written: sharing wins",
	    cost[FETCH_COPY][STORE], cost[FETCH_SAFE][STORE]);
	crossover_report("map", "pages that are mapped: mapping wins",
	    cost[FETCH_COPY][LOOK], cost[FETCH_MAP][LOOK]);
	judge();
}

int
main(int argc, char **argv)
{
	int r;

	(void)report_begin("safeperf", argc > 1 ? argv[1] : NULL);
	r = agents_start();
	CHECK(r == OK);
	if (r == OK)
		measure();
	(void)service_stop("perf.user"); /* it may not have started */
	(void)service_stop("perf.granter");
	return report_end();
}
