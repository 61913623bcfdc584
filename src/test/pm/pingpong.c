/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. Signals rain on a process while it does each of several jobs,
 * from one to three others, each of which waits for its answer before it sends
 * the next: none is lost, none comes twice, no job sees a wrong result, and the
 * mask is always one's own. With and without handlers that interrupt each
 * other, and a timer that fires at every tick. Then the process is killed in
 * the middle of it.
 *
 *     pm-pingpong NONCE [ROUNDS [KILLS]]     of each job
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/pm/jobs.h"
#include "test/program/program.h"

#define SENDERS  3
#define PATIENCE 30 /* seconds; PM may be below a worker that never rests */

/* How it rains. */
struct weather {
	int senders;
	bool nested; /* handlers interrupt handlers */
	bool timer;
};

static const int ping[SENDERS] = { SIGUSR1, SIGUSR2, SIGHUP };
static pid_t sender[SENDERS];
static int gun[2]; /* a pipe: at the worker's number the senders start */

/* In the worker. */
static volatile int handled[SENDERS];
static volatile sig_atomic_t stop, ticks;

/* In a sender. */
static volatile sig_atomic_t answers, late;

static void
on_ping(int sig)
{
	int i, saved = errno;

	for (i = 0; i < SENDERS; i++)
		if (ping[i] == sig) {
			handled[i]++;
			(void)kill(sender[i], SIGUSR1); /* it may be gone */
		}
	errno = saved;
}

static void
on_tick(int sig)
{
	(void)sig;
	ticks++;
}

static void
on_term(int sig)
{
	(void)sig;
	stop = 1;
}

static void
on_answer(int sig)
{
	(void)sig;
	answers++;
}

static void
on_late(int sig)
{
	(void)sig;
	late = 1;
}

static void catch (int sig, void (*with)(int), const sigset_t *mask)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = with;
	if (mask != NULL)
		sa.sa_mask = *mask;
	(void)sigaction(sig, &sa, NULL); /* the numbers are right */
}

/* Now there is a process to signal. */
static bool
senders_go(int n)
{
	const pid_t pid = getpid();
	int i = 0;

	while (i < n && write(gun[1], &pid, sizeof pid) == sizeof pid)
		i++;
	return i == n;
}

/* Work until told to stop; how many signals came is the pipe's last word. */
static int
worker(const struct job *job, const struct weather *w, int report)
{
	const struct itimerval fast = { { 0, 1 }, { 0, 1 } };
	int seen[SENDERS], r = 0, i;
	sigset_t pings;

	sigemptyset(&pings);
	for (i = 0; i < SENDERS; i++)
		sigaddset(&pings, ping[i]);
	jobs_block(ping, SENDERS);
	for (i = 0; i < SENDERS; i++)
		catch (ping[i], on_ping, w->nested ? NULL : &pings);
	catch (SIGTERM, on_term, NULL);
	catch (SIGALRM, on_tick, NULL);
	if (!senders_go(w->senders) ||
	    (w->timer && setitimer(ITIMER_REAL, &fast, NULL) != 0))
		return 100;
	while (!stop && r == 0)
		r = job->once();
	if (r != 0 && !stop)
		return r;
	for (i = 0; i < SENDERS; i++)
		seen[i] = handled[i];
	return write(report, seen, sizeof seen) == sizeof seen ? 0 : 101;
}

/* Send signals, and wait for the answer to each. */
static int
send_all(int which, int rounds)
{
	sigset_t block, own;
	pid_t pid = 0;
	int i;

	catch (SIGUSR1, on_answer, NULL);
	catch (SIGALRM, on_late, NULL);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigaddset(&block, SIGALRM);
	(void)sigprocmask(SIG_BLOCK, &block, &own); /* arguments are right */
	if (read(gun[0], &pid, sizeof pid) != sizeof pid)
		return 1;
	for (i = 1; i <= rounds; i++) {
		if (kill(pid, ping[which]) != 0)
			return 2;
		(void)alarm(PATIENCE);
		while (answers < i && !late)
			(void)sigsuspend(&own);
		if (late || answers != i)
			return late ? 3 : 4;
	}
	return 0;
}

