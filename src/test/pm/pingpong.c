/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. Signals rain on a process while it does each of several
 * jobs - computing, calling PM, calling VFS, waiting in VFS, forking, paging -
 * and each signal is acknowledged by another: none is lost, none comes twice,
 * no job sees a wrong result, and the mask is always one's own.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define ROUNDS   60
#define PATIENCE 30 /* seconds; PM may be below a worker that never rests */

static pid_t other;
static volatile int handled; /* in the worker */
static volatile int answers; /* in the sender */
static volatile int stop;
static int fd[2];

static void
on_usr1(int sig)
{
	(void)sig;
	handled++;
	(void)kill(other, SIGUSR2);
}

static void
on_answer(int sig)
{
	(void)sig;
	answers++;
}

static void
on_term(int sig)
{
	(void)sig;
	stop = 1;
}

static int
compute(void)
{
	unsigned int i, sum = 0;

	for (i = 0; i < 3000; i++)
		sum = sum * 31 + i;
	return sum == 1192390108u ? 0 : 1;
}

/* The handler's mask must never be seen outside it. */
static int
call_pm(void)
{
	sigset_t set;

	if (sigprocmask(SIG_SETMASK, NULL, &set) != 0)
		return 2;
	return sigismember(&set, SIGUSR1) || getpid() <= 1 ? 3 : 0;
}

static int
call_vfs(void)
{
	return fcntl(fd[0], F_GETFD) == 0 && access("/bin", X_OK) == 0 ? 0 : 4;
}

static int
block_in_vfs(void)
{
	char c;

	return read(fd[0], &c, 1) == -1 && errno == EINTR ? 0 : 5;
}

static int
use_pipe(void)
{
	char c = 'x';
	int r;

	do
		r = (int)write(fd[1], "p", 1);
	while (r == -1 && errno == EINTR);
	if (r != 1)
		return 6;
	do
		r = (int)read(fd[0], &c, 1);
	while (r == -1 && errno == EINTR);
	return r == 1 && c == 'p' ? 0 : 7;
}

static int
fork_and_wait(void)
{
	int status, r;
	pid_t pid = fork();

	if (pid == 0)
		_exit(9);
	do
		r = waitpid(pid, &status, 0);
	while (r == -1 && errno == EINTR);
	return r == pid && WIFEXITED(status) && WEXITSTATUS(status) == 9 ? 0
									 : 8;
}

static int
page(void)
{
	char *p = mmap(NULL, 16384, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	int ok;

	if (p == MAP_FAILED)
		return 9;
	p[0] = p[4096] = p[12288] = 7;
	ok = p[0] + p[4096] + p[8192] + p[12288] == 21;
	return munmap(p, 16384) == 0 && ok ? 0 : 10;
}

static int
change_ids(void)
{
	return setuid(0) == 0 && setpgid(0, 0) == 0 ? 0 : 11;
}

static int (*const jobs[])(void) = { compute, call_pm, call_vfs, block_in_vfs,
	use_pipe, fork_and_wait, page, change_ids };
#define NJOBS (int)(sizeof jobs / sizeof jobs[0])

static void catch (int sig, void (*with)(int))
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = with;
	(void)sigaction(sig, &sa, NULL); /* the numbers are right */
}

/* Work until told to stop; how many signals came is the pipe's last word. */
static int
worker(int job, int report)
{
	int r = 0, n;

	while (!stop && r == 0)
		r = jobs[job]();
	n = r == 0 || stop ? handled : -r;
	return write(report, &n, sizeof n) == sizeof n ? 0 : 1;
}

/* Send a signal, wait for the answer. */
static bool
ping(int pid, const sigset_t *unblocked, int wanted)
{
	int tries;

	if (kill(pid, SIGUSR1) != 0)
		return false;
	(void)alarm(PATIENCE);
	for (tries = 0; answers < wanted && tries < 5; tries++)
		(void)sigsuspend(unblocked);
	(void)alarm(0);
	return answers == wanted;
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

static void
play(int job)
{
	sigset_t block, before;
	int ends[2] = { -1, -1 }, i, n = 0, end;
	pid_t pid;

	answers = 0;
	CHECK(pipe(fd) == 0 && pipe(ends) == 0);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR2);
	CHECK(sigprocmask(SIG_BLOCK, &block, &before) == 0);
	other = getpid();
	pid = fork();
	if (pid == 0) {
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
		_exit(worker(job, ends[1]));
	}
	for (i = 1; i <= ROUNDS; i++)
		if (!CHECK(ping(pid, &before, i)))
			break;
	CHECK(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
	do { /* it may be about to block just when the first comes */
		(void)kill(pid, SIGTERM); /* it may have gone */
		pause_ms(10);
		end = child_look(pid);
	} while (end == STILL);
	CHECK(end == 0);
	CHECK(read(ends[0], &n, sizeof n) == sizeof n);
	if (!CHECK(n == ROUNDS))
		(void)report_obs("failed", "job %d: %d of %d, %d", job, n,
		    ROUNDS, end);
	CHECK(sigprocmask(SIG_SETMASK, &before, NULL) == 0);
	for (i = 0; i < 2; i++) {
		close(fd[i]);
		close(ends[i]);
	}
}

int
main(int argc, char **argv)
{
	int job;

	(void)report_begin("pm-pingpong", argc > 1 ? argv[1] : NULL);
	catch (SIGUSR1, on_usr1);
	catch (SIGUSR2, on_answer);
	catch (SIGTERM, on_term);
	catch (SIGALRM, on_answer);
	for (job = 0; job < NJOBS; job++)
		play(job);
	return report_end();
}
