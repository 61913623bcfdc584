/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See command.h. A name may be cut short: the first that fits counts. */
#include "cmd/db/command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#include "cmd/db/breaks.h"
#include "cmd/db/show.h"
#include "cmd/db/symbols.h"
#include "cmd/trace/call.h"
#include "cmd/trace/process.h"
#include "cmd/trace/value.h"

#define WORDS_MAX 32
#define COUNT_MAX 100000

static struct tracee call; /* what trace(1) knows of the call it is in */

static void
wrong(const char *what, const char *reason)
{
	cmd_flush();
	cmd_warnx(what, reason);
}

static void
out_signal(int sig)
{
	const char *text = cmd_signal_name(sig);

	if (text != NULL) {
		cmd_outs("SIG");
		cmd_outs(text);
	} else {
		cmd_out_number(sig, 0);
	}
}

/* The end of it. */
static void
report_end(void)
{
	if (WIFSIGNALED(target.status)) {
		cmd_outs("killed by ");
		out_signal(WTERMSIG(target.status));
	} else {
		cmd_outs("exit ");
		cmd_out_number(WEXITSTATUS(target.status), 0);
	}
	cmd_outc('\n');
}

/* An entry or end of a call, as trace(1) shows it. */
static void
report_call(void)
{
	uint32_t flags = target_register(PROCESS_INFO(misc_flags));
	struct message answer;

	call.pid = target.pid;
	if ((flags & TRACE_AT_ENTRY) != 0) {
		call_entry(&call);
	} else if (call.line.n > 0) {
		(void)call_leave(&call, &answer);
	}
	cmd_out(call.line.s, call.line.n);
	cmd_outc('\n');
	if ((flags & TRACE_AT_ENTRY) == 0)
		text_clear(&call.line);
}

static void
report_place(const char *what)
{
	cmd_outs(what);
	show_place(target_register(PROCESS_REG(eip)));
	cmd_outc('\n');
}

void
command_report(enum stop stop)
{
	const struct brk *b;

	switch (stop) {
	case STOP_NONE:
		break;
	case STOP_END:
		report_end();
		break;
	case STOP_SIGNAL:
		out_signal(target.status);
		report_place(" at ");
		break;
	case STOP_BREAK:
		b = breaks_at(target_register(PROCESS_REG(eip)));
		cmd_outs("breakpoint ");
		cmd_out_number(b != NULL ? b->number : 0, 0);
		report_place(" at ");
		break;
	case STOP_CALL:
		report_call();
		break;
	case STOP_EXEC:
		report_place("new program at ");
		break;
	case STOP_ONCE:
	case STOP_STEP:
	case STOP_FORK:
	case STOP_ASKED:
	default:
		report_place("at ");
		break;
	}
}

/* A place or number: SYMBOL, $REGISTER or a number, then +N or -N. */
static bool
evaluate(const char *text, uint32_t *value)
{
	char first[64];
	size_t n = strcspn(text, "+-"), offset;
	uint32_t more = 0;
	long number;

	if (n == 0 || n >= sizeof first)
		return false;
	memcpy(first, text, n);
	first[n] = '\0';
	if (first[0] == '$' && show_register(first + 1, &offset)) {
		*value = target_register(offset);
	} else if (first[0] >= '0' && first[0] <= '9') {
		char *end;

		*value = (uint32_t)strtoul(first, &end, 0);
		if (*end != '\0')
			return false;
	} else if (!symbols_address(first, value)) {
		return false;
	}
	if (text[n] == '\0')
		return true;
	if (cmd_integer(text + n + 1, 0, &number) != 0)
		return false;
	more = (uint32_t)number;
	*value = text[n] == '+' ? *value + more : *value - more;
	return true;
}

/* The same, or a complaint. */
static bool
place(const char *text, uint32_t *value)
{
	if (text == NULL)
		wrong("place", "say which: SYMBOL, ADDRESS or $REGISTER");
	else if (evaluate(text, value))
		return true;
	else
		wrong(text, "there is no such symbol, register or number");
	return false;
}

/* How often, or how many; 1 if nothing is said. */
static bool
count(const char *text, long *n)
{
	*n = 1;
	if (text == NULL ||
	    (cmd_number(text, n) == 0 && *n > 0 && *n <= COUNT_MAX))
		return true;
	wrong(text, "this is no number from 1 to 100000");
	return false;
}

