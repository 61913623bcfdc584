/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * ipctrace FILE: the kernel's IPC records (boot parameter trace=ipc, from the
 * parallel port) as text, a line for each:
 *
 *     time  +since  kind  from -> to  request  how or status
 *
 * Names of processes come from the trace itself, those of requests from the
 * protocols' own lists.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <abi/ipc.h>
#include <abi/trace.h>

#include "grader/emulator/ipctrace.h"

#define SLOTS 1024

static const char *const kinds[] = {
	[TRACE_SEND] = "send",
	[TRACE_RECEIVE] = "receive",
	[TRACE_SENDREC] = "sendrec",
	[TRACE_NOTIFY] = "notify",
	[TRACE_SENDNB] = "sendnb",
	[TRACE_SENDA] = "senda",
	[TRACE_DELIVER] = "deliver",
	[TRACE_KCALL] = "kcall",
	[TRACE_SWITCH] = "switch",
	[TRACE_NAME] = "name",
};

static const char *const tasks[] = { "", "HARDWARE", "SYSTEM", "CLOCK", "IDLE",
	"ASYNCM" };

static char names[SLOTS][8];

/* The name of a slot, in a buffer that the next call but one reuses. */
static const char *
slot_name(int slot)
{
	static char buf[2][16];
	static int turn;

	if (slot < 0 && slot >= -5)
		return tasks[-slot];
	if (slot >= 0 && slot < SLOTS && names[slot][0] != '\0')
		return names[slot];
	turn = !turn;
	snprintf(buf[turn], sizeof buf[turn], "%d", slot);
	return buf[turn];
}

/* A record that tells a slot's name. */
static void
learn(const struct trace_record *r)
{
	if (r->from < 0 || r->from >= SLOTS)
		return;
	memcpy(names[r->from], &r->type, 4);
	memcpy(names[r->from] + 4, &r->status, 2);
	names[r->from][6] = '\0';
}

/* The primitive a delivered message was sent with, or NULL. */
static const char *
primitive(int status)
{
	switch (status) {
	case SEND:
		return "send";
	case SENDREC:
		return "sendrec";
	case NOTIFY:
		return "notify";
	case SENDNB:
		return "sendnb";
	case SENDA:
		return "senda";
	default:
		return NULL;
	}
}

/* What travels: nothing in a switch or a receive. */
static void
print_request(const struct trace_record *r)
{
	const char *request = request_name(r->type);

	if (r->kind == TRACE_SWITCH || r->kind == TRACE_RECEIVE)
		return;
	if (request != NULL)
		printf(" %s", request);
	else
		printf(" %" PRId32, (int32_t)r->type);
	if (r->kind == TRACE_DELIVER && primitive(r->status) != NULL)
		printf(" (%s)", primitive(r->status));
	else if (r->status != 0)
		printf(" = %d", r->status);
}

static void
print(const struct trace_record *r, uint32_t last)
{
	const char *kind =
	    r->kind < sizeof kinds / sizeof kinds[0] ? kinds[r->kind] : NULL;
	const char *arrow = r->kind == TRACE_RECEIVE ? "<-" : "->";

	printf("%10" PRIu32 " %+8" PRId32 "  %-8s %-8s", r->time,
	    (int32_t)(r->time - last), kind != NULL ? kind : "?",
	    slot_name(r->from));
	if (r->kind != TRACE_KCALL && r->kind != TRACE_SWITCH)
		printf(" %s %-8s", arrow,
		    r->kind == TRACE_RECEIVE && r->to == r->from
			? "ANY"
			: slot_name(r->to));
	print_request(r);
	putchar('\n');
}

int
main(int argc, char **argv)
{
	struct trace_record r;
	uint32_t last = 0;
	bool first = true;
	FILE *f;

	if (argc != 2 || strcmp(argv[1], "--help") == 0) {
		fprintf(argc == 2 ? stdout : stderr, "usage: ipctrace FILE\n");
		return argc == 2 ? 0 : 2;
	}
	f = fopen(argv[1], "re");
	if (f == NULL) {
		perror(argv[1]);
		return 3;
	}
	while (fread(&r, sizeof r, 1, f) == 1) {
		if (r.kind == TRACE_NAME) {
			learn(&r);
			continue;
		}
		print(&r, first ? r.time : last);
		last = r.time;
		first = false;
	}
	fclose(f);
	return 0;
}
