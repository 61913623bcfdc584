/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The driver of the root disk falls silent, so that no program can be read.
 * A shell of the superuser that runs already still lists the services and has
 * the driver started again, and the system goes on. Proves C3.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>

#include "test/program/program.h"
#include "test/rs/client.h"

/* It finds no program, also none that is still in memory. */
#define COMMANDS                                                               \
	"PATH=/nowhere\n"                                                      \
	"service status\n"                                                     \
	"service refresh ata || echo refused\n"                                \
	"service down nobody\n"                                                \
	"echo end\n"

/* A shell that reads commands from a pipe, and answers into another. */
static pid_t
shell_start(int *commands, int *answers)
{
	int in[2], out[2];
	pid_t pid;

	if (pipe(in) != 0 || pipe(out) != 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		(void)dup2(in[0], STDIN_FILENO);
		(void)dup2(out[1], STDOUT_FILENO);
		(void)dup2(out[1], STDERR_FILENO);
		(void)close(in[1]);
		(void)close(out[0]);
		(void)execl("/bin/sh", "sh", (char *)NULL);
		_exit(1);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	*commands = in[1];
	*answers = out[0];
	return pid;
}

/* What the shell says until it has said a word, or ends. */
static const char *
answers_read(int fd, const char *last)
{
	static char text[4096];
	size_t n = 0;
	ssize_t r;

	do {
		r = read(fd, text + n, sizeof text - 1 - n);
		n += r > 0 ? (size_t)r : 0;
		text[n] = '\0';
	} while (r > 0 && strstr(text, last) == NULL);
	return text;
}

/* Have a service stop the driver. */
static bool
driver_stop(endpoint_t ata)
{
	struct rs_info agent;
	char command[160];

	(void)snprintf(command, sizeof command,
	    "service up /test/shutdown-agent -config /etc/test.conf "
	    "-label t.stop -args 't.stop stop %d'",
	    (int)ata);
	if (shell(command) != 0 || !agent_info("t.stop", &agent))
		return false;
	return msg_call(agent.pub.endpoint, 1, NULL, 0, NULL, 0) == OK;
}

int
main(int argc, char **argv)
{
	int commands = -1, answers = -1, disk;
	struct rs_info before = { 0 }, after = { 0 };
	const char *said;
	char sector[512];
	pid_t pid;

	(void)report_begin("rs-shell", argc > 1 ? argv[1] : NULL);
	pid = shell_start(&commands, &answers);
	CHECK(pid > 0);
	CHECK(write(commands, "echo ready\n", 11) == 11);
	(void)answers_read(answers, "ready"); /* its program is in memory */
	disk = open("/dev/c0d0", O_RDONLY);
	CHECK(disk >= 0 && agent_info("ata", &before));
	CHECK(driver_stop(before.pub.endpoint));

	CHECK(write(commands, COMMANDS, strlen(COMMANDS)) > 0);
	said = answers_read(answers, "end\n");
	CHECK(strstr(said, "LABEL") != NULL && strstr(said, "ata ") != NULL);
	CHECK(strstr(said, "refused") == NULL);
	CHECK(strstr(said, "nobody") != NULL);
	CHECK(agent_info("ata", &after) &&
	    after.pub.endpoint != before.pub.endpoint);
	CHECK(close(commands) == 0 && waitpid(pid, NULL, 0) == pid);

	CHECK(lseek(disk, 0x100000, SEEK_SET) >= 0 &&
	    read(disk, sector, sizeof sector) == sizeof sector);
	CHECK(label_request(RS_DOWN, "t.stop") == OK);
	CHECK(system_alive());
	return report_end();
}
