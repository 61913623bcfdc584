/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See run.h. A trap stops the process behind the instruction that the
 * breakpoint has replaced. A debugger that wants to be told of breakpoints
 * expects it at the instruction, so the program counter is set back; any other
 * finds out itself.
 *
 * @source GDB manual, "Stop Reply Packets", "vCont packet"
 */
#include "cmd/gdbstub/run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <abi/signal.h>

#include "cmd/gdbstub/breaks.h"
#include "cmd/gdbstub/signals.h"
#include "cmd/gdbstub/watch.h"

/** How to go on. */
struct going {
	bool is_step;
	int sig;
	uint32_t start, end; /**< step as long as it is in there */
};

/* A register in an answer: "NUMBER:VALUE;". */
static void
reg_report(struct rsp_out *out, enum target_reg reg, const uint32_t *regs)
{
	const uint8_t number = (uint8_t)reg;

	rsp_hex(out, &number, 1);
	rsp_text(out, ":");
	rsp_hex(out, &regs[reg], sizeof regs[reg]);
	rsp_text(out, ";");
}

static void
stop_report(const struct stub *s, struct rsp_out *out)
{
	const uint8_t sig = (uint8_t)gdb_signal(s->last.number);
	uint32_t regs[NR_REGS];

	rsp_text(out, "T");
	rsp_hex(out, &sig, 1);
	if (target_regs(regs) == 0) {
		reg_report(out, REG_ESP, regs);
		reg_report(out, REG_EBP, regs);
		reg_report(out, REG_EIP, regs);
	}
	rsp_text(out, "thread:");
	rsp_number(out, (uint32_t)target_pid());
	rsp_text(out, ";");
	if (s->is_break && s->says_break)
		rsp_text(out, "swbreak:;");
	if (s->is_watch) {
		rsp_text(out, "watch:");
		rsp_number(out, s->watch);
		rsp_text(out, ";");
	}
	if (s->last.is_exec && s->says_exec) {
		rsp_text(out, "exec:");
		rsp_hex(out, s->last.program, strlen(s->last.program));
		rsp_text(out, ";");
	}
}

void
run_report(const struct stub *s, struct rsp_out *out)
{
	uint8_t number = (uint8_t)s->last.number;

	switch (s->last.news) {
	case TARGET_STOPPED:
		stop_report(s, out);
		break;
	case TARGET_KILLED:
		number = (uint8_t)gdb_signal(s->last.number);
		rsp_text(out, "X");
		rsp_hex(out, &number, 1);
		break;
	case TARGET_EXITED:
	case TARGET_NONE:
		rsp_text(out, "W");
		rsp_hex(out, &number, 1);
		break;
	}
}

/* Has the process stopped at a breakpoint? Then put it there. */
static void
break_notice(struct stub *s, uint32_t pc_before, bool was_step)
{
	uint32_t regs[NR_REGS];

	s->is_break = false;
	if (s->last.news != TARGET_STOPPED || s->last.number != SIGTRAP ||
	    s->last.is_exec || target_regs(regs) != 0)
		return;
	if (!break_is_at(regs[REG_EIP] - 1) ||
	    (was_step && regs[REG_EIP] - 1 != pc_before))
		return; /* a step may lead behind one without passing it */
	s->is_break = true;
	if (s->says_break)
		(void)target_reg_set(REG_EIP, regs[REG_EIP] - 1);
}

/* The program that had them is gone. */
static void
forget_points(void)
{
	break_forget();
	watch_forget();
}

/* Go on and wait for what comes. */
static int
go_once(struct stub *s, const struct going *how)
{
	uint32_t regs[NR_REGS];
	int e = target_regs(regs);

	if (e == 0)
		e = target_go(how->is_step, how->sig);
	if (e != 0)
		return e;
	e = target_wait(&s->last);
	if (e != 0) {
		s->over = true;
		return e;
	}
	if (s->last.news != TARGET_STOPPED || s->last.is_exec)
		forget_points();
	break_notice(s, regs[REG_EIP], how->is_step);
	s->is_watch = watch_changed(&s->watch);
	return 0;
}

/* Is it still within the steps that are wanted? */
static bool
in_range(const struct going *how)
{
	uint32_t regs[NR_REGS];

	return how->end > how->start && target_regs(regs) == 0 &&
	    regs[REG_EIP] >= how->start && regs[REG_EIP] < how->end;
}

/* Has it just made a step, of which there is nothing to tell? */
static bool
has_stepped(const struct stub *s)
{
	return s->last.news == TARGET_STOPPED && s->last.number == SIGTRAP &&
	    !s->is_break && !s->is_watch && !s->last.is_exec;
}

static int
go(struct stub *s, struct going how, struct rsp_out *out)
{
	bool is_free = !how.is_step; /* until there is something to tell */
	int e;

	if (watch_any())
		how.is_step = true;
	do {
		e = go_once(s, &how);
		how.sig = 0;
	} while (e == 0 && how.is_step && has_stepped(s) &&
	    (is_free || in_range(&how)));
	if (e != 0)
		return e;
	run_report(s, out);
	if (s->last.news != TARGET_STOPPED && !s->extended)
		s->over = true;
	return 0;
}

/* Go on from an address, if one is given. */
static int
go_from(struct stub *s, const char *args, struct going how, struct rsp_out *out)
{
	uint32_t addr;
	int e = 0;

	if (*args != '\0') {
		if (!rsp_read_number(&args, &addr) || *args != '\0')
			return EINVAL;
		e = target_reg_set(REG_EIP, addr);
	}
	return e != 0 ? e : go(s, how, out);
}

int
run_continue(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	(void)n;
	return go_from(s, args, (struct going){ .is_step = false }, out);
}

