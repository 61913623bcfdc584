/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One job is one event loop with a process, its pipes and a timer in it. It is
 * over when the process has ended and its pipes have been read to their ends,
 * or a moment after the process if a grandchild keeps them open.
 *
 * Between events the limits are looked at. A job that is to end is asked to,
 * so that a make can remove half a file, and killed if it does not.
 */
#include "grader/base/job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uv.h>

#include "grader/base/job_time.h"

#define OUTPUT_MAX (1 << 20)
#define TURN_MS    100
#define LOOK_MS    500u /* between looks at processor time */
#define BLIND_MS   1000 /* that count, however long nobody looked */
#define LINGER_MS  500  /* for output after the process's end */
#define KILL_MS    3000
#define ALIVE_MS   100 /* of processor time are a sign of life */
#define BELOW_MAX  256

/* A descriptor that is waited for on the caller's behalf. */
struct watched {
	int fd;
	int events;
	uv_poll_t *poll; /* NULL: it is always ready */
};

struct running {
	const struct job *job;
	uv_loop_t loop;
	uv_process_t process;
	uv_pipe_t pipes[2];
	size_t npipes, open;
	uv_timer_t timer;
	struct watched watched[JOB_FDS];
	size_t nwatched;
	bool exited, asked, killed;
	uint64_t began, exit_at, ask_at; /* by the loop's clock, ms */
	uint64_t looked, idle;
	int64_t cpu, alive; /* processor time: now, at the last sign of life */
	pid_t below[BELOW_MAX]; /* who was, when it was asked to end */
	size_t nbelow;
	struct job_result result;
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
	size_t max = r->job->limits.output;
	char *p;

	max = max != 0 ? max : OUTPUT_MAX;
	if (n > max - r->result.length)
		n = max - r->result.length;
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
	const struct job_calls *c = r->job->calls;
	int stream = s == (uv_stream_t *)&r->pipes[0] ? 1 : 2;

	if (n < 0) {
		uv_close((uv_handle_t *)s, NULL);
		r->open--;
		return;
	}
	r->idle = 0;
	if (c == NULL || !c->apart)
		keep(r, buf->base, (size_t)n);
	if (n > 0 && c != NULL && c->output != NULL)
		c->output(r->job->ctx, stream, buf->base, (size_t)n);
}

/* Signal those below a job that is being ended. They may have left its group,
 * and with its end nothing would tell any more whose they are. */
static void
signal_below(const struct running *r, int sig)
{
	size_t i;

	for (i = 0; i < r->nbelow; i++)
		(void)kill(r->below[i], sig); /* most have gone */
}

static void
on_exit_of(uv_process_t *p, int64_t status, int sig)
{
	struct running *r = p->data;

	r->result.status = sig != 0 ? -1 : (int)status;
	r->result.signal = sig;
	r->exited = true;
	r->exit_at = uv_now(&r->loop);
	if (!r->job->on_terminal) /* what it left behind, often nothing */
		(void)kill(-p->pid, SIGKILL);
	signal_below(r, SIGKILL);
}

/* The timer only ends a wait. */
static void
on_timer(uv_timer_t *t)
{
	(void)t;
}

static void
signal_job(const struct running *r, int sig)
{
	pid_t pid = r->process.pid;

	(void)kill(r->job->on_terminal ? pid : -pid, sig); /* may be gone */
}

/* Ask the job to end, once. */
static void
ask(struct running *r, enum job_end why)
{
	if (r->asked || r->exited)
		return;
	r->asked = true;
	r->ask_at = uv_now(&r->loop);
	r->result.end = why;
	if (r->job->calls != NULL && r->job->calls->asked != NULL)
		r->job->calls->asked(r->job->ctx);
	r->nbelow = r->job->on_terminal
	    ? 0
	    : job_below(r->process.pid, r->below, BELOW_MAX);
	signal_job(r, r->job->ask != 0 ? r->job->ask : SIGTERM);
}

static bool
beyond(uint64_t used, uint32_t limit, uint32_t usual)
{
	return limit != JOB_NO_LIMIT && used > (limit != 0 ? limit : usual);
}

/* Look at what the job has used since the last look. A program that was not
 * let run for long has seen nothing in that time, and cannot blame the job. */
static void
look(struct running *r)
{
	const struct job_limits *l = &r->job->limits;
	uint64_t now = uv_now(&r->loop), passed = now - r->looked;
	int64_t cpu;

	if (r->exited || passed < LOOK_MS)
		return;
	r->looked = now;
	cpu = job_time(r->process.pid);
	r->cpu = cpu >= 0 ? cpu : (int64_t)(now - r->began);
	r->idle += passed < BLIND_MS ? passed : BLIND_MS;
	if (cpu >= 0 && cpu - r->alive >= ALIVE_MS) {
		r->alive = cpu;
		r->idle = 0;
	}
	if (beyond((uint64_t)r->cpu, l->cpu_ms, JOB_CPU_MS))
		ask(r, JOB_CPU);
	else if (beyond(r->idle, l->idle_ms, JOB_IDLE_MS))
		ask(r, JOB_IDLE);
}

