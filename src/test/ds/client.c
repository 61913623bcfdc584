/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test program's side of its agents: see test/ds/agent.h.
 */
#include "test/ds/agent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/report/checkpoint.h"
#include "test/report/report.h"
#include "test/service/service.h"

int
agent_start(struct agent *a, const char *label)
{
	memset(a, 0, sizeof *a);
	snprintf(a->label, sizeof a->label, "%s", label);
	return service_start(AGENT_PROGRAM, label, &a->op.box, &a->ep);
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
	mailbox_ask(&a->op.box);
	return a->op.result;
}

void
agent_key(struct agent *a, const char *key)
{
	a->op.keylen = (uint32_t)strlen(key) + 1;
	snprintf(a->op.key, sizeof a->op.key, "%s", key);
}

/* A call with a key of ordinary length. */
static int
with_key(struct agent *a, int call, const char *key, uint32_t flags)
{
	a->op.call = call;
	a->op.flags = flags;
	agent_key(a, key);
	return agent_do(a);
}

int
agent_publish(struct agent *a, const char *key, uint32_t value, uint32_t flags)
{
	memset(&a->op.value, 0, sizeof a->op.value);
	a->op.value.u32 = value;
	return with_key(a, DS_PUBLISH, key, flags | DSF_TYPE_U32);
}

int
agent_publish_str(struct agent *a, const char *key, const char *value,
    uint32_t flags)
{
	memset(&a->op.value, 0, sizeof a->op.value);
	strncpy(a->op.value.str, value, sizeof a->op.value.str - 1);
	return with_key(a, DS_PUBLISH, key, flags | DSF_TYPE_STR);
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
	unsigned int notified = 0;

	if (r != OK)
		return r;
	for (i = 0; found == OK && i < 50; i++) {
		found = agent_retrieve(other, a->label, DSF_TYPE_LABEL);
		notified += other->op.notified;
	}
	other->op.notified = notified;
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
	memset(a->op.name, '~', sizeof a->op.name); /* shows a missing NUL */
	a->op.name[sizeof a->op.name - 1] = '\0';
	return with_key(a, DS_CHECK, "", 0);
}

unsigned int
agent_notified(struct agent *a)
{
	a->op.call = 0;
	return agent_do(a) == OK ? a->op.notified : 0;
}

/* A call about memory. */
static int
with_memory(struct agent *a, int call, const char *key, uint32_t len,
    uint32_t flags)
{
	int r;

	a->op.len = a->op.granted = len;
	r = with_key(a, call, key, flags);
	a->op.len = a->op.granted = 0;
	return r;
}

int
agent_publish_memory(struct agent *a, const char *key, uint32_t len,
    uint32_t flags)
{
	return with_memory(a, DS_PUBLISH, key, len, flags);
}

int
agent_retrieve_memory(struct agent *a, const char *key, uint32_t len,
    uint32_t flags)
{
	memset(&a->op.got, 0xff, sizeof a->op.got);
	return with_memory(a, DS_RETRIEVE, key, len, flags);
}

int
agent_retrieve_snapshot(struct agent *a, const char *key, int32_t nr)
{
	a->op.snapshot = nr;
	return agent_retrieve_memory(a, key, AGENT_MEMORY,
	    DSF_TYPE_MAP | DSMF_COPY_SNAPSHOT);
}

int
agent_snapshot(struct agent *a, const char *key)
{
	int r = with_key(a, DS_SNAPSHOT, key, DSF_TYPE_MAP);

	return r == OK ? a->op.snapshot : r;
}

int
agent_map(struct agent *a, const char *key, uint32_t len, int write)
{
	int r;

	r = agent_retrieve_memory(a, key, 0, DSF_TYPE_MAP | DSMF_MAP_MAPPED);
	return r == OK ? with_memory(a, write, "", len, 0) : r;
}

int
agent_call(struct agent *a, int call)
{
	return with_key(a, call, "", 0);
}

int
agent_poke(struct agent *a, const void *from, uint32_t len)
{
	a->op.memory = (vir_bytes)(uintptr_t)from;
	return with_memory(a, AGENT_POKE, "", len, 0);
}

int
agent_peek(struct agent *a, void *to, uint32_t len)
{
	a->op.memory = (vir_bytes)(uintptr_t)to;
	return with_memory(a, AGENT_PEEK, "", len, 0);
}

void
agent_place(const struct agent *a, const char *name, bool window, uint32_t len)
{
	(void)report_place(name, a->ep, window ? a->op.window : a->op.range,
	    len);
}

void
agent_report_byte(struct agent *a, uint32_t offset, const char *name)
{
	unsigned char byte;
	int r;

	a->op.offset = offset;
	r = agent_peek(a, &byte, 1);
	a->op.offset = 0;
	if (r == OK)
		(void)report_obs(name, "%u", byte);
	else
		(void)report_obs(name, "error %d", r);
}

static unsigned char memory[AGENT_MEMORY];

int
agent_fill(struct agent *a, int byte, uint32_t len)
{
	memset(memory, byte, len);
	return agent_poke(a, memory, len);
}

void
agent_report_digest(struct agent *a, uint32_t len, const char *name)
{
	int r = agent_peek(a, memory, len);

	if (r == OK)
		(void)report_digest(name, memory, len);
	else
		(void)report_obs(name, "error %d", r);
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

void
agents_open(int argc, char **argv, const char *test, struct agent *a,
    struct agent *b)
{
	(void)report_begin(test, argc > 1 ? argv[1] : NULL);
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

const char *
key_of(const char *prefix, unsigned int i)
{
	static char keys[4][DS_MAX_KEYLEN];
	static unsigned int turn;
	char *key = keys[turn++ % 4], word[9];

	nonce_word(report_nonce(), "key", i, word, 8);
	snprintf(key, DS_MAX_KEYLEN, "%.20s%s", prefix, word);
	return key;
}

uint32_t
value_of(unsigned int i)
{
	return nonce_u32(report_nonce(), "value", i);
}