static void
do_run(char **argv)
{
	if (argv[0] == NULL) {
		wrong("run", "say which program");
		return;
	}
	if (target.pid != 0)
		target_kill();
	text_clear(&call.line);
	cmd_flush();
	command_report(target_start(argv));
}

static void
do_attach(char **argv)
{
	long pid;

	if (argv[0] == NULL || cmd_number(argv[0], &pid) != 0) {
		wrong("attach", "say which process, by its number");
		return;
	}
	if (target.pid != 0) {
		wrong("attach", "there is a process; detach or kill it first");
		return;
	}
	if (target_attach((pid_t)pid, argv[1]) == STOP_NONE)
		wrong(argv[0], strerror(errno));
	else
		command_report(STOP_ASKED);
}

static void
do_break(char **argv)
{
	uint32_t addr;
	const struct brk *b;

	if (!place(argv[0], &addr))
		return;
	b = breaks_add(addr, false);
	cmd_outs("breakpoint ");
	cmd_out_number(b->number, 0);
	cmd_outs(" at ");
	show_place(addr);
	cmd_outc('\n');
}

static void
do_breaks(char **argv)
{
	(void)argv;
	breaks_show();
}

static void
do_delete(char **argv)
{
	long n = 0;

	if (argv[0] != NULL && (cmd_number(argv[0], &n) != 0 || n == 0))
		n = -1;
	if (!breaks_delete((int)n))
		wrong(argv[0] != NULL ? argv[0] : "delete",
		    "there is no such breakpoint");
}

/* Go on, with another signal if one is named. */
static void
do_continue(char **argv)
{
	int sig = argv[0] != NULL ? cmd_signal(argv[0]) : target.signal;

	if (sig < 0) {
		wrong(argv[0], "there is no such signal");
		return;
	}
	target.signal = sig;
	cmd_flush();
	command_report(target_go(T_RESUME));
}

static void
do_step(char **argv)
{
	enum stop stop = STOP_STEP;
	long n;

	if (!count(argv[0], &n))
		return;
	cmd_flush();
	while (n-- > 0 && stop == STOP_STEP)
		stop = target_go(T_STEP);
	command_report(stop);
}

/* One step, but over what it calls: if that has pushed the address behind it
 * and gone elsewhere, until it is back. */
static void
do_next(char **argv)
{
	uint32_t pc = target_register(PROCESS_REG(eip)), to = 0;
	uint32_t sp = target_register(PROCESS_REG(esp)), now;
	enum stop stop;

	(void)argv;
	cmd_flush();
	stop = target_go(T_STEP);
	if (stop == STOP_STEP && target_register(PROCESS_REG(esp)) == sp - 4) {
		now = target_register(PROCESS_REG(eip));
		if (process_peek(target.pid, sp - 4, &to, sizeof to) ==
			sizeof to &&
		    to - pc <= 7 && to != pc && now != to && now - pc > 7)
			stop = target_until(to, sp);
	}
	command_report(stop == STOP_ONCE ? STOP_STEP : stop);
}

/* Until the function returns. */
static void
do_finish(char **argv)
{
	struct frame f;
	uint32_t sp;

	(void)argv;
	frame_first(target.pid, &f);
	sp = f.sp;
	if (!frame_next(target.pid, &f)) {
		wrong("finish", "nothing has called this");
		return;
	}
	cmd_flush();
	command_report(target_until(f.pc, sp + 1));
}

static void
do_call(char **argv)
{
	(void)argv;
	cmd_flush();
	command_report(target_go(T_SYSCALL));
}

static void
do_registers(char **argv)
{
	(void)argv;
	show_registers(target.pid);
}

static void
do_set(char **argv)
{
	uint32_t value, addr;
	size_t offset;
	int r;

	if (argv[0] == NULL || !place(argv[1], &value))
		return;
	if (show_register(argv[0] + (argv[0][0] == '$'), &offset)) {
		r = (int)ptrace(T_SETUSER, target.pid, (long)offset,
		    (long)value);
	} else {
		if (!place(argv[0], &addr))
			return;
		r = process_poke(target.pid, addr, &value, sizeof value);
	}
	if (r != 0)
		wrong(argv[0], strerror(errno));
}

