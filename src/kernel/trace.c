/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The IPC trace. A process is introduced by a record with its name before the
 * first record it is in, and again when it has got another name.
 * @source IBM PC parallel port: data, and a pulse on the strobe line
 */
#include "kernel/trace.h"

#include <lacuna/string.h>

#include "kernel/arch/i386/io.h"
#include "kernel/params.h"
#include "kernel/sched.h"

#define PORT_DATA      0x378
#define PORT_CONTROL   0x37a
#define CONTROL_IDLE   0x0c /* selected, not reset */
#define CONTROL_STROBE 0x0d

#define NAME_BYTES 6 /* of a name in a record */

bool trace_on;

static char known[NR_TASKS + NR_PROCS][NAME_BYTES];

void
trace_init(void)
{
	const char *what = param_get("trace");

	trace_on = what != NULL && strcmp(what, "ipc") == 0;
	if (!trace_on)
		return;
	sched_unusual = true; /* the short ways write no records */
	outb(PORT_CONTROL, CONTROL_IDLE);
}

static void
record_write(const struct trace_record *r)
{
	const uint8_t *byte = (const uint8_t *)r;

	for (size_t i = 0; i < sizeof(*r); i++) {
		outb(PORT_DATA, byte[i]);
		outb(PORT_CONTROL, CONTROL_STROBE);
		outb(PORT_CONTROL, CONTROL_IDLE);
	}
}

static void
introduce(const struct proc *p)
{
	struct trace_record r = {
		.time = (uint32_t)read_tsc(),
		.from = (int16_t)p->slot,
		.to = (int16_t)p->slot,
		.kind = TRACE_NAME,
	};
	char *name = known[NR_TASKS + p->slot];

	if (memcmp(name, p->name, NAME_BYTES) == 0)
		return;
	memcpy(name, p->name, NAME_BYTES);
	memcpy(&r.type, name, sizeof(r.type));
	memcpy(&r.status, name + sizeof(r.type), sizeof(r.status));
	record_write(&r);
}

void
trace_write(enum trace_kind kind, struct proc *from, struct proc *to,
    uint32_t type, int status)
{
	struct trace_record r = {
		.time = (uint32_t)read_tsc(),
		.from = (int16_t)from->slot,
		.to = (int16_t)to->slot,
		.type = type,
		.kind = (uint16_t)kind,
		.status = (int16_t)status,
	};

	introduce(from);
	introduce(to);
	record_write(&r);
}
