/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A run that does not get on is seen, and what it does instead; one that is
 * only slow never is. Proves E3.
 */
#include "grader/judge/stall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "grader/judge/stall_text.h"
#include "grader/test/made_up.h"

#define IPS    10000000u
#define SECOND ((uint64_t)IPS)

/* Two functions of a service that call each other for ever, and a third that
 * is in none of their turns; the same as a test's program. */
static const char source[] =
    "volatile int n;\n"
    "void odd(void) { n = N; n = 2; n = 3; n = 4; }\n"
    "void even(void) { n = N; n = 6; n = 7; n = 8; }\n"
    "void serve(void) { for (;;) { odd(); even(); } }\n"
    "void _start(void) { serve(); for (;;) ; }\n"
    "const char rest[64] = { 1 };\n";

/* A compiled program: its code, and where its functions are. */
static struct program {
	const char *path, *last; /* its last function */
	uint32_t base;           /* where its code begins */
	uint8_t code[4096];
	uint32_t odd, even, serve, start, end;
} programs[] = {
	{ .path = "servers/ds/ds", .last = "other", .base = 0x1700000 },
	{ .path = "test/ds/ds-agent", .last = "other", .base = 0x1700000 },
	{ .path = "kernel/kernel", .last = "arch_idle", .base = 0xC0100000 },
};

static char build[] = "/tmp/stall-test-XXXXXX";
static const char *const tests[] = { "alpha", "beta", "gamma", NULL };
static struct stall s;
static uint64_t next;

static int
run(const char *fmt, ...)
{
	char command[1000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof command, fmt, ap);
	va_end(ap);
	return system(command);
}

