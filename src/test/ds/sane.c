/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The rest of the system is well: services answer, the shell runs programs,
 * files keep what is written. Proves A3.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/rs.h>

#include "test/ds/agent.h"
#include "test/report/report.h"

PROTO_STUB(RS_LOOKUP, rs_lookup)

/* How many of the services are there. */
static unsigned int
services(void)
{
	static const char *const labels[] = { "pm", "vfs", "ds", "vm", "tty",
		"memory", "log", "ata", "ext2", "pipe" };
	struct rs_lookup_req req;
	struct rs_lookup_rep rep;
	unsigned int i, n = 0;

	for (i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		strcpy(req.label, labels[i]);
		n += call_rs_lookup(RS_PROC_NR, &req, &rep) == OK;
	}
	return n;
}

/* Exit status of a shell command. */
static int
shell(const char *command)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(126);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* Write a file of this run's bytes and read it back. */
static void
file(void)
{
	static unsigned char out[10000], in[10000];
	int fd = open("/tmp/sane", O_RDWR | O_CREAT | O_TRUNC, 0600);

	nonce_spread(report_nonce(), "file", out, sizeof out);
	if (fd < 0 || write(fd, out, sizeof out) != (int)sizeof out ||
	    lseek(fd, 0, SEEK_SET) != 0 ||
	    read(fd, in, sizeof in) != (int)sizeof in)
		(void)report_obs("file", "error");
	else
		(void)report_digest("file", in, sizeof in);
	close(fd);
	(void)unlink("/tmp/sane"); /* the next run writes it anew */
}

int
main(int argc, char **argv)
{
	(void)report_begin("ds-sane", argc > 1 ? argv[1] : NULL);
	(void)report_obs("services", "%u", services());
	(void)report_obs("shell", "%d", shell("exit 7"));
	(void)report_obs("pipe", "%d",
	    shell("echo one two | grep -q two && exit 3"));
	file();
	return report_end();
}
