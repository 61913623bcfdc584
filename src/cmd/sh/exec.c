/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Running trees: lists, pipelines and compound commands. Simple commands are
 * in simple.c.
 */
#include "cmd/sh/exec.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cmd/sh/expand.h"
#include "cmd/sh/job.h"
#include "cmd/sh/simple.h"
#include "cmd/sh/trap.h"
#include "cmd/sh/var.h"

/* In a child: run a command and end. */
static _Noreturn void
child_run(struct node *n)
{
	job_child();
	exec_node(n, true);
	sh_exit(sh.status);
}

/* Read all there is, and close. */
static char *
read_all(int fd)
{
	char buffer[256];
	struct text t;
	ssize_t n, i;

	text_init(&t, &sh.now);
	while ((n = read(fd, buffer, sizeof buffer)) > 0 ||
	    (n < 0 && errno == EINTR && !sh.interrupted)) {
		for (i = 0; i < n; i++) {
			if (buffer[i] != '\0')
				text_add(&t, buffer[i]);
		}
	}
	(void)close(fd);
	while (t.n > 0 && t.s[t.n - 1] == '\n')
		t.n--;
	return text_end(&t);
}

char *
exec_substitute(struct node *n)
{
	char none[] = "", *text;
	int fd[2];
	pid_t pid;

	if (n == NULL || sh.leave != LEAVE_NOT)
		return region_copy(&sh.now, none);
	if (pipe(fd) != 0 || (pid = fork()) < 0) {
		sh_abort("$(...)", NULL);
		return region_copy(&sh.now, none);
	}
	if (pid == 0) {
		job_child();
		/* The shell waits for its text, and could not go on. */
		(void)signal(SIGTSTP, SIG_IGN);
		(void)dup2(fd[1], STDOUT_FILENO);
		(void)close(fd[0]);
		(void)close(fd[1]);
		child_run(n);
	}
	(void)close(fd[1]);
	text = read_all(fd[0]);
	simple_substituted(job_wait_pid(pid));
	return text;
}

/* In a child: the pipe behind and the pipe before a command. */
static void
connect(int in, const int out[2])
{
	if (in >= 0) {
		(void)dup2(in, STDIN_FILENO);
		(void)close(in);
	}
	if (out[1] >= 0) {
		(void)dup2(out[1], STDOUT_FILENO);
		(void)close(out[0]);
		(void)close(out[1]);
	}
}

static void
close_pipe(int in, const int out[2])
{
	if (in >= 0)
		(void)close(in);
	if (out[1] >= 0)
		(void)close(out[1]);
}

static void
exec_pipe(struct node *n)
{
	struct node *c;
	struct job *job;
	int in = -1, out[2], count = 0;
	pid_t pid = 0;

	for (c = n->first; c != NULL; c = c->next)
		count++;
	job = job_new(count);
	for (c = n->first; c != NULL && pid >= 0; c = c->next) {
		out[0] = out[1] = -1;
		if (c->next != NULL && pipe(out) != 0) {
			sh_abort("pipe", NULL);
			break;
		}
		pid = job_fork(job, false);
		if (pid == 0) {
			connect(in, out);
			child_run(c);
		}
		close_pipe(in, out);
		in = out[0];
	}
	if (in >= 0)
		(void)close(in);
	sh.status = job_wait(job, n);
}

static void
exec_negated(struct node *n)
{
	sh.quiet++;
	if (n->first->next == NULL)
		exec_node(n->first, false);
	else
		exec_pipe(n);
	sh.quiet--;
	if (sh.leave == LEAVE_NOT)
		sh.status = sh.status == 0;
}

static void
exec_subshell(struct node *n, bool last)
{
	struct job *job;

	if (last) {
		job_child();
		exec_node(n->body, true);
		sh_exit(sh.status);
	}
	job = job_new(1);
	if (job_fork(job, false) == 0)
		child_run(n->body);
	sh.status = job_wait(job, n);
}

static void
exec_background(struct node *n)
{
	struct job *job = job_new(1);
	pid_t pid = job_fork(job, true);

	if (pid == 0)
		child_run(n);
	if (pid < 0) {
		(void)job_wait(job, n);
		return;
	}
	job_keep(job, n);
	sh.status = 0;
}

static void
exec_list(struct node *n, bool last)
{
	for (n = n->first; n != NULL && sh.leave == LEAVE_NOT; n = n->next) {
		if (n->background)
			exec_background(n);
		else
			exec_node(n, last && n->next == NULL);
	}
}

static void
exec_and_or(struct node *n, bool last)
{
	bool end;

	for (n = n->first; n != NULL && sh.leave == LEAVE_NOT; n = n->next) {
		if ((n->join == '&' && sh.status != 0) ||
		    (n->join == '|' && sh.status == 0))
			continue;
		end = n->next == NULL;
		sh.quiet += !end;
		exec_node(n, last && end);
		sh.quiet -= !end;
	}
}

/* Run a condition. Gives whether it holds and nothing is being left. */
static bool
exec_test(struct node *n)
{
	sh.quiet++;
	exec_node(n, false);
	sh.quiet--;
	return sh.leave == LEAVE_NOT && sh.status == 0;
}

