/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Filling the store after a crash, from the records in servers/ds/keep.h.
 *
 * Subscribers are told to look again at everything: what they had not looked
 * at when DS ended is not known, nor what has happened to labels since. First
 * the subscriptions are made again, in a store that has nothing but what is
 * gone; that goes, and so is reported as a deletion. Labels and entries come
 * after that, and so are reported as changes; of what was gone and is back that
 * leaves the change.
 *
 * Contents may be what DS dies of. After some attempts it begins with none.
 */
#include "servers/ds/keep.h"

#include <lacuna/kcall.h>
#include <lacuna/printf.h>

#define ATTEMPTS 3

/* Is this a record as it was written, of something that can be stored? */
static bool
entry_ok(const struct kept_entry *k)
{
	const uint32_t type = k->flags & DSF_MASK_TYPE;

	if (k->sum != keep_sum(&k->sum, sizeof *k) ||
	    !str_terminated(k->key, sizeof k->key) || k->key[0] == '\0' ||
	    !str_terminated(k->owner, sizeof k->owner))
		return false;
	if (type == DSF_TYPE_STR)
		return str_terminated(k->value.str, sizeof k->value.str);
	if (type == DSF_TYPE_MEM)
		return k->len > 0 && k->len <= DS_MAX_MEMLEN;
	return type == DSF_TYPE_U32 || type == DSF_TYPE_LABEL;
}

static bool
sub_ok(const struct kept_sub *s)
{
	return s->sum == keep_sum(&s->sum, sizeof *s) &&
	    str_terminated(s->owner, sizeof s->owner) && s->owner[0] != '\0' &&
	    str_terminated(s->regex, sizeof s->regex);
}

/* Put what is gone into the store, which is empty. It has no memory. */
static void
gone_show(void)
{
	const struct kept_entry *k = kept.gone;
	struct entry *e = entry_table;

	for (; k < &kept.gone[NR_DS_KEYS]; k++) {
		if (!k->used || !entry_ok(k) ||
		    entry_find(k->key, k->flags & DSF_MASK_TYPE) != NULL)
			continue;
		e->used = true;
		e->flags = k->flags;
		strlcpy(e->key, k->key, sizeof e->key);
		strlcpy(e->owner, k->owner, sizeof e->owner);
		e++;
	}
}

/* Take it out again: subscribers learn of its end. */
static void
gone_hide(void)
{
	struct entry *e;

	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++) {
		if (!e->used)
			continue;
		subs_removed(e);
		e->used = false;
	}
}

/* Make a subscription again. Its owner may have no process now, so it is made
 * in the name of nobody, who has the owner's label meanwhile. */
static void
sub_restore(const struct kept_sub *s)
{
	const union ds_value nobody = { .ep = NONE };
	const struct ds_subscribe_req req = { .flags =
						  s->flags & DSF_MASK_TYPE };
	struct no_payload none;
	struct entry *label;
	int r;

	r = entry_put(s->owner, DSF_TYPE_LABEL, "rs", &nobody, NULL);
	if (r == OK) {
		key_replay(s->regex);
		r = do_ds_subscribe(NONE, &req, &none);
		key_replay(NULL);
	}
	label = entry_find(s->owner, DSF_TYPE_LABEL);
	if (label != NULL)
		entry_remove(label);
	if (r != OK)
		printf("ds: the subscription of %s is lost: %d\n", s->owner, r);
}

/* All subscriptions but those of services that have gone. */
static void
subs_restore(void)
{
	struct kept_sub *s;

	gone_show();
	for (s = kept.sub; s < &kept.sub[NR_DS_SUBS]; s++) {
		if (s->used && !sub_ok(s))
			s->used = 0;
		if (!s->used)
			continue;
		if (label_is_known(s->owner))
			sub_restore(s);
		else
			keep_subscriber_gone(s->owner);
	}
	gone_hide();
}

/* Have subscribers look. One whose label came after what it is to see has not
 * been told so far; one that does not run hears when it does. */
static void
subs_wake(void)
{
	const struct kept_sub *s;

	for (s = kept.sub; s < &kept.sub[NR_DS_SUBS]; s++)
		if (s->used)
			(void)ipc_notify(label_endpoint(s->owner));
}

/* Get the value of an entry from the pages that were kept. */
static int
memory_restore(const struct kept_entry *k, struct memory *m)
{
	uint8_t *p = mem_get(k->len, PAGES_FILLED);
	uint32_t i;
	int r = OK;

	if (p == NULL)
		return -ENOMEM;
	for (i = 0; i * PAGE_SIZE < k->len && r == OK; i++)
		r = keep_page(k, i, p + i * PAGE_SIZE);
	if (r != OK)
		mem_put(p, k->len);
	else
		*m = (struct memory){ .at = p, .len = k->len };
	return r;
}

/* Store an entry again. */
static int
entry_restore(struct kept_entry *k)
{
	struct memory m = { .at = NULL };
	const struct entry *e;
	int r = OK;

	if (k->flags & DSF_TYPE_MEM)
		r = memory_restore(k, &m);
	if (r == OK)
		r = entry_put(k->key, k->flags, k->owner, &k->value, &m);
	if (r != OK) {
		if (m.at != NULL)
			mem_drop(&m);
		return r;
	}
	e = entry_find(k->key, k->flags & DSF_MASK_TYPE);
	if (e != NULL)
		keep_known(e, k);
	return OK;
}

/* Do something with the record of an entry: store it, or drop it if its owner
 * has gone. Of labels only those that have gone are of interest. */
static void
record_restore(struct kept_entry *k)
{
	const bool label = (k->flags & DSF_TYPE_LABEL) != 0;
	int r = OK;

	if (!entry_ok(k) || !keep_claim(k)) {
		k->used = k->flags = 0;
		return;
	}
	if (!label && label_is_known(k->owner))
		r = entry_restore(k);
	else
		keep_drop(k);
	if (r != OK) {
		printf("ds: %s is lost: %d\n", k->key, r);
		keep_drop(k);
	}
}

/* Labels that have gone meanwhile are gone for subscribers, too. */
static void
labels_gone(void)
{
	const struct kept_entry *k;

	for (k = kept.entry; k < &kept.entry[DS_ENTRIES]; k++)
		if (k->used && k->flags & DSF_TYPE_LABEL && entry_ok(k) &&
		    !label_is_known(k->key))
			keep_gone(k);
}

int
recover(int type, const struct sef_init_info *info)
{
	struct kept_entry *k;
	int r;

	if (!keep_begin(info, type == SEF_INIT_FRESH)) {
		if (type != SEF_INIT_FRESH)
			printf("ds: begins anew, with labels alone\n");
		return label_load(info->rproctab_gid);
	}
	r = label_fetch(info->rproctab_gid);
	if (r != OK)
		return r;
	if (keep_attempt() > ATTEMPTS) {
		printf("ds: cannot live with what was kept, begins anew\n");
		keep_forget();
	}
	labels_gone();
	subs_restore();
	label_store();
	for (k = kept.entry; k < &kept.entry[DS_ENTRIES]; k++)
		if (k->used)
			record_restore(k);
	subs_wake();
	return OK;
}
