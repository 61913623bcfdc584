/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade bench: the figures of DESIGN.md section 6 beside their budgets.
 *
 * The program /test/bench measures inside the system and reports one
 * observation per figure, named by its id; so does safeperf under other
 * names. Both run once more without sharing of pages (boot parameter cow=0),
 * and safeperf with sharing of everything. The rest is measured here: the
 * boot by the runner's first time stamp and by this machine's clock; grading,
 * building, and what a student waits for, by processor time, which is what a
 * quiet machine with two busy processors would need. With -q nothing counts
 * that depends on the machine, and what takes long is not measured.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cyaml/cyaml.h>
#include <jansson.h>
#include <libsmartcols.h>

#include "grader/base/job.h"
#include "grader/command/cmd.h"
#include "grader/command/copies.h"

#define CORES 2 /* that the budgets of what takes processor time speak of */

#define BUDGET 4000000000ull /* instructions for a boot */
#define BOOTS  5

/* One figure. */
struct figure {
	char *id, *figure, *unit;
	uint64_t budget, aim;
	bool later; /* its budget is not due yet */

	bool wanted; /* to be measured this time */
	bool known;
	uint64_t value;
	uint64_t off; /**< the same without sharing of pages; 0: not known */
};

/* Figures that a test has under another name. */
static const struct {
	const char *seen, *id;
} aliases[] = {
	{ "count.safe-look-50", "cow50" },
	{ "count.copy-bytes-1", "copy1" },
	{ "count.copy-bytes-64", "copy64" },
	{ "count.copy-bytes-1000", "copy1000" },
	{ "count.copy-bytes-4096", "copy4096" },
};

#define STRING(key, field)                                                     \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, struct figure, field,  \
	    0, CYAML_UNLIMITED)

static const cyaml_schema_field_t fields[] = {
	STRING("id", id),
	STRING("figure", figure),
	STRING("unit", unit),
	CYAML_FIELD_UINT("budget", CYAML_FLAG_DEFAULT, struct figure, budget),
	CYAML_FIELD_UINT("aim", CYAML_FLAG_DEFAULT, struct figure, aim),
	CYAML_FIELD_BOOL("later", CYAML_FLAG_OPTIONAL, struct figure, later),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t figure_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct figure, fields) };
static const cyaml_schema_value_t schema = { CYAML_VALUE_SEQUENCE(
    CYAML_FLAG_POINTER, struct figure, &figure_schema, 1, CYAML_UNLIMITED) };

static const cyaml_config_t config = {
	.log_fn = cyaml_log,
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_WARNING,
};

static void
set(struct figure *all, unsigned int n, const char *id, uint64_t value)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (strcmp(all[i].id, id) == 0) {
			all[i].value = value;
			all[i].known = true;
		}
}

