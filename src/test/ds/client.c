/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test program's side of its agents: see test/ds/agent.h. What is about
 * memory is in test/ds/ranges.c.
 */
#include "test/ds/agent.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/report/report.h"
#include "test/service/service.h"

static endpoint_t ds = DS_PROC_NR; /* until a test has it started again */

endpoint_t
agents_ds(void)
{
	return ds;
}

int
agent_start(struct agent *a, const char *label)
{
	memset(a, 0, sizeof *a);
	snprintf(a->label, sizeof a->label, "%s", label);
	return service_start(AGENT_PROGRAM, label, &a->work.box, &a->ep);
}

int
agent_stop(struct agent *a)
{
	return service_stop(a->label);
}

int
agent_restart(struct agent *a)
{
	return service_again(a->label, &a->ep);
}

int
agent_do(struct agent *a)
{
	a->work.op = a->op;
	mailbox_ask(&a->work.box);
	a->op = a->work.op;
	a->notified = a->work.notified;
	return a->op.result;
}

void
agent_key(struct agent_op *op, const char *key)
{
	op->keylen = op->keygrant = (uint32_t)strlen(key) + 1;
	snprintf(op->key, sizeof op->key, "%s", key);
}

static struct agent_op *
prepare(struct agent_op *op, int call, const char *key, uint32_t flags)
{
	memset(op, 0, sizeof *op);
	op->call = call;
	op->ds = ds;
	op->flags = flags;
	agent_key(op, key);
	if (call == DS_CHECK || call == DS_RETRIEVE_LABEL)
		op->keylen = op->keygrant = DS_MAX_KEYLEN;
	return op;
}

struct agent_op *
agent_prepare(struct agent *a, int call, const char *key, uint32_t flags)
{
	return prepare(&a->op, call, key, flags);
}

struct agent_op *
agent_add(struct agent *a, int call, const char *key, uint32_t flags)
{
	if (a->done)
		a->calls = 0;
	a->done = false;
	if (a->calls == AGENT_LIST_MAX)
		exit(report_end()); /* the test asks for too much */
	return prepare(&a->list[a->calls++], call, key, flags);
}

const struct agent_op *
agent_run(struct agent *a)
{
	int r;

	agent_prepare(a, AGENT_LIST, "", 0);
	a->op.memory = (vir_bytes)(uintptr_t)a->list;
	a->op.len = a->calls;
	r = agent_do(a);
	a->done = true;
	if (r == OK)
		return a->list;
	(void)report_obs("agent", "list %d", r);
	exit(report_end());
}

/* A call with a key. */
static int
with_key(struct agent *a, int call, const char *key, uint32_t flags)
{
	(void)agent_prepare(a, call, key, flags);
	return agent_do(a);
}

int
agent_publish(struct agent *a, const char *key, uint32_t value, uint32_t flags)
{
	agent_prepare(a, DS_PUBLISH, key, flags | DSF_TYPE_U32)->value.u32 =
	    value;
	return agent_do(a);
}

int
agent_publish_str(struct agent *a, const char *key, const char *value,
    uint32_t flags)
{
	struct agent_op *op =
	    agent_prepare(a, DS_PUBLISH, key, flags | DSF_TYPE_STR);

	strncpy(op->value.str, value, sizeof op->value.str - 1);
	return agent_do(a);
}

int
agent_retrieve(struct agent *a, const char *key, uint32_t type)
{
	return with_key(a, DS_RETRIEVE, key, type);
}

int
agent_stop_seen(struct agent *a, struct agent *other)
{
	int i, r = agent_stop(a), found = OK;
	uint32_t notified = 0;

	if (r != OK)
		return r;
	for (i = 0; found == OK && i < 50; i++) {
		found = agent_retrieve(other, a->label, DSF_TYPE_LABEL);
		notified += other->notified;
	}
	other->notified = notified;
	return found == -ESRCH ? OK : -EAGAIN;
}