static uint32_t
symbol(const char *name)
{
	char command[200], line[64] = "";
	FILE *f;

	snprintf(command, sizeof command,
	    "i686-linux-gnu-nm %s/program | grep ' %s$'", build, name);
	f = popen(command, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	pclose(f);
	return (uint32_t)strtoul(line, NULL, 16);
}

/* Compile a program and put it where the real one would be. Each has another
 * constant, so that their code is not the same. */
static void
compile(struct program *p, int number)
{
	char path[100];
	FILE *f;

	snprintf(path, sizeof path, "%s/source.c", build);
	f = fopen(path, "we");
	assert_non_null(f);
	fprintf(f, "%svoid %s(void) { n = 0; }\n", source, p->last);
	fclose(f);
	assert_int_equal(
	    run("cd %s && mkdir -p `dirname %s` && i686-linux-gnu-gcc -g "
		"-DN=%d -ffile-prefix-map=%s=/src -m32 -O0 -fno-pic "
		"-fno-pie -no-pie -nostdlib -static "
		"-Wl,-Ttext=%#x -o program source.c && i686-linux-gnu-objcopy "
		"-O binary -j .text program code && cp program %s",
		build, p->path, number, build, p->base, p->path),
	    0);
	snprintf(path, sizeof path, "%s/code", build);
	f = fopen(path, "re");
	assert_non_null(f);
	assert_true(fread(p->code, 1, sizeof p->code, f) > 100);
	fclose(f);
	p->odd = symbol("odd");
	p->even = symbol("even");
	p->serve = symbol("serve");
	p->start = symbol("_start");
	p->end = symbol(p->last);
}

static int
compile_all(void **state)
{
	int i;

	(void)state;
	if (mkdtemp(build) == NULL)
		return -1;
	for (i = 0; i < 3; i++)
		compile(&programs[i], 100 + i);
	return 0;
}

static int
remove_all(void **state)
{
	(void)state;
	return run("rm -r %s", build);
}

static int
begin(void **state)
{
	(void)state;
	start();
	s = (struct stall){ .tests = tests,
		.objects = build,
		.ips = IPS,
		.seconds = 20 };
	next = stall_first(&s);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	stall_free(&s);
	forget();
	return 0;
}

/* The runner says something, at some moment. */
static void
say(uint64_t ticks, const char *name, const char *value)
{
	struct stream *r;

	sender = "runner";
	if (boot.record.nstreams == 0)
		(void)report_begin("runner", NONCE);
	if (name != NULL)
		(void)report_obs(name, "%s", value);
	else
		(void)report_note("waits alpha ds");
	r = &boot.record.streams[0];
	assert_string_equal(r->test, "runner");
	r->last = r->seen[r->nseen - 1].time = ticks;
}

/* What the debugger answers where a program is in a function called by
 * serve(). */
static char *
answers(const struct program *p, uint32_t pc)
{
	char *all = text("0x%08x <unk+0>:", pc), *more;
	unsigned int i;

	for (i = 0; i < 64; i++) {
		more = text("%s\t0x%02x", all, p->code[pc - p->base + i]);
		free(all);
		all = more;
	}
	/* Of an idle processor: what the interrupt has pushed. */
	more = text("%s\n0x0 <x>:\t0x%08x\t0x%08x\n0x1 -> 0x%08x (x)\n"
		    "0x2 -> 0x%08x (x)\n0x3 -> 0x%08x (x)\n",
	    all, pc, pc, pc, p->serve + 9, p->start + 9);
	free(all);
	return more;
}

/* What processes do: this program's turns in its address space. */
struct doing {
	const struct program *program; /* the kernel's: everybody waits */
	uint32_t space;
};

/* One look and perhaps a sample at the moment `next`; the end of the run? */
static bool
look(const struct doing *d, int turn)
{
	struct bochs_stop at = { .ticks = next, .page_dir = d->space };
	const struct program *p = d->program;
	bool over;
	char *said;

	if (!stall_look(&s, &boot.record, at.ticks, &next))
		return false;
	at.pc = p == &programs[2] ? p->end : turn % 2 == 0 ? p->odd : p->even;
	said = answers(p, at.pc);
	over = stall_sample(&s, &at, said, &next);
	free(said);
	return over;
}

/* So many looks; did the run end at the last of them, or not at all? */
static bool
looks(const struct doing *d, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (look(d, i)) {
			assert_int_equal(i, n - 1);
			return true;
		}
	return false;
}

static const struct doing nothing = { &programs[2], 0x1000 };
static const struct doing service = { &programs[0], 0x2000 };
static const struct doing agent = { &programs[1], 0x3000 };

static void
says(const char *wanted)
{
	char *said = stall_text(&s);

	assert_string_equal(said, wanted);
	free(said);
}

static void
test_a_system_that_does_not_come_up_is_stuck(void **state)
{
	char *where;

	(void)state;
	assert_int_equal(next, 23 * SECOND);
	assert_true(looks(&service, STALL_SAMPLES));
	assert_true(s.found);
	assert_null(s.test);
	says("ds goes round in serve at /src/source.c:4: nothing ended for 30 "
	     "emulated seconds, before any test began");
	where = stall_where(&s);
	assert_non_null(strstr(where, "in ds:"));
	assert_non_null(strstr(where, "even at /src/source.c:3"));
	free(where);
}

static void
test_a_test_has_its_time_exactly(void **state)
{
	(void)state;
	say(5 * SECOND, "end.alpha", "exit 0");
	assert_false(look(&service, 0));
	assert_int_equal(next, 28 * SECOND);
	next--;
	assert_false(stall_look(&s, &boot.record, next, &next));
	assert_int_equal(next, 28 * SECOND);
	assert_true(stall_look(&s, &boot.record, next, &next));
	assert_string_equal(s.test, "beta");
}

static void
test_a_silent_runner_ends_the_run(void **state)
{
	(void)state;
	say(SECOND, "end.alpha", "exit 0");
	assert_false(look(&nothing, 0));
	assert_true(looks(&nothing, STALL_SAMPLES));
	assert_string_equal(s.test, "beta");
	assert_true(stall_waited(&s));
	says("everything waited: nothing ended for 30 emulated seconds");
}

static void
test_a_runner_that_speaks_in_time_goes_on(void **state)
{
	(void)state;
	say(SECOND, "end.alpha", "exit 0");
	assert_false(looks(&service, STALL_SAMPLES));
	say(next, "end.beta", "exit 0");
	next += 2;
	assert_false(look(&service, 0));
	assert_int_equal(s.nsamples, 0);
	assert_true(next > 40 * SECOND);
	assert_false(s.found);
}

/* Every test takes nearly all of its time, and a service all of that. */
static void
test_a_slow_run_is_not_stuck(void **state)
{
	static const char *const ends[] = { "end.alpha", "end.beta",
		"end.gamma" };
	uint64_t now = SECOND, looked = 0;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		say(now, ends[i], i == 1 ? "signal 11" : "exit 1");
		now += 20 * SECOND + 2 * SECOND;
		for (; next < now; looked++)
			assert_false(look(&service, 0));
	}
	assert_int_equal(s.nsamples, 0);
	assert_true(looked <= 3);
}

