/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What holds for entries of every type: see test/ds/entries.h.
 */
#include "test/ds/entries.h"

#include <string.h>

#include "test/ds/rule.h"
#include "test/ds/usage.h"

#define SETS 16 /* of restrictions */

static struct store before, now;

/* A key of the sort a test is at, and of a type. */
static const char *
key(const char *what, uint32_t type, unsigned int i)
{
	return key_of(what, 100 * type + i);
}

/* The entry is listed, with these flags and this owner. */
static void
listed(const char *k, uint32_t type, uint32_t flags, const struct agent *owner)
{
	const struct ds_info *info = store_find(&now, k, type);

	(void)rule_true(info != NULL, "a %s is not listed", kind_name(type));
	if (info == NULL)
		return;
	rule_number(type | flags, info->flags,
	    "flags of a %s that was "
	    "published with %s",
	    kind_name(type), restrictions_name(flags));
	rule_text(owner->label, info->owner, "owner of a %s", kind_name(type));
}

/* Publish one entry for each set of restrictions, value s for set s. */
static void
publish_sets(struct agent *a, uint32_t type, const char *what)
{
	const struct agent_op *done;
	unsigned int s;

	for (s = 0; s < SETS; s++)
		(void)kind_put(a, type, key(what, type, s), s, restrictions(s));
	done = agent_run(a);
	for (s = 0; s < SETS; s++)
		rule_case(OK, done[s].result, "publishing a %s, %s",
		    kind_name(type), restrictions_name(restrictions(s)));
}

/* Delete one entry for each set. */
static void
delete_sets(struct agent *a, uint32_t type, const char *what, int want)
{
	const struct agent_op *done;
	unsigned int s;

	for (s = 0; s < SETS; s++)
		(void)agent_add(a, DS_DELETE, key(what, type, s), type);
	done = agent_run(a);
	for (s = 0; s < SETS && want != 1; s++)
		rule_case(want, done[s].result, "%s deletes a %s, %s", a->label,
		    kind_name(type), restrictions_name(restrictions(s)));
}

/* Nobody overwrites without asking, whatever is there. */
static void
taken(struct agent *a, struct agent *b, uint32_t type)
{
	struct agent *const both[] = { a, b };
	unsigned int s, i;

	publish_sets(a, type, "taken");
	store_look(a, &before);
	for (i = 0; i < 2; i++) {
		for (s = 0; s < SETS; s++)
			(void)kind_put(both[i], type, key("taken", type, s), 50,
			    restrictions(SETS - 1 - s));
		(void)agent_run(both[i]);
		for (s = 0; s < SETS; s++)
			rule_case(-EEXIST, both[i]->list[s].result,
			    "%s publishes a %s that is taken", both[i]->label,
			    kind_name(type));
	}
	store_same(a, &before, "refused requests");
	for (s = 0; s < SETS; s++)
		(void)kind_get(a, type, key("taken", type, s));
	(void)agent_run(a);
	for (s = 0; s < SETS; s++)
		rule_case(OK, kind_is(&a->list[s], type, s),
		    "value of a %s after that", kind_name(type));
	delete_sets(a, type, "taken", 1);
}

/* A mapped range is not overwritten by anybody, and nothing is published by
 * asking for that. */
static void
not_replaced(struct agent *a, struct agent *b, uint32_t type)
{
	const char *k = key("replaced", type, 0);

	rule_case(-EINVAL, kind_put_now(a, type, k, 1, DSF_OVERWRITE),
	    "publishing a map with DSF_OVERWRITE");
	rule_case(-ESRCH, kind_is_now(a, type, k, 1), "retrieving it");
	rule_case(OK, kind_put_now(a, type, k, 1, 0), "publishing a map");
	rule_case(-EINVAL, kind_put_now(a, type, k, 2, DSF_OVERWRITE),
	    "its owner overwrites a map");
	rule_case(-EINVAL, kind_put_now(b, type, k, 2, DSF_OVERWRITE),
	    "another overwrites a map");
	rule_case(OK, kind_is_now(b, type, k, 1), "value of the map");
	(void)agent_delete(a, k, type);
}

