/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Jobs: how they end, what is kept of them, and each of their limits, which
 * strikes what it should and spares what is only slow.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "grader/base/job.h"
#include "grader/base/job_time.h"

#define SH(script) ARGV("sh", "-c", script)

static struct job_result
run(const struct job *job)
{
	struct job_result r;

	assert_int_equal(job_run(job, &r), 0);
	return r;
}

static void
ends_are_told(void **state)
{
	struct job ok = { .argv = SH("echo out; echo err >&2; exit 7") };
	struct job killed = { .argv = SH("kill -USR1 $$") };
	struct job absent = { .argv = ARGV("no-such-program-at-all") };
	struct job_result r = run(&ok);

	(void)state;
	assert_int_equal(r.status, 7);
	assert_int_equal(r.end, JOB_ENDED);
	assert_string_equal(r.output, "out\nerr\n");
	assert_null(job_limit_text(&ok, &r));
	free(r.output);
	r = run(&killed);
	assert_int_equal(r.status, -1);
	assert_int_equal(r.signal, SIGUSR1);
	free(r.output);
	assert_int_equal(job_run(&absent, &r), -ENOENT);
}

static void
output_is_kept_up_to_its_limit(void **state)
{
	struct job job = { .argv = SH("printf 123456"), .limits.output = 5 };
	struct job_result r = run(&job);

	(void)state;
	assert_string_equal(r.output, "12345");
	assert_int_equal(r.length, 5);
	free(r.output);
	job.limits.output = 6;
	r = run(&job);
	assert_string_equal(r.output, "123456");
	free(r.output);
}

/* The one that computes is a grandchild in a session of its own. */
static void
processor_time_is_limited(void **state)
{
	static const char *const loops[] = { "while :; do :; done",
		"setsid sh -c 'while :; do :; done' & wait" };
	struct job job = { .limits.cpu_ms = 300 };
	struct job_result r;
	char *why;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		job.argv = SH(loops[i]);
		r = run(&job);
		assert_int_equal(r.end, JOB_CPU);
		assert_true(r.cpu >= 0.3);
		why = job_limit_text(&job, &r);
		assert_non_null(strstr(why, "processor time"));
		free(why);
		free(r.output);
	}
}

/* Nothing of a job outlives its being ended: not in another session, not deaf
 * to the request. */
static void
all_below_ends(void **state)
{
	struct job job = { .argv = SH("setsid sh -c 'trap : TERM; echo $$; "
				      "while :; do :; done' & wait"),
		.limits.cpu_ms = 300 };
	struct job_result r = run(&job);
	pid_t pid = (pid_t)strtol(r.output, NULL, 10);
	int i;

	(void)state;
	assert_int_equal(r.end, JOB_CPU);
	assert_true(pid > 0);
	for (i = 0; i < 100 && kill(pid, 0) == 0; i++)
		(void)usleep(50000); /* until init has noticed */
	assert_int_equal(kill(pid, 0), -1);
	free(r.output);
}

static void
silence_is_limited(void **state)
{
	struct job job = { .argv = SH("sleep 60"), .limits.idle_ms = 1000 };
	struct job_result r = run(&job);
	char *why = job_limit_text(&job, &r);

	(void)state;
	assert_int_equal(r.end, JOB_IDLE);
	assert_true(r.seconds < 20);
	assert_non_null(strstr(why, "neither computed nor printed"));
	free(why);
	free(r.output);
}

/* Neither who prints now and then nor who computes is silent. */
static void
slowness_is_spared(void **state)
{
	static const char *const slow[] = {
		"for i in 1 2 3 4 5 6; do sleep 0.5; echo; done",
		"i=0; while [ $i -lt 900000 ]; do i=$((i + 1)); done"
	};
	struct job job = { .limits.idle_ms = 1500 };
	struct job_result r;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		job.argv = SH(slow[i]);
		r = run(&job);
		assert_int_equal(r.end, JOB_ENDED);
		assert_int_equal(r.status, 0);
		free(r.output);
	}
}

static bool
at_once(void *ctx)
{
	return ++*(int *)ctx > 3;
}

/* A job is asked before it is killed. */
static void
asking_comes_before_killing(void **state)
{
	struct job_calls calls = { .turn = at_once };
	int turns = 0;
	struct job job = {
		.argv = SH("trap 'echo bye; exit 3' TERM; while :; do "
			   "sleep 0.1; done"),
		.calls = &calls,
		.ctx = &turns,
	};
	struct job_result r = run(&job);

	(void)state;
	assert_int_equal(r.end, JOB_TURNED);
	assert_int_equal(r.status, 3);
	assert_non_null(strstr(r.output, "bye\n"));
	free(r.output);
	turns = 0;
	job.argv = SH("trap '' TERM; while :; do sleep 0.1; done");
	r = run(&job);
	assert_int_equal(r.signal, SIGKILL);
	free(r.output);
}

static void
what_it_leaves_is_not_waited_for(void **state)
{
	struct job job = { .argv = SH("setsid sleep 20 & echo $!") };
	struct job_result r = run(&job);
	pid_t left = (pid_t)strtol(r.output, NULL, 10);

	(void)state;
	assert_true(r.seconds < 15);
	(void)kill(left, SIGKILL); /* in a session of its own, it got away */
	free(r.output);
	job.argv = SH("sleep 1000 & echo $!");
	r = run(&job);
	left = (pid_t)strtol(r.output, NULL, 10);
	while (kill(left, 0) == 0) /* until its new parent has seen to it */
		usleep(10000);
	free(r.output);
}

