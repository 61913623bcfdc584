/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. What becomes of a call that a signal comes between. Every way to
 * wait, against every course of signals: a stop and its end are nothing to it,
 * a handler with SA_RESTART lets it go on where POSIX says so, any other ends
 * it with EINTR, whatever came beside it or while the process was stopped. A
 * process that is stopped takes nothing: neither data nor a lock. A write that
 * has begun goes on where it was; the time of a select does not stand still.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/program/program.h"

#define FIFO "/tmp/pm-restart.fifo"
#define LOCK "/tmp/pm-restart.lock"
#define BIG  40000 /* bytes: more than a pipe takes */
#define LONG 300   /* milliseconds that a timed wait takes */

static int p[2];   /* what a child waits for, new for each */
static int ran[2]; /* a byte from each handler */
static int lock_fd;
static char big[BIG];

static void
on_signal(int sig)
{
	const char c = (char)sig;

	(void)!write(ran[1], &c, 1);
}

static void catch (int sig, int flags)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_signal;
	sa.sa_flags = flags;
	CHECK_EQ(sigaction(sig, &sa, NULL), 0);
}

/* Ways to wait: 0, or the error. */
static int
result(int r)
{
	return r < 0 ? errno : 0;
}

static int
wait_read(void)
{
	char c;

	return result((int)read(p[0], &c, 1));
}

static int
wait_write(void)
{
	return result((int)write(p[1], "x", 1));
}

static int
wait_child(void)
{
	char c;

	if (fork() == 0) {
		(void)close(p[1]);
		_exit((int)read(p[0], &c, 1));
	}
	(void)close(p[1]);
	return result(wait(NULL));
}

static int
wait_open(void)
{
	return result(open(FIFO, O_RDONLY));
}

static int
set_lock(int cmd, short type)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET };

	return fcntl(lock_fd, cmd, &lock);
}

static int
wait_lock(void)
{
	return result(set_lock(F_SETLKW, F_WRLCK));
}

static int
wait_select(void)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(p[0], &set);
	return result(select(p[0] + 1, &set, NULL, NULL, NULL));
}

static int
wait_timed(void)
{
	struct timeval tv = { 0, LONG * 1000 };

	return result(select(0, NULL, NULL, NULL, &tv));
}

static int
wait_sleep(void)
{
	struct timespec ts = { 0, LONG * 1000000 };

	return result(nanosleep(&ts, NULL));
}

static int
wait_pause(void)
{
	return result(pause());
}

/* And what lets them go on. */
static void
give(void)
{
	CHECK_EQ(write(p[1], "y", 1), 1);
}

static void
take(void)
{
	CHECK_GT(read(p[0], big, sizeof big), 0);
}

static void
open_other(void)
{
	const int fd = open(FIFO, O_WRONLY);

	CHECK(fd >= 0);
	(void)close(fd);
}

static void
unlock(void)
{
	CHECK_EQ(set_lock(F_SETLK, F_UNLCK), 0);
}

static void
nothing(void)
{
}

static const struct way {
	const char *name;
	int (*wait)(void);
	void (*release)(void);
	bool restarts; /* after a handler with SA_RESTART */
} ways[] = {
	{ "read", wait_read, give, true },
	{ "write", wait_write, take, true },
	{ "wait", wait_child, give, true },
	{ "open", wait_open, open_other, true },
	{ "lock", wait_lock, unlock, true },
	{ "select", wait_select, give, false },
	{ "timed", wait_timed, nothing, false },
	{ "sleep", wait_sleep, nothing, false },
	{ "pause", wait_pause, NULL, false },
};

#define WAYS ((int)(sizeof ways / sizeof ways[0]))

/* SIGUSR1 has SA_RESTART, SIGUSR2 not. */
static const struct course {
	int sig[5];
	int handlers;
	bool plain; /* one of them has no SA_RESTART */
} courses[] = {
	{ { SIGUSR1 }, 1, false },
	{ { SIGUSR2 }, 1, true },
	{ { SIGSTOP, SIGCONT }, 0, false },
	{ { SIGSTOP, SIGUSR1, SIGCONT }, 1, false },
	{ { SIGSTOP, SIGUSR2, SIGCONT }, 1, true },
	{ { SIGSTOP, SIGUSR1, SIGUSR2, SIGCONT }, 2, true },
	{ { SIGSTOP, SIGCONT, SIGSTOP, SIGCONT }, 0, false },
};

#define COURSES ((int)(sizeof courses / sizeof courses[0]))

/* Wait until a process waits for a server. */
static void
await(pid_t pid)
{
	struct pm_procinfo info = { .pid = 0 };
	int slot;

	do {
		pause_ms(1);
		for (slot = 0; (slot = getprocinfo(slot, &info)) >= 0;)
			if (info.pid == pid)
				break;
	} while (slot >= 0 && info.blocked_on != VFS_PROC_NR &&
	    info.blocked_on != PM_PROC_NR);
}

static pid_t
begin(int (*what)(void))
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(what());
	await(pid);
	return pid;
}

static void
fill(void)
{
	CHECK_EQ(fcntl(p[1], F_SETFL, O_NONBLOCK), 0);
	while (write(p[1], big, sizeof big) > 0)
		continue;
	CHECK_EQ(fcntl(p[1], F_SETFL, 0), 0);
}

