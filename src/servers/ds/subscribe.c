/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Subscriptions: who wants to hear of which entries, and what each has not
 * looked at yet. A notification only says "look": it carries nothing, and
 * many may become one, so the truth is in the bits.
 *
 * A deletion is told with the key, although the entry is gone then. Only who
 * knows an entry is told: it was there when the subscription began, or was
 * reported since. So what comes and goes unseen needs no memory. Deletions are
 * reported first; hence nothing new becomes known while one is pending, and
 * the keys that are known or pending are never more than there are places.
 * That much memory a subscription has from its beginning: no deletion is ever
 * lost, or refused for want of memory, however long nobody looks. A key that
 * comes back is one change, not a deletion and a change.
 */
#include "servers/ds/ds.h"

#include <lacuna/assert.h>

#include "servers/ds/match.h"

/** A bit for each place in the table. */
typedef uint32_t place_bits[DS_ENTRIES / 32];

_Static_assert(DS_ENTRIES % 32 == 0, "words of the bitmap");

/** A deletion to report. */
struct gone {
	uint32_t type; /* DSF_TYPE_ */
	char key[DS_MAX_KEYLEN];
};

#define GONE_BYTES (DS_ENTRIES * sizeof(struct gone))

/** A subscription; a label has at most one. */
struct subscription {
	bool used;
	uint32_t types; /* DSF_TYPE_ wanted */
	char owner[LABEL_MAX];
	struct matcher keys;
	place_bits changed; /* to be reported */
	place_bits known;   /* to be reported when it is gone */
	struct gone *gone;  /* to be reported: in order, room for GONE_BYTES */
	uint32_t gones;
};

static struct subscription subs_table[NR_DS_SUBS];

/* Number of an entry in the table. */
static uint32_t
number(const struct entry *e)
{
	return (uint32_t)(e - entry_table);
}

static void
bit_set(place_bits bits, const struct entry *e)
{
	bits[number(e) / 32] |= 1u << number(e) % 32;
}

static void
bit_clear(place_bits bits, const struct entry *e)
{
	bits[number(e) / 32] &= ~(1u << number(e) % 32);
}

static bool
bit_isset(const place_bits bits, const struct entry *e)
{
	return (bits[number(e) / 32] >> number(e) % 32 & 1) != 0;
}

/* The subscription of a label, or NULL. */
static struct subscription *
sub_find(const char *label)
{
	struct subscription *s;

	for (s = subs_table; s < &subs_table[NR_DS_SUBS]; s++)
		if (s->used && strcmp(s->owner, label) == 0)
			return s;
	return NULL;
}

static struct subscription *
sub_alloc(void)
{
	struct subscription *s;

	for (s = subs_table; s < &subs_table[NR_DS_SUBS]; s++)
		if (!s->used)
			return s;
	return NULL;
}

/* Is the subscriber to hear of the entry? */
static bool
sub_matches(const struct subscription *s, const struct entry *e)
{
	if (!(s->types & e->flags))
		return false;
	if (e->flags & DSF_PRIV_SUBSCRIBE && strcmp(s->owner, e->owner) != 0)
		return false;
	return match_whole(&s->keys, e->key);
}

/* Tell the subscriber to look. It may be between two lives: its bits wait. */
static void
sub_notify(const struct subscription *s)
{
	(void)ipc_notify(label_endpoint(s->owner)); /* RS tells who is dead */
}

/* Forget one deletion. */
static void
gone_remove(struct subscription *s, uint32_t i)
{
	s->gones--;
	memmove(&s->gone[i], &s->gone[i + 1],
	    (s->gones - i) * sizeof s->gone[0]);
}

/* Is the deletion of what e is now still to be reported? Then forget it. */
static bool
gone_undo(struct subscription *s, const struct entry *e)
{
	uint32_t i;

	for (i = 0; i < s->gones; i++)
		if (s->gone[i].type & e->flags &&
		    strcmp(s->gone[i].key, e->key) == 0) {
			gone_remove(s, i);
			return true;
		}
	return false;
}

/* The subscriber can see the entry, and it is new. */
static void
entry_seen(struct subscription *s, const struct entry *e)
{
	if (gone_undo(s, e))
		bit_set(s->known, e);
	bit_set(s->changed, e);
	sub_notify(s);
}

