/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Who knows an entry is told when it goes, with its key, once, and before
 * anything else; who has never seen it is not. Proves A3, A7.
 */
#include "test/ds/agent.h"
#include "test/report/report.h"

/* Report the next change of a: its status, type and key. */
static void
next(struct agent *a, const char *status, const char *type, const char *key)
{
	(void)report_obs(status, "%d", agent_check(a));
	(void)report_obs(type, "%u", (unsigned)a->op.type);
	(void)report_obs(key, "%s", a->op.name);
}

/* Deletions of what was there, what was seen, and what nobody has seen. */
static void
known(struct agent *a, struct agent *b)
{
	(void)agent_publish(b, key_of("g.", 0), 1, 0);
	(void)report_obs("subscribe", "%d", agent_subscribe(a, "g[.].*", 0));
	(void)agent_publish(b, key_of("g.", 1), 1, 0);
	(void)report_obs("seen", "%d", agent_check(a));
	(void)agent_publish(b, key_of("g.", 2), 1, 0);
	(void)agent_delete(b, key_of("g.", 2), DSF_TYPE_U32);
	(void)report_obs("unseen", "%d", agent_check(a));
	(void)agent_publish(b, key_of("g.", 3), 1, 0);
	(void)agent_notified(a);
	(void)agent_delete(b, key_of("g.", 1), DSF_TYPE_U32);
	(void)report_obs("notified", "%d", agent_notified(a) > 0);
	(void)agent_delete(b, key_of("g.", 0), DSF_TYPE_U32);
	next(a, "first", "first-type", "first-key");
	next(a, "second", "second-type", "second-key");
	next(a, "third", "third-type", "third-key");
	(void)report_obs("no-more", "%d", agent_check(a));
}

/* One that comes back is a change; one that is hidden has gone. */
static void
coalesced(struct agent *a, struct agent *b)
{
	(void)agent_delete(b, key_of("g.", 3), DSF_TYPE_U32);
	(void)agent_publish(b, key_of("g.", 3), 2, 0);
	next(a, "back", "back-type", "back-key");
	(void)report_obs("back-once", "%d", agent_check(a));
	(void)agent_delete(b, key_of("g.", 3), DSF_TYPE_U32);
	(void)agent_publish(b, key_of("g.", 3), 3, 0);
	(void)agent_delete(b, key_of("g.", 3), DSF_TYPE_U32);
	next(a, "again", "again-type", "again-key");
	(void)report_obs("again-once", "%d", agent_check(a));
	(void)agent_publish(b, key_of("g.", 4), 1, 0);
	(void)agent_check(a);
	(void)agent_publish(b, key_of("g.", 4), 2,
	    DSF_OVERWRITE | DSF_PRIV_SUBSCRIBE);
	next(a, "hidden", "hidden-type", "hidden-key");
}

/* A service goes, and with it what it has published. */
static void
service_gone(struct agent *a, struct agent *b)
{
	(void)agent_publish(b, key_of("g.", 5), 1, 0);
	(void)agent_check(a);
	(void)agent_notified(a);
	(void)report_obs("stop", "%d", agent_stop_seen(b, a));
	(void)report_obs("stop-notified", "%d", a->op.notified > 0);
	next(a, "orphan", "orphan-type", "orphan-key");
	(void)report_obs("end", "%d", agent_check(a));
}

int
main(int argc, char **argv)
{
	struct agent a, b;

	agents_open(argc, argv, "ds-gone", &a, &b);
	known(&a, &b);
	coalesced(&a, &b);
	service_gone(&a, &b);
	return agents_close(&a, NULL);
}
