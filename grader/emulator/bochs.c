/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Running Bochs: starting the process, serving its descriptors until it is
 * gone, enforcing limits, and naming the end.
 *
 * Bochs prints the name of a pseudo terminal that shows the guest's screen.
 * It must be read, or Bochs blocks for ever once its buffer is full. SIGINT
 * makes it stop in the debugger, whose script then dumps state and quits;
 * SIGTERM it ignores; SIGKILL is for a Bochs that does not react.
 */
#include "grader/emulator/bochs_run.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define POLL_MS       100
#define RELAY_POLL_MS 20
#define KILL_AFTER    3.0 /* seconds between SIGINT and SIGKILL */
#define IDLE_INTERVAL 0.1 /* seconds between calls of on_idle */
#define STDERR_MAX    65536
#define EXEC_FAILED   127

double
run_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
close_fd(struct run *r, int which)
{
	if (r->fd[which] >= 0)
		close(r->fd[which]);
	r->fd[which] = -1;
}

/* Why an image cannot be used, or NULL. Bochs itself would just die. */
static const char *
image_problem(const char *path)
{
	char lock[PATH_MAX];
	struct stat st;

	if (stat(path, &st) != 0)
		return strerror(errno);
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return "not a disk image";
	snprintf(lock, sizeof lock, "%s.lock", path);
	if (access(lock, F_OK) == 0)
		return "is locked by another run; if there is none, remove "
		       "its .lock file";
	return NULL;
}

static int
images_check(const struct bochs_config *c, struct bochs_result *result)
{
	const char *path[] = { c->image, c->image2 };
	const char *why;

	for (int i = 0; i < 2; i++) {
		if (path[i] == NULL)
			continue;
		why = image_problem(path[i]);
		if (why == NULL)
			continue;
		free(result->reason);
		if (asprintf(&result->reason, "%s: %s", path[i], why) < 0)
			abort();
		result->end = BOCHS_NO_IMAGE;
		return -1;
	}
	return 0;
}

static int
dir_make(struct run *r)
{
	const char *tmp = getenv("TMPDIR");

	if (r->config->workdir != NULL) {
		snprintf(r->dir, sizeof r->dir, "%s", r->config->workdir);
		return 0;
	}
	snprintf(r->dir, sizeof r->dir, "%s/lacuna-XXXXXX",
	    tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	if (mkdtemp(r->dir) == NULL)
		return -errno;
	r->own_dir = true;
	return 0;
}

static void
dir_remove(struct run *r)
{
	static const char *const names[] = { "bochsrc", "script", "params.bin",
		"bochs.log", "master.redo", "slave.redo" };
	char path[PATH_MAX + 16];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (!r->own_dir && strstr(names[i], ".redo") == NULL)
			continue;
		snprintf(path, sizeof path, "%s/%s", r->dir, names[i]);
		unlink(path);
	}
	if (r->own_dir)
		rmdir(r->dir);
}

/* Bochs will connect its serial line to us; only this machine can. */
static int
relay_listen(struct run *r)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	r->fd[FD_LISTEN] = fd;
	if (bind(fd, (struct sockaddr *)&a, n) != 0 || listen(fd, 1) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &n) != 0)
		return -errno;
	r->port = ntohs(a.sin_port);
	return 0;
}

static void
set_limits(void)
{
	struct rlimit files = { BOCHS_FILE_MAX, BOCHS_FILE_MAX };
	struct rlimit core = { 0, 0 };

	setrlimit(RLIMIT_FSIZE, &files);
	setrlimit(RLIMIT_CORE, &core);
}

/* In the child: become Bochs. Without out, it stays on this terminal. */
static _Noreturn void
child(const struct run *r, int out, int err)
{
	int null = open("/dev/null", O_RDWR);

	if (out >= 0 && (setsid() < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0))
		_exit(EXEC_FAILED);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_DFL);
	set_limits();
	if (dup2(err, 2) < 0 || chdir(r->dir) != 0)
		_exit(EXEC_FAILED);
	setenv("TERM", "xterm", 1);
	setenv("LC_ALL", "C", 1);
	unsetenv("BXSHARE");
	execlp("bochs-bin", "bochs-bin", "-q", "-f", "bochsrc", "-rc", "script",
	    (char *)NULL);
	_exit(EXEC_FAILED);
}