/* From each set of restrictions to each other one, and from value to value. */
static void
replaced(struct agent *a, struct agent *b, uint32_t type)
{
	const char *k = key("replaced", type, 0);
	const struct agent_op *done;
	unsigned int s, v;
	uint32_t serial = 0;

	for (s = 0; s < SETS; s++) {
		v = 20 + value_of(s) % 60;
		(void)kind_put(a, type, k, v, DSF_OVERWRITE | restrictions(s));
		(void)kind_get(a, type, k);
		done = agent_run(a);
		rule_case(OK, done[0].result, "the owner overwrites a %s",
		    kind_name(type));
		rule_case(OK, kind_is(&done[1], type, v),
		    "value of a %s that was overwritten", kind_name(type));
		store_look(a, &now);
		listed(k, type, restrictions(s), a);
		if (store_find(&now, k, type) == NULL)
			continue;
		rule_true(store_find(&now, k, type)->serial != serial,
		    "serial of a %s is the same after it was overwritten",
		    kind_name(type));
		serial = store_find(&now, k, type)->serial;
	}
	rule_case(OK, kind_put_now(a, type, k, 3, DSF_OVERWRITE), "once more");
	rule_case(OK, kind_is_now(b, type, k, 3),
	    "value of a %s without "
	    "restrictions that had some",
	    kind_name(type));
	(void)agent_delete(a, k, type);
}

/* Who overwrites what is not restricted becomes its owner. */
static void
takeover(struct agent *a, struct agent *b, uint32_t type)
{
	struct agent *const both[] = { a, b };
	const char *k = key("takeover", type, 0);
	unsigned int i;

	for (i = 0; i < 4; i++) {
		rule_case(OK,
		    kind_put_now(both[i % 2], type, k, 10 + i,
			DSF_OVERWRITE | (i < 2 ? DSF_PRIV_SUBSCRIBE : 0)),
		    "%s overwrites a %s", both[i % 2]->label, kind_name(type));
		rule_case(OK, kind_is_now(both[1 - i % 2], type, k, 10 + i),
		    "value of a %s that was taken over", kind_name(type));
		store_look(a, &now);
		listed(k, type, i < 2 ? DSF_PRIV_SUBSCRIBE : 0, both[i % 2]);
	}
	(void)agent_delete(b, k, type);
}

void
entries_overwritten(struct agent *a, struct agent *b, kind_row t)
{
	kind_row i;

	rule("taken");
	for (i = t; *i != 0; i++)
		taken(a, b, *i);
	rule_end();
	rule("replaced");
	for (i = t; *i != 0; i++)
		if (*i == DSF_TYPE_MAP)
			not_replaced(a, b, *i);
		else
			replaced(a, b, *i);
	rule_end();
	rule("takeover");
	for (i = t; *i != 0; i++)
		if (*i != DSF_TYPE_MAP)
			takeover(a, b, *i);
	rule_end();
}

/* Retrieve all sets; a foreign one must respect what restricts retrieving. */
static void
retrieve_sets(struct agent *who, uint32_t type, const char *what, bool foreign)
{
	const struct agent_op *done;
	unsigned int s;
	uint32_t flags;

	for (s = 0; s < SETS; s++)
		(void)kind_get(who, type, key(what, type, s));
	done = agent_run(who);
	for (s = 0; s < SETS; s++) {
		flags = restrictions(s);
		rule_case(foreign && flags & DSF_PRIV_RETRIEVE ? -EPERM : OK,
		    kind_is(&done[s], type, s), "%s retrieves a %s, %s",
		    foreign ? "another" : "the owner", kind_name(type),
		    restrictions_name(flags));
	}
}

/* Overwrite all sets with another value and no restrictions. */
static void
overwrite_sets(struct agent *who, uint32_t type, const char *what)
{
	const struct agent_op *done;
	unsigned int s;
	uint32_t flags;
	int want;

	for (s = 0; s < SETS; s++)
		(void)kind_put(who, type, key(what, type, s), 40 + s,
		    DSF_OVERWRITE);
	done = agent_run(who);
	for (s = 0; s < SETS; s++) {
		flags = restrictions(s);
		want = flags & DSF_PRIV_OVERWRITE ? -EPERM : OK;
		rule_case(type == DSF_TYPE_MAP ? -EINVAL : want, done[s].result,
		    "another overwrites a %s, %s", kind_name(type),
		    restrictions_name(flags));
	}
}

