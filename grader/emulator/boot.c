/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copy the image, run it, check the disk; two at a time.
 */
#include "grader/emulator/boot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uv.h>

#include "grader/base/job.h"
#include "grader/emulator/symbols.h"
#include "grader/judge/hot.h"
#include "test/report/sha256.h"

#define WORKERS    2
#define SECTOR     512
#define MBR_FIRST  446 /* first entry of the partition table */
#define MBR_START  8   /* first sector, in an entry */
#define OUTPUT_MAX (4u << 20)

#define STOPS_MAX 1000 /* that no checkpoint has announced */
#define DUMPS_MAX 250

#define DUMP_BYTES (8u << 20) /* at first: what is in use lies low */

/* A run that is under way. */
struct watch {
	const struct boot_order *order;
	struct boot *boot;
	struct sha256 hash;
	FILE *channel;
	uint64_t began;
	char *dump;                   /* file for memory */
	struct bochs_stop at, before; /* the last stops of programs */
	struct bochs_stop look;       /* the last stop by time */
	unsigned int nstops, ndumps;
	uint32_t bytes; /* of a dump that was enough so far */
};

/* What the workers share. */
struct queue {
	const struct boot_order *orders;
	struct boot *boots;
	size_t n, next;
	boot_done *done; /* or NULL */
	void *ctx;
	uv_mutex_t lock;
};

uint32_t
boot_ips(unsigned int seed)
{
	return BOCHS_IPS + 1000 * seed;
}

/* Emulated seconds that a test may take. */
static unsigned int
test_seconds(const struct boot_order *o)
{
	return o->seconds != 0 ? o->seconds : BOOT_TEST_SECONDS;
}

char *
boot_params(const struct boot_order *o)
{
	unsigned int seconds = test_seconds(o);
	char *run, *more, hex[NONCE_HEX + 1];
	size_t i;

	hex_text(o->nonce, NONCE_SIZE, hex);
	run = text("console=com1 race=%u%s%s%s run=/test/runner,%s,%u", o->seed,
	    o->still ? " pings=0" : "", o->params != NULL ? " " : "",
	    o->params != NULL ? o->params : "", hex, seconds);
	for (i = 0; o->tests[i] != NULL; i++) {
		more = text("%s,%s", run, o->tests[i]);
		free(run);
		run = more;
	}
	return run;
}

static bool
is_off(const struct boot_order *o)
{
	return job_interrupted() || (o->off != NULL && atomic_load(o->off));
}

static int
on_idle(void *ctx)
{
	const struct watch *w = ctx;

	return is_off(w->order);
}

static int
on_line(void *ctx, const char *line)
{
	struct watch *w = ctx;

	record_line(&w->boot->record, line);
	if (w->boot->first == 0 && w->boot->record.nstreams > 0)
		w->boot->first = (double)(uv_hrtime() - w->began) / 1e9;
	sha256_add(&w->hash, line, strlen(line) + 1);
	fprintf(w->channel, "%s\n", line);
	if (w->order->on_record == NULL)
		return 0;
	return w->order->on_record(w->order->ctx, w->boot);
}

/* Is it a program that has stopped? The kernel can run anywhere. */
static bool
is_program(const struct bochs_stop *at)
{
	return at->user && at->pc < KERNEL_BASE;
}

/* The guest has stopped. Only a program that has announced it gets anything
 * for it; a kernel cannot, and who stops all the time is stopped. */
static enum bochs_wish
on_stop(void *ctx, const struct bochs_stop *at, uint32_t *bytes)
{
	struct watch *w = ctx;

	if (w->ndumps == DUMPS_MAX || w->nstops == STOPS_MAX) {
		w->boot->storm = text("the guest stopped the machine %u times "
				      "(xchg %%bx, %%bx), %u of them at "
				      "checkpoints",
		    w->nstops + w->ndumps + 1, w->ndumps);
		return BOCHS_GIVE_UP;
	}
	if (is_program(at)) {
		w->before = w->at;
		w->at = *at;
	}
	if (w->boot->record.stop != NULL && is_program(at)) {
		w->ndumps++;
		*bytes = w->bytes;
		return BOCHS_DUMP;
	}
	w->nstops++;
	return BOCHS_GO_ON;
}

/* Time for a look whether the run gets on. */
static enum bochs_wish
on_look(void *ctx, const struct bochs_stop *at, uint64_t *next)
{
	struct watch *w = ctx;

	w->look = *at;
	return stall_look(&w->boot->stall, &w->boot->record, at->ticks, next)
	    ? BOCHS_ASK
	    : BOCHS_GO_ON;
}

