/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Keeping records of entries and subscriptions, see servers/ds/keep.h.
 *
 * The store says nothing of its changes: after a request that may have made
 * some, each place in the table is compared with what its record has, by the
 * serial number that every publication changes. A deletion is recorded before
 * its entry's record is cleared, and a value's pages before the record that
 * names them.
 */
#include "servers/ds/keep.h"

#include <lacuna/kcall.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

struct kept kept;

static cp_grant_id_t keeper = GRANT_INVALID;
static bool page_used[KEPT_PAGES];

/** What is recorded of a place in the table. */
static struct place {
	struct kept_entry *record; /* NULL: nothing */
	uint32_t serial;
} places[DS_ENTRIES];

uint32_t
keep_sum(const uint32_t *sum, size_t size)
{
	uint32_t n = 2166136261u; /* FNV-1a, of words */
	size_t i;

	for (i = 1; i < size / sizeof *sum; i++)
		n = (n ^ sum[i]) * 16777619u;
	return n;
}

/* Write memory of ours. If that fails nothing more is kept: half of the
 * changes would be worse than none. */
static bool
store(uint32_t offset, const void *from, size_t size)
{
	int r;

	if (!GRANT_VALID(keeper))
		return false;
	r = sys_safecopyto(RS_PROC_NR, keeper, offset, vir_addr(from), size);
	if (r == OK)
		return true;
	printf("ds: entries will not outlive a crash: %d\n", r);
	keeper = GRANT_INVALID;
	return false;
}

/* Write a part of kept. */
static bool
write_back(const void *part, size_t size)
{
	return store((uint32_t)((const char *)part - (const char *)&kept), part,
	    size);
}

static bool
entry_write(struct kept_entry *k)
{
	k->sum = keep_sum(&k->sum, sizeof *k);
	return write_back(k, sizeof *k);
}

/* Are pages of a value used? */
static void
pages_mark(const struct kept_entry *k, bool used)
{
	uint32_t i;

	if (k->flags & DSF_TYPE_MEM)
		for (i = 0; i * PAGE_SIZE < k->len; i++)
			page_used[k->page[i]] = used;
}

/* Find a page that is not used. There is one: DS has memory for no more. */
static uint16_t
page_find(void)
{
	uint16_t n = 0;

	while (n < KEPT_PAGES - 1 && page_used[n])
		n++;
	return n;
}

/* Write the value of an entry into pages of its record. */
static bool
pages_write(struct kept_entry *k, const struct memory *m)
{
	uint32_t i, at, n;

	k->len = m->len;
	for (i = 0; (at = i * PAGE_SIZE) < k->len; i++) {
		k->page[i] = page_find();
		page_used[k->page[i]] = true;
		n = k->len - at < PAGE_SIZE ? k->len - at : PAGE_SIZE;
		if (!store(KEPT_FIRST + k->page[i] * PAGE_SIZE, m->at + at, n))
			return false;
	}
	return true;
}

/* Record an entry, in the place of what its record has had. */
static void
entry_keep(struct kept_entry *k, const struct entry *e)
{
	struct kept_entry fresh = { .used = 1, .flags = e->flags };
	const struct kept_entry old = *k;

	fresh.value = e->value;
	strlcpy(fresh.key, e->key, sizeof fresh.key);
	strlcpy(fresh.owner, e->owner, sizeof fresh.owner);
	if (e->flags & DSF_TYPE_MEM && !pages_write(&fresh, &e->memory))
		return;
	*k = fresh;
	if (entry_write(k) && old.used)
		pages_mark(&old, false);
}

bool
keep_claim(const struct kept_entry *k)
{
	uint32_t i;

	if (!(k->flags & DSF_TYPE_MEM))
		return true;
	for (i = 0; i * PAGE_SIZE < k->len; i++)
		if (k->page[i] >= KEPT_PAGES || page_used[k->page[i]])
			return false;
	pages_mark(k, true);
	return true;
}

void
keep_gone(const struct kept_entry *k)
{
	struct kept_entry *gone = &kept.gone[kept.next_gone];

	*gone = *k;
	(void)entry_write(gone);
	kept.next_gone = (kept.next_gone + 1) % NR_DS_KEYS;
	(void)write_back(&kept.next_gone, sizeof kept.next_gone);
}

void
keep_drop(struct kept_entry *k)
{
	pages_mark(k, false);
	k->used = 0;
	(void)entry_write(k);
}

void
keep_known(const struct entry *e, struct kept_entry *k)
{
	places[e - entry_table] = (struct place){ k, e->serial };
}

