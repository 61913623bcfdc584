/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Copies with head, pages and tail, hundreds of times by each of
 * two at once, while others fork, fault and write to pipes; then the one who
 * is copied from dies in the middle of it, and the one who copies.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "test/safecopy/client.h"

#define TIMES  300
#define DEATHS 2
#define SIZE   (3 * PAGE)

static struct agent x; /* is killed */

/* A task for an agent: copy again and again what g has at `from`. */
static int
begin(struct agent *who, vir_bytes from, vir_bytes len, int times)
{
	vir_bytes to = agent_map(who, 4);
	int gid = agent_grant(&g, who->ep, from, len, RW);

	who->op.who = g.ep;
	who->op.gid = gid;
	who->op.offset = from;
	who->op.addr = to + from % PAGE;
	who->op.len = len;
	who->op.access = times;
	agent_begin(who, A_AGAIN);
	return gid;
}

/* What others do meanwhile. */
static void
disturb(void)
{
	static char data[16384];
	int fd[2] = { -1, -1 }, status;
	pid_t pid;

	CHECK(pipe(fd) == 0);
	pid = fork();
	if (pid == 0) {
		data[5000] = 'c';
		_exit(write(fd[1], data, sizeof data) != (int)sizeof data);
	}
	data[100]++;
	CHECK(read(fd[0], data, 4096) > 0);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	close(fd[0]);
	close(fd[1]);
}

static void
hundreds(void)
{
	vir_bytes a = agent_map(&g, 4), b = agent_map(&g, 4);
	unsigned int loads = 0;

	(void)begin(&u, a, PAGE + 100, TIMES);
	(void)begin(&w, b + 4000, SIZE - 96, TIMES);
	while (u.op.box.done != u.op.box.asked ||
	    w.op.box.done != w.op.box.asked) {
		disturb();
		loads++;
	}
	(void)report_obs("tail", "%d", agent_end(&u));
	(void)report_obs("head-and-tail", "%d", agent_end(&w));
	(void)report_obs("count.loads", "%u", loads);
}

/* Whoever dies: the others get an error or their data, and go on. */
static void
deaths(void)
{
	int i, r, errors = 0;

	for (i = 0; i < DEATHS; i++) {
		(void)begin(&u, agent_map(&g, 4), SIZE + 100, 1000000);
		disturb();
		CHECK(service_again("scopy.g", &g.ep) == OK);
		r = agent_end(&u);
		errors += r < 0;
		(void)report_obs("count.error", "%d", r);
	}
	(void)report_obs("source-died", "%d", errors);
	for (i = 0; i < DEATHS; i++) {
		CHECK(agent_start_once(&x, 'x') == OK);
		(void)begin(&x, agent_map(&g, 4), SIZE + 100, 1000000);
		disturb();
		w.op.who = x.ep;
		CHECK(agent_do(&w, A_KILL) == OK);
	}
	(void)report_obs("dest-died", "%d", i);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-load");
	hundreds();
	deaths();
	return agents_close();
}