static enum bochs_wish
on_answer(void *ctx, const char *answers, uint64_t *next)
{
	struct watch *w = ctx;

	return stall_sample(&w->boot->stall, &w->look, answers, next)
	    ? BOCHS_GIVE_UP
	    : BOCHS_GO_ON;
}

/* Show the dump to the oracle, and who is said to have stopped. */
static enum oracle_take
ask_oracle(const struct watch *w)
{
	const struct record *rec = &w->boot->record;
	char *program = rec->stop != NULL ? symbols_program(w->order->objects,
						rec->streams[rec->stopper].test)
					  : NULL;
	struct oracle_stop stop = { w->dump, w->at, w->before, program };
	enum oracle_take r = oracle_take(w->boot->memory, &stop, rec);

	free(program);
	return r;
}

/* Mistakes of the system, too, can spoil the memory of a process. That costs
 * the test whose process it is; the runner only tells how programs ended. */
static void
doubt(struct record *rec, const char *why)
{
	if (strcmp(rec->streams[rec->stopper].test, RUNNER) == 0)
		record_stopped(rec);
	else
		record_doubted(rec,
		    text("%s", why != NULL ? why : "it has lost its memory"));
}

/* If somebody else has stopped, the announced stop is still to come. */
static enum bochs_wish
on_dump(void *ctx, uint32_t *bytes)
{
	struct watch *w = ctx;
	struct boot *b = w->boot;

	enum oracle_take r = ask_oracle(w);

	(void)unlink(w->dump); /* only takes room */
	if (r == ORACLE_SHORT && *bytes < BOCHS_MEMORY << 20) {
		*bytes = w->bytes *= 2;
		return BOCHS_DUMP;
	}
	if (r == ORACLE_FORGED) {
		record_forged(&b->record, text("%s", oracle_fault(b->memory)));
		return BOCHS_GIVE_UP; /* nothing counts any more */
	}
	if (r == ORACLE_DOUBTED || r == ORACLE_SHORT)
		doubt(&b->record, oracle_fault(b->memory));
	if (r == ORACLE_TAKEN)
		record_stopped(&b->record);
	return BOCHS_GO_ON;
}