/* Take snapshots of all sets. */
static void
snapshot_sets(struct agent *who, uint32_t type, const char *what, bool foreign)
{
	const struct agent_op *done;
	unsigned int s;
	uint32_t flags;
	int want;

	for (s = 0; s < SETS; s++)
		(void)agent_add(who, DS_SNAPSHOT, key(what, type, s), type);
	done = agent_run(who);
	for (s = 0; s < SETS; s++) {
		flags = restrictions(s);
		want = foreign && flags & DSF_PRIV_SNAPSHOT ? -EPERM : OK;
		rule_case(type == DSF_TYPE_MAP ? want : -EINVAL, done[s].result,
		    "%s takes a snapshot of a %s, %s",
		    foreign ? "another" : "the owner", kind_name(type),
		    restrictions_name(flags));
	}
}

/* Is the value now what another has written, or still the owner's? */
static void
written_sets(struct agent *a, const struct agent *b, uint32_t type,
    const char *what)
{
	unsigned int s;
	uint32_t flags;
	bool mine;

	store_look(a, &now);
	for (s = 0; s < SETS; s++)
		(void)kind_get(a, type, key(what, type, s));
	(void)agent_run(a);
	for (s = 0; s < SETS; s++) {
		flags = restrictions(s);
		mine = type == DSF_TYPE_MAP || flags & DSF_PRIV_OVERWRITE;
		listed(key(what, type, s), type, mine ? flags : 0,
		    mine ? a : b);
		rule_case(OK, kind_is(&a->list[s], type, mine ? s : 40 + s),
		    "value of a %s, %s, that another %s", kind_name(type),
		    restrictions_name(flags),
		    mine ? "could not overwrite" : "has overwritten");
	}
}

void
entries_restricted(struct agent *a, struct agent *b, kind_row t)
{
	kind_row i;

	rule("owner");
	for (i = t; *i != 0; i++) {
		publish_sets(a, *i, "restricted");
		retrieve_sets(a, *i, "restricted", false);
		if (*i == DSF_TYPE_MAP)
			snapshot_sets(a, *i, "restricted", false);
	}
	rule_end();
	rule("restricted");
	for (i = t; *i != 0; i++) {
		retrieve_sets(b, *i, "restricted", true);
		if (*i == DSF_TYPE_MAP)
			snapshot_sets(b, *i, "restricted", true);
		overwrite_sets(b, *i, "restricted");
		written_sets(a, b, *i, "restricted");
		delete_sets(a, *i, "restricted", 1);
		delete_sets(b, *i, "restricted", 1);
	}
	rule_end();
}

void
entries_deleted(struct agent *a, struct agent *b, kind_row t)
{
	const char *k;
	kind_row i;

	rule("not-owner");
	for (i = t; *i != 0; i++) {
		publish_sets(a, *i, "deleted");
		store_look(a, &before);
		delete_sets(b, *i, "deleted", -EPERM);
		store_same(a, &before, "refused deletions");
		delete_sets(a, *i, "deleted", OK);
		delete_sets(a, *i, "deleted", -ESRCH);
		delete_sets(b, *i, "deleted", -ESRCH);
	}
	rule_end();
	rule("former");
	for (i = t; *i != 0; i++) {
		if (*i == DSF_TYPE_MAP)
			continue;
		k = key("former", *i, 0);
		(void)kind_put_now(a, *i, k, 1, 0);
		(void)kind_put_now(b, *i, k, 2, DSF_OVERWRITE);
		rule_case(-EPERM, agent_delete(a, k, *i),
		    "the former owner deletes a %s", kind_name(*i));
		rule_case(OK, kind_is_now(a, *i, k, 2),
		    "value of a %s that a "
		    "former owner would delete",
		    kind_name(*i));
		rule_case(OK, agent_delete(b, k, *i),
		    "the new owner deletes a %s", kind_name(*i));
		rule_case(-ESRCH, kind_is_now(a, *i, k, 2),
		    "retrieving a %s after that", kind_name(*i));
	}
	rule_end();
}

/* Take changes off an agent's list until there are none; how many of a type
 * and with which flag there were. */
static unsigned int
changes(struct agent *who, uint32_t type)
{
	const struct agent_op *done;
	unsigned int n = 0, i;

	for (i = 0; i < 2 * SETS + 2; i++)
		(void)agent_add(who, DS_CHECK, "", 0);
	done = agent_run(who);
	for (i = 0; i < 2 * SETS + 2 && done[i].result == OK; i++)
		n += done[i].type == type;
	rule_case(-ENOENT, done[i < 2 * SETS + 2 ? i : i - 1].result,
	    "the last DS_CHECK");
	return n;
}