static void
files_are_limited(void **state)
{
	char dir[] = "/tmp/lacuna-job-XXXXXX";
	struct job job = { .argv = ARGV("dd", "if=/dev/zero", "of=big",
			       "bs=4096", "count=2"),
		.dir = mkdtemp(dir) };
	struct job_result r;

	(void)state;
	job.limits.file_max = 8192;
	r = run(&job);
	assert_int_equal(r.status, 0);
	free(r.output);
	job.limits.file_max = 8191;
	r = run(&job);
	assert_int_not_equal(r.status, 0);
	free(r.output);
	remove_tree(dir);
}

/* A conversation: two streams, and a pipe of our own. */
struct talk {
	int fd, file; /* -1: closed */
	char out[20], err[20], own[20];
	unsigned int files, asked;
	bool enough;
};

static void
on_output(void *ctx, int stream, const char *bytes, size_t n)
{
	struct talk *t = ctx;

	strncat(stream == 1 ? t->out : t->err, bytes, n);
}

static size_t
waits(void *ctx, struct pollfd fds[JOB_FDS])
{
	struct talk *t = ctx;
	size_t n = 0;

	if (t->fd >= 0)
		fds[n++] = (struct pollfd){ .fd = t->fd, .events = POLLIN };
	if (t->file >= 0)
		fds[n++] = (struct pollfd){ .fd = t->file, .events = POLLIN };
	return n;
}

static void
on_ready(void *ctx, int fd, short events)
{
	struct talk *t = ctx;
	ssize_t n;

	assert_true(events & POLLIN);
	t->files += fd == t->file;
	if (fd != t->fd)
		return;
	n = read(fd, t->own, sizeof t->own - 1);
	if (n <= 0) {
		close(fd);
		t->fd = -1;
	}
}

static void
on_asked(void *ctx)
{
	((struct talk *)ctx)->asked++;
}

static bool
until_closed(void *ctx)
{
	struct talk *t = ctx;

	return t->fd < 0 && t->files > 1 && strlen(t->out) == 4 &&
	    strlen(t->err) == 4;
}

static void
callers_may_take_part(void **state)
{
	struct job_calls calls = { .output = on_output,
		.waits = waits,
		.ready = on_ready,
		.asked = on_asked,
		.turn = until_closed,
		.turn_ms = 20,
		.apart = true };
	int ends[2];
	struct talk t = { .file =
			      open("/proc/self/exe", O_RDONLY | O_CLOEXEC) };
	struct job job = { .argv = SH("echo out; echo err >&2; sleep 100"),
		.calls = &calls,
		.ctx = &t,
		.own_signals = true };
	struct job_result r;

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	t.fd = ends[0];
	assert_int_equal(write(ends[1], "own", 3), 3);
	close(ends[1]);
	r = run(&job);
	assert_int_equal(r.end, JOB_TURNED);
	assert_int_equal(t.asked, 1);
	assert_string_equal(t.out, "out\n");
	assert_string_equal(t.err, "err\n");
	assert_string_equal(t.own, "own");
	assert_string_equal(r.output, "");
	free(r.output);
	close(t.file);
}

/* Waiting for a descriptor leaves it as it was: a shell may use it, too. */
static void
descriptors_stay_as_they_were(void **state)
{
	struct job_calls calls = { .waits = waits, .ready = on_ready };
	int ends[2];
	struct talk t = { 0 };
	struct job job = { .argv = SH("sleep 0.3"),
		.calls = &calls,
		.ctx = &t };
	struct job_result r;

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	t.fd = ends[0];
	t.file = -1;
	r = run(&job);
	free(r.output);
	assert_int_equal(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
	close(ends[0]);
	close(ends[1]);
}

static pid_t
fork_with_job(bool tied, int *from)
{
	struct job job = { .argv = SH("echo $$ >&3; exec sleep 1000"),
		.tied = tied };
	struct job_result r;
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], 3);
		(void)job_run(&job, &r); /* does not end by itself */
		_exit(0);
	}
	close(ends[1]);
	*from = ends[0];
	return pid;
}

static pid_t
job_of(int fd)
{
	char line[20] = "";

	assert_true(read(fd, line, sizeof line - 1) > 0);
	close(fd);
	return (pid_t)strtol(line, NULL, 10);
}

/* A tied job dies with its program, however that dies; any job does when the
 * program is asked to end, and that exits with its own status then. */
static void
jobs_end_with_their_program(void **state)
{
	static const int signals[] = { SIGKILL, SIGTERM, SIGINT };
	int status, fd;
	pid_t pid, job;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		pid = fork_with_job(signals[i] == SIGKILL, &fd);
		job = job_of(fd);
		kill(pid, signals[i]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (signals[i] != SIGKILL)
			assert_true(WIFEXITED(status) &&
			    WEXITSTATUS(status) == EXIT_INFRA);
		while (kill(job, 0) == 0)
			usleep(10000);
	}
}

static void
time_is_that_of_all_below(void **state)
{
	(void)state;
	assert_int_equal(job_time(-2), -1);
	assert_true(job_time(getpid()) >= 0);
	assert_true(job_time(getppid()) >= job_time(getpid()));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_are_told),
		cmocka_unit_test(output_is_kept_up_to_its_limit),
		cmocka_unit_test(processor_time_is_limited),
		cmocka_unit_test(all_below_ends),
		cmocka_unit_test(silence_is_limited),
		cmocka_unit_test(slowness_is_spared),
		cmocka_unit_test(asking_comes_before_killing),
		cmocka_unit_test(what_it_leaves_is_not_waited_for),
		cmocka_unit_test(files_are_limited),
		cmocka_unit_test(callers_may_take_part),
		cmocka_unit_test(descriptors_stay_as_they_were),
		cmocka_unit_test(jobs_end_with_their_program),
		cmocka_unit_test(time_is_that_of_all_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
