/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that is started again, as another process, still owns what it has
 * published, and its former process nothing. Proves A3.
 */
#include "test/ds/kinds.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define SETS 16
#define U32  DSF_TYPE_U32
#define STR  DSF_TYPE_STR

static struct agent a, b;
static struct store before, now;

static const char *
key(unsigned int i)
{
	return key_of("again", i);
}

static void
publish(void)
{
	unsigned int s;

	for (s = 0; s < SETS; s++) {
		(void)kind_put(&a, U32, key(s), s, restrictions(s));
		(void)kind_put(&a, STR, key(s), s, restrictions(s));
	}
	(void)agent_run(&a);
	for (s = 0; s < 2 * SETS; s++)
		rule_case(OK, a.list[s].result, "publishing");
}

/* The new process has the same rights, and others none more. */
static void
rights(struct agent *who, bool owner)
{
	unsigned int s;
	uint32_t flags;

	for (s = 0; s < SETS; s++) {
		(void)kind_get(who, U32, key(s));
		(void)kind_get(who, STR, key(s));
	}
	(void)agent_run(who);
	for (s = 0; s < 2 * SETS; s++) {
		flags = restrictions(s / 2);
		rule_case(!owner && flags & DSF_PRIV_RETRIEVE ? -EPERM : OK,
		    kind_is(&who->list[s], s % 2 == 0 ? U32 : STR, s / 2),
		    "retrieving, %s", restrictions_name(flags));
	}
}

/* Who is not the owner neither deletes nor overwrites what is restricted. */
static void
foreign(void)
{
	unsigned int s;

	for (s = 0; s < SETS; s++) {
		(void)agent_add(&b, DS_DELETE, key(s), U32);
		(void)kind_put(&b, STR, key(s), 40,
		    restrictions(s) & DSF_PRIV_OVERWRITE ? DSF_OVERWRITE : 0);
	}
	(void)agent_run(&b);
	for (s = 0; s < SETS; s++) {
		rule_case(-EPERM, b.list[2 * s].result, "another deletes");
		rule_case(restrictions(s) & DSF_PRIV_OVERWRITE ? -EPERM
							       : -EEXIST,
		    b.list[2 * s + 1].result, "another publishes, %s",
		    restrictions_name(restrictions(s)));
	}
}

/* The new process overwrites and deletes all. */
static void
own(void)
{
	unsigned int s;

	for (s = 0; s < SETS; s++) {
		(void)kind_put(&a, U32, key(s), 40 + s,
		    DSF_OVERWRITE | restrictions(s));
		(void)kind_get(&a, U32, key(s));
		(void)agent_add(&a, DS_DELETE, key(s), U32);
		(void)agent_add(&a, DS_DELETE, key(s), STR);
	}
	(void)agent_run(&a);
	for (s = 0; s < 4 * SETS; s++)
		rule_case(OK,
		    s % 4 == 1 ? kind_is(&a.list[s], U32, 40 + s / 4)
			       : a.list[s].result,
		    "the new process %s",
		    s % 4 == 0       ? "overwrites"
			: s % 4 == 1 ? "retrieves"
				     : "deletes");
	store_look(&b, &now);
	rule_number(0, store_entries(&now), "entries that are left");
}

int
main(int argc, char **argv)
{
	endpoint_t last;

	agents_open(argc, argv, "ds-restart", &a, &b);
	rule("published");
	publish();
	rule_end();
	last = a.ep;
	store_look(&b, &before);
	(void)report_status("restart", agent_restart(&a));
	(void)report_obs("new-process", "%d", a.ep != last);
	store_look(&b, &now);
	(void)report_obs("entries", "%d",
	    (int)(store_entries(&now) - store_entries(&before)));
	rule("rights");
	rights(&a, true);
	rights(&b, false);
	rule_end();
	rule("foreign");
	foreign();
	rights(&a, true);
	rule_end();
	rule("own");
	own();
	rule_end();
	return agents_close(&a, &b);
}
