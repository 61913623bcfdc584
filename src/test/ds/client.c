/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A test program's side of its agents: see test/ds/agent.h.
 */
#include "test/ds/agent.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <proto/rs.h>

#include "test/report/report.h"

PROTO_STUB(RS_UP, rs_up)
PROTO_STUB(RS_DOWN, rs_down)
PROTO_STUB(RS_REFRESH, rs_refresh)
PROTO_STUB(RS_LOOKUP, rs_lookup)
PROTO_STUB(AGENT_DO, agent_do)

/* Read the agent's program, once. */
static int
program_read(struct rs_start *start)
{
	static char *image;
	static uint32_t size;
	struct stat st;
	int fd;

	if (image == NULL) {
		fd = open(AGENT_PROGRAM, O_RDONLY);
		if (fd < 0 || fstat(fd, &st) != 0)
			return -ENOENT;
		image = malloc((size_t)st.st_size);
		size = (uint32_t)st.st_size;
		if (image == NULL || read(fd, image, size) != (int)size)
			return -EIO;
		close(fd);
	}
	start->image = (vir_bytes)(uintptr_t)image;
	start->image_size = size;
	return OK;
}

int
agent_start(struct agent *a, const char *label)
{
	static struct rs_start start; /* large for a stack */
	struct rs_up_req req = { .start = (vir_bytes)(uintptr_t)&start,
		.size = sizeof start };
	struct rs_up_rep rep;
	int r;

	memset(a, 0, sizeof *a);
	memset(&start, 0, sizeof start);
	snprintf(a->label, sizeof a->label, "%s", label);
	r = program_read(&start);
	if (r != OK)
		return r;
	strcpy(start.path, AGENT_PROGRAM);
	strcpy(start.label, a->label);
	start.priority = start.quantum = -1;
	memset(start.kcall_mask, 0xff, sizeof start.kcall_mask);
	start.vm_call_mask = ~0u;
	r = call_rs_up(RS_PROC_NR, &req, &rep);
	if (r == OK)
		a->ep = rep.ep;
	return r;
}

int
agent_stop(struct agent *a)
{
	struct rs_down_req req;
	struct no_payload rep;

	strcpy(req.label, a->label);
	return call_rs_down(RS_PROC_NR, &req, &rep);
}

int
agent_restart(struct agent *a)
{
	struct rs_refresh_req req;
	struct rs_lookup_req find;
	struct rs_lookup_rep found;
	struct no_payload rep;
	int r;

	strcpy(req.label, a->label);
	r = call_rs_refresh(RS_PROC_NR, &req, &rep);
	if (r != OK)
		return r;
	strcpy(find.label, a->label);
	r = call_rs_lookup(RS_PROC_NR, &find, &found);
	if (r == OK)
		a->ep = found.ep;
	return r;
}

int
agent_do(struct agent *a)
{
	struct agent_do_req req = { .op = (vir_bytes)(uintptr_t)&a->op,
		.size = sizeof a->op };
	struct no_payload rep;
	int r = call_agent_do(a->ep, &req, &rep);

	return r != OK ? r : a->op.result;
}

/* A call with a key of ordinary length. */
static int
with_key(struct agent *a, int call, const char *key, uint32_t flags)
{
	a->op.call = call;
	a->op.flags = flags;
	a->op.keylen = (uint32_t)strlen(key) + 1;
	snprintf(a->op.key, sizeof a->op.key, "%s", key);
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