static void
senders_begin(int n, int rounds)
{
	int i;

	CHECK(pipe(gun) == 0);
	for (i = 0; i < n; i++) {
		sender[i] = fork();
		if (sender[i] == 0)
			_exit(send_all(i, rounds));
		CHECK(sender[i] > 0);
	}
}

/* The worker has it, or nobody. */
static void
gun_away(void)
{
	close(gun[0]);
	close(gun[1]);
}

#define STILL (-2)

/* How a child has ended, if it has. */
static int
child_look(pid_t pid)
{
	int status, r = waitpid(pid, &status, WNOHANG);

	if (r != pid)
		return r == 0 ? STILL : NO_CHILD;
	return WIFEXITED(status) ? WEXITSTATUS(status)
				 : SIGNALLED + WTERMSIG(status);
}

/* It may be about to wait just when the first signal comes. */
static int
worker_end(pid_t pid)
{
	int end;

	do {
		(void)kill(pid, SIGTERM); /* it may have gone */
		pause_ms(10);
		end = child_look(pid);
	} while (end == STILL);
	return end;
}

/* Each signal was handled once, and answered once. */
static void
play(const struct job *job, const struct weather *w, int rounds)
{
	int seen[SENDERS] = { 0 }, report[2] = { -1, -1 }, i, end;
	bool ok = CHECK(jobs_begin() && pipe(report) == 0);
	pid_t pid;

	senders_begin(w->senders, rounds);
	pid = fork();
	if (pid == 0)
		_exit(worker(job, w, report[1]));
	gun_away();
	for (i = 0; i < w->senders; i++)
		ok = CHECK_EQ(child_end(sender[i]), 0) && ok;
	end = worker_end(pid);
	ok = CHECK_EQ(end, 0) && ok;
	close(report[1]);
	ok = CHECK(read(report[0], seen, sizeof seen) == sizeof seen) && ok;
	for (i = 0; i < w->senders; i++)
		ok = CHECK_EQ(seen[i], rounds) && ok;
	if (!ok)
		(void)report_note("%s, %d senders, %s, %s", job->name,
		    w->senders, w->nested ? "nested" : "one by one",
		    w->timer ? "timer" : "no timer");
	close(report[0]);
	jobs_end();
}

/* Killed while it rains: it ends, whatever it is doing. */
static void
kill_amid(const struct job *job, const struct weather *w, unsigned int ms)
{
	pid_t pid;
	int i;

	CHECK(jobs_begin());
	senders_begin(w->senders, 1000000);
	pid = fork();
	if (pid == 0)
		_exit(worker(job, w, gun[1]));
	gun_away();
	pause_ms(ms);
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK_EQ(child_end(pid), SIGNALLED + SIGKILL);
	for (i = 0; i < w->senders; i++) {
		(void)kill(sender[i], SIGKILL); /* it waits, or has seen it */
		(void)child_end(sender[i]);
	}
	jobs_end();
}

static int
argument(int argc, char **argv, int i, int otherwise)
{
	return argc > i ? (int)strtol(argv[i], NULL, 10) : otherwise;
}

int
main(int argc, char **argv)
{
	int rounds = argument(argc, argv, 2, 40) / 4;
	int kills = argument(argc, argv, 3, 2), job, i;
	struct weather w;

	(void)report_begin("pm-pingpong", argc > 1 ? argv[1] : NULL);
	for (job = 0; job < JOBS; job++) {
		for (i = 0; i < 4; i++) {
			w = (struct weather){ 1 + (job + i) % SENDERS,
				i % 2 == 1, i / 2 == 1 };
			play(&jobs[job], &w, rounds);
		}
		for (i = 0; i < kills; i++)
			kill_amid(&jobs[job], &w,
			    (unsigned int)(job * 7 + i * 13) % 40);
	}
	return report_end();
}