/* Everything that does not come as an event. */
static void
turn(struct running *r)
{
	const struct job_calls *c = r->job->calls;

	if (c != NULL && c->turn != NULL && c->turn(r->job->ctx))
		ask(r, JOB_TURNED);
	if (!r->job->own_signals && job_interrupted())
		ask(r, JOB_TURNED);
	look(r);
	if (r->asked && !r->killed && !r->exited &&
	    uv_now(&r->loop) - r->ask_at > KILL_MS) {
		r->killed = true;
		signal_job(r, SIGKILL);
	}
}

static void
free_handle(uv_handle_t *h)
{
	free(h);
}

static void
on_ready(uv_poll_t *p, int status, int events)
{
	struct running *r = p->loop->data;
	struct watched *w = p->data;
	short found = 0;

	if (status < 0 || events & UV_READABLE)
		found |= POLLIN;
	if (status >= 0 && events & UV_WRITABLE)
		found |= POLLOUT;
	r->job->calls->ready(r->job->ctx, w->fd, found);
}

static void
unwatch(struct watched *w)
{
	if (w->poll != NULL)
		uv_close((uv_handle_t *)w->poll, free_handle);
	w->poll = NULL;
}

static void
watch(struct running *r, struct watched *w, const struct pollfd *p)
{
	int events = (p->events & POLLIN ? UV_READABLE : 0) |
	    (p->events & POLLOUT ? UV_WRITABLE : 0);
	int flags = fcntl(p->fd, F_GETFL), e;

	w->fd = p->fd;
	w->events = p->events;
	w->poll = need(sizeof *w->poll);
	e = uv_poll_init(&r->loop, w->poll, w->fd);
	(void)fcntl(p->fd, F_SETFL, flags); /* it may be a shell's, too */
	if (e < 0) {                        /* a file */
		free(w->poll);
		w->poll = NULL;
		return;
	}
	w->poll->data = w;
	uv_poll_start(w->poll, events, on_ready);
}

/* Wait for what the caller wants to wait for now. A descriptor may have been
 * closed, and its number be another's: the old ones are forgotten first. */
static void
rewatch(struct running *r)
{
	const struct job_calls *c = r->job->calls;
	struct pollfd fds[JOB_FDS];
	size_t i, n;

	if (c == NULL || c->waits == NULL)
		return;
	n = c->waits(r->job->ctx, fds);
	for (i = 0; i < n && n == r->nwatched; i++)
		if (fds[i].fd != r->watched[i].fd ||
		    fds[i].events != r->watched[i].events)
			break;
	if (i == n && n == r->nwatched)
		return;
	for (i = 0; i < r->nwatched; i++)
		unwatch(&r->watched[i]);
	for (i = 0; i < n; i++)
		watch(r, &r->watched[i], &fds[i]);
	r->nwatched = n;
}

/* Descriptors that cannot be waited for are ready whenever we look. */
static void
serve_files(struct running *r)
{
	size_t i;

	for (i = 0; i < r->nwatched; i++)
		if (r->watched[i].poll == NULL)
			r->job->calls->ready(r->job->ctx, r->watched[i].fd,
			    POLLIN);
}

static bool
is_over(const struct running *r)
{
	if (!r->exited)
		return false;
	return r->open == 0 || uv_now(&r->loop) - r->exit_at > LINGER_MS;
}

/* The arguments, with programs in front that set what spawning cannot. */
static void
wrap(const struct job *job, struct strings *argv)
{
	size_t i;

	if (job->tied) {
		strings_add(argv, "setpriv");
		strings_add(argv, "--pdeathsig");
		strings_add(argv, "KILL");
	}
	if (job->limits.file_max != 0) {
		strings_add(argv, "prlimit");
		strings_add(argv, "--core=0");
		strings_addf(argv, "--fsize=%llu",
		    (unsigned long long)job->limits.file_max);
	}
	for (i = 0; job->argv[i] != NULL; i++)
		strings_add(argv, job->argv[i]);
}

/* Make the pipes; ends get the job's side of them. */
static int
make_pipes(struct running *r, uv_file ends[2])
{
	const struct job *j = r->job;
	bool apart = j->calls != NULL && j->calls->apart;
	uv_file pair[2];
	size_t i;
	int e;

	for (i = j->on_terminal ? 1 : 0; i < (apart ? 2 : 1); i++) {
		e = uv_pipe(pair, UV_NONBLOCK_PIPE, 0);
		if (e < 0)
			return e;
		ends[i] = pair[1];
		uv_pipe_init(&r->loop, &r->pipes[i], 0);
		r->pipes[i].data = r;
		uv_pipe_open(&r->pipes[i], pair[0]);
		r->open++;
	}
	if (!apart)
		ends[1] = ends[0];
	return 0;
}

