/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Asynchronous sends. New messages go to the end of a table; the kernel works
 * on the part of it that is not finished. Mostly a message is delivered at
 * once, and the next one finds the table empty again, so neither this code
 * nor the kernel ever looks far.
 *
 * A receiver that takes nothing must not fill the table for all others: each
 * may have as many messages under way as entries are free. So the first such
 * receiver stops at half the table, the next at a quarter, and so on.
 *
 *      0        first             next
 *      | done ... | some are done ... | free ... |
 */
#include <lacuna/asynsend.h>

#include <lacuna/ipc.h>
#include <lacuna/printf.h>

/* The kernel writes flags and results behind the compiler's back. */
static volatile struct asynmsg table[ASYN_TABLE_SIZE];
static size_t first; /* all before it are done */
static size_t next;
static bool busy; /* inside asynsend3() */

static bool
finished(size_t i)
{
	return (table[i].flags & AMF_DONE) != 0;
}

/* Start from 0 again when all is done. */
static void
forget_finished(void)
{
	while (first < next && finished(first))
		first++;
	if (first == next)
		first = next = 0;
}

/* Move what is not finished to the front. The order stays. */
static void
compact(void)
{
	size_t from, to = 0;
	int r;

	r = ipc_senda(NULL, 0); /* the kernel must not look while we move */
	if (r != OK)
		panic("asynsend: %d", r);
	for (from = first; from < next; from++)
		if (!finished(from))
			table[to++] = table[from];
	first = 0;
	next = to;
}

/* May this receiver have one more? Nobody is counted while half the table is
 * free. May move the table, so the kernel must be told of it afterwards. */
static bool
may_have(endpoint_t dst)
{
	size_t i, under_way = 0;

	if (next - first < ASYN_TABLE_SIZE / 2 && next < ASYN_TABLE_SIZE)
		return true;
	compact();
	for (i = 0; i < next; i++)
		if (table[i].dst == dst)
			under_way++;
	return under_way < ASYN_TABLE_SIZE - next;
}

static void
append(endpoint_t dst, const struct message *m, uint32_t flags)
{
	volatile struct asynmsg *a = &table[next++];

	a->dst = dst;
	a->msg = *m;
	a->result = OK;
	a->flags = AMF_VALID | flags; /* last: now the kernel may read it */
}

int
asynsend3(endpoint_t dst, const struct message *m, uint32_t flags)
{
	bool taken;
	int r;

	if ((flags & ~(uint32_t)(AMF_NOREPLY | AMF_NOTIFY | AMF_NOTIFY_ERR)) !=
	    0)
		return -EINVAL;
	if (busy)
		panic("asynsend: called from within itself");
	busy = true;
	forget_finished();
	taken = may_have(dst);
	if (taken)
		append(dst, m, flags);
	r = ipc_senda((struct asynmsg *)(uintptr_t)&table[first], next - first);
	if (taken && r != OK)
		next--; /* the kernel has not taken it */
	busy = false;
	return taken ? r : -EAGAIN;
}

int
asynsend(endpoint_t dst, const struct message *m)
{
	return asynsend3(dst, m, 0);
}

bool
asyn_geterror(endpoint_t *dst, struct message *m, int *result)
{
	const uint32_t wanted = AMF_NOTIFY | AMF_NOTIFY_ERR;
	size_t i;

	for (i = 0; i < next; i++) {
		if (!finished(i) || table[i].result == OK ||
		    (table[i].flags & wanted) == 0)
			continue;
		*dst = table[i].dst;
		*m = table[i].msg;
		*result = table[i].result;
		table[i].flags &= ~wanted; /* not again */
		return true;
	}
	return false;
}