/* Where the root file system starts: the first partition. */
static uint32_t
partition_start(const char *image)
{
	FILE *f = fopen(image, "re");
	uint8_t mbr[SECTOR], *p = mbr + MBR_FIRST + MBR_START;
	size_t n = 0;

	if (f != NULL) {
		n = fread(mbr, 1, sizeof mbr, f);
		fclose(f);
	}
	if (n != sizeof mbr)
		return 0;
	return ((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
		   (uint32_t)p[3] << 24) *
	    SECTOR;
}

/* What the disk checker says of an image: NULL if all is well. A checker
 * that had to use a backup of the superblock found the real one broken. */
static char *
check_disk(const char *image)
{
	char *fs = text("%s?offset=%u", image, partition_start(image));
	struct job job = { .argv = ARGV("e2fsck", "-f", "-n", fs),
		.own_signals = true };
	struct job_result r;
	char *fault = NULL;
	int e = job_run(&job, &r);

	free(fs);
	if (e < 0)
		return text("e2fsck did not start: %s", strerror(-e));
	if (r.status != 0 || strstr(r.output, "backup") != NULL)
		fault = text("%s", r.output);
	free(r.output);
	return fault;
}

/* Ends that are the emulator's or the machine's fault. */
static bool
is_infra(enum bochs_end end)
{
	return end == BOCHS_NO_IMAGE || end == BOCHS_BAD_CONFIG ||
	    end == BOCHS_CRASH;
}

static bool
is_ordered(const struct boot_order *o, const char *test)
{
	size_t i;

	for (i = 0; o->tests[i] != NULL; i++)
		if (strcmp(o->tests[i], test) == 0)
			return true;
	return strcmp(test, RUNNER) == 0;
}

/* Nobody can have sent records of a test that was not run. */
static void
find_strangers(const struct boot_order *o, struct record *rec)
{
	size_t i;

	for (i = 0; i < rec->nstreams; i++)
		if (!is_ordered(o, rec->streams[i].test))
			record_forged(rec,
			    text("there are records of %s, which was not run",
				rec->streams[i].test));
}

static void
finish(struct boot *b, struct watch *w, const char *image)
{
	uint8_t hash[SHA256_SIZE];

	fclose(w->channel);
	find_strangers(w->order, &b->record);
	sha256_add(&w->hash, &b->run.ticks, sizeof b->run.ticks);
	sha256_end(&w->hash, hash);
	sha256_hex(hash, sizeof hash, b->digest);
	if (is_infra(b->run.end))
		b->infra =
		    text("%s: %s", bochs_end_name(b->run.end), b->run.reason);
	else if (b->run.end == BOCHS_DONE && b->record.bye)
		b->disk = check_disk(image);
}

/* Make everything ready for a run. */
static void
begin(const struct boot_order *o, struct boot *b, struct watch *w,
    const char *image)
{
	char *channel = text("%s/channel.txt", o->dir);

	memset(b, 0, sizeof *b);
	b->stall = (struct stall){ .tests = o->tests,
		.objects = o->objects,
		.ips = boot_ips(o->seed),
		.seconds = test_seconds(o) };
	record_init(&b->record, o->nonce);
	sha256_init(&w->hash);
	make_dirs(o->dir);
	if (file_copy(o->image, image) < 0)
		die(EXIT_INFRA, "cannot copy %s", o->image);
	if (o->stops)
		b->memory = oracle_new(o->objects, BOCHS_MEMORY << 20);
	if (o->stops && b->memory == NULL)
		die(EXIT_INFRA, "%s: no kernel or VM to look into", o->objects);
	w->channel = fopen(channel, "we");
	if (w->channel == NULL)
		die(EXIT_INFRA, "%s: %s", channel, strerror(errno));
	free(channel);
}

static void
boot_one(const struct boot_order *o, struct boot *b)
{
	char *image =
	    o->copy != NULL ? text("%s", o->copy) : text("%s/disk.img", o->dir);
	char *console = text("%s/console.txt", o->dir);
	char *params = boot_params(o);
	struct watch w = { .order = o,
		.boot = b,
		.dump = text("%s.memory", image),
		.bytes = DUMP_BYTES };
	struct bochs_stops stops = { .magic = o->stops,
		.file = w.dump,
		.base = KERNEL_BASE,
		.on_stop = on_stop,
		.on_dump = on_dump,
		.on_look = on_look,
		.on_answer = on_answer };
	struct bochs_config c = { .image = image,
		.write_through = true,
		.params = params,
		.ips = boot_ips(o->seed),
		.budget = o->budget,
		.cpu_ms = BOOT_CPU_MS,
		.output_max = OUTPUT_MAX,
		.com1_file = console,
		.parport_file = o->trace,
		.stops = &stops,
		.ctx = &w,
		.after = hot_questions,
		.on_idle = on_idle,
		.on_line = on_line };
	int e;

	begin(o, b, &w, image);
	stops.first = stall_first(&b->stall);
	w.began = uv_hrtime();
	e = bochs_run(&c, &b->run);
	if (e < 0)
		die(EXIT_INFRA, "the emulator did not start: %s", strerror(-e));
	finish(b, &w, image);
	(void)unlink(image); /* only takes room */
	free(w.dump);
	free(image);
	free(console);
	free(params);
}

void
boot_run(const struct boot_order *order, struct boot *boot)
{
	boot_one(order, boot);
	if (boot->infra == NULL || job_interrupted())
		return;
	boot_free(boot);
	boot_one(order, boot);
}

/* Take orders until there are none. */
static void
work(void *arg)
{
	struct queue *q = arg;
	size_t i;

	for (;;) {
		uv_mutex_lock(&q->lock);
		i = q->next++;
		uv_mutex_unlock(&q->lock);
		if (i >= q->n || is_off(&q->orders[i]))
			return;
		boot_run(&q->orders[i], &q->boots[i]);
		if (q->done == NULL || job_interrupted())
			continue;
		uv_mutex_lock(&q->lock);
		q->done(q->ctx, i);
		uv_mutex_unlock(&q->lock);
	}
}

bool
boot_each(const struct boot_order *orders, struct boot *boots, size_t n,
    boot_done *done, void *ctx)
{
	struct queue q = { .orders = orders,
		.boots = boots,
		.n = n,
		.done = done,
		.ctx = ctx };
	uv_thread_t workers[WORKERS];
	size_t i;

	job_guard();
	uv_mutex_init(&q.lock);
	for (i = 0; i < WORKERS; i++)
		if (uv_thread_create(&workers[i], work, &q) < 0)
			die(EXIT_INFRA, "no thread");
	for (i = 0; i < WORKERS; i++)
		uv_thread_join(&workers[i]);
	uv_mutex_destroy(&q.lock);
	job_unguard();
	return !job_interrupted();
}

void
boot_all(const struct boot_order *orders, struct boot *boots, size_t n)
{
	if (!boot_each(orders, boots, n, NULL, NULL))
		die(EXIT_INFRA, "interrupted");
}

void
boot_free(struct boot *b)
{
	bochs_result_free(&b->run);
	record_free(&b->record);
	free(b->disk);
	free(b->infra);
	free(b->storm);
	stall_free(&b->stall);
	oracle_free(b->memory);
	memset(b, 0, sizeof *b);
}