static void
do_words(char **argv)
{
	uint32_t addr;
	long n;

	if (place(argv[0], &addr) && count(argv[1], &n))
		show_words(target.pid, addr, (size_t)n);
}

static void
do_string(char **argv)
{
	uint32_t addr;

	if (place(argv[0], &addr))
		show_string(target.pid, addr);
}

static void
do_stack(char **argv)
{
	(void)argv;
	show_stack(target.pid);
}

static void
do_follow(char **argv)
{
	if (argv[0] != NULL && strcmp(argv[0], "child") == 0)
		target_follows = true;
	else if (argv[0] != NULL && strcmp(argv[0], "parent") == 0)
		target_follows = false;
	else
		wrong("follow", "say parent or child");
}

static void
do_symbols(char **argv)
{
	if (argv[0] == NULL)
		wrong("symbols", "say of which file");
	else if (symbols_load(argv[0]) != 0)
		wrong(argv[0], strerror(errno));
}

static void
do_detach(char **argv)
{
	(void)argv;
	target_detach();
}

static void
do_kill(char **argv)
{
	(void)argv;
	target_kill();
}

static void do_help(char **argv);

static const struct command {
	const char *name;
	void (*run)(char **argv);
	bool needs_process;
	const char *help;
} commands[] = {
	{ "break", do_break, false, "PLACE: stop there" },
	{ "continue", do_continue, true,
	    "[SIGNAL]: go on; with this signal, 0 for none" },
	{ "step", do_step, true, "[N]: one instruction, or N" },
	{ "next", do_next, true, "one instruction, or the function it calls" },
	{ "finish", do_finish, true, "until the function returns" },
	{ "call", do_call, true, "until the next entry or end of a call" },
	{ "registers", do_registers, true, "show them" },
	{ "x", do_words, true, "PLACE [N]: show N words" },
	{ "text", do_string, true, "PLACE: show a string" },
	{ "bt", do_stack, true, "who has called this function" },
	{ "set", do_set, true, "REGISTER|PLACE VALUE: change it" },
	{ "delete", do_delete, false, "[N]: breakpoint N, or all" },
	{ "list", do_breaks, false, "breakpoints" },
	{ "follow", do_follow, false, "parent|child: after a fork" },
	{ "run", do_run, false, "PROGRAM [ARGUMENT...]: start it" },
	{ "attach", do_attach, false, "PID [FILE]: to a process" },
	{ "detach", do_detach, true, "let it go on alone" },
	{ "kill", do_kill, true, "end it" },
	{ "symbols", do_symbols, false, "FILE: read them" },
	{ "help", do_help, false, "this" },
	{ "quit", NULL, false, "end; what was started is killed" },
};

#define NR_COMMANDS (sizeof commands / sizeof commands[0])

static void
do_help(char **argv)
{
	(void)argv;
	for (size_t i = 0; i < NR_COMMANDS; i++) {
		cmd_out_column(commands[i].name, -11);
		cmd_outs(commands[i].help);
		cmd_outc('\n');
	}
	cmd_outs("PLACE is SYMBOL, ADDRESS or $REGISTER, and +N or -N.\n");
}

static const struct command *
find(const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i < NR_COMMANDS; i++)
		if (strncmp(commands[i].name, word, n) == 0)
			return &commands[i];
	return NULL;
}

static void
split(char *line, char *words[WORDS_MAX + 1])
{
	size_t n = 0;

	while (n < WORDS_MAX) {
		line += strspn(line, " \t");
		if (*line == '\0' || *line == '#')
			break;
		words[n++] = line;
		line += strcspn(line, " \t");
		if (*line != '\0')
			*line++ = '\0';
	}
	words[n] = NULL;
}

bool
command_do(char *line)
{
	char *words[WORDS_MAX + 1];
	const struct command *c;

	split(line, words);
	if (words[0] == NULL)
		return true;
	c = find(words[0]);
	if (c == NULL)
		wrong(words[0], "there is no such command; help lists them");
	else if (c->run == NULL)
		return false;
	else if (c->needs_process && target.pid == 0)
		wrong(c->name, "there is no process; run or attach to one");
	else
		c->run(words + 1);
	return true;
}
