/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Children of the shell.
 */
#include "cmd/sh/job.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "cmd/sh/builtin.h"
#include "cmd/sh/trap.h"

#include <lacuna/cmd.h>

static struct job *jobs; /* all that have processes or are to be told of */
static struct termios terminal; /* as it was when the shell began ... */
static bool has_terminal;       /* ... on one */

bool
job_terminal(void)
{
	has_terminal = tcsetpgrp(STDIN_FILENO, getpgrp()) == 0 &&
	    tcgetattr(STDIN_FILENO, &terminal) == 0;
	return has_terminal;
}

struct job *
job_new(int processes)
{
	size_t size =
	    sizeof(struct job) + (size_t)processes * sizeof(struct job_process);
	struct job *job = heap_take(size);

	memset(job, 0, size);
	job->next = jobs;
	jobs = job;
	return job;
}

static void
job_free(struct job *job)
{
	struct job **at;

	for (at = &jobs; *at != job; at = &(*at)->next)
		continue;
	*at = job->next;
	free(job->text);
	free(job);
}

/* In the child: group, terminal and signals. */
static void
child_begin(const struct job *job, bool background)
{
	int fd;

	if (sh.job_control) {
		(void)setpgid(0, job->group); /* the parent does it, too */
		if (!background && has_terminal)
			(void)tcsetpgrp(STDIN_FILENO, getpgrp());
		(void)signal(SIGTTOU, SIG_DFL);
	} else if (background && !sh.child) {
		(void)signal(SIGINT, SIG_IGN);
		(void)signal(SIGQUIT, SIG_IGN);
		fd = open("/dev/null", O_RDONLY);
		if (fd > 0) {
			(void)dup2(fd, STDIN_FILENO);
			(void)close(fd);
		}
	}
	sh.child = true;
	sh.job_control = false;
}

pid_t
job_fork(struct job *job, bool background)
{
	pid_t pid = fork();

	if (pid == 0) {
		child_begin(job, background);
		jobs = NULL; /* they are the parent's */
		return 0;
	}
	if (pid < 0) {
		sh_abort("fork", NULL);
		return pid;
	}
	if (job->n == 0)
		job->group = pid;
	if (sh.job_control)
		(void)setpgid(pid, job->group); /* whoever comes first */
	job->processes[job->n++].pid = job->last = pid;
	job->left++;
	return pid;
}

void
job_child(void)
{
	if (sh.interactive) {
		(void)signal(SIGINT, SIG_DFL);
		(void)signal(SIGQUIT, SIG_DFL);
		(void)signal(SIGTERM, SIG_DFL);
		(void)signal(SIGTSTP, SIG_DFL);
	}
	trap_child();
	sh.child = true;
	sh.interactive = false;
	sh.job_control = false;
}

static int
status_of(int word)
{
	return WIFSIGNALED(word) ? 128 + WTERMSIG(word) : WEXITSTATUS(word);
}

/* The process of a job, and its job; NULL: it is of none. */
static struct job_process *
process_find(pid_t pid, struct job **of)
{
	struct job *job;
	int i;

	for (job = jobs; job != NULL; job = job->next) {
		for (i = 0; i < job->n; i++) {
			if (job->processes[i].pid != pid)
				continue;
			*of = job;
			return &job->processes[i];
		}
	}
	return NULL;
}

/* A child has ended, stopped or gone on: note that in its job. */
static void
changed(pid_t pid, int word)
{
	struct job *job;
	struct job_process *p = process_find(pid, &job);

	if (p == NULL)
		return;
	job->stopped -= p->stopped;
	p->stopped = WIFSTOPPED(word);
	job->stopped += p->stopped;
	if (p->stopped) {
		job->signal = WSTOPSIG(word);
		job->told = false;
	}
	if (p->stopped || WIFCONTINUED(word))
		return;
	p->pid = 0;
	job->left--;
	if (pid == job->last)
		job->status = status_of(word);
}