static void
run_course(const struct course *c, pid_t pid)
{
	char sig;
	int i;

	for (i = 0; c->sig[i] != 0; i++)
		CHECK_EQ(kill(pid, c->sig[i]), 0);
	for (i = 0; i < c->handlers; i++)
		CHECK_EQ(read(ran[0], &sig, 1), 1);
}

static void
try(const struct way *w, const struct course *c)
{
	const bool ends = c->plain || (c->handlers > 0 && !w->restarts);
	const int wanted = ends ? EINTR : 0;
	pid_t pid;
	int r;

	CHECK_EQ(pipe(p), 0);
	if (w->wait == wait_write)
		fill();
	pid = begin(w->wait);
	run_course(c, pid);
	if (!ends && w->release == NULL) {
		(void)kill(pid, SIGKILL);
		CHECK_EQ(child_end(pid), SIGNALLED + SIGKILL);
	} else {
		if (!ends)
			w->release();
		r = child_end(pid);
		CHECK_SAY(r == wanted, "%s, course %d: %d instead of %d",
		    w->name, (int)(c - courses), r, wanted);
	}
	(void)close(p[0]);
	(void)close(p[1]);
	(void)set_lock(F_SETLK, F_WRLCK);
}

static void
stopped(pid_t pid)
{
	int status = 0;

	CHECK_EQ(kill(pid, SIGSTOP), 0);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status));
}

/* What comes while a process is stopped is there for others. */
static void
takes_nothing(void)
{
	char c = 0;
	pid_t pid;

	CHECK_EQ(pipe(p), 0);
	pid = begin(wait_read);
	stopped(pid);
	CHECK_EQ(write(p[1], "z", 1), 1);
	CHECK_EQ(read(p[0], &c, 1), 1);
	CHECK_EQ(c, 'z');
	CHECK_EQ(kill(pid, SIGCONT), 0);
	give();
	CHECK_EQ(child_end(pid), 0);

	pid = begin(wait_lock);
	stopped(pid);
	unlock();
	CHECK_EQ(set_lock(F_SETLK, F_WRLCK), 0);
	CHECK_EQ(kill(pid, SIGCONT), 0);
	unlock();
	CHECK_EQ(child_end(pid), 0);
	(void)set_lock(F_SETLK, F_WRLCK);
	(void)close(p[0]);
	(void)close(p[1]);
}

static int
write_big(void)
{
	const ssize_t n = write(p[1], big, sizeof big);

	return n == BIG ? 0 : n > 0 ? 1 : 2;
}

/* A write that has begun: all of it after a stop; what has been written by
 * then before a handler, even one with SA_RESTART. */
static void
writes(void)
{
	static const int sigs[] = { SIGSTOP, SIGUSR1, SIGUSR2 };
	size_t left, i;
	pid_t pid;
	char sig;

	for (i = 0; i < 3; i++) {
		CHECK_EQ(pipe(p), 0);
		pid = begin(write_big);
		if (sigs[i] == SIGSTOP) {
			stopped(pid);
			CHECK_EQ(kill(pid, SIGCONT), 0);
			(void)close(p[1]);
			for (left = BIG; left > 0;)
				left -= (size_t)read(p[0], big, sizeof big);
			CHECK_EQ(child_end(pid), 0);
			CHECK_EQ(read(p[0], big, 1), 0);
		} else {
			CHECK_EQ(kill(pid, sigs[i]), 0);
			CHECK_EQ(read(ran[0], &sig, 1), 1);
			CHECK_EQ(child_end(pid), 1);
			(void)close(p[1]);
		}
		(void)close(p[0]);
	}
}

/* Milliseconds of the system's life. */
static int
now_ms(void)
{
	struct timespec t = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int)(t.tv_sec * 1000 + t.tv_nsec / 1000000);
}

/* A stop in the midst of a sleep changes nothing, one that is longer than the
 * rest of it ends with it. */
static void
times(void)
{
	int start = now_ms(), took;
	pid_t pid = begin(wait_sleep);

	pause_ms(LONG / 2);
	stopped(pid);
	CHECK_EQ(kill(pid, SIGCONT), 0);
	CHECK_EQ(child_end(pid), 0);
	took = now_ms() - start;
	CHECK_GE(took, LONG);
	CHECK_LT(took, LONG + LONG / 2);

	pid = begin(wait_sleep);
	stopped(pid);
	pause_ms(LONG);
	start = now_ms();
	CHECK_EQ(kill(pid, SIGCONT), 0);
	CHECK_EQ(child_end(pid), 0);
	CHECK_LT(now_ms() - start, LONG / 2);
}

int
main(int argc, char **argv)
{
	int i, j;

	(void)report_begin("pm-restart", argc > 1 ? argv[1] : NULL);
	CHECK_EQ(pipe(ran), 0);
	CHECK_EQ(mkfifo(FIFO, 0600), 0);
	lock_fd = open(LOCK, O_RDWR | O_CREAT, 0600);
	CHECK_EQ(set_lock(F_SETLK, F_WRLCK), 0);
	catch (SIGUSR1, SA_RESTART);
	catch (SIGUSR2, 0);
	for (i = 0; i < WAYS; i++)
		for (j = 0; j < COURSES; j++)
			try(&ways[i], &courses[j]);
	takes_nothing();
	writes();
	times();
	CHECK_EQ(unlink(FIFO), 0);
	CHECK_EQ(unlink(LOCK), 0);
	return report_end();
}
