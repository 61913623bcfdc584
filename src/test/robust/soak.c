/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C3, D11. Eight processes work for a while, each on what it draws:
 * files in a shared directory, pipes, children, programs, memory, signals.
 * Nothing any of them does may fail, whoever else works; afterwards there are
 * as many processes, frames, blocks and inodes as before. Then once more,
 * while drivers are killed: now requests may fail, but end they must.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <lacuna/msgcall.h>
#include <proto/pm.h>
#include <proto/vm.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define WORKERS 8
#define JOBS    40
#define DIR     "/tmp/soak"

static uint32_t state;

static uint32_t
draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

/* Write a file of one's own, read it back, rename it, remove it. */
static int
use_file(int who)
{
	static char data[20000], back[20000];
	size_t n = draw(sizeof data - 1) + 1;
	char name[32], other[32];
	int fd, ok;

	snprintf(name, sizeof name, DIR "/w%d", who);
	snprintf(other, sizeof other, DIR "/w%d.other", who);
	memset(data, 'a' + who, n);
	fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0)
		return 1;
	ok = write(fd, data, n) == (int)n && lseek(fd, 0, SEEK_SET) == 0 &&
	    read(fd, back, sizeof back) == (int)n && memcmp(data, back, n) == 0;
	if (close(fd) != 0 || !ok || rename(name, other) != 0)
		return 2;
	return unlink(other) == 0 && access(other, F_OK) != 0 ? 0 : 3;
}

/* The same names as everybody: only some answers are possible. */
static int
use_common_name(int who)
{
	int fd = open(DIR "/common", O_WRONLY | O_CREAT, 0600);

	(void)who;
	if (fd < 0)
		return 4;
	if (write(fd, "common", 6) != 6 || close(fd) != 0)
		return 5;
	if (link(DIR "/common", DIR "/link") != 0 && errno != EEXIST &&
	    errno != ENOENT)
		return 6;
	if (unlink(DIR "/link") != 0 && errno != ENOENT)
		return 7;
	if (mkdir(DIR "/dir", 0700) != 0 && errno != EEXIST)
		return 8;
	return rmdir(DIR "/dir") == 0 || errno == ENOENT ? 0 : 9;
}

static int
use_pipe(int who)
{
	char c = 0;
	int fd[2], i;
	pid_t pid;

	if (pipe(fd) != 0)
		return 10;
	pid = fork();
	if (pid == 0) {
		for (i = 0; i < 20; i++)
			if (write(fd[1], &who, 1) != 1)
				_exit(1);
		_exit(0);
	}
	close(fd[1]);
	for (i = 0; read(fd[0], &c, 1) == 1 && c == (char)who; i++)
		continue;
	close(fd[0]);
	if (pid > 0 && child_end(pid) != 0)
		return 11;
	return pid > 0 && i == 20 ? 0 : 12;
}

static int
use_program(int who)
{
	(void)who;
	return shell("echo one two three | wc -w | grep -q 3") == 0 ? 0 : 13;
}

static int
use_memory(int who)
{
	size_t n = (draw(50) + 1) * 4096, i;
	char *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON,
	    -1, 0);

	if (p == MAP_FAILED)
		return 14;
	for (i = 0; i < n; i += 4096)
		if (p[i] != 0)
			return 15;
	memset(p, who, n);
	return p[n - 1] == (char)who && munmap(p, n) == 0 ? 0 : 16;
}

static int
use_signal(int who)
{
	int status;
	pid_t pid = fork();

	(void)who;
	if (pid == 0)
		for (;;)
			pause();
	if (pid < 0 || kill(pid, SIGTERM) != 0)
		return 17;
	if (waitpid(pid, &status, 0) != pid)
		return 18;
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM ? 0 : 19;
}

static int (*const jobs[])(int) = { use_file, use_common_name, use_pipe,
	use_program, use_memory, use_signal };

static int
work(int who)
{
	int i, r = 0;

	state = (uint32_t)who * 2654435761u + 1;
	for (i = 0; i < JOBS && r == 0; i++)
		r = jobs[draw(sizeof jobs / sizeof jobs[0])](who);
	return r;
}

struct figures {
	uint32_t frames;
	unsigned long blocks, inodes;
	int processes;
};

/* What is in use. Programs that run may share their code with the cache of
 * the file server, which therefore is filled with something else first. */
static struct figures
measure(void)
{
	struct vm_info_req req = { .ep = NONE };
	struct vm_info_rep rep = { 0 };
	struct pm_procinfo info;
	struct figures f = { 0 };
	struct statvfs s;
	int slot = 0;

	CHECK(shell("cat /test/* >/dev/null") == 0);
	pause_ms(500); /* for what is still on its way out */
	while ((slot = getprocinfo(slot, &info)) >= 0)
		f.processes++;
	if (statvfs("/tmp", &s) == 0) {
		f.blocks = (unsigned long)s.f_bfree;
		f.inodes = (unsigned long)s.f_ffree;
	}
	if (msg_call(VM_PROC_NR, VM_INFO, &req, sizeof req, &rep, sizeof rep) ==
	    OK)
		f.frames = rep.frames_free;
	return f;
}

/* All work at once; how many failed? */
static int
workers(void (*meanwhile)(void))
{
	pid_t pid[WORKERS];
	int i, r, failed = 0;

	for (i = 0; i < WORKERS; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(work(i));
	}
	if (meanwhile != NULL)
		meanwhile();
	for (i = 0; i < WORKERS; i++) {
		r = pid[i] > 0 ? child_end(pid[i]) : NO_CHILD;
		if (r == 0)
			continue;
		failed++;
		(void)report_note("worker %d: %d", i, r);
	}
	return failed;
}

static void
murders(void)
{
	static const char *const label[] = { "log", "memory", "ds", "is", "tty",
		"ata", "pipe" };
	struct rs_info info;
	size_t i;

	for (i = 0; i < sizeof label / sizeof label[0]; i++) {
		pause_ms(100);
		if (!CHECK(agent_info(label[i], &info)))
			continue;
		CHECK(kill(info.pid, SIGKILL) == 0);
		CHECK(agent_again(label[i], &info));
	}
}

int
main(int argc, char **argv)
{
	struct figures before, after;

	(void)report_begin("robust-soak", argc > 1 ? argv[1] : NULL);
	CHECK(mkdir(DIR, 0777) == 0 && workers(NULL) == 0); /* tables grow */
	before = measure();
	CHECK(workers(NULL) == 0);
	after = measure();
	CHECK(after.processes == before.processes);
	(void)report_note("frames %u %u", (unsigned)before.frames,
	    (unsigned)after.frames);
	CHECK(after.frames + 8 >= before.frames);
	CHECK(unlink(DIR "/common") == 0 || errno == ENOENT);
	(void)workers(murders); /* they may fail, but have to end */
	CHECK(shell("rm -rf " DIR) == 0);
	after = measure();
	CHECK(after.processes == before.processes);
	(void)report_note("blocks %lu %lu, inodes %lu %lu, frames %u %u",
	    before.blocks, after.blocks, before.inodes, after.inodes,
	    (unsigned)before.frames, (unsigned)after.frames);
	CHECK(after.blocks >= before.blocks && after.inodes >= before.inodes);
	CHECK(system_alive());
	return report_end();
}