/* Is nothing of a job running, and something stopped? */
static bool
is_stopped(const struct job *job)
{
	return job->left > 0 && job->stopped == job->left;
}

/* Say what signal a program ended by, if that would not be noticed. */
static void
tell_signal(int status)
{
	struct text t;

	if (status == 128 + SIGINT && sh.interactive)
		(void)!write(STDERR_FILENO, "\n", 1);
	if (status <= 128 || status == 128 + SIGINT ||
	    status == 128 + SIGPIPE || sh.child)
		return;
	text_init(&t, &sh.now);
	text_puts(&t, "killed by signal ");
	text_number(&t, status - 128);
	sh_warn("program", text_end(&t));
}

/* Wait for a child, whichever. */
static bool
reap(int options)
{
	int word;
	pid_t pid;

	if (sh.job_control)
		options |= WUNTRACED | WCONTINUED;
	pid = waitpid(-1, &word, options);
	if (pid > 0)
		changed(pid, word);
	return pid > 0;
}

/* The terminal is the shell's again. */
static void
terminal_take(bool restore)
{
	if (!has_terminal || !sh.job_control)
		return;
	(void)tcsetpgrp(STDIN_FILENO, getpgrp());
	if (restore) /* the job had no time to tidy up */
		(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal);
}

/* Give a job a number. */
static void
number_give(struct job *job, const struct node *n)
{
	const struct job *other;
	struct text t;
	int id = 1;

	for (other = jobs; other != NULL; other = other->next) {
		if (other->id >= id)
			id = other->id + 1;
	}
	job->id = id;
	text_init(&t, &sh.now);
	describe(&t, n);
	job->text = heap_copy(text_end(&t));
}

/* "[1] done    sleep 5" */
static void
show(const struct job *job, struct text *t)
{
	text_add(t, '[');
	text_number(t, job->id);
	text_puts(t, "] ");
	if (is_stopped(job)) {
		text_puts(t, "stopped");
	} else if (job->left > 0) {
		text_puts(t, "running");
	} else if (job->status == 0) {
		text_puts(t, "done");
	} else {
		text_puts(t, job->status > 128 ? "signal " : "status ");
		text_number(t, job->status & 127);
	}
	text_puts(t, "\t");
	text_puts(t, job->text);
	text_add(t, '\n');
}

/* Keep a job that has stopped; what was typed is in the table. */
static int
keep_stopped(struct job *job, const struct node *n)
{
	struct text t;

	terminal_take(true);
	if (job->id == 0)
		number_give(job, n);
	job->told = true;
	text_init(&t, &sh.now);
	if (sh.interactive)
		text_add(&t, '\n');
	show(job, &t);
	(void)!write(STDERR_FILENO, text_end(&t), t.n);
	return 128 + job->signal;
}

int
job_wait(struct job *job, const struct node *n)
{
	int status;

	while (job->left > 0 && !is_stopped(job)) {
		if (!reap(0) && errno == ECHILD)
			job->left = 0;
		if (sh.trapped && job->id != 0)
			return sh.status; /* wait ends for a trap */
	}
	if (is_stopped(job))
		return keep_stopped(job, n);
	status = job->status;
	terminal_take(status > 128);
	if (job->id == 0)
		tell_signal(status);
	if (status == 128 + SIGINT && sh.interactive)
		sh_leave(status);
	job_free(job);
	return status;
}

int
job_wait_pid(pid_t pid)
{
	int word;

	while (waitpid(pid, &word, 0) < 0) {
		if (errno != EINTR)
			return 127;
	}
	return status_of(word);
}

void
job_keep(struct job *job, const struct node *n)
{
	struct text t;

	number_give(job, n);
	sh.background = job->last;
	if (!sh.interactive)
		return;
	text_init(&t, &sh.now);
	text_add(&t, '[');
	text_number(&t, job->id);
	text_puts(&t, "] ");
	text_number(&t, job->last);
	text_add(&t, '\n');
	(void)!write(STDERR_FILENO, text_end(&t), t.n);
}

