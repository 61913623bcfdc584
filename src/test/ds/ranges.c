/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What agents do with memory: see test/ds/agent.h.
 */
#include "test/ds/agent.h"

#include <string.h>

#include "test/report/checkpoint.h"
#include "test/report/report.h"

/* A call about memory. */
static int
with_memory(struct agent *a, int call, const char *key, uint32_t len,
    uint32_t flags)
{
	struct agent_op *op = agent_prepare(a, call, key, flags);

	op->len = op->granted = len;
	return agent_do(a);
}

int
agent_publish_memory(struct agent *a, const char *key, uint32_t len,
    uint32_t flags)
{
	return with_memory(a, DS_PUBLISH, key, len, flags);
}

/* Retrieve with fields that show whether they were set. */
static int
retrieve(struct agent *a, const char *key, uint32_t len, uint32_t flags,
    int32_t nr)
{
	struct agent_op *op = agent_prepare(a, DS_RETRIEVE, key, flags);

	op->len = op->granted = len;
	op->snapshot = nr;
	memset(&op->got, 0xff, sizeof op->got);
	return agent_do(a);
}

int
agent_retrieve_memory(struct agent *a, const char *key, uint32_t len,
    uint32_t flags)
{
	return retrieve(a, key, len, flags, 0);
}

int
agent_retrieve_snapshot(struct agent *a, const char *key, int32_t nr)
{
	return retrieve(a, key, AGENT_MEMORY, DSF_TYPE_MAP | DSMF_COPY_SNAPSHOT,
	    nr);
}

int
agent_snapshot(struct agent *a, const char *key)
{
	(void)agent_prepare(a, DS_SNAPSHOT, key, DSF_TYPE_MAP);
	return agent_do(a) == OK ? a->op.snapshot : a->op.result;
}

int
agent_map(struct agent *a, const char *key, uint32_t len, int write)
{
	int r;

	r = agent_retrieve_memory(a, key, 0, DSF_TYPE_MAP | DSMF_MAP_MAPPED);
	if (r != OK)
		return r;
	a->op.call = write;
	a->op.len = len;
	return agent_do(a);
}

/* Copy to the range or from the window. */
static int
copy(struct agent *a, int call, uintptr_t memory, uint32_t offset, uint32_t len)
{
	struct agent_op *op = agent_prepare(a, call, "", 0);

	op->memory = (vir_bytes)memory;
	op->offset = offset;
	op->len = op->granted = len;
	return agent_do(a);
}

int
agent_poke(struct agent *a, const void *from, uint32_t len)
{
	return copy(a, AGENT_POKE, (uintptr_t)from, 0, len);
}

int
agent_peek(struct agent *a, void *to, uint32_t len)
{
	return copy(a, AGENT_PEEK, (uintptr_t)to, 0, len);
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
	unsigned char byte = 0;
	int r = copy(a, AGENT_PEEK, (uintptr_t)&byte, offset, 1);

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
