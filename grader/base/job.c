/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One job is one event loop with a process, a pipe and a timer in it. It is
 * over when the process has ended and the pipe has been read to its end, or
 * a moment after the process if a grandchild keeps the pipe open.
 */
#include "grader/base/job.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uv.h>

#define LIMIT_MS   600000
#define OUTPUT_MAX (1 << 20)
#define LINGER_MS  500 /* for output after the process's end */

struct running {
	uv_loop_t loop;
	uv_process_t process;
	uv_pipe_t pipe;
	uv_timer_t timer;
	uv_signal_t signals[2];
	bool interrupted;
	struct job_result result;
	size_t output_max;
	char buf[1 << 16];
};

static void
buffer(uv_handle_t *h, size_t n, uv_buf_t *buf)
{
	struct running *r = h->data;

	(void)n;
	*buf = uv_buf_init(r->buf, sizeof r->buf);
}

static void
keep(struct running *r, const char *data, size_t n)
{
	char *p;

	if (n > r->output_max - r->result.length)
		n = r->output_max - r->result.length;
	p = realloc(r->result.output, r->result.length + n + 1);
	if (p == NULL)
		die(EXIT_INFRA, "out of memory");
	memcpy(p + r->result.length, data, n);
	r->result.length += n;
	p[r->result.length] = '\0';
	r->result.output = p;
}

static void
on_output(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
	struct running *r = s->data;

	if (n > 0)
		keep(r, buf->base, (size_t)n);
	if (n >= 0)
		return;
	uv_close((uv_handle_t *)s, NULL);
	if (!uv_is_active((uv_handle_t *)&r->process))
		uv_timer_stop(&r->timer);
}

/* The process is gone, but somebody still holds its output. */
static void
on_linger(uv_timer_t *t)
{
	struct running *r = t->data;

	if (!uv_is_closing((uv_handle_t *)&r->pipe))
		uv_close((uv_handle_t *)&r->pipe, NULL);
}

static void
on_exit_of(uv_process_t *p, int64_t status, int sig)
{
	struct running *r = p->data;

	r->result.status = sig != 0 ? -1 : (int)status;
	r->result.signal = sig;
	(void)kill(-p->pid, SIGKILL); /* what it left behind, often nothing */
	if (uv_is_closing((uv_handle_t *)&r->pipe))
		uv_timer_stop(&r->timer);
	else
		uv_timer_start(&r->timer, on_linger, LINGER_MS, 0);
}

static void
on_limit(uv_timer_t *t)
{
	struct running *r = t->data;

	r->result.expired = true;
	(void)kill(-r->process.pid, SIGKILL); /* it may just have ended */
}

/* Somebody wants the program to end: the job ends first. */
static void
on_signal(uv_signal_t *s, int sig)
{
	struct running *r = s->data;

	(void)sig;
	r->interrupted = true;
	(void)kill(-r->process.pid, SIGKILL); /* as above */
}

static void
watch(struct running *r)
{
	static const int signals[] = { SIGINT, SIGTERM };
	size_t i;

	for (i = 0; i < 2; i++) {
		uv_signal_init(&r->loop, &r->signals[i]);
		r->signals[i].data = r;
		uv_signal_start(&r->signals[i], on_signal, signals[i]);
		uv_unref((uv_handle_t *)&r->signals[i]);
	}
}

static void
close_all(uv_handle_t *h, void *arg)
{
	(void)arg;
	if (!uv_is_closing(h))
		uv_close(h, NULL);
}

static int
start(struct running *r, const struct job *job)
{
	uv_stdio_container_t io[3] = { { .flags = UV_IGNORE } };
	uv_process_options_t o = { 0 };
	uv_file ends[2];
	int e = uv_pipe(ends, UV_NONBLOCK_PIPE, 0);

	if (e < 0)
		return e;
	uv_pipe_open(&r->pipe, ends[0]);
	io[1].flags = io[2].flags = UV_INHERIT_FD;
	io[1].data.fd = io[2].data.fd = ends[1];
	o.file = job->argv[0];
	o.args = (char **)(uintptr_t)job->argv;
	o.cwd = job->dir;
	o.env = (char **)(uintptr_t)job->env;
	o.flags = UV_PROCESS_DETACHED;
	o.stdio = io;
	o.stdio_count = 3;
	o.exit_cb = on_exit_of;
	e = uv_spawn(&r->loop, &r->process, &o);
	close(ends[1]);
	return e;
}

int
job_run(const struct job *job, struct job_result *result)
{
	struct running *r = need(sizeof *r);
	uint64_t began = uv_hrtime();
	int e;

	r->output_max = job->output_max != 0 ? job->output_max : OUTPUT_MAX;
	if (uv_loop_init(&r->loop) < 0)
		die(EXIT_INFRA, "no event loop");
	uv_pipe_init(&r->loop, &r->pipe, 0);
	uv_timer_init(&r->loop, &r->timer);
	r->pipe.data = r->timer.data = r->process.data = r;
	keep(r, "", 0);
	e = start(r, job);
	if (e == 0) {
		watch(r);
		uv_read_start((uv_stream_t *)&r->pipe, buffer, on_output);
		uv_timer_start(&r->timer, on_limit,
		    job->limit_ms != 0 ? job->limit_ms : LIMIT_MS, 0);
		uv_run(&r->loop, UV_RUN_DEFAULT);
	}
	uv_walk(&r->loop, close_all, NULL);
	uv_run(&r->loop, UV_RUN_DEFAULT);
	uv_loop_close(&r->loop);
	if (r->interrupted)
		die(EXIT_INFRA, "interrupted");
	r->result.seconds = (double)(uv_hrtime() - began) / 1e9;
	if (e == 0)
		*result = r->result;
	else
		free(r->result.output);
	free(r);
	return e;
}

char *
job_must(const char *dir, const char *const *argv)
{
	struct job job = { .argv = argv, .dir = dir };
	struct job_result result = { 0 };
	int e = job_run(&job, &result);

	if (e < 0)
		die(EXIT_INFRA, "%s: %s", argv[0], strerror(-e));
	if (result.status != 0)
		die(EXIT_INFRA, "%s failed:\n%s", argv[0], result.output);
	return result.output;
}
