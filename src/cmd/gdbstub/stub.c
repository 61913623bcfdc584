/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests, by their first letter. Those about running are in run.c, those
 * whose letter is q in query.c.
 *
 * @source GDB manual, "Packets"
 */
#include "cmd/gdbstub/stub.h"

#include <errno.h>
#include <string.h>

#include "cmd/gdbstub/breaks.h"
#include "cmd/gdbstub/description.h"
#include "cmd/gdbstub/query.h"
#include "cmd/gdbstub/run.h"
#include "cmd/gdbstub/watch.h"

#define PAGE       4096u
#define READ_MAX   ((RSP_MAX - 8) / 2)
#define ERROR_ARGS EINVAL

/* A request: its arguments, from the first byte to n bytes further. */
typedef int request_fn(struct stub *s, const char *args, size_t n,
    struct rsp_out *out);

void
stub_error(struct rsp_out *out, int error)
{
	const uint8_t byte = (uint8_t)error;

	out->n = 0;
	out->is_full = false;
	rsp_text(out, "E");
	rsp_hex(out, &byte, 1);
}

/* Is that all of the arguments? */
static bool
ends(const char *at)
{
	return *at == '\0';
}

static int
done(struct rsp_out *out)
{
	rsp_text(out, "OK");
	return 0;
}

static int
regs_get(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	uint32_t regs[NR_REGS];
	int e = ends(args) ? target_regs(regs) : ERROR_ARGS;

	(void)s, (void)n;
	if (e == 0)
		rsp_hex(out, regs, sizeof regs);
	return e;
}

static int
regs_set(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	uint32_t regs[NR_REGS];
	size_t size;
	int e = 0, reg;

	(void)s, (void)n;
	if (!rsp_read_hex(&args, regs, sizeof regs, &size) ||
	    size != sizeof regs || !ends(args))
		return ERROR_ARGS;
	for (reg = 0; e == 0 && reg < NR_REGS; reg++)
		e = target_reg_set((enum target_reg)reg, regs[reg]);
	return e != 0 ? e : done(out);
}

/* A register that is there, but cannot be seen. */
static int
reg_hidden(uint32_t reg, struct rsp_out *out)
{
	size_t size = description_reg_size(reg);

	for (size_t i = 0; i < size; i++)
		rsp_text(out, "xx");
	return size > 0 ? 0 : ERROR_ARGS;
}

static int
reg_get(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	uint32_t regs[NR_REGS], reg;
	int e;

	(void)s, (void)n;
	if (!rsp_read_number(&args, &reg) || !ends(args))
		return ERROR_ARGS;
	if (reg >= NR_REGS)
		return reg_hidden(reg, out);
	e = target_regs(regs);
	if (e == 0)
		rsp_hex(out, &regs[reg], sizeof regs[reg]);
	return e;
}

static int
reg_set(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	uint32_t reg, value;
	size_t size;
	int e;

	(void)s, (void)n;
	if (!rsp_read_number(&args, &reg) || !rsp_read_char(&args, '=') ||
	    !rsp_read_hex(&args, &value, sizeof value, &size) ||
	    size != sizeof value || !ends(args) || reg >= NR_REGS)
		return ERROR_ARGS;
	e = target_reg_set((enum target_reg)reg, value);
	return e != 0 ? e : done(out);
}

/* Read "ADDRESS,LENGTH". */
static bool
place_read(const char **at, uint32_t *addr, uint32_t *size)
{
	return rsp_read_number(at, addr) && rsp_read_char(at, ',') &&
	    rsp_read_number(at, size);
}

/* What cannot be read as a whole is read up to the end of a page. */
static int
memory_get(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	static uint8_t bytes[READ_MAX];
	uint32_t addr, size, in_page;
	int e = 0;

	(void)s, (void)n;
	if (!place_read(&args, &addr, &size) || !ends(args))
		return ERROR_ARGS;
	if (size > sizeof bytes)
		size = sizeof bytes;
	in_page = PAGE - addr % PAGE;
	if (size > 0)
		e = break_read(addr, bytes, size);
	if (e != 0 && in_page < size) {
		size = in_page;
		e = break_read(addr, bytes, size);
	}
	if (e == 0)
		rsp_hex(out, bytes, size);
	return e;
}