/* Oldest first; of news each only once. */
static void
show_all(struct job *job, struct text *t, bool all)
{
	bool news;

	if (job == NULL)
		return;
	show_all(job->next, t, all);
	news = job->left == 0 || (is_stopped(job) && !job->told);
	if (job->id != 0 && (all || news)) {
		show(job, t);
		job->told = is_stopped(job);
	}
}

static void
forget_ended(void)
{
	struct job *job, *next;

	for (job = jobs; job != NULL; job = next) {
		next = job->next;
		if (job->left == 0)
			job_free(job);
	}
}

void
job_notify(void)
{
	struct text t;

	if (jobs == NULL)
		return;
	while (reap(WNOHANG))
		continue;
	text_init(&t, &sh.now);
	show_all(jobs, &t, false);
	(void)!write(STDERR_FILENO, text_end(&t), t.n);
	forget_ended();
}

struct job *
job_find(const char *name)
{
	struct job *job;
	long n = 0;

	if (cmd_number(name + (name[0] == '%'), &n) != 0 &&
	    strcmp(name, "%") != 0 && strcmp(name, "%%") != 0 &&
	    strcmp(name, "%+") != 0)
		n = -1;
	for (job = jobs; job != NULL; job = job->next) {
		if (job->id == 0)
			continue;
		if (name[0] == '%' ? n == 0 || job->id == n
				   : (long)job->last == n)
			return job;
	}
	sh_warn(name, "no such job");
	return NULL;
}

int
builtin_jobs(int argc, char **argv)
{
	struct text t;
	int r;

	(void)argc, (void)argv;
	while (jobs != NULL && reap(WNOHANG))
		continue;
	text_init(&t, &sh.now);
	show_all(jobs, &t, true);
	r = sh_out(text_end(&t));
	forget_ended();
	return r;
}

void
job_continue(struct job *job)
{
	int i;

	for (i = 0; i < job->n; i++)
		job->processes[i].stopped = false;
	job->stopped = 0;
	job->told = false;
	if (sh.job_control)
		(void)kill(-job->group, SIGCONT); /* may have ended */
}

/* The job an argument names, the latest if there is none. */
static struct job *
job_named(int argc, char **argv)
{
	char latest[] = "%";

	if (!sh.job_control) {
		sh_warn(argv[0], "no job control here; set -m turns it on");
		return NULL;
	}
	return job_find(argc > 1 ? argv[1] : latest);
}

int
builtin_fg(int argc, char **argv)
{
	struct job *job = job_named(argc, argv);

	if (job == NULL)
		return 1;
	(void)sh_out(job->text);
	(void)sh_out("\n");
	if (has_terminal)
		(void)tcsetpgrp(STDIN_FILENO, job->group);
	job_continue(job);
	return job_wait(job, NULL);
}

int
builtin_bg(int argc, char **argv)
{
	struct job *job = job_named(argc, argv);
	struct text t;

	if (job == NULL)
		return 1;
	job_continue(job);
	sh.background = job->last;
	text_init(&t, &sh.now);
	show(job, &t);
	return sh_out(text_end(&t));
}

/* Is there a job that wait would come to the end of? */
static bool
any_runs(void)
{
	const struct job *job;

	for (job = jobs; job != NULL; job = job->next)
		if (job->left > 0 && !is_stopped(job))
			return true;
	return false;
}

int
builtin_wait(int argc, char **argv)
{
	struct job *job;
	int i, status = 0;

	for (i = 1; i < argc; i++) {
		job = job_find(argv[i]);
		status = job != NULL ? job_wait(job, NULL) : 127;
	}
	if (argc > 1)
		return status;
	while (any_runs() && !sh.trapped && !sh.interrupted &&
	    (reap(0) || errno == EINTR))
		continue;
	if (!sh.interactive)
		forget_ended();
	return 0;
}