static void
test_a_service_that_outlives_the_test_is_stuck(void **state)
{
	(void)state;
	say(SECOND, "plan", "");
	assert_false(looks(&service, 8));
	say(next - 9, NULL, NULL);
	assert_false(looks(&service, 5));
	say(next - 9, "end.alpha", "timeout 20");
	assert_true(looks(&service, STALL_SAMPLES - 12));
	assert_string_equal(s.test, "alpha");
	says("ds goes round in serve at /src/source.c:4: nothing ended for 30 "
	     "emulated seconds");
}

/* After a test was given up: so many samples of a doing, the rest idle. */
static void
test_only_a_busy_service_is_stuck(void **state)
{
	static const struct {
		const struct doing *d;
		int n;
		bool stuck;
	} cases[] = {
		{ &service, 20, true },
		{ &service, 18, true },
		{ &service, 17, false },
		{ &service, 0, false },
		{ &agent, 20, false },
	};

	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		(void)end(state);
		(void)begin(state);
		say(22 * SECOND, "end.alpha", "timeout 20");
		assert_false(looks(&nothing, 20 - cases[i].n));
		assert_int_equal(looks(cases[i].d, cases[i].n), cases[i].stuck);
		assert_int_equal(s.found, cases[i].stuck);
		/* It is not looked at again, the next test has its time. */
		if (!cases[i].stuck) {
			assert_false(look(&service, 0));
			assert_int_equal(next, 45 * SECOND);
			assert_string_equal(s.test, "beta");
		}
	}
}

static void
test_each_test_given_up_is_looked_at(void **state)
{
	(void)state;
	say(22 * SECOND, "end.alpha", "timeout 20");
	assert_false(looks(&nothing, STALL_SAMPLES));
	say(30 * SECOND, "end.beta", "timeout 20");
	assert_true(looks(&service, STALL_SAMPLES));
	assert_string_equal(s.test, "beta");
}

static void
test_another_end_makes_good_for_a_timeout(void **state)
{
	(void)state;
	say(22 * SECOND, "end.alpha", "timeout 20");
	assert_false(looks(&service, STALL_SAMPLES - 1));
	say(next - 9, "end.beta", "exit 0");
	assert_false(looks(&service, 1));
	assert_int_equal(s.nsamples, 0);
	assert_false(s.found);
}

static void
test_a_time_to_come_is_not_believed(void **state)
{
	(void)state;
	say(1000 * SECOND, "end.alpha", "exit 0");
	assert_false(look(&service, 0));
	assert_int_equal(next, 46 * SECOND);
}

/* A slow test has more time than a system that comes up. */
static void
test_a_system_need_not_wait_for_a_slow_test(void **state)
{
	(void)state;
	s.seconds = 90;
	assert_int_equal(stall_first(&s), 23 * SECOND);
	say(5 * SECOND, "end.alpha", "exit 0");
	assert_false(look(&service, 0));
	assert_int_equal(next, 98 * SECOND);
}

int
main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest all[] = {
		RUN(test_a_system_that_does_not_come_up_is_stuck),
		RUN(test_a_test_has_its_time_exactly),
		RUN(test_a_silent_runner_ends_the_run),
		RUN(test_a_runner_that_speaks_in_time_goes_on),
		RUN(test_a_slow_run_is_not_stuck),
		RUN(test_a_service_that_outlives_the_test_is_stuck),
		RUN(test_only_a_busy_service_is_stuck),
		RUN(test_each_test_given_up_is_looked_at),
		RUN(test_another_end_makes_good_for_a_timeout),
		RUN(test_a_time_to_come_is_not_believed),
		RUN(test_a_system_need_not_wait_for_a_slow_test),
	};

	return cmocka_run_group_tests(all, compile_all, remove_all);
}
