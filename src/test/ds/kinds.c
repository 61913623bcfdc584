/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Values of each type, and the store: see test/ds/kinds.h.
 */
#include "test/ds/kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <abi/grant.h>

#include "test/ds/rule.h"
#include "test/report/report.h"

#define PAGE 4096u
#define ROOM 8192u /* for a value to be retrieved */

const uint32_t kind_types[KINDS] = { DSF_TYPE_U32, DSF_TYPE_STR, DSF_TYPE_MEM,
	DSF_TYPE_MAP };

static uint8_t contents[DS_MAX_MEMLEN];

const char *
kind_name(uint32_t type)
{
	switch (type) {
	case DSF_TYPE_U32:
		return "u32";
	case DSF_TYPE_STR:
		return "str";
	case DSF_TYPE_MEM:
		return "mem";
	case DSF_TYPE_MAP:
		return "map";
	case DSF_TYPE_LABEL:
		return "label";
	default:
		return "no type";
	}
}

int
kinds_open(struct agent *a)
{
	nonce_spread(report_nonce(), "contents", contents, sizeof contents);
	return agent_poke(a, contents, sizeof contents);
}

/* Where in the contents a value is. */
static void
place_of(uint32_t type, unsigned int i, uint32_t *offset, uint32_t *len)
{
	*offset = PAGE * (i % 30);
	*len = PAGE;
	if (type != DSF_TYPE_MEM)
		return;
	*offset += 16 * (i % 200);
	*len = 1 + value_of(i) % 5000;
}

/* A string of 0 to 15 characters. */
static void
text_of(unsigned int i, char text[DS_MAX_STRLEN])
{
	const uint32_t drawn = value_of(i);
	uint32_t n = drawn % DS_MAX_STRLEN, k;

	for (k = 0; k < n; k++)
		text[k] = (char)(' ' + 1 + (drawn >> k) % 94);
	text[n] = '\0';
}

struct agent_op *
kind_put(struct agent *a, uint32_t type, const char *key, unsigned int i,
    uint32_t flags)
{
	struct agent_op *op = agent_add(a, DS_PUBLISH, key, type | flags);

	if (type == DSF_TYPE_U32)
		op->value.u32 = value_of(i);
	else if (type == DSF_TYPE_STR)
		text_of(i, op->value.str);
	else
		place_of(type, i, &op->offset, &op->len);
	op->granted = op->len;
	return op;
}

struct agent_op *
kind_get(struct agent *a, uint32_t type, const char *key)
{
	struct agent_op *op = agent_add(a, DS_RETRIEVE, key, type);

	if (type == DSF_TYPE_MAP)
		op->flags |= DSMF_COPY_MAPPED;
	if (type == DSF_TYPE_MEM || type == DSF_TYPE_MAP)
		op->len = op->granted = ROOM;
	memset(&op->got, 0xff, sizeof op->got);
	return op;
}

/* The sum of a window into which a value was copied. */
static uint32_t
sum_of(uint32_t type, unsigned int i, uint32_t *len)
{
	static uint8_t copy[ROOM];
	uint32_t offset;

	place_of(type, i, &offset, len);
	memset(copy, AGENT_BLANK, sizeof copy);
	memcpy(copy, &contents[offset], *len);
	return agent_sum(copy, sizeof copy);
}

int
kind_is(const struct agent_op *got, uint32_t type, unsigned int i)
{
	char text[DS_MAX_STRLEN];
	uint32_t sum, len;
	bool same;

	if (got->result != OK)
		return got->result;
	if (type == DSF_TYPE_U32)
		return got->got.u32 == value_of(i) ? OK : -EIO;
	if (type == DSF_TYPE_STR) {
		text_of(i, text);
		same = strncmp(text, got->got.str, sizeof text) == 0;
	} else {
		sum = sum_of(type, i, &len);
		same = got->got.mem.len == len && got->sum == sum;
	}
	return same ? OK : -EIO;
}

int
kind_put_now(struct agent *a, uint32_t type, const char *key, unsigned int i,
    uint32_t flags)
{
	(void)kind_put(a, type, key, i, flags);
	return agent_run(a)[0].result;
}

int
kind_is_now(struct agent *a, uint32_t type, const char *key, unsigned int i)
{
	(void)kind_get(a, type, key);
	return kind_is(agent_run(a), type, i);
}

static const struct {
	uint32_t flag;
	const char *name;
} privs[] = { { DSF_PRIV_RETRIEVE, "_RETRIEVE" },
	{ DSF_PRIV_OVERWRITE, "_OVERWRITE" },
	{ DSF_PRIV_SUBSCRIBE, "_SUBSCRIBE" },
	{ DSF_PRIV_SNAPSHOT, "_SNAPSHOT" } };

#define PRIVS (sizeof privs / sizeof privs[0])

uint32_t
restrictions(unsigned int s)
{
	uint32_t flags = 0;
	size_t i;

	for (i = 0; i < PRIVS; i++)
		if (s >> i & 1)
			flags |= privs[i].flag;
	return flags;
}

const char *
restrictions_name(uint32_t flags)
{
	static char text[64];
	size_t i;

	if ((flags & DSF_MASK_PRIV) == 0)
		return "unrestricted";
	strcpy(text, "DSF_PRIV");
	for (i = 0; i < PRIVS; i++)
		if (flags & privs[i].flag)
			strcat(text, privs[i].name);
	return text;
}

void
shuffle(const char *label, unsigned int *order, unsigned int n)
{
	unsigned int i, k;

	for (i = 0; i < n; i++) {
		k = nonce_u32(report_nonce(), label, i) % (i + 1);
		order[i] = order[k];
		order[k] = i;
	}
}

void
store_look(struct agent *a, struct store *s)
{
	struct agent_op *op = agent_prepare(a, AGENT_ENTRIES, "", 0);
	int r;

	memset(s, 0, sizeof *s);
	op->memory = (vir_bytes)(uintptr_t)s->info;
	op->len = STORE_MAX;
	r = agent_do(a);
	s->n = a->op.len;
	if (r == OK)
		return;
	(void)report_obs("agent", "entries %d", r);
	exit(report_end());
}

const struct ds_info *
store_find(const struct store *s, const char *key, uint32_t type)
{
	uint32_t i;

	for (i = 0; i < s->n; i++)
		if ((s->info[i].flags & DSF_MASK_TYPE) == type &&
		    strcmp(s->info[i].key, key) == 0)
			return &s->info[i];
	return NULL;
}

unsigned int
store_entries(const struct store *s)
{
	unsigned int n = 0;
	uint32_t i;

	for (i = 0; i < s->n; i++)
		n += (s->info[i].flags & DSF_TYPE_LABEL) == 0;
	return n;
}

/* Are these the same, in everything? */
static bool
same_info(const struct ds_info *a, const struct ds_info *b)
{
	return strcmp(a->key, b->key) == 0 && strcmp(a->owner, b->owner) == 0 &&
	    a->flags == b->flags && a->serial == b->serial &&
	    memcmp(a->value.str, b->value.str, sizeof a->value.str) == 0;
}

bool
store_same(struct agent *a, const struct store *before, const char *what)
{
	static struct store now;
	uint32_t i = 0;

	store_look(a, &now);
	while (i < now.n && i < before->n &&
	    same_info(&now.info[i], &before->info[i]))
		i++;
	return rule_true(now.n == before->n && i == now.n,
	    "the store is not what it was before %s", what);
}
