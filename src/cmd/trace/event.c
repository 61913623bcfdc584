/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See event.h. A stop for SIGTRAP is mostly the entry or the end of a call;
 * which, the kernel's flags tell, for anybody may send SIGTRAP:
 *
 *	at the entry, call not made      entry
 *	neither there nor in a call      end, if an entry was seen
 *	in a call                        exec has succeeded, or a signal
 */
#include "cmd/trace/event.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <abi/errno.h>
#include <proto/pm.h>

#include <lacuna/cmd.h>

#include "cmd/trace/call.h"
#include "cmd/trace/filter.h"
#include "cmd/trace/output.h"
#include "cmd/trace/process.h"
#include "cmd/trace/value.h"

bool event_follow;
int event_status;

static pid_t program;       /* the one that was started */
static const char *started; /* its path, until its exec has ended */

static void
set_options(pid_t pid)
{
	(void)ptrace(T_SETOPT, pid, 0, event_follow ? (long)TO_TRACEFORK : 0);
}

/* On to the next event. A process that was killed meanwhile tells that next. */
static void
go_on(const struct tracee *t, int sig)
{
	(void)process_go_on(t->pid, T_SYSCALL, sig);
}

void
event_started(pid_t pid, const char *path)
{
	struct tracee *t = tracee_add(pid);

	t->hidden = true;
	program = pid;
	started = path;
	set_options(pid);
	go_on(t, 0);
}

void
event_attached(pid_t pid)
{
	struct tracee *t = tracee_add(pid);

	t->is_new = t->attached = true;
}

/* Is it the stop an attached or new process begins with? */
static bool
is_first(struct tracee *t, int sig)
{
	if (!t->is_new || sig != SIGSTOP)
		return false;
	t->is_new = false;
	set_options(t->pid);
	return true;
}

/* Is it in this call? */
static bool
is_call(const struct tracee *t, int32_t number)
{
	return t->made.has_message && t->made.message.m_type == number;
}

static void
entry(struct tracee *t)
{
	t->in_call = true;
	t->replaced = false;
	call_entry(t);
	if (started != NULL && is_call(t, PM_EXEC))
		t->hidden = false;
	if (t->hidden || !filter_has(t->made.call))
		text_clear(&t->line);
}

/* The exec of the program that was started has ended. If it has failed, the
 * rest is not worth showing. */
static void
start_done(struct tracee *t, int32_t status)
{
	if (status != OK) {
		errno = -status;
		cmd_warn(started);
		t->hidden = true;
	}
	started = NULL;
}

/* A child is traced, too: then it is known at once, and has its turn. */
static void
forked(pid_t pid)
{
	struct tracee *t;

	if (!event_follow || tracee_find(pid) != NULL)
		return;
	t = tracee_add(pid);
	t->is_new = t->forked = true;
}

static void
call_ends(struct tracee *t)
{
	bool shown = t->line.n > 0;
	struct message answer;
	int32_t status = call_leave(t, &answer);

	t->in_call = false;
	if (shown) {
		count_add(t->made.call, status);
		output_call(t);
	}
	text_clear(&t->line);
	if (is_call(t, PM_EXEC) && started != NULL)
		start_done(t, status);
	if (is_call(t, PM_FORK) && status == OK)
		forked(((const struct pm_fork_rep *)answer.m_body)->pid);
}

/* A stop for SIGTRAP. Says whether it was an event; else somebody sent it. */
static bool
trapped(struct tracee *t)
{
	const uint32_t any = TRACE_AT_ENTRY | TRACE_IN_CALL;
	uint32_t flags = 0;

	(void)process_word(t->pid, PROCESS_INFO(misc_flags), &flags);
	if (!t->in_call && (flags & TRACE_AT_ENTRY) != 0) {
		t->forked = false;
		entry(t);
		return true;
	}
	if (t->in_call && (flags & any) == 0) {
		call_ends(t);
		return true;
	}
	if (t->in_call && (flags & any) == TRACE_IN_CALL &&
	    is_call(t, PM_EXEC)) {
		t->replaced = true;
		return true;
	}
	if (t->forked && (flags & any) == 0) {
		t->forked = false;
		return true;
	}
	return false;
}

static void
tell_signal(const struct tracee *t, int sig)
{
	struct text text = { 0 };

	value_signal(&text, sig);
	output_event(t, &text);
	text_free(&text);
}

static void
stopped(struct tracee *t, int sig)
{
	if (is_first(t, sig) || (sig == SIGTRAP && trapped(t))) {
		go_on(t, 0);
		return;
	}
	tell_signal(t, sig);
	go_on(t, sig);
}

static void
ended(struct tracee *t, int status)
{
	struct text text = { 0 };

	if (t->in_call && t->line.n > 0) {
		count_add(t->made.call, OK);
		text_add(&t->line, " = ?");
		output_call(t);
	}
	if (WIFSIGNALED(status)) {
		text_add(&text, "killed by ");
		value_signal(&text, WTERMSIG(status));
	} else {
		text_add(&text, "exit ");
		text_number(&text, WEXITSTATUS(status));
	}
	if (t->pid == program)
		event_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status)
						   : WEXITSTATUS(status);
	if (!t->hidden)
		output_event(t, &text);
	text_free(&text);
	tracee_remove(t);
}

void
event(pid_t pid, int status)
{
	struct tracee *t = tracee_find(pid);

	if (t == NULL) {
		t = tracee_add(pid);
		t->is_new = t->forked = true;
	}
	if (WIFSTOPPED(status))
		stopped(t, WSTOPSIG(status));
	else
		ended(t, status);
}

void
event_others(pid_t pid)
{
	struct tracee *t, *next;
	int status;
	pid_t r;

	for (t = tracees; t != NULL; t = next) {
		next = t->next;
		if (t->pid == pid)
			continue;
		r = waitpid(t->pid, &status, WNOHANG);
		if (r == t->pid)
			event(r, status);
		else if (r == -1 && errno == ECHILD)
			tracee_remove(
			    t); /* its end came before its beginning */
	}
}

void
event_lasting(void)
{
	for (struct tracee *t = tracees; t != NULL; t = t->next)
		if (t->in_call)
			output_begun(t);
}

void
event_detach(struct tracee *t)
{
	struct text text = { 0 };

	if (t->in_call)
		output_begun(t);
	if (process_detach(t->pid) != 0)
		return;
	text_add(&text, "left alone");
	output_event(t, &text);
	text_free(&text);
}
