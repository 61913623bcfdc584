/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Subscriptions: who wants to hear of which entries, and what each has not
 * looked at yet. A notification only says "look": it carries nothing, and
 * many may become one, so the truth is in the bits.
 */
#include "servers/ds/ds.h"

#include "servers/ds/match.h"

/** A subscription; a label has at most one. */
struct subscription {
	bool used;
	uint32_t types; /* DSF_TYPE_ wanted */
	char owner[LABEL_MAX];
	struct matcher keys;
	uint32_t changed[DS_ENTRIES / 32]; /* a bit for each entry */
};

_Static_assert(DS_ENTRIES % 32 == 0, "words of the bitmap");

static struct subscription subs_table[NR_DS_SUBS];

/* Number of an entry in the table. */
static uint32_t
number(const struct entry *e)
{
	return (uint32_t)(e - entry_table);
}

static void
bit_set(struct subscription *s, const struct entry *e)
{
	s->changed[number(e) / 32] |= 1u << number(e) % 32;
}

static void
bit_clear(struct subscription *s, const struct entry *e)
{
	s->changed[number(e) / 32] &= ~(1u << number(e) % 32);
}

static bool
bit_isset(const struct subscription *s, const struct entry *e)
{
	return (s->changed[number(e) / 32] >> number(e) % 32 & 1) != 0;
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
	endpoint_t ep = label_endpoint(s->owner);

	if (ep != NONE)
		(void)ipc_notify(ep); /* RS tells us when it is dead */
}

void
subs_changed(const struct entry *e)
{
	struct subscription *s;

	for (s = subs_table; s < &subs_table[NR_DS_SUBS]; s++) {
		if (!s->used)
			continue;
		if (sub_matches(s, e)) {
			bit_set(s, e);
			sub_notify(s);
		} else {
			bit_clear(s, e); /* it may have matched before */
		}
	}
}

void
subs_removed(const struct entry *e)
{
	struct subscription *s;

	for (s = subs_table; s < &subs_table[NR_DS_SUBS]; s++) {
		if (!s->used)
			continue;
		bit_clear(s, e);
		if (sub_matches(s, e))
			sub_notify(s);
	}
}

void
subs_drop(const char *label)
{
	struct subscription *s = sub_find(label);

	if (s != NULL)
		s->used = false;
}

/* Mark all entries that match. Returns whether there are any. */
static bool
sub_mark_all(struct subscription *s)
{
	const struct entry *e;
	bool any = false;

	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (e->used && sub_matches(s, e)) {
			bit_set(s, e);
			any = true;
		}
	return any;
}

int
do_ds_subscribe(endpoint_t who, const struct ds_subscribe_req *req,
    struct no_payload *rep)
{
	const char *label = label_of(who);
	char regex[DS_MAX_KEYLEN];
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
	r = key_fetch(who, &req->regex, regex);
	if (r == OK)
		r = match_compile(&s->keys, regex);
	if (r != OK)
		return r;

	s->used = true;
	s->types = req->flags & DSF_MASK_TYPE;
	if (s->types == 0)
		s->types = DSF_MASK_TYPE;
	strlcpy(s->owner, label, sizeof s->owner);
	memset(s->changed, 0, sizeof s->changed);
	if (req->flags & DSF_INITIAL && sub_mark_all(s))
		sub_notify(s);
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
	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (bit_isset(s, e))
			break;
	if (e == &entry_table[DS_ENTRIES])
		return -ENOENT;
	r = key_give(who, &req->key, e->key);
	if (r != OK)
		return r; /* still unseen */
	bit_clear(s, e);
	rep->type = e->flags & DSF_MASK_TYPE;
	rep->owner = label_endpoint(e->owner);
	return OK;
}
