/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A2. The rest of the system is well, whoever shares memory: the shell
 * runs programs, files keep what is written, children have memory of their
 * own, and a service can be started, copied from and stopped.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "test/program/program.h"
#include "test/safemap/client.h"

static unsigned char bytes[10000];

/* Write a file of this run's bytes and read it back. */
static void
file(void)
{
	int fd = open("/tmp/sane", O_RDWR | O_CREAT | O_TRUNC, 0600);

	nonce_spread(report_nonce(), "file", bytes, sizeof bytes);
	if (fd < 0 || write(fd, bytes, sizeof bytes) != (int)sizeof bytes ||
	    lseek(fd, 0, SEEK_SET) != 0)
		(void)report_obs("write", "error");
	memset(bytes, 0, sizeof bytes);
	if (read(fd, bytes, sizeof bytes) != (int)sizeof bytes)
		(void)report_obs("read", "error");
	(void)report_digest("file", bytes, sizeof bytes);
	close(fd);
	(void)unlink("/tmp/sane"); /* the next run writes it anew */
}

/* What a child writes stays in the child. */
static int
child_writes(void)
{
	memset(bytes, 1, sizeof bytes);
	return 5;
}

int
main(int argc, char **argv)
{
	int gid;

	agents_open(argc, argv, "safemap-sane");
	(void)SEE("shell", shell("exit 7"), 7);
	(void)SEE("pipe", shell("echo one two | grep -q two && exit 3"), 3);
	file();
	(void)SEE("child", child(child_writes), 5);
	(void)report_digest("parent", bytes, sizeof bytes);
	gid = grant(&g, u.ep, CPF_READ);
	store(&g, g.mem, PAGES, 0);
	u.op.from = g.ep;
	(void)SEE("copy", copy(&u, S_FROM, gid, u.mem, RANGE), OK);
	store(&g, g.mem, PAGES, 1);
	(void)SEE_WORD("copied", load(&u, u.mem, PAGES), word_of(0));
	return agents_close();
}