/* The subscriber can see the entry no longer, if ever it could. */
static void
entry_lost(struct subscription *s, const struct entry *e)
{
	struct gone *g;

	if (bit_isset(s->known, e)) {
		assert(s->gones < DS_ENTRIES); /* see the top of this file */
		g = &s->gone[s->gones++];
		g->type = e->flags & DSF_MASK_TYPE;
		strlcpy(g->key, e->key, sizeof g->key);
		sub_notify(s);
	}
	bit_clear(s->known, e);
	bit_clear(s->changed, e);
}

void
subs_changed(const struct entry *e)
{
	struct subscription *s;

	for (s = subs_table; s < &subs_table[NR_DS_SUBS]; s++) {
		if (s->used && sub_matches(s, e))
			entry_seen(s, e);
		else if (s->used)
			entry_lost(s, e); /* it may have matched before */
	}
}

void
subs_removed(const struct entry *e)
{
	struct subscription *s;

	for (s = subs_table; s < &subs_table[NR_DS_SUBS]; s++)
		if (s->used)
			entry_lost(s, e);
}

void
subs_drop(const char *label)
{
	struct subscription *s = sub_find(label);

	if (s == NULL)
		return;
	pages_put(s->gone, GONE_BYTES);
	s->used = false;
}

/* Begin with what is there already: as changed, or as known. */
static void
sub_begin(struct subscription *s, bool initial)
{
	const struct entry *e;
	bool any = false;

	memset(s->changed, 0, sizeof s->changed);
	memset(s->known, 0, sizeof s->known);
	s->gones = 0;
	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (e->used && sub_matches(s, e)) {
			bit_set(initial ? s->changed : s->known, e);
			any = true;
		}
	if (initial && any)
		sub_notify(s);
}

/* Compile what is to be matched; a new subscription gets its memory. */
static int
sub_prepare(struct subscription *s, endpoint_t who, const struct ds_key *from)
{
	char regex[DS_MAX_KEYLEN];
	int r = key_fetch(who, from, regex);

	if (r == OK)
		r = match_compile(&s->keys, regex);
	if (r != OK || s->used)
		return r;
	s->gone = pages_get(GONE_BYTES, PAGES_FILLED);
	return s->gone != NULL ? OK : -ENOMEM;
}

int
do_ds_subscribe(endpoint_t who, const struct ds_subscribe_req *req,
    struct no_payload *rep)
{
	const char *label = label_of(who);
	struct subscription *s;
	int r;

	(void)rep;
	if (label == NULL)
		return -ESRCH;
	s = sub_find(label);
	if (s != NULL && !(req->flags & DSF_OVERWRITE))
		return -EEXIST;
	if (s == NULL)
		s = sub_alloc();
	if (s == NULL)
		return -EAGAIN;
	r = sub_prepare(s, who, &req->regex);
	if (r != OK)
		return r;

	s->used = true;
	s->types = req->flags & DSF_MASK_TYPE;
	if (s->types == 0)
		s->types = DSF_MASK_TYPE;
	strlcpy(s->owner, label, sizeof s->owner);
	sub_begin(s, (req->flags & DSF_INITIAL) != 0);
	return OK;
}

/* Report the oldest deletion. */
static int
gone_report(struct subscription *s, endpoint_t who, const struct ds_key *to,
    struct ds_check_rep *rep)
{
	int r = key_give(who, to, s->gone[0].key);

	if (r != OK)
		return r; /* still unseen */
	rep->type = s->gone[0].type | DSF_DELETED;
	rep->owner = NONE;
	gone_remove(s, 0);
	return OK;
}

int
do_ds_check(endpoint_t who, const struct ds_check_req *req,
    struct ds_check_rep *rep)
{
	const char *label = label_of(who);
	struct subscription *s = label != NULL ? sub_find(label) : NULL;
	const struct entry *e;
	int r;

	if (s == NULL)
		return -ESRCH;
	if (s->gones > 0)
		return gone_report(s, who, &req->key, rep);
	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (bit_isset(s->changed, e))
			break;
	if (e == &entry_table[DS_ENTRIES])
		return -ENOENT;
	r = key_give(who, &req->key, e->key);
	if (r != OK)
		return r; /* still unseen */
	bit_clear(s->changed, e);
	bit_set(s->known, e);
	rep->type = e->flags & DSF_MASK_TYPE;
	rep->owner = label_endpoint(e->owner);
	return OK;
}
