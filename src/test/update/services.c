/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C4, C6. Services of the system replaced while programs use them: none
 * of them notices, or, where it would, the service does not get ready.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <abi/dev.h>

#include "test/program/program.h"
#include "test/update/client.h"

#define NODE   "/dev/test-update"
#define ASK    "\033[H\033[6n" /* makes the screen type the answer */
#define ANSWER "\033[1;1R"
#define LENGTH 6 /* bytes in it */

static int fd;

/* A service moves on, and the system works. */
static void
moves(const char *label, int state)
{
	struct rs_info before = { .flags = 0 }, now = { .flags = 0 };

	CHECK(agent_info(label, &before));
	CHECK_STATUS(update(label, state, 0), OK);
	CHECK(agent_info(label, &now) && now.flags == 0);
	CHECK(now.pub.endpoint != before.pub.endpoint);
	CHECK(now.restarts == before.restarts + 1);
	CHECK(now.failures == before.failures);
	CHECK(system_alive());
}

/* A service does not get ready. */
static void
stays(const char *label, int state)
{
	struct rs_info before = { .flags = 0 }, now = { .flags = 0 };

	CHECK(agent_info(label, &before));
	CHECK_STATUS(update(label, state, 1), -ETIMEDOUT);
	CHECK(agent_info(label, &now) && now.flags == 0);
	CHECK(now.pub.endpoint == before.pub.endpoint);
}

static void
type(void)
{
	CHECK(write(fd, ASK, sizeof ASK - 1) == (ssize_t)sizeof ASK - 1);
}

static int
typed(void)
{
	char buf[LENGTH + 1];

	return read(fd, buf, sizeof buf) == LENGTH &&
		memcmp(buf, ANSWER, LENGTH) == 0
	    ? 0
	    : 1;
}

/* Neither echo nor lines; and something that differs from all defaults. */
static void
settings(struct termios *t)
{
	CHECK(tcgetattr(fd, t) == 0);
	t->c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	t->c_cc[VMIN] = 1;
	t->c_cc[VKILL] = 'K';
	CHECK(tcsetattr(fd, TCSAFLUSH, t) == 0);
}

static void
terminal(void)
{
	struct termios set, now;
	pid_t pid;

	(void)unlink(NODE);
	CHECK(mknod(NODE, S_IFCHR | 0600, dev_make(TTY_MAJOR, VGA_MINOR)) == 0);
	fd = open(NODE, O_RDWR | O_NOCTTY);
	if (!CHECK(fd >= 0))
		return;
	settings(&set);
	type(); /* nobody has read it yet */
	stays("tty", SEF_LU_STATE_PROTOCOL_FREE);
	moves("tty", SEF_LU_STATE_WORK_FREE);
	CHECK(tcgetattr(fd, &now) == 0 && memcmp(&now, &set, sizeof now) == 0);
	CHECK(typed() == 0);
	moves("tty", SEF_LU_STATE_PROTOCOL_FREE);

	pid = fork(); /* somebody waits for input */
	if (pid == 0)
		_exit(typed());
	pause_ms(50);
	stays("tty", SEF_LU_STATE_REQUEST_FREE);
	type();
	CHECK(child_end(pid) == 0);
	moves("tty", SEF_LU_STATE_REQUEST_FREE);
	CHECK(tcgetattr(fd, &now) == 0 && memcmp(&now, &set, sizeof now) == 0);
	close(fd);
	CHECK(unlink(NODE) == 0);
}

static void
pipes(void)
{
	int ends[2];
	char c = 'x';

	CHECK(pipe(ends) == 0);
	CHECK(write(ends[1], &c, 1) == 1);
	stays("pipe", SEF_LU_STATE_WORK_FREE);
	c = '\0';
	CHECK(read(ends[0], &c, 1) == 1 && c == 'x');
	close(ends[0]);
	close(ends[1]);
	moves("pipe", SEF_LU_STATE_WORK_FREE);
}

int
main(int argc, char **argv)
{
	static const char *const ready[] = { "log", "memory", "is", "ata",
		"ds" };
	size_t i;

	(void)report_begin("update-services", argc > 1 ? argv[1] : NULL);
	CHECK(shell("ds set -t str t.update.kept kept") == 0);
	for (i = 0; i < sizeof ready / sizeof ready[0]; i++) {
		moves(ready[i], SEF_LU_STATE_WORK_FREE);
		moves(ready[i], SEF_LU_STATE_PROTOCOL_FREE);
		CHECK_STATUS(update(ready[i], SEF_LU_STATE_CUSTOM_BASE, 0),
		    -EINVAL);
	}
	terminal();
	pipes();
	CHECK(
	    shell("service update log -state request_free -maxtime 1HZ") == 0);
	CHECK(shell("service update log -state 9 2>/dev/null") == EINVAL);
	CHECK(shell("service update rs 2>/dev/null") == EPERM);
	return report_end();
}
