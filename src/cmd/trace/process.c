/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See process.h. */
#include "cmd/trace/process.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/cmd.h>

static bool
is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    access(path, X_OK) == 0;
}

const char *
process_search(const char *name)
{
	static char path[PATH_MAX], dir[PATH_MAX];
	const char *list = getenv("PATH");

	if (strchr(name, '/') != NULL)
		return name;
	for (list = list != NULL ? list : "/bin"; *list != '\0';) {
		size_t n = strcspn(list, ":");

		if (n < sizeof dir) {
			memcpy(dir, list, n);
			dir[n] = '\0';
			if (cmd_join(path, sizeof path, n > 0 ? dir : ".",
				name) == 0 &&
			    is_program(path))
				return path;
		}
		list += n + (list[n] == ':');
	}
	return NULL;
}

const char *
process_find(const char *name)
{
	const char *path = process_search(name);

	if (path != NULL)
		return path;
	cmd_warnx(name, "there is no such program");
	exit(PROCESS_NOT_FOUND);
}

pid_t
process_start(const char *path, char *const argv[])
{
	int status = 0;
	pid_t pid = fork();

	if (pid == -1)
		cmd_fail("fork");
	if (pid == 0) {
		if (ptrace(T_OK, 0, 0, 0) != 0)
			cmd_fail("ptrace");
		(void)raise(SIGSTOP);
		(void)execv(path, argv);
		_exit(PROCESS_NOT_RUN);
	}
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		continue;
	if (!WIFSTOPPED(status))
		exit(1); /* it has said why */
	return pid;
}

int
process_attach(pid_t pid)
{
	return ptrace(T_ATTACH, pid, 0, 0) == 0 ? 0 : -1;
}

int
process_go_on(pid_t pid, int request, int sig)
{
	return ptrace(request, pid, 0, sig) == 0 ? 0 : -1;
}

int
process_detach(pid_t pid)
{
	int status, sig;

	if (kill(pid, SIGSTOP) != 0)
		return -1;
	for (;;) {
		if (waitpid(pid, &status, 0) != pid) {
			if (errno == EINTR)
				continue;
			return -1;
		}
		if (!WIFSTOPPED(status))
			return -1;
		sig = WSTOPSIG(status);
		if (sig == SIGSTOP)
			return process_go_on(pid, T_DETACH, 0);
		(void)process_go_on(pid, T_RESUME, sig == SIGTRAP ? 0 : sig);
	}
}

/* Move memory; all or nothing. */
static int
move(int request, pid_t pid, uint32_t addr, void *buf, size_t n)
{
	struct ptrace_range range = { .pr_space = TS_DATA,
		.pr_addr = (long)addr,
		.pr_ptr = buf,
		.pr_size = n };

	return ptrace(request, pid, (long)(uintptr_t)&range, 0) == 0 ? 0 : -1;
}

size_t
process_peek(pid_t pid, uint32_t addr, void *buf, size_t n)
{
	size_t done = 0, part;

	if (n > 0 && move(T_GETRANGE, pid, addr, buf, n) == 0)
		return n;
	while (done < n) {
		part = PAGE_SIZE - (addr + done) % PAGE_SIZE;
		if (part > n - done)
			part = n - done;
		if (move(T_GETRANGE, pid, addr + (uint32_t)done,
			(char *)buf + done, part) != 0)
			break;
		done += part;
	}
	return done;
}

int
process_poke(pid_t pid, uint32_t addr, const void *buf, size_t n)
{
	return move(T_SETRANGE, pid, addr, (void *)(uintptr_t)buf, n);
}

int
process_word(pid_t pid, size_t offset, uint32_t *word)
{
	long r;

	errno = 0;
	r = ptrace(T_GETUSER, pid, (long)offset, 0);
	if (r == -1 && errno != 0)
		return -1;
	*word = (uint32_t)r;
	return 0;
}