void
entries_told(struct agent *a, struct agent *b, kind_row t)
{
	kind_row i;

	rule("told");
	rule_case(OK, agent_subscribe(a, pattern_of("told"), DSF_OVERWRITE),
	    "the publisher subscribes");
	rule_case(OK, agent_subscribe(b, pattern_of("told"), DSF_OVERWRITE),
	    "another subscribes");
	for (i = t; *i != 0; i++) {
		(void)agent_notified(b);
		publish_sets(a, *i, "told");
		rule_true(agent_notified(b) > 0,
		    "not notified when a %s was published", kind_name(*i));
		rule_number(SETS, changes(a, *i),
		    "changes of a %s that its "
		    "owner hears of",
		    kind_name(*i));
		rule_number(SETS / 2, changes(b, *i),
		    "changes of a %s that "
		    "another hears of",
		    kind_name(*i));
		delete_sets(a, *i, "told", OK);
		rule_true(agent_notified(b) > 0,
		    "not notified when a %s was deleted", kind_name(*i));
		rule_number(SETS, changes(a, *i | DSF_DELETED),
		    "deletions of "
		    "a %s that its owner hears of",
		    kind_name(*i));
		rule_number(SETS / 2, changes(b, *i | DSF_DELETED),
		    "deletions of a %s that another hears of", kind_name(*i));
	}
	rule_end();
}

void
entries_no_room(struct agent *a, uint32_t type)
{
	struct usage used;
	unsigned int i, n;

	rule("no-room");
	store_look(a, &before);
	n = NR_DS_KEYS - store_entries(&before);
	for (i = 0; i < n; i++)
		(void)kind_put(a, DSF_TYPE_U32, key_of("room", i), i, 0);
	(void)agent_run(a);
	usage_look(&used);
	for (i = 0; i < 4; i++)
		rule_case(-ENOMEM,
		    kind_put_now(a, type, key_of("room", 100 + i), i, 0),
		    "a %s, in a full store", kind_name(type));
	usage_same(&used, "they were refused");
	for (i = 0; i < n; i++)
		(void)agent_add(a, DS_DELETE, key_of("room", i), DSF_TYPE_U32);
	(void)agent_run(a);
	store_same(a, &before, "the store was full");
	rule_end();
}

/* Keys that are none: how many bytes DS is told, how many it may read, where
 * NULs are, and what is to be answered. */
static const struct {
	const char *what;
	uint32_t len, granted;
	int nul, error; /* nul: place of the first one */
} bad_keys[] = { { "of no byte", 0, 0, 0, -EINVAL },
	{ "of a NUL alone", 1, 1, 0, -EINVAL },
	{ "of one byte, without NUL", 1, 1, 119, -EINVAL },
	{ "of two bytes, without NUL", 2, 2, 119, -EINVAL },
	{ "that ends early", 20, 20, 7, -EINVAL },
	{ "that begins with NUL", 20, 20, 0, -EINVAL },
	{ "without NUL", 20, 20, 119, -EINVAL },
	{ "of 80 bytes, without NUL", 80, 80, 119, -EINVAL },
	{ "of 80 characters", 81, 81, 80, -EINVAL },
	{ "of 119 characters", 120, 120, 119, -EINVAL },
	{ "of 2 GB", 0x7fffffff, 120, 119, -EINVAL },
	{ "of 4 GB", 0xffffffff, 120, 119, -EINVAL },
	{ "that may not be read to its end", 20, 19, 19, -EPERM } };

#define BAD_KEYS (sizeof bad_keys / sizeof bad_keys[0])

void
entries_keys(struct agent *a, const int *calls, uint32_t flags)
{
	struct agent_op *op;
	size_t i;

	rule("keys");
	store_look(a, &before);
	for (; *calls != 0; calls++) {
		for (i = 0; i < BAD_KEYS; i++) {
			op = agent_add(a, *calls, "", flags);
			memset(op->key, 'k', sizeof op->key);
			op->key[bad_keys[i].nul] = '\0';
			op->keylen = bad_keys[i].len;
			op->keygrant = bad_keys[i].granted;
		}
		(void)agent_run(a);
		for (i = 0; i < BAD_KEYS; i++)
			rule_case(bad_keys[i].error, a->list[i].result,
			    "request %d with a key %s", *calls - DS_BASE,
			    bad_keys[i].what);
	}
	store_same(a, &before, "requests with bad keys");
	rule_end();
}