int
run_spawn(struct run *r, bool on_terminal)
{
	int out[2] = { -1, -1 }, err[2];

	if (pipe2(err, O_CLOEXEC) != 0)
		return -errno;
	r->fd[FD_ERR] = err[0];
	if (!on_terminal && pipe2(out, O_CLOEXEC) != 0) {
		close(err[1]);
		return -errno;
	}
	r->fd[FD_OUT] = out[0];
	r->start = run_clock();
	r->pid = fork();
	if (r->pid == 0)
		child(r, out[1], err[1]);
	if (!on_terminal)
		close(out[1]);
	close(err[1]);
	return r->pid < 0 ? -errno : 0;
}

/* The guest's screen is shown on a terminal whose name Bochs tells us. */
static void
screen_open(struct run *r)
{
	static const char before[] = "connected to screen \"";
	struct termios raw;
	char name[64];
	const char *at, *end;

	if (r->fd[FD_SCREEN] >= 0 || r->err.bytes == NULL)
		return;
	at = strstr(r->err.bytes, before);
	if (at == NULL)
		return;
	at += sizeof before - 1;
	end = strchr(at, '"');
	if (end == NULL || (size_t)(end - at) >= sizeof name)
		return;
	memcpy(name, at, (size_t)(end - at));
	name[end - at] = '\0';
	r->fd[FD_SCREEN] =
	    open(name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (r->fd[FD_SCREEN] >= 0 && tcgetattr(r->fd[FD_SCREEN], &raw) == 0) {
		cfmakeraw(&raw);
		tcsetattr(r->fd[FD_SCREEN], TCSANOW, &raw);
	}
}

/* Bytes for the guest, when the last have gone out. */
static void
input_ask(struct run *r)
{
	const struct bochs_config *c = r->config;

	if (r->fd[FD_RELAY] < 0 || r->input_at < r->input_end ||
	    c->on_input == NULL)
		return;
	r->input_at = 0;
	r->input_end = c->on_input(c->ctx, r->input, sizeof r->input);
}

static void
relay_write(struct run *r)
{
	ssize_t done;

	if (r->fd[FD_RELAY] < 0 || r->input_at == r->input_end)
		return;
	done = send(r->fd[FD_RELAY], r->input + r->input_at,
	    r->input_end - r->input_at, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (done > 0)
		r->input_at += (size_t)done;
}

/* One descriptor has something; at its end it is closed. */
static void
serve(struct run *r, int which)
{
	char bytes[65536];
	ssize_t n;

	if (which == FD_LISTEN) {
		r->fd[FD_RELAY] = accept4(r->fd[FD_LISTEN], NULL, NULL,
		    SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (r->fd[FD_RELAY] >= 0)
			close_fd(r, FD_LISTEN);
		return;
	}
	n = read(r->fd[which], bytes, sizeof bytes);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		close_fd(r, which);
		return;
	}
	if (which == FD_OUT)
		stdout_add(&r->out, bytes, (size_t)n);
	if (which == FD_RELAY && r->config->on_output != NULL)
		r->config->on_output(r->config->ctx, bytes, (size_t)n);
	if (which == FD_ERR && r->err.size < STDERR_MAX) {
		text_add(&r->err, bytes, (size_t)n);
		screen_open(r);
	}
}

static void
interrupt(struct run *r)
{
	if (r->interrupted > 0)
		return;
	r->interrupted = run_clock();
	kill(r->pid, SIGINT);
}

static void
limits_check(struct run *r)
{
	const struct bochs_config *c = r->config;
	uint32_t wall = c->wall_ms != 0 ? c->wall_ms : BOCHS_WALL_MS;
	double t = run_clock();

	if (c->on_idle != NULL && t - r->last_idle >= IDLE_INTERVAL) {
		r->last_idle = t;
		if (c->on_idle(c->ctx) != 0)
			r->out.stop = true;
	}
	if (r->out.stop || r->out.flooded)
		interrupt(r);
	if (wall != UINT32_MAX && r->interrupted == 0 &&
	    t - r->start > wall / 1000.0) {
		r->timed_out = true;
		interrupt(r);
	}
	if (r->interrupted > 0 && !r->killed &&
	    t - r->interrupted > KILL_AFTER) {
		kill(r->pid, SIGKILL);
		r->killed = true;
	}
}

/* Which descriptors to wait for; input only when the last has gone out. */
static void
poll_set(const struct run *r, struct pollfd *p)
{
	for (int i = 0; i < FD_COUNT; i++)
		p[i] = (struct pollfd){ .fd = r->fd[i], .events = POLLIN };
	p[FD_COUNT] = (struct pollfd){ .fd = -1, .events = POLLIN };
	if (r->fd[FD_RELAY] < 0)
		return;
	if (r->input_at < r->input_end)
		p[FD_RELAY].events |= POLLOUT;
	else
		p[FD_COUNT].fd = r->config->com1_in;
}

void
run_serve(struct run *r)
{
	struct pollfd p[FD_COUNT + 1];

	while (r->fd[FD_OUT] >= 0 || r->fd[FD_ERR] >= 0) {
		poll_set(r, p);
		poll(p, FD_COUNT + 1, r->port != 0 ? RELAY_POLL_MS : POLL_MS);
		for (int i = 0; i < FD_COUNT; i++)
			if (p[i].fd >= 0 && p[i].revents & ~POLLOUT)
				serve(r, i);
		run_feed(r);
		input_ask(r);
		relay_write(r);
		limits_check(r);
	}
	stdout_end(&r->out);
}

/* A killed run that wrote through leaves its lock files. */
static void
locks_remove(const struct bochs_config *c)
{
	const char *path[] = { c->image, c->image2 };
	char lock[PATH_MAX];

	for (int i = 0; i < 2; i++) {
		if (path[i] == NULL || !c->write_through)
			continue;
		snprintf(lock, sizeof lock, "%s.lock", path[i]);
		unlink(lock);
	}
}

int
run_prepare(struct run *r, bool script)
{
	int e;

	for (int i = 0; i < FD_COUNT; i++)
		r->fd[i] = -1;
	r->feed = -1;
	e = dir_make(r);
	if (e == 0 && script && r->config->on_output != NULL)
		e = relay_listen(r);
	for (int i = 0; e == 0 && i < PART_END; i++) {
		if (getrandom(&r->out.mark[i], 4, 0) != 4)
			e = -EIO;
		r->out.mark[i] = (r->out.mark[i] & 0x7FFFFFFF) | 0x10000000;
	}
	if (e == 0)
		e = bochs_files_write(r->config, r->dir, r->port,
		    script ? r->out.mark : NULL);
	if (e == 0 && script && r->config->stops != NULL)
		e = run_feed_start(r);
	return e;
}

int
run_finish(struct run *r)
{
	int status = 0;

	while (r->pid > 0 && waitpid(r->pid, &status, 0) < 0)
		if (errno != EINTR)
			break;
	for (int i = 0; i < FD_COUNT; i++)
		close_fd(r, i);
	if (r->feed >= 0)
		close(r->feed);
	if (r->pid > 0)
		locks_remove(r->config);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool
config_is_good(const struct bochs_config *c)
{
	return c->image != NULL &&
	    (c->params == NULL || strlen(c->params) <= BOCHS_PARAMS_MAX);
}

int
bochs_run(const struct bochs_config *config, struct bochs_result *result)
{
	struct run r = { .config = config, .out.config = config };
	int e;

	if (!config_is_good(config))
		return -EINVAL;
	*result = (struct bochs_result){ .reason = text_copy(""),
		.state = text_copy(""),
		.dump = text_copy(""),
		.screen = text_copy("") };
	if (images_check(config, result) != 0)
		return 0;
	e = run_prepare(&r, true);
	if (e == 0)
		e = run_spawn(&r, false);
	if (e == 0)
		run_serve(&r);
	result->exit_code = run_finish(&r);
	if (e == 0 && result->exit_code == EXEC_FAILED)
		e = -ENOENT;
	run_result(&r, result);
	dir_remove(&r);
	if (e != 0)
		bochs_result_free(result);
	return e;
}

int
bochs_debug(const struct bochs_config *config)
{
	struct bochs_config c = *config;
	struct bochs_result result = { .reason = NULL };
	struct run r = { .config = &c, .out.config = &c };
	int e, exit_code;

	if (!config_is_good(config))
		return -EINVAL;
	c.stops = NULL;
	c.wall_ms = UINT32_MAX;
	c.on_idle = NULL;
	if (images_check(config, &result) != 0) {
		bochs_result_free(&result);
		return -ENOENT;
	}
	e = run_prepare(&r, false);
	if (e == 0)
		e = run_spawn(&r, true);
	if (e == 0)
		run_serve(&r); /* drains the screen */
	exit_code = run_finish(&r);
	dir_remove(&r);
	free(r.err.bytes);
	if (e == 0 && exit_code == EXEC_FAILED)
		e = -ENOENT;
	return e;
}
