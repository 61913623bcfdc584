/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A driver with any device number that RS accepts can be used; one with the
 * first number beyond, with another's, or with that of /dev/tty is refused. A
 * service that was taken down and is started from its file does its work as
 * before. It is no superuser's unless its entry says so. Proves B3.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/stat.h>
#include <unistd.h>

#include <abi/dev.h>
#include <proto/pm_info.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define NODE        "/tmp/device"
#define CONF        "/tmp/device.conf"
#define UID_SERVICE 12 /* see system.conf(5) */

/* Start another memory driver. */
static int
driver_up(int major)
{
	char command[96];

	snprintf(command, sizeof command,
	    "service up /sbin/memory -label mem2 -major %d 2>/dev/null", major);
	return shell(command);
}

/* Read zeros from a device of a major. */
static bool
zeros(int major)
{
	char buf[4] = "xxx";
	int fd;
	bool ok;

	(void)unlink(NODE);
	if (mknod(NODE, S_IFCHR | 0600, (dev_t)dev_make(major, ZERO_MINOR)) !=
	    0)
		return false;
	fd = open(NODE, O_RDONLY);
	ok = fd >= 0 && read(fd, buf, 4) == 4 && memcmp(buf, "\0\0\0", 4) == 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Whom does a service run as? -1: there is none. */
static int
user_of(const char *label)
{
	struct pm_procinfo info;
	struct rs_info rs;
	int slot = 0;

	if (!agent_info(label, &rs))
		return -1;
	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.ep == rs.pub.endpoint)
			return (int)info.uid;
	return -1;
}

static void
majors(void)
{
	static const int good[] = { 2, 31, 32, NR_MAJORS - 1 };
	size_t i;

	for (i = 0; i < sizeof good / sizeof good[0]; i++) {
		CHECK(!zeros(good[i]) && errno == ENXIO);
		CHECK(driver_up(good[i]) == 0);
		CHECK(zeros(good[i]));
		CHECK(shell("service down mem2") == 0);
		CHECK(!zeros(good[i]));
	}
	CHECK(driver_up(NR_MAJORS) == EINVAL);
	CHECK(driver_up(CTTY_MAJOR) == EINVAL);
	CHECK(driver_up(TTY_MAJOR) == EEXIST);
	(void)unlink(NODE);
}

/* Of a service whose entry says so, and of one whose does not. */
static void
users(void)
{
	CHECK(shell("echo 'service * { };' >" CONF) == 0);
	CHECK(shell("service up /test/rs-agent -args ok -label t.user "
		    "-config " CONF) == 0);
	(void)unlink(CONF);
	CHECK(user_of("t.user") == UID_SERVICE);
	CHECK(shell("service down t.user") == 0);
	CHECK(user_of("memory") == 0);
}

static void
from_files(void)
{
	CHECK(shell("service down pipe") == 0);
	CHECK(shell("service up /sbin/pipe") == 0);
	CHECK(shell("test \"`echo through | cat`\" = through") == 0);
	CHECK(shell("service down memory") == 0);
	CHECK(shell("service up /sbin/memory") == 0);
	CHECK(zeros(MEMORY_MAJOR));
	(void)unlink(NODE);
}

int
main(int argc, char **argv)
{
	(void)report_begin("rs-device", argc > 1 ? argv[1] : NULL);
	majors();
	from_files();
	users();
	return report_end();
}