void
agent_report(struct agent *a, const char *key, const char *name)
{
	int r = agent_retrieve(a, key, DSF_TYPE_U32);

	if (r == OK)
		(void)report_obs(name, "%u", (unsigned)a->op.got.u32);
	else
		(void)report_obs(name, "error %d", r);
}

int
agent_delete(struct agent *a, const char *key, uint32_t type)
{
	return with_key(a, DS_DELETE, key, type);
}

int
agent_subscribe(struct agent *a, const char *regex, uint32_t flags)
{
	return with_key(a, DS_SUBSCRIBE, regex, flags);
}

int
agent_check(struct agent *a)
{
	return with_key(a, DS_CHECK, "", 0);
}

unsigned int
agent_notified(struct agent *a)
{
	unsigned int i, n = 0;

	for (i = 0; n == 0 && i < 3; i++) /* one may still be on its way */
		if (with_key(a, AGENT_NOTHING, "", 0) == OK)
			n = a->notified;
	return n;
}

int
agent_call(struct agent *a, int call)
{
	return with_key(a, call, "", 0);
}

/* Start one agent of a test, or end the test. */
static void
open_one(struct agent *a, const char *test, char which)
{
	char label[16];
	int r;

	snprintf(label, sizeof label, "%.12s.%c", test + strlen("ds-"), which);
	r = agent_start(a, label);
	if (r == OK)
		return;
	(void)report_obs("agent", "%c %d", which, r);
	exit(report_end());
}

int
agent_ds_again(void)
{
	return service_again("ds", &ds);
}

void
agents_open(int argc, char **argv, const char *test, struct agent *a,
    struct agent *b)
{
	int r;

	(void)report_begin(test, argc > 1 ? argv[1] : NULL);
	r = agent_ds_again();
	if (r != OK) {
		(void)report_obs("agent", "ds %d", r);
		exit(report_end());
	}
	open_one(a, test, 'a');
	open_one(b, test, 'b');
}

int
agents_close(struct agent *a, struct agent *b)
{
	int r = a != NULL ? agent_stop(a) : OK;

	if (r == OK && b != NULL)
		r = agent_stop(b);
	if (r != OK)
		(void)report_note("an agent did not stop: %d", r);
	return report_end();
}

/* Keys take a while to compute, and are asked for again and again. */
static struct {
	const char *label; /* whose keys have been computed */
	unsigned int i;
	char key[DS_MAX_KEYLEN];
} keys[512];

#define KEYS (sizeof keys / sizeof keys[0])

const char *
key_of(const char *label, unsigned int i)
{
	size_t n = ((size_t)label[0] * 31 + strlen(label) * 7 + i) % KEYS;

	if (keys[n].label == NULL || keys[n].i != i ||
	    strcmp(keys[n].label, label) != 0) {
		nonce_key(report_nonce(), label, i, keys[n].key);
		keys[n].label = label;
		keys[n].i = i;
	}
	return keys[n].key;
}

const char *
literally(const char *key, char *to)
{
	char *p = to;

	for (; *key != '\0'; *p++ = *key++)
		if (!isalnum((unsigned char)*key))
			*p++ = '\\';
	*p = '\0';
	return to;
}

const char *
pattern_of(const char *label)
{
	static char pattern[2 * NONCE_STEM_MAX + sizeof ".*"];
	char stem[NONCE_STEM_MAX + 1];

	nonce_stem(report_nonce(), label, stem);
	literally(stem, pattern);
	return strcat(pattern, ".*");
}

uint32_t
value_of(unsigned int i)
{
	static struct {
		bool known;
		uint32_t value;
	} values[128];

	if (i >= sizeof values / sizeof values[0])
		return nonce_u32(report_nonce(), "value", i);
	if (!values[i].known)
		values[i].value = nonce_u32(report_nonce(), "value", i);
	values[i].known = true;
	return values[i].value;
}
