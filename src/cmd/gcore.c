/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * gcore: the core file of a process that goes on. It is traced meanwhile; and
 * as it would die with its tracer, signals from the terminal wait until it is
 * let go.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/lacuna.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/errno.h>
#include <abi/ptrace.h>
#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>
#include <lacuna/core.h>

#include <proto/pm.h>

static const char usage[] =
    "gcore [-o file] pid\n"
    "Write the core file of a process, core.PID or another; it goes on.\n";

/* Whose memory goes where. */
struct dump {
	pid_t pid;
	int fd;
};

static int
put(void *arg, uint32_t position, const void *bytes, uint32_t n)
{
	const struct dump *d = arg;
	const char *p = bytes;
	ssize_t done;

	for (; n > 0; n -= (uint32_t)done) {
		done = pwrite(d->fd, p, n, (off_t)position);
		if (done <= 0)
			return done < 0 ? -errno : -ENOSPC;
		p += done;
		position += (uint32_t)done;
	}
	return 0;
}

static int
put_memory(void *arg, uint32_t position, vir_bytes addr, uint32_t n)
{
	static char page[PAGE_SIZE];
	const struct dump *d = arg;
	struct ptrace_range range = { .pr_space = TS_DATA, .pr_ptr = page };
	int r = 0;

	for (; r == 0 && n > 0; n -= range.pr_size) {
		range.pr_addr = (long)addr;
		range.pr_size = n < sizeof page ? n : sizeof page;
		if (ptrace(T_GETRANGE, d->pid, (long)&range, 0) != 0)
			return -errno;
		r = put(arg, position, page, range.pr_size);
		addr += range.pr_size;
		position += range.pr_size;
	}
	return r;
}

/* Find a process in PM's table. */
static int
find(pid_t pid, struct pm_procinfo *info)
{
	int slot = 0;

	do {
		slot = getprocinfo(slot, info);
	} while (slot >= 0 && info->pid != pid);
	return slot >= 0 ? 0 : -1;
}

static int
registers(pid_t pid, struct reg_frame *regs)
{
	uint32_t *words = (uint32_t *)regs;
	size_t i;

	for (i = 0; i < sizeof *regs / sizeof *words; i++) {
		errno = 0;
		words[i] = (uint32_t)ptrace(T_GETUSER, pid,
		    (long)(offsetof(struct trace_user, regs) +
			i * sizeof *words),
		    0);
		if (errno != 0)
			return -1;
	}
	return 0;
}

/* What the file says of the process, which is stopped. */
static int
describe(pid_t pid, struct core_process *p)
{
	struct pm_procinfo info;

	if (find(pid, &info) != 0)
		return -1;
	*p = (struct core_process){
		.ep = info.ep,
		.pid = pid,
		.ppid = info.ppid,
		.pgrp = info.pgrp,
		.sid = getsid(pid),
		.uid = info.uid,
		.gid = info.gid,
	};
	memcpy(p->name, info.name, sizeof p->name);
	return registers(pid, &p->regs);
}

/* Write the file of a process that is stopped. */
static int
dump(pid_t pid, int fd)
{
	struct dump d = { pid, fd };
	const struct core_output out = { put, put_memory, &d };
	struct core_process p;
	uint32_t size;
	int r;

	if (describe(pid, &p) != 0)
		return -1;
	r = core_write(&p, &out, CORE_SIZE_MAX, &size);
	if (r == 0)
		return ftruncate(fd, (off_t)size);
	errno = -r;
	return -1;
}

static int
file_make(const char *name)
{
	const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW;
	int fd = open(name, flags, 0600);

	if (fd >= 0 && fchmod(fd, 0600) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* Stop a process. */
static int
attach(pid_t pid)
{
	int status;

	if (ptrace(T_ATTACH, pid, 0, 0) != 0)
		return -1;
	if (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status))
		return 0;
	errno = ESRCH; /* it has been killed */
	return -1;
}

/* Write the file of a process that is stopped. */
static void
save(pid_t pid, const char *file)
{
	int fd = file_make(file);

	if (fd < 0) {
		cmd_warn(file);
		return;
	}
	if (dump(pid, fd) != 0) {
		cmd_warn(file);
		(void)unlink(file); /* it is of no use */
	}
	(void)close(fd);
}

/* What a user or a terminal sends waits. */
static void
hold_signals(sigset_t *old)
{
	static const int held[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP,
		SIGPIPE, SIGALRM };
	sigset_t set;
	size_t i;

	(void)sigemptyset(&set);
	for (i = 0; i < sizeof held / sizeof *held; i++)
		(void)sigaddset(&set, held[i]);
	(void)sigprocmask(SIG_BLOCK, &set, old);
}

int
main(int argc, char *argv[])
{
	char name[32];
	const char *file = name;
	sigset_t old;
	long pid;

	cmd_init(argv, usage);
	while (cmd_option(argc, argv, "o:") != -1)
		file = cmd_argument;
	if (argc - cmd_operand != 1 ||
	    cmd_number(argv[cmd_operand], &pid) != 0 || pid == 0)
		cmd_usage();
	snprintf(name, sizeof name, "core.%ld", pid);
	hold_signals(&old);
	if (attach((pid_t)pid) != 0) {
		cmd_warn(argv[cmd_operand]);
	} else {
		save((pid_t)pid, file);
		if (ptrace(T_DETACH, (pid_t)pid, 0, 0) != 0)
			cmd_warn(argv[cmd_operand]);
	}
	(void)sigprocmask(SIG_SETMASK, &old, NULL);
	return cmd_status;
}