static void
close_ends(const uv_file ends[2])
{
	if (ends[0] >= 0)
		close(ends[0]);
	if (ends[1] >= 0 && ends[1] != ends[0])
		close(ends[1]);
}

static void
inherit(uv_stdio_container_t *io, int fd)
{
	io->flags = UV_INHERIT_FD;
	io->data.fd = fd;
}

static int
spawn(struct running *r, const struct strings *argv, const uv_file ends[2])
{
	const struct job *j = r->job;
	uv_stdio_container_t io[3] = { { .flags = UV_IGNORE } };
	uv_process_options_t o = { .cwd = j->dir,
		.stdio = io,
		.stdio_count = 3,
		.exit_cb = on_exit_of };

	if (argv->n == 0)
		return -EINVAL;
	if (j->on_terminal)
		inherit(&io[0], STDIN_FILENO);
	inherit(&io[1], j->on_terminal ? STDOUT_FILENO : ends[0]);
	inherit(&io[2], ends[1]);
	o.file = argv->at[0];
	o.args = argv->at;
	o.env = (char **)(uintptr_t)j->env;
	o.flags = j->on_terminal ? 0 : UV_PROCESS_DETACHED;
	return uv_spawn(&r->loop, &r->process, &o);
}

static int
start(struct running *r)
{
	uv_file ends[2] = { -1, -1 };
	struct strings argv = { 0 };
	int e = make_pipes(r, ends);

	wrap(r->job, &argv);
	if (e == 0)
		e = spawn(r, &argv, ends);
	close_ends(ends);
	strings_free(&argv);
	return e;
}

/* Run the loop until the job is over. */
static void
attend(struct running *r)
{
	const struct job_calls *c = r->job->calls;
	unsigned int ms = c != NULL && c->turn_ms != 0 ? c->turn_ms : TURN_MS;
	size_t i;

	for (i = 0; i < 2; i++)
		if (r->pipes[i].data != NULL)
			uv_read_start((uv_stream_t *)&r->pipes[i], buffer,
			    on_output);
	uv_timer_start(&r->timer, on_timer, ms, ms);
	while (!is_over(r)) {
		rewatch(r);
		uv_run(&r->loop, UV_RUN_ONCE);
		serve_files(r);
		turn(r);
	}
}

static void
close_all(uv_handle_t *h, void *arg)
{
	(void)arg;
	if (!uv_is_closing(h))
		uv_close(h, h->type == UV_POLL ? free_handle : NULL);
}

static void
finish(struct running *r)
{
	uv_walk(&r->loop, close_all, NULL);
	uv_run(&r->loop, UV_RUN_DEFAULT);
	uv_loop_close(&r->loop);
	r->result.seconds = (double)(uv_hrtime() - r->began * 1000000) / 1e9;
	r->result.cpu = (double)r->cpu / 1e3;
}

int
job_run(const struct job *job, struct job_result *result)
{
	struct running *r = need(sizeof *r);
	int e;

	r->job = job;
	if (uv_loop_init(&r->loop) < 0)
		die(EXIT_INFRA, "no event loop");
	r->loop.data = r;
	uv_timer_init(&r->loop, &r->timer);
	r->process.data = r;
	keep(r, "", 0);
	r->began = r->looked = uv_hrtime() / 1000000;
	if (!job->own_signals)
		job_guard();
	e = start(r);
	if (e == 0)
		attend(r);
	finish(r);
	if (!job->own_signals && job_interrupted())
		die(EXIT_INFRA, "interrupted");
	if (!job->own_signals)
		job_unguard();
	if (e == 0)
		*result = r->result;
	else
		free(r->result.output);
	free(r);
	return e;
}

char *
job_limit_text(const struct job *job, const struct job_result *result)
{
	uint32_t cpu = job->limits.cpu_ms, idle = job->limits.idle_ms;

	if (result->end == JOB_CPU)
		return text("%s was ended: it had used %u s of processor time",
		    job->argv[0], (cpu != 0 ? cpu : JOB_CPU_MS) / 1000);
	if (result->end == JOB_IDLE)
		return text("%s was ended: for %u s it neither computed nor "
			    "printed",
		    job->argv[0], (idle != 0 ? idle : JOB_IDLE_MS) / 1000);
	return NULL;
}

char *
job_must(const char *dir, const char *const *argv)
{
	struct job job = { .argv = argv, .dir = dir };
	struct job_result result = { 0 };
	int e = job_run(&job, &result);
	char *limit;

	if (e < 0)
		die(EXIT_INFRA, "%s: %s", argv[0], strerror(-e));
	limit = job_limit_text(&job, &result);
	if (result.status != 0)
		die(EXIT_INFRA, "%s failed:\n%s%s", argv[0], result.output,
		    limit != NULL ? limit : "");
	free(limit);
	return result.output;
}
