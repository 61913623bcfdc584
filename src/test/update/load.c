/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C4, C6. Services are replaced again and again while programs keep
 * them busy: what they do for one instance and what for the next is all done,
 * once, and nothing is left behind. Trap T24: a slip in what a service says of
 * its state shows under load alone.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <signal.h>
#include <sys/wait.h>

#include "test/program/program.h"
#include "test/update/client.h"

#define UPDATES  12
#define CLIENTS  3
#define BLOCK    4096
#define REQUESTS 10000 /* of each client */

/* Read zeros, for as long as there are any. */
static _Noreturn void
zeros(void)
{
	static char buf[BLOCK];
	int fd = open("/dev/zero", O_RDONLY), i;

	for (;;) {
		memset(buf, 1, sizeof buf);
		if (read(fd, buf, sizeof buf) != BLOCK)
			_exit(1);
		for (i = 0; i < BLOCK; i++)
			if (buf[i] != 0)
				_exit(2);
	}
}

static void
busy(const char *label, void (*what)(void))
{
	int pid[CLIENTS], i, status;

	for (i = 0; i < CLIENTS; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			what();
	}
	for (i = 0; i < UPDATES; i++)
		CHECK_STATUS(update(label, SEF_LU_STATE_WORK_FREE, 0), OK);
	for (i = 0; i < CLIENTS; i++) {
		CHECK(kill(pid[i], SIGKILL) == 0);
		CHECK(waitpid(pid[i], &status, 0) == pid[i]);
		CHECK(WIFSIGNALED(status)); /* it had not ended by itself */
		if (WIFEXITED(status))
			(void)report_note("%s: client %d ends with %d", label,
			    i, WEXITSTATUS(status));
	}
}

/* Have the agent count. A request that fails was not taken: the next instance
 * gets it. */
static _Noreturn void
count(void)
{
	int done = 0;

	while (done < REQUESTS)
		done += agent_ask(UPDATE_WORK) == OK || agent_replaced();
	_exit(0);
}

/* Each request is counted once, by whatever instance. */
static void
counted(void)
{
	int pid[CLIENTS], i;

	CHECK_STATUS(agent_begin(), OK);
	for (i = 0; i < CLIENTS; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			count();
	}
	for (i = 0; i < UPDATES; i++)
		CHECK_STATUS(update(UPDATE_LABEL, SEF_LU_STATE_WORK_FREE, 0),
		    OK);
	for (i = 0; i < CLIENTS; i++)
		CHECK(child_end(pid[i]) == 0);
	CHECK(agent_replaced());
	CHECK(agent_look()->counter == CLIENTS * REQUESTS + 1);
	CHECK_STATUS(agent_finish(), OK);
}

int
main(int argc, char **argv)
{
	(void)report_begin("update-load", argc > 1 ? argv[1] : NULL);
	busy("memory", zeros);
	counted();
	CHECK(system_alive());
	return report_end();
}