int
run_step(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	(void)n;
	return go_from(s, args, (struct going){ .is_step = true }, out);
}

/* Read a signal of the protocol. */
static bool
signal_read(const char **at, int *sig)
{
	uint32_t number;

	if (!rsp_read_number(at, &number))
		return false;
	*sig = signal_of_gdb(number);
	return *sig >= 0;
}

static int
go_with(struct stub *s, const char *args, bool is_step, struct rsp_out *out)
{
	struct going how = { .is_step = is_step };

	if (!signal_read(&args, &how.sig))
		return EINVAL;
	if (*args != '\0' && !rsp_read_char(&args, ';'))
		return EINVAL;
	return go_from(s, args, how, out);
}

int
run_continue_with(struct stub *s, const char *args, size_t n,
    struct rsp_out *out)
{
	(void)n;
	return go_with(s, args, false, out);
}

int
run_step_with(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	(void)n;
	return go_with(s, args, true, out);
}

/* Read the action of vCont that comes first: it is for the only thread,
 * unless it names another. */
static bool
action_read(const char *at, struct going *how)
{
	const char letter = *at++;

	how->is_step = letter == 's' || letter == 'S' || letter == 'r';
	switch (letter) {
	case 'c':
	case 's':
		break;
	case 'C':
	case 'S':
		if (!signal_read(&at, &how->sig))
			return false;
		break;
	case 'r':
		if (!rsp_read_number(&at, &how->start) ||
		    !rsp_read_char(&at, ',') ||
		    !rsp_read_number(&at, &how->end))
			return false;
		break;
	default:
		return false;
	}
	return *at == '\0' || *at == ';' || *at == ':';
}

static int
v_cont(struct stub *s, const char *args, struct rsp_out *out)
{
	struct going how = { .is_step = false };

	if (*args != ';' || !action_read(args + 1, &how))
		return EINVAL;
	return go(s, how, out);
}

static int
v_cont_which(struct stub *s, const char *args, struct rsp_out *out)
{
	(void)s, (void)args;
	rsp_text(out, "vCont;c;C;s;S;r");
	return 0;
}

int
stub_start(struct stub *s, char *const argv[])
{
	int e = target_start(argv);

	if (e != 0)
		return e;
	forget_points();
	if (argv[0] != s->program)
		(void)snprintf(s->program, sizeof s->program, "%s", argv[0]);
	s->last =
	    (struct target_event){ .news = TARGET_STOPPED, .number = SIGTRAP };
	s->is_break = s->is_watch = false;
	return 0;
}

int
stub_attach(struct stub *s, int pid)
{
	int e = target_attach(pid);

	if (e != 0)
		return e;
	forget_points();
	s->last = (struct target_event){ .news = TARGET_STOPPED };
	s->is_break = s->is_watch = false;
	return 0;
}

/* Read ";HEX;HEX": program and arguments, into the session. An empty program
 * is the one that was started before. */
static bool
args_read(struct stub *s, const char *at)
{
	size_t used = 0, n, argc = 0;

	while (rsp_read_char(&at, ';')) {
		if (argc == STUB_ARGS_MAX || used == sizeof s->args ||
		    !rsp_read_hex(&at, s->args + used,
			sizeof s->args - used - 1, &n))
			return false;
		s->argv[argc++] = s->args + used;
		s->args[used + n] = '\0';
		used += n + 1;
	}
	s->argv[argc] = NULL;
	if (argc > 0 && s->argv[0][0] == '\0')
		s->argv[0] = s->program;
	return *at == '\0' && argc > 0 && s->argv[0][0] != '\0';
}

static int
v_run(struct stub *s, const char *args, struct rsp_out *out)
{
	int e;

	if (!args_read(s, args))
		return EINVAL;
	e = stub_start(s, s->argv);
	if (e == 0)
		run_report(s, out);
	return e;
}

static int
v_attach(struct stub *s, const char *args, struct rsp_out *out)
{
	uint32_t pid;
	int e;

	if (!rsp_read_char(&args, ';') || !rsp_read_number(&args, &pid) ||
	    *args != '\0' || pid > INT32_MAX)
		return EINVAL;
	e = stub_attach(s, (int)pid);
	if (e == 0)
		run_report(s, out);
	return e;
}

static int
v_kill(struct stub *s, const char *args, struct rsp_out *out)
{
	(void)args;
	if (target_pid() == 0)
		return ESRCH;
	run_kill(s);
	rsp_text(out, "OK");
	return 0;
}

int
run_verbose(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	static const struct {
		const char *name;
		int (*serve)(struct stub *s, const char *args,
		    struct rsp_out *out);
	} requests[] = {
		{ "Cont?", v_cont_which }, /* before the next: a longer name */
		{ "Cont", v_cont },
		{ "Run", v_run },
		{ "Attach", v_attach },
		{ "Kill", v_kill },
	};

	(void)n;
	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
		size_t length = strlen(requests[i].name);

		if (strncmp(args, requests[i].name, length) == 0)
			return requests[i].serve(s, args + length, out);
	}
	return 0;
}

/* The process is gone from here; what remains of the session? */
static void
gone(struct stub *s)
{
	forget_points();
	s->last = (struct target_event){ .news = TARGET_NONE };
	s->is_break = s->is_watch = false;
	if (!s->extended)
		s->over = true;
}

void
run_detach(struct stub *s)
{
	break_clear_all();
	(void)target_detach(0); /* 0 is a good signal */
	gone(s);
}

void
run_kill(struct stub *s)
{
	target_kill();
	gone(s);
}

void
stub_end(struct stub *s)
{
	if (target_pid() == 0)
		return;
	if (target_is_attached())
		run_detach(s);
	else
		run_kill(s);
}
