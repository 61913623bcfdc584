/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * posix_spawn: a child that is another program at once. Whatever fails in the
 * child before its program begins is the caller's error: the child writes it
 * into a pipe whose end exec closes, so that the caller reads either an error
 * or nothing.
 *
 *     caller   pipe, fork, read .............. an error: collect the child
 *     child          attributes, files, exec   the end:  the program runs
 *
 * Until then signals are held back in both: a handler of the caller must not
 * run in the child.
 * @source POSIX.1-2017, posix_spawn()
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/libc/port.h"
#include "lib/libc/spawn.h"

/** What the child is to become. */
struct spawn {
	int (*exec)(const char *, char *const[], char *const[]);
	const char *name;
	const struct __posix_spawn_file_actions *fa; /**< or NULL */
	const struct __posix_spawnattr *sa;          /**< or NULL */
	char *const *argv, *const *envp;
	sigset_t mask; /**< the caller's */
};

/* Ids and priorities. Gives 0, or an errno. */
static int
become(const struct __posix_spawnattr *sa)
{
	int r = 0;

	if ((sa->flags & POSIX_SPAWN_SETPGROUP) != 0)
		r = setpgid(0, sa->pgroup);
	if (r == 0 && (sa->flags & POSIX_SPAWN_SETSCHEDULER) != 0)
		r = sched_setscheduler(0, sa->policy, &sa->param);
	else if (r == 0 && (sa->flags & POSIX_SPAWN_SETSCHEDPARAM) != 0)
		r = sched_setparam(0, &sa->param);
	if (r == 0 && (sa->flags & POSIX_SPAWN_RESETIDS) != 0) {
		r = setegid(getgid());
		if (r == 0)
			r = seteuid(getuid());
	}
	return r == 0 ? 0 : errno;
}

/* No handler of the caller is left, and signals that the attributes name have
 * their default. */
static void
signals_reset(const struct spawn *s)
{
	struct sigaction old, plain = { .sa_handler = SIG_DFL };
	bool all = s->sa != NULL && (s->sa->flags & POSIX_SPAWN_SETSIGDEF) != 0;
	int sig;

	for (sig = 1; sig < NSIG; sig++) {
		if (sigaction(sig, NULL, &old) != 0)
			continue;
		if ((all && sigismember(&s->sa->defaults, sig) == 1) ||
		    (old.sa_handler != SIG_IGN && old.sa_handler != SIG_DFL))
			(void)sigaction(sig, &plain, NULL); /* KILL has it */
	}
}

/* In the child: become what is wanted. Gives the errno of what failed. */
static int
child_exec(const struct spawn *s, int *own)
{
	const sigset_t *mask = &s->mask;
	int r = 0;

	if (s->sa != NULL)
		r = become(s->sa);
	if (r == 0 && s->fa != NULL)
		r = __spawn_actions(s->fa, own);
	if (r != 0)
		return r;
	signals_reset(s);
	if (s->sa != NULL && (s->sa->flags & POSIX_SPAWN_SETSIGMASK) != 0)
		mask = &s->sa->mask;
	(void)sigprocmask(SIG_SETMASK, mask, NULL);
	(void)s->exec(s->name, s->argv, s->envp);
	return errno;
}

/* The caller's part: what did the child say? */
static int
child_answer(pid_t pid, int from)
{
	int r = 0;

	if (read(from, &r, sizeof r) != (ssize_t)sizeof r)
		return 0;
	(void)waitpid(pid, NULL, 0); /* nobody else knows of it */
	return r;
}

static int
spawn(const struct spawn *s, pid_t *pid)
{
	int fd[2], r;
	pid_t child;

	if (pipe2(fd, O_CLOEXEC) != 0)
		return errno;
	child = fork();
	if (child == 0) {
		(void)close(fd[0]);
		r = child_exec(s, &fd[1]);
		(void)!write(fd[1], &r, sizeof r);
		_exit(127);
	}
	r = child < 0 ? errno : 0;
	(void)close(fd[1]);
	if (r == 0)
		r = child_answer(child, fd[0]);
	(void)close(fd[0]);
	if (r == 0 && pid != NULL)
		*pid = child;
	return r;
}

/* The same, with the signals held. */
static int
spawn_quietly(struct spawn *s, pid_t *pid)
{
	int r, e = errno;
	sigset_t all;

	if (s->envp == NULL)
		s->envp = environ;
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, &s->mask);
	r = spawn(s, pid);
	(void)sigprocmask(SIG_SETMASK, &s->mask, NULL);
	errno = e;
	return r;
}

int
posix_spawn(pid_t *restrict pid, const char *restrict path,
    const posix_spawn_file_actions_t *fa, const posix_spawnattr_t *restrict sa,
    char *const argv[], char *const envp[])
{
	struct spawn s = { execve, path, fa == NULL ? NULL : *fa,
		sa == NULL ? NULL : *sa, argv, envp, 0 };

	return spawn_quietly(&s, pid);
}

int
posix_spawnp(pid_t *restrict pid, const char *restrict name,
    const posix_spawn_file_actions_t *fa, const posix_spawnattr_t *restrict sa,
    char *const argv[], char *const envp[])
{
	struct spawn s = { execvpe, name, fa == NULL ? NULL : *fa,
		sa == NULL ? NULL : *sa, argv, envp, 0 };

	return spawn_quietly(&s, pid);
}