static const char *
figure_id(const char *seen)
{
	size_t i;

	for (i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
		if (strcmp(aliases[i].seen, seen) == 0)
			return aliases[i].id;
	return seen;
}

/* Take over what a test saw, with or without sharing. */
static void
collect(const struct boot *b, const char *test, bool off, struct figure *all,
    unsigned int n)
{
	const struct stream *s = record_stream(&b->record, test);
	uint64_t value;
	unsigned int k;
	size_t i;

	if (stream_fault(s) != NULL || record_fault(&b->record) != NULL)
		fprintf(stderr, "%s: %s; %s\n", test,
		    stream_fault(s) != NULL ? stream_fault(s)
					    : record_fault(&b->record),
		    b->run.reason);
	for (i = 0; s != NULL && i < s->nseen; i++) {
		value = strtoull(s->seen[i].value, NULL, 10);
		if (!off)
			set(all, n, figure_id(s->seen[i].name), value);
		for (k = 0; off && k < n; k++)
			if (strcmp(all[k].id, figure_id(s->seen[i].name)) == 0)
				all[k].off = value;
	}
}

/* What the guest measures. */
static void
measure_guest(const struct site *site, struct figure *all, unsigned int n,
    struct copies *copies)
{
	enum {
		ON,
		OFF,
		ALL,
		BOOTS_GUEST
	};

	static const char *const names[] = { "bench", "safeperf", NULL };
	static const char *const params[] = { NULL, "cow=0", "cow=1 cowmin=1" };
	struct boot_order o[BOOTS_GUEST];
	struct boot b[BOOTS_GUEST];
	char *image = site_image(site->objects), *dir[BOOTS_GUEST];
	char *copy[BOOTS_GUEST];
	size_t i, k;

	for (i = 0; i < BOOTS_GUEST; i++) {
		dir[i] = text("%s/build/grade/bench-%zu", site->top, i);
		copy[i] = text("%s/bench-%zu.img", scratch_dir(dir[i]), i);
		o[i] = (struct boot_order){ .image = image,
			.dir = dir[i],
			.tests = i == ALL ? names + 1 : names,
			.params = params[i],
			.copy = copy[i],
			.seconds = 300,
			.budget = BUDGET };
	}
	boot_all(o, b, BOOTS_GUEST);
	for (i = ON; i <= OFF; i++)
		for (k = 0; names[k] != NULL; k++)
			collect(&b[i], names[k], i == OFF, all, n);
	if (!copies_read(record_stream(&b[ALL].record, "safeperf"), copies))
		fprintf(stderr, "safeperf has not measured everything\n");
	for (i = 0; i < BOOTS_GUEST; i++) {
		boot_free(&b[i]);
		free(dir[i]);
		free(copy[i]);
	}
	free(image);
}

/* Boots that do nothing: the time stamp of the runner's first record, and the
 * shortest time this machine took to it. */
static void
measure_boot(const struct site *site, struct figure *all, unsigned int n)
{
	static const char *const tests[] = { NULL };
	char *image = site_image(site->objects);
	char *dir = text("%s/build/grade/bench-boot", site->top);
	char *copy = text("%s/bench.img", scratch_dir(dir));
	struct boot_order o = { .image = image,
		.dir = dir,
		.tests = tests,
		.copy = copy,
		.budget = BUDGET };
	const struct stream *s;
	double best = 0;
	struct boot b;
	int i;

	for (i = 0; i < BOOTS; i++) {
		boot_all(&o, &b, 1);
		s = record_stream(&b.record, RUNNER);
		if (s != NULL)
			set(all, n, "boot", s->first);
		if (s != NULL && (best == 0 || b.first < best))
			best = b.first;
		boot_free(&b);
	}
	if (best > 0)
		set(all, n, "boot-host", (uint64_t)(best * 1e3));
	free(image);
	free(copy);
	free(dir);
}

/* Processor time of all commands that have been waited for. */
static uint64_t
used_ms(void)
{
	struct rusage u;

	(void)getrusage(RUSAGE_CHILDREN, &u); /* cannot fail here */
	return (uint64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
	    (uint64_t)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

/* Of several measurements of one figure the largest counts. */
static void
set_largest(struct figure *all, unsigned int n, const char *id, uint64_t value)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (strcmp(all[i].id, id) == 0 && value > all[i].value)
			set(all, n, id, value);
}

/* Processor time for a command that must succeed. */
static void
measure_job(const char *dir, const char *const *argv, const char *id,
    struct figure *all, unsigned int n)
{
	struct job job = { .argv = argv, .dir = dir };
	uint64_t before = used_ms(), used;
	struct job_result r;

	if (job_run(&job, &r) < 0)
		die(EXIT_INFRA, "%s did not start", argv[0]);
	used = (used_ms() - before) / CORES;
	if (r.status == 0)
		set_largest(all, n, id, used);
	else
		fprintf(stderr, "%s", r.output);
	free(r.output);
}

/* What a student of a lab waits for: the first score in a fresh tree, and the
 * next one, after an edit. */
static void
measure_student(const struct site *site, const char *self, const char *id,
    struct figure *all, unsigned int n)
{
	const char *const *test =
	    ARGV("env", "-u", "CCACHE_DIR", "make", "test", "PACKAGES=no");
	char *tree = text("%s/build/grade/bench-student", site->top), *file;
	char *stage =
	    text("%.*s/stage", (int)(strrchr(self, '/') - self), self);
	char *why;
	struct lab *lab = lab_load(site->root, id, &why);

	if (lab == NULL)
		die(EXIT_USAGE, "%s", why);
	remove_tree(tree);
	RUN(site->top, stage, id, "-o", tree);
	measure_job(tree, test, "first", all, n);
	file = text("%s/%s", tree, lab->editable.at[0]);
	RUN(tree, "sh", "-c", "echo '/* changed */' >>\"$0\"", file);
	measure_job(tree, test, "again", all, n);
	remove_tree(tree);
	lab_free(lab);
	free(stage);
	free(file);
	free(tree);
}

/* The same for all labs. */
static void
measure_students(const struct site *site, const char *self, struct figure *all,
    unsigned int n)
{
	char *dir = text("%s/labs", site->root), *slash;
	struct strings files = { 0 };
	size_t i;

	(void)list_files(dir, &files); /* no labs, no figures */
	for (i = 0; i < files.n; i++) {
		slash = strchr(files.at[i], '/');
		if (slash == NULL || strcmp(slash, "/manifest.yaml") != 0)
			continue;
		*slash = '\0';
		measure_student(site, self, files.at[i], all, n);
	}
	strings_free(&files);
	free(dir);
}

/* A fixed sample of a lab's mutants: processor time for each, what it takes to
 * build them not counted. The command may find survivors. */
static void
measure_mutants(const struct site *site, const char *self, struct figure *all,
    unsigned int n)
{
	struct job job = { .argv = ARGV(self, "mutants", "-O", site->objects,
			       "--fresh", "--sample", "25", "--seed", "bench",
			       "ds") };
	char *path = text("%s/mutants/ds/result.json", site->objects);
	double seconds = 0;
	struct job_result r;
	json_t *j = NULL;
	int tried = 0;

	if (job_run(&job, &r) < 0)
		die(EXIT_INFRA, "%s did not start", self);
	if (r.status == EXIT_SCORED || r.status == EXIT_FAILED)
		j = json_load_file(path, 0, NULL);
	if (j != NULL &&
	    json_unpack(j, "{s:f, s:i}", "cpu-seconds", &seconds, "tried",
		&tried) == 0 &&
	    tried > 0)
		set(all, n, "mutant", (uint64_t)(seconds * 1e3 / tried));
	else
		fprintf(stderr, "%s", r.output);
	json_decref(j);
	free(r.output);
	free(path);
}

static void
measure_host(const struct site *site, struct figure *all, unsigned int n)
{
	char *build = text("%s/build", scratch_dir(site->objects));
	char *o = text("O=%s", build), *self = realpath("/proc/self/exe", NULL);
	char *out = text("%s/build/grade/bench-grade", site->top);

	remove_tree(build);
	measure_job(site->root,
	    ARGV("make", "-s", "-j2", "image", o, "TESTS=sched-fpu"), "build",
	    all, n);
	measure_job(site->root, ARGV("make", "-s", "-j2", "image", o), "tests",
	    all, n);
	remove_tree(build);
	measure_job(site->root,
	    ARGV(self, "run", "-O", site->objects, "-o", out, "ds", "solution"),
	    "grade", all, n);
	measure_mutants(site, self, all, n);
	measure_students(site, self, all, n);
	free(build);
	free(o);
	free(self);
	free(out);
}

/* Is it over its budget, or not known although it was to be measured? */
static bool
exceeded(const struct figure *f)
{
	if (f->later || !f->wanted)
		return false;
	return !f->known || f->value > f->budget;
}

static const char *
remark(const struct figure *f)
{
	if (exceeded(f))
		return "OVER";
	if (!f->known)
		return f->later ? "later" : "not now";
	if (f->value > f->budget)
		return "busy?";
	return f->value <= f->aim ? "aim" : "ok";
}

static char *
number(bool known, uint64_t value)
{
	return known ? text("%llu", (unsigned long long)value) : text("-");
}

static void
show(const struct figure *all, unsigned int n)
{
	static const char *const heads[] = { "ID", "FIGURE", "VALUE", "COW=0",
		"UNIT", "BUDGET", "AIM", "" };
	struct libscols_table *t = scols_new_table();
	struct libscols_line *l;
	unsigned int i;
	size_t c;

	for (c = 0; c < sizeof heads / sizeof heads[0]; c++)
		scols_table_new_column(t, heads[c], 0,
		    c == 2 || c == 3 || c == 5 || c == 6 ? SCOLS_FL_RIGHT : 0);
	for (i = 0; i < n; i++) {
		const struct figure *f = &all[i];

		l = scols_table_new_line(t, NULL);
		scols_line_set_data(l, 0, f->id);
		scols_line_set_data(l, 1, f->figure);
		scols_line_refer_data(l, 2, number(f->known, f->value));
		scols_line_refer_data(l, 3, number(f->off != 0, f->off));
		scols_line_set_data(l, 4, f->unit);
		scols_line_refer_data(l, 5, number(true, f->budget));
		scols_line_refer_data(l, 6, number(true, f->aim));
		scols_line_set_data(l, 7, remark(f));
	}
	scols_print_table(t);
	scols_unref_table(t);
}

static void
write_json(const struct figure *all, unsigned int n, const char *path)
{
	json_t *list = json_array(), *j;
	unsigned int i;
	char *data;

	for (i = 0; i < n; i++) {
		j = json_pack("{s:s, s:s, s:I, s:I}", "id", all[i].id, "unit",
		    all[i].unit, "budget", (json_int_t)all[i].budget, "aim",
		    (json_int_t)all[i].aim);
		if (all[i].off != 0)
			json_object_set_new(j, "cow0",
			    json_integer((json_int_t)all[i].off));
		json_object_set_new(j, "value",
		    all[i].known ? json_integer((json_int_t)all[i].value)
				 : json_null());
		json_array_append_new(list, j);
	}
	data = json_dumps(list, JSON_INDENT(2));
	file_write(path, data, strlen(data));
	free(data);
	json_decref(list);
}

int
cmd_bench(int argc, char **argv)
{
	struct figure *all = NULL;
	unsigned int n = 0, i, over = 0;
	struct copies copies;
	struct options o;
	struct site site;
	char *path;

	options_parse(argc, argv, 0, 0, &o);
	site_open(&site, o.objects, true);
	path = text("%s/grader/budgets.yaml", site.root);
	if (cyaml_load_file(path, &config, &schema, (cyaml_data_t **)&all,
		&n) != CYAML_OK)
		die(EXIT_USAGE, "%s is damaged", path);
	free(path);
	for (i = 0; i < n; i++)
		all[i].wanted = !o.quick || strcmp(all[i].unit, "ms") != 0;
	measure_boot(&site, all, n);
	measure_guest(&site, all, n, &copies);
	if (!o.quick)
		measure_host(&site, all, n);
	for (i = 0; i < n; i++)
		over += exceeded(&all[i]);
	printf("At %u instructions per emulated second:\n\n", BOCHS_IPS);
	show(all, n);
	path = text("%s/bench.json", site.objects);
	write_json(all, n, path);
	free(path);
	copies_show(&copies);
	path = text("%s/safeperf.dat", site.objects);
	copies_write(&copies, path);
	free(path);
	printf("\n%s/bench.json, safeperf.dat; "
	       "%u past the budget or not measured\n",
	    site.objects, over);
	(void)cyaml_free(&config, &schema, all, n);
	site_free(&site);
	return over == 0 ? EXIT_SCORED : EXIT_FAILED;
}
