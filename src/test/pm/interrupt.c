/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. A caught signal ends what the process waits for with
 * EINTR - a pipe on either side, wait, pause, sleep, a fifo's open, a lock -
 * every time anew; data that has come is not lost; an ignored one does not
 * disturb; SIGKILL ends it wherever it waits; SIGCHLD tells of children.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

static volatile int alarms, children;
static int fd[2];

static void
on_alarm(int sig)
{
	(void)sig;
	alarms++;
}

static void
on_child(int sig)
{
	(void)sig;
	children++;
}

static void catch (int sig, void (*with)(int))
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = with;
	CHECK(sigaction(sig, &sa, NULL) == 0);
}

/* Somebody who sends `sig` a little later, `times` times. */
static pid_t
disturb(int sig, int times)
{
	pid_t me = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	while (times-- > 0) {
		pause_ms(40);
		(void)kill(me, sig);
	}
	pause_ms(40);
	_exit(0);
}

static bool
read_interrupted(void)
{
	char c;

	return read(fd[0], &c, 1) == -1 && errno == EINTR;
}

static void
pipes(void)
{
	static char big[40000];
	pid_t pid = disturb(SIGUSR1, 3);
	int n, r;

	CHECK(read_interrupted() && read_interrupted() && read_interrupted());
	CHECK(child_end(pid) == 0);
	pid = disturb(SIGUSR1, 1);
	n = (int)write(fd[1], big, sizeof big); /* more than fits */
	CHECK(n > 0 && n < (int)sizeof big);
	CHECK(child_end(pid) == 0);
	while (n > 0) {
		r = (int)read(fd[0], big, sizeof big);
		if (!CHECK(r > 0))
			break;
		n -= r;
	}
	CHECK(n == 0); /* what was written is there, no more and no less */
	pid = disturb(SIGUSR2, 2); /* ignored */
	(void)alarm(1);
	alarms = 0;
	CHECK(read_interrupted() && alarms == 1);
	CHECK(child_end(pid) == 0);
}

static void
waiting(void)
{
	int status;
	pid_t first = fork(), second;

	if (first == 0) {
		pause_ms(150);
		_exit(5);
	}
	second = disturb(SIGUSR1, 1);
	CHECK(waitpid(first, &status, 0) == -1 && errno == EINTR);
	CHECK(waitpid(first, &status, 0) == first && WEXITSTATUS(status) == 5);
	CHECK(child_end(second) == 0);
	second = disturb(SIGUSR1, 1);
	CHECK(pause() == -1 && errno == EINTR);
	CHECK(child_end(second) == 0);
	second = disturb(SIGUSR1, 1);
	CHECK(sleep(20) > 10);
	CHECK(child_end(second) == 0);
}

static void
fifos_and_locks(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	pid_t pid;
	int f;

	CHECK(mkfifo("/tmp/pm.fifo", 0600) == 0);
	pid = disturb(SIGUSR1, 1);
	CHECK(open("/tmp/pm.fifo", O_RDONLY) == -1 && errno == EINTR);
	CHECK(child_end(pid) == 0 && unlink("/tmp/pm.fifo") == 0);
	f = open("/tmp/pm.lock", O_RDWR | O_CREAT, 0600);
	pid = fork();
	if (pid == 0) {
		_exit(fcntl(f, F_SETLK, &lock) != 0 || (pause_ms(300), false));
	}
	pause_ms(100);
	(void)alarm(0); /* there is none */
	disturb(SIGUSR1, 1);
	CHECK(fcntl(f, F_SETLKW, &lock) == -1 && errno == EINTR);
	CHECK(child_end(pid) == 0);
	CHECK(fcntl(f, F_SETLKW, &lock) == 0);
	CHECK(wait(NULL) > 0);
	close(f);
	unlink("/tmp/pm.lock");
}

/* Waits in the given way until somebody kills it. */
static int
wait_somehow(int how)
{
	char c;

	switch (how) {
	case 0:
		return (int)read(fd[0], &c, 1);
	case 1:
		return pause();
	case 2:
		return open("/tmp/pm.fifo", O_WRONLY);
	case 3:
		for (;;)
			;
	default:
		for (;;)
			(void)getppid();
	}
}

static void
killed(void)
{
	pid_t pid;
	int how;

	CHECK(mkfifo("/tmp/pm.fifo", 0600) == 0);
	for (how = 0; how < 5; how++) {
		pid = fork();
		if (pid == 0)
			_exit(wait_somehow(how));
		pause_ms(30);
		CHECK(kill(pid, SIGKILL) == 0);
		CHECK(child_end(pid) == SIGNALLED + SIGKILL);
		CHECK(kill(pid, 0) == -1 && errno == ESRCH);
	}
	CHECK(unlink("/tmp/pm.fifo") == 0);
}

int
main(int argc, char **argv)
{
	pid_t pid;

	(void)report_begin("pm-interrupt", argc > 1 ? argv[1] : NULL);
	CHECK(pipe(fd) == 0);
	catch (SIGUSR1, on_alarm);
	catch (SIGALRM, on_alarm);
	catch (SIGUSR2, SIG_IGN);
	pipes();
	waiting();
	fifos_and_locks();
	killed();
	catch (SIGCHLD, on_child);
	children = 0;
	pid = fork();
	if (pid == 0)
		_exit((pause_ms(50), 3));
	CHECK(pause() == -1 && errno == EINTR && children == 1);
	CHECK(child_end(pid) == 3);
	return report_end();
}