/* A record that is not used. There is one for each entry there may be. */
static struct kept_entry *
record_find(void)
{
	struct kept_entry *k;

	for (k = kept.entry; k < &kept.entry[DS_ENTRIES]; k++)
		if (!k->used)
			return k;
	return NULL;
}

/* Is what is recorded of this place another entry? */
static bool
is_another(const struct kept_entry *k, const struct entry *e)
{
	return ((k->flags ^ e->flags) & DSF_MASK_TYPE) != 0 ||
	    strcmp(k->key, e->key) != 0;
}

/* Bring the record of one place up to date. */
static void
place_keep(struct place *p, const struct entry *e)
{
	const bool here = e->used && !(e->flags & DSF_TYPE_MAP);

	if (p->record != NULL && (!here || is_another(p->record, e))) {
		keep_gone(p->record);
		keep_drop(p->record);
		p->record = NULL;
	}
	if (!here || (p->record != NULL && p->serial == e->serial))
		return;
	if (p->record == NULL)
		p->record = record_find();
	if (p->record == NULL)
		return;
	entry_keep(p->record, e);
	p->serial = e->serial;
}

void
keep_entries(void)
{
	size_t i;

	if (!GRANT_VALID(keeper))
		return;
	for (i = 0; i < DS_ENTRIES; i++)
		place_keep(&places[i], &entry_table[i]);
}

/* The record of a subscription: that of a label, or one that is not used. */
static struct kept_sub *
sub_find(const char *owner)
{
	struct kept_sub *s, *unused = NULL;

	for (s = kept.sub; s < &kept.sub[NR_DS_SUBS]; s++) {
		if (s->used && strcmp(s->owner, owner) == 0)
			return s;
		if (!s->used)
			unused = s;
	}
	return unused;
}

static void
sub_write(struct kept_sub *s)
{
	s->sum = keep_sum(&s->sum, sizeof *s);
	(void)write_back(s, sizeof *s);
}

void
keep_subscription(endpoint_t who, const struct ds_subscribe_req *req)
{
	const char *owner = label_of(who);
	struct kept_sub *s;
	char regex[DS_MAX_KEYLEN];

	if (!GRANT_VALID(keeper) || owner == NULL ||
	    key_fetch(who, &req->regex, regex) != OK)
		return;
	s = sub_find(owner);
	if (s == NULL)
		return;
	*s = (struct kept_sub){ .used = 1, .flags = req->flags };
	strlcpy(s->owner, owner, sizeof s->owner);
	strlcpy(s->regex, regex, sizeof s->regex);
	sub_write(s);
}

void
keep_subscriber_gone(const char *label)
{
	struct kept_sub *s = sub_find(label);

	if (s == NULL || !s->used)
		return;
	s->used = 0;
	sub_write(s);
}

bool
keep_begin(const struct sef_init_info *info, bool fresh)
{
	int r = OK;

	if (info->keep_size >= KEPT_BYTES)
		keeper = info->keep_gid;
	if (!GRANT_VALID(keeper)) {
		printf("ds: no memory to keep entries in\n");
		return false;
	}
	if (!fresh)
		r = sys_safecopyfrom(RS_PROC_NR, keeper, 0, vir_addr(&kept),
		    sizeof kept);
	if (r == OK && kept.magic == 0) { /* all zeros, on both sides */
		kept.magic = KEPT_MAGIC;
		(void)write_back(&kept.magic, sizeof kept.magic);
		return false;
	}
	if (r != OK)
		printf("ds: cannot read what was kept: %d\n", r);
	else if (kept.magic == KEPT_MAGIC && kept.next_gone < NR_DS_KEYS)
		return true;
	keep_forget();
	return false;
}

void
keep_forget(void)
{
	memset(&kept, 0, sizeof kept);
	kept.magic = KEPT_MAGIC;
	(void)write_back(&kept, sizeof kept);
}

uint32_t
keep_attempt(void)
{
	kept.attempts++;
	(void)write_back(&kept.attempts, sizeof kept.attempts);
	return kept.attempts;
}

void
keep_settled(void)
{
	if (kept.attempts == 0)
		return;
	kept.attempts = 0;
	(void)write_back(&kept.attempts, sizeof kept.attempts);
}

int
keep_page(const struct kept_entry *k, uint32_t n, uint8_t *to)
{
	return sys_safecopyfrom(RS_PROC_NR, keeper,
	    KEPT_FIRST + k->page[n] * PAGE_SIZE, vir_addr(to), PAGE_SIZE);
}