static int
memory_set(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	static uint8_t bytes[RSP_MAX];
	uint32_t addr, size;
	size_t have;
	int e = 0;

	(void)s, (void)n;
	if (!place_read(&args, &addr, &size) || !rsp_read_char(&args, ':') ||
	    !rsp_read_hex(&args, bytes, sizeof bytes, &have) || !ends(args) ||
	    have != size)
		return ERROR_ARGS;
	if (size > 0)
		e = break_write(addr, bytes, size);
	return e != 0 ? e : done(out);
}

/* The same, the bytes as they are. */
static int
memory_set_binary(struct stub *s, const char *args, size_t n,
    struct rsp_out *out)
{
	const char *at = args;
	uint32_t addr, size;
	int e = 0;

	(void)s;
	if (!place_read(&at, &addr, &size) || !rsp_read_char(&at, ':') ||
	    size != n - (size_t)(at - args))
		return ERROR_ARGS;
	if (size > 0)
		e = break_write(addr, at, size);
	return e != 0 ? e : done(out);
}

/** Breakpoints and watchpoints in packets: "KIND,ADDRESS,SIZE". */
enum {
	POINT_BREAK = 0,
	POINT_WRITE = 2,
};

/* Find out what a point is; a kind that is not known here is none. */
static int
point_read(const char *args, uint32_t *kind, uint32_t *addr, uint32_t *size)
{
	if (!rsp_read_number(&args, kind))
		return ERROR_ARGS;
	if (*kind != POINT_BREAK && *kind != POINT_WRITE)
		return 0;
	if (!rsp_read_char(&args, ',') || !place_read(&args, addr, size) ||
	    (*kind == POINT_BREAK && *size != 1))
		return ERROR_ARGS;
	return target_pid() != 0 ? 0 : ESRCH;
}

static int
point_set(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	uint32_t kind, addr, size;
	int e = point_read(args, &kind, &addr, &size);

	(void)s, (void)n;
	if (e != 0)
		return e;
	if (kind == POINT_BREAK)
		e = break_set(addr);
	else if (kind == POINT_WRITE)
		e = watch_set(addr, size);
	else
		return 0;
	return e != 0 ? e : done(out);
}

static int
point_clear(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	uint32_t kind, addr, size;
	int e = point_read(args, &kind, &addr, &size);

	(void)s, (void)n;
	if (e != 0)
		return e;
	if (kind == POINT_BREAK)
		e = break_clear(addr);
	else if (kind == POINT_WRITE)
		e = watch_clear(addr, size);
	else
		return 0;
	return e != 0 ? e : done(out);
}

/* There is one thread, whichever is chosen. */
static int
thread_choose(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	(void)s, (void)args, (void)n;
	return done(out);
}

static int
thread_alive(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	uint32_t id;

	(void)s, (void)n;
	if (!rsp_read_number(&args, &id) || !ends(args))
		return ERROR_ARGS;
	return target_pid() == (int)id && id != 0 ? done(out) : ESRCH;
}

static int
extend(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	(void)args, (void)n;
	s->extended = true;
	return done(out);
}

static int
last_event(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	(void)args, (void)n;
	run_report(s, out);
	return 0;
}

static int
detach(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	(void)args, (void)n;
	if (target_pid() == 0)
		return ESRCH;
	run_detach(s);
	return done(out);
}

static const struct {
	char letter;
	request_fn *serve;
} requests[] = {
	{ '!', extend },
	{ '?', last_event },
	{ 'C', run_continue_with },
	{ 'D', detach },
	{ 'G', regs_set },
	{ 'H', thread_choose },
	{ 'M', memory_set },
	{ 'P', reg_set },
	{ 'S', run_step_with },
	{ 'T', thread_alive },
	{ 'X', memory_set_binary },
	{ 'Z', point_set },
	{ 'c', run_continue },
	{ 'g', regs_get },
	{ 'm', memory_get },
	{ 'p', reg_get },
	{ 'q', query },
	{ 's', run_step },
	{ 'v', run_verbose },
	{ 'z', point_clear },
};

bool
stub_packet(struct stub *s, const char *data, size_t n, struct rsp_out *out)
{
	int e = 0;

	out->n = 0;
	out->is_full = false;
	if (n > 0 && data[0] == 'k') {
		run_kill(s);
		return false;
	}
	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
		if (n > 0 && data[0] == requests[i].letter)
			e = requests[i].serve(s, data + 1, n - 1, out);
	if (e != 0 || out->is_full)
		stub_error(out, e != 0 ? e : ENOSPC);
	return true;
}
