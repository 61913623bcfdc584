/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Figures about services that start, and that die and return. A service is
 * killed once, while it has nothing to do, and then used until it answers. RS
 * starts it again at once, since it is its first failure.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/is.h>

#include "test/bench/bench.h"
#include "test/rs/client.h"

PROTO_STUB(IS_USAGE, is_usage)

static char buffer[512];

/* Read a little of a device. */
static int
device_read(const char *name)
{
	int fd = open(name, O_RDONLY | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, buffer, sizeof buffer);

	if (fd >= 0)
		(void)close(fd);
	return n >= 0 ? 0 : -1;
}

static int
ata_answers(void)
{
	return device_read("/dev/c0d0");
}

static int
memory_answers(void)
{
	return device_read("/dev/zero");
}

static int
log_answers(void)
{
	return device_read("/dev/klog");
}

static int
tty_answers(void)
{
	int fd = open("/dev/console", O_WRONLY | O_NOCTTY);
	ssize_t n = fd < 0 ? -1 : write(fd, "", 0);

	if (fd >= 0)
		(void)close(fd);
	return n >= 0 ? 0 : -1;
}

static int
ext2_answers(void)
{
	return access("/etc/passwd", R_OK);
}

static int
pipe_answers(void)
{
	int fd[2];
	int r;

	if (pipe(fd) != 0)
		return -1;
	r = write(fd[1], buffer, 1) == 1 && read(fd[0], buffer, 1) == 1 ? 0
									: -1;
	(void)close(fd[0]);
	(void)close(fd[1]);
	return r;
}

/* It is told where services are before it is asked for the first time. */
static int
ds_answers(void)
{
	struct rs_info info;

	return agent_info("ds", &info) && info.pub.endpoint != NONE &&
		!(info.flags & RSI_INITIALIZING)
	    ? 0
	    : -1;
}

static int
is_answers(void)
{
	struct is_usage_req req = { .ep = NONE };
	struct is_usage_rep rep;
	struct rs_info info;

	return agent_info("is", &info) && info.pub.endpoint != NONE &&
		call_is_usage(info.pub.endpoint, &req, &rep) == OK
	    ? 0
	    : -1;
}

static const struct victim {
	const char *id, *label;
	int (*answers)(void);
} victims[] = { { "recover-ata", "ata", ata_answers },
	{ "recover-ext2", "ext2", ext2_answers },
	{ "recover-tty", "tty", tty_answers },
	{ "recover-memory", "memory", memory_answers },
	{ "recover-log", "log", log_answers },
	{ "recover-pipe", "pipe", pipe_answers },
	{ "recover-ds", "ds", ds_answers },
	{ "recover-is", "is", is_answers } };

#define VICTIMS (sizeof victims / sizeof victims[0])
#define TRIES   100000

static const struct victim *victim;
static struct rs_info info;

/* What it is killed in the middle of is not to be measured. */
static int
victim_find(void)
{
	sync();
	return victim->answers() == 0 && agent_info(victim->label, &info) ? 0
									  : -1;
}

static int
victim_return(void)
{
	int i;

	if (kill(info.pid, SIGKILL) != 0)
		return -1;
	for (i = 0; i < TRIES; i++)
		if (victim->answers() == 0)
			return 0;
	return -1;
}

static int
start_prepare(void)
{
	(void)service_stop("bench.start"); /* of the round before */
	return 0;
}

static int
start_once(void)
{
	return agent_up("bench.start", "ok", 0, 0) == OK ? 0 : -1;
}

void
bench_recover(void)
{
	bench_prepared("start", 5, start_prepare, start_once);
	(void)start_prepare(); /* it stops the last one */
	for (victim = victims; victim < victims + VICTIMS; victim++)
		bench_prepared(victim->id, 1, victim_find, victim_return);
}