static void
exec_if(struct node *n, bool last)
{
	if (exec_test(n->test))
		exec_node(n->body, last);
	else if (sh.leave == LEAVE_NOT && n->other != NULL)
		exec_node(n->other, last);
	else if (sh.leave == LEAVE_NOT)
		sh.status = 0;
}

/* After a round of a loop: whether there may be another. */
static bool
loop_goes_on(void)
{
	enum leave what = sh.leave;

	if (what != LEAVE_BREAK && what != LEAVE_CONTINUE)
		return what == LEAVE_NOT;
	if (--sh.levels > 0)
		return false;
	sh.leave = LEAVE_NOT;
	return what == LEAVE_CONTINUE;
}

static void
exec_loop(struct node *n)
{
	int status = 0;
	bool want = n->kind == NODE_WHILE, more = true;

	sh.loops++;
	while (more) {
		if (exec_test(n->test) != want || sh.leave != LEAVE_NOT) {
			more = sh.leave != LEAVE_NOT && loop_goes_on();
			continue;
		}
		exec_node(n->body, false);
		status = sh.status;
		more = loop_goes_on();
	}
	sh.loops--;
	if (sh.leave == LEAVE_NOT)
		sh.status = status;
}

static void
exec_for(struct node *n)
{
	struct mark m = region_mark(&sh.now);
	int i, count = sh.argc;
	char **v = region_take(&sh.now, (size_t)(count + 1) * sizeof *v);

	memcpy(v, sh.argv, (size_t)count * sizeof *v);
	for (i = 0; i < count; i++)
		v[i] = region_copy(&sh.now, v[i]); /* set frees them */
	if (!n->all)
		v = expand_words(n->words, &count);
	sh.loops++;
	if (sh.leave == LEAVE_NOT)
		sh.status = 0;
	for (i = 0; i < count && sh.leave == LEAVE_NOT; i++) {
		if (var_set(n->text, v[i]) != 0)
			break;
		exec_node(n->body, false);
		if (!loop_goes_on())
			break;
	}
	sh.loops--;
	region_release(&sh.now, m);
}

static bool
arm_matches(const struct arm *arm, const char *value)
{
	const struct word *w;

	for (w = arm->patterns; w != NULL; w = w->next) {
		if (match(expand_pattern(w->parts), value))
			return true;
	}
	return false;
}

static void
exec_case(struct node *n, bool last)
{
	struct mark m = region_mark(&sh.now);
	char *value = expand_string(n->words->parts);
	struct arm *arm;

	for (arm = n->arms; arm != NULL && sh.leave == LEAVE_NOT;
	     arm = arm->next) {
		if (arm_matches(arm, value))
			break;
	}
	region_release(&sh.now, m);
	if (sh.leave != LEAVE_NOT)
		return;
	sh.status = 0;
	if (arm != NULL)
		exec_node(arm->body, last);
}

static void
exec_compound(struct node *n, bool last)
{
	switch (n->kind) {
	case NODE_SIMPLE:
		break; /* not here */
	case NODE_PIPE:
		if (n->negated)
			exec_negated(n);
		else
			exec_pipe(n);
		break;
	case NODE_AND_OR:
		exec_and_or(n, last);
		break;
	case NODE_LIST:
		exec_list(n, last);
		break;
	case NODE_IF:
		exec_if(n, last);
		break;
	case NODE_WHILE:
	case NODE_UNTIL:
		exec_loop(n);
		break;
	case NODE_FOR:
		exec_for(n);
		break;
	case NODE_CASE:
		exec_case(n, last);
		break;
	case NODE_GROUP:
		exec_node(n->body, last);
		break;
	case NODE_SUBSHELL:
		exec_subshell(n, last);
		break;
	case NODE_FUNCTION:
		function_define(n);
		sh.status = 0;
		break;
	}
}

static void
exec_redirected(struct node *n)
{
	struct mark m = region_mark(&sh.now);
	struct saved_fd *saved = NULL;

	if (redirect_apply(n->redirects, &saved) == 0)
		exec_compound(n, false);
	else
		sh.status = 1;
	redirect_undo(saved);
	region_release(&sh.now, m);
}

void
exec_node(struct node *n, bool last)
{
	if (sh.interrupted && sh.interactive)
		sh_leave(128 + SIGINT);
	if (sh.trapped && sh.leave == LEAVE_NOT)
		trap_run();
	if (n == NULL || sh.leave != LEAVE_NOT || sh.opt[OPT_N])
		return;
	last = last && !trap_at_exit();
	if (n->kind == NODE_SIMPLE)
		simple_run(n, last);
	else if (n->redirects != NULL)
		exec_redirected(n);
	else
		exec_compound(n, last);
	if (sh.trapped && sh.leave == LEAVE_NOT)
		trap_run();
	if (sh.opt[OPT_E] && sh.status != 0 && sh.quiet == 0 &&
	    sh.leave == LEAVE_NOT && !(n->kind == NODE_PIPE && n->negated) &&
	    (n->kind == NODE_SIMPLE || n->kind == NODE_PIPE ||
		n->kind == NODE_SUBSHELL)) {
		sh.leave = LEAVE_EXIT;
	}
}
