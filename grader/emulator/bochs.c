/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Running Bochs as a job (grader/base/job.h): preparing it, and serving its
 * descriptors and its callers until it is gone.
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
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "grader/base/job.h"

#define RELAY_TURN_MS 20
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

/* Bochs' environment: its terminal's kind, plain numbers, its own files. */
static void
environment(struct strings *env)
{
	extern char **environ;
	size_t i;

	for (i = 0; environ[i] != NULL; i++)
		if (strncmp(environ[i], "TERM=", 5) != 0 &&
		    strncmp(environ[i], "LC_ALL=", 7) != 0 &&
		    strncmp(environ[i], "BXSHARE=", 8) != 0)
			strings_add(env, environ[i]);
	strings_add(env, "TERM=xterm");
	strings_add(env, "LC_ALL=C");
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
	if (which == FD_RELAY && r->config->on_output != NULL)
		r->config->on_output(r->config->ctx, bytes, (size_t)n);
}

/* Keys are not taken here but in each turn. */
static void
on_ready(void *ctx, int fd, short events)
{
	struct run *r = ctx;

	for (int i = 0; i < FD_COUNT && events & POLLIN; i++)
		if (r->fd[i] == fd) {
			serve(r, i);
			return;
		}
}

static void
on_printed(void *ctx, int stream, const char *bytes, size_t n)
{
	struct run *r = ctx;

	if (stream == 1) {
		stdout_add(&r->out, bytes, n);
	} else if (r->err.size < STDERR_MAX) {
		text_add(&r->err, bytes, n);
		screen_open(r);
	}
}

/* Which descriptors to wait for; input only when the last has gone out. */
static size_t
waits(void *ctx, struct pollfd p[JOB_FDS])
{
	struct run *r = ctx;
	bool sending = r->input_at < r->input_end;
	size_t n = 0;

	for (int i = 0; i < FD_COUNT; i++) {
		if (r->fd[i] < 0)
			continue;
		p[n] = (struct pollfd){ .fd = r->fd[i], .events = POLLIN };
		if (i == FD_RELAY && sending)
			p[n].events |= POLLOUT;
		n++;
	}
	if (r->fd[FD_RELAY] >= 0 && !sending && r->config->com1_in >= 0)
		p[n++] = (struct pollfd){ .fd = r->config->com1_in,
			.events = POLLIN };
	return n;
}

static void
on_asked(void *ctx)
{
	struct run *r = ctx;

	r->interrupted = true;
}

/* What is to be done now; is the run to end? */
static bool
on_turn(void *ctx)
{
	struct run *r = ctx;
	const struct bochs_config *c = r->config;
	double t = run_clock();

	run_feed(r);
	input_ask(r);
	relay_write(r);
	if (c->on_idle != NULL && t - r->last_idle >= IDLE_INTERVAL) {
		r->last_idle = t;
		if (c->on_idle(c->ctx) != 0)
			r->out.stop = true;
	}
	return r->out.stop || r->out.flooded;
}

int
run_bochs(struct run *r, bool on_terminal)
{
	struct job_calls calls = { .output = on_printed,
		.waits = waits,
		.ready = on_ready,
		.asked = on_asked,
		.turn = on_turn,
		.turn_ms = r->port != 0 ? RELAY_TURN_MS : 0,
		.apart = true };
	const struct bochs_config *c = r->config;
	struct strings env = { 0 };
	struct job job = { .argv = ARGV("bochs-bin", "-q", "-f", "bochsrc",
			       "-rc", "script"),
		.dir = r->dir,
		.limits = { .cpu_ms = c->cpu_ms != 0 ? c->cpu_ms : BOCHS_CPU_MS,
		    .idle_ms = c->cpu_ms == JOB_NO_LIMIT ? JOB_NO_LIMIT : 0,
		    .file_max = BOCHS_FILE_MAX },
		.calls = &calls,
		.ctx = r,
		.ask = SIGINT,
		.tied = true,
		.on_terminal = on_terminal,
		.own_signals = true };
	struct job_result result = { 0 };
	int e;

	environment(&env);
	job.env = ARGS(&env);
	r->start = run_clock();
	e = job_run(&job, &result);
	strings_free(&env);
	stdout_end(&r->out);
	if (e < 0)
		return e;
	r->spawned = true;
	r->exit_code = result.signal != 0 ? -result.signal : result.status;
	r->limit = job_limit_text(&job, &result);
	free(result.output);
	return r->exit_code == EXEC_FAILED ? -ENOENT : 0;
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

void
run_finish(struct run *r)
{
	for (int i = 0; i < FD_COUNT; i++)
		close_fd(r, i);
	if (r->feed >= 0)
		close(r->feed);
	if (r->spawned)
		locks_remove(r->config);
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
		e = run_bochs(&r, false);
	run_finish(&r);
	result->exit_code = r.exit_code;
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
	int e;

	if (!config_is_good(config))
		return -EINVAL;
	c.stops = NULL;
	c.cpu_ms = UINT32_MAX;
	c.on_idle = NULL;
	if (images_check(config, &result) != 0) {
		bochs_result_free(&result);
		return -ENOENT;
	}
	e = run_prepare(&r, false);
	if (e == 0)
		e = run_bochs(&r, true); /* drains the screen */
	run_finish(&r);
	dir_remove(&r);
	free(r.err.bytes);
	free(r.limit);
	return e;
}
