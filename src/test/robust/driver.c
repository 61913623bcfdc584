/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C3. Drivers and servers of the boot image are killed one after
 * the other, twice each, while programs use them: RS brings each back, and
 * then it does its work as before.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "test/program/program.h"
#include "test/rs/client.h"

/* Try for a few seconds: the first request after a restart may be lost. */
static bool
soon(bool (*works)(void))
{
	int i;

	for (i = 0; i < 50; i++) {
		if (works())
			return true;
		pause_ms(100);
	}
	return false;
}

static bool
memory_works(void)
{
	char buf[4] = "xxx";
	int fd = open("/dev/zero", O_RDWR);
	bool ok =
	    fd >= 0 && read(fd, buf, 4) == 4 && memcmp(buf, "\0\0\0", 4) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
log_works(void)
{
	char buf[16];
	int fd = open("/dev/klog", O_RDONLY | O_NONBLOCK);
	bool ok =
	    fd >= 0 && (read(fd, buf, sizeof buf) >= 0 || errno == EAGAIN);

	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
tty_works(void)
{
	int fd = open("/dev/console", O_WRONLY | O_NOCTTY);
	bool ok = fd >= 0 && write(fd, "tty works\n", 10) == 10;

	if (fd >= 0)
		close(fd);
	return ok;
}

/* The disk itself, past all caches. */
static bool
ata_works(void)
{
	static unsigned char sector[512];
	int fd = open("/dev/c0d0", O_RDONLY);
	bool ok = fd >= 0 && read(fd, sector, 512) == 512 &&
	    sector[510] == 0x55 && sector[511] == 0xaa;

	if (fd >= 0)
		close(fd);
	sync();
	return ok && system_alive();
}

static bool
pipe_works(void)
{
	char c = 0;
	int fd[2];
	bool ok;

	if (pipe(fd) != 0)
		return false;
	ok = write(fd[1], "p", 1) == 1 && read(fd[0], &c, 1) == 1 && c == 'p';
	close(fd[0]);
	close(fd[1]);
	return ok;
}

static bool
service_works(void)
{
	int r = agent_up("t.driver", "ok", 0, 0);

	return r == 0 && label_request(RS_DOWN, "t.driver") == 0;
}

static const struct victim {
	const char *label;
	bool (*works)(void);
} victims[] = { { "memory", memory_works }, { "log", log_works },
	{ "tty", tty_works }, { "ata", ata_works }, { "pipe", pipe_works },
	{ "ds", service_works }, { "is", service_works } };

static void
murder(const struct victim *v, int sig)
{
	struct rs_info info;

	(void)report_note("%s, signal %d", v->label, sig);
	CHECK(soon(v->works));
	if (!CHECK(agent_info(v->label, &info)))
		return;
	CHECK(kill(info.pid, sig) == 0);
	CHECK(agent_again(v->label, &info));
	CHECK(soon(v->works));
	CHECK(system_alive());
}

int
main(int argc, char **argv)
{
	size_t i;

	(void)report_begin("robust-driver", argc > 1 ? argv[1] : NULL);
	for (i = 0; i < sizeof victims / sizeof victims[0]; i++)
		murder(&victims[i], SIGKILL);
	for (i = 0; i < sizeof victims / sizeof victims[0]; i++)
		murder(&victims[i], SIGSEGV);
	return report_end();
}
