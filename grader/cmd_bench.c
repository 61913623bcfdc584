/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade bench: the figures of DESIGN.md section 6 beside their budgets.
 *
 * The program /test/bench measures inside the system and reports one
 * observation per figure, named by its id. The rest is measured here: the
 * boot by the runner's first time stamp, grading and building on this
 * machine's clock. With -q its clock does not count: it may be busy.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cyaml/cyaml.h>
#include <jansson.h>
#include <libsmartcols.h>

#include "grader/cmd.h"
#include "grader/job.h"

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

/* What the guest measures, and the boot itself. */
static void
measure_guest(const struct site *site, struct figure *all, unsigned int n)
{
	static const char *const tests[] = { "bench", NULL };
	char *image = site_image(site->objects);
	char *dir = text("%s/build/grade/bench", site->top);
	char *copy = text("%s/bench.img", scratch_dir(dir));
	struct boot_order o = { .image = image,
		.dir = dir,
		.tests = tests,
		.copy = copy,
		.seconds = 300,
		.budget = BUDGET };
	const struct stream *s;
	struct boot b;
	size_t i;

	boot_all(&o, &b, 1);
	s = record_stream(&b.record, "bench");
	if (stream_fault(s) != NULL || record_fault(&b.record) != NULL)
		fprintf(stderr, "bench: %s; %s\n",
		    stream_fault(s) != NULL ? stream_fault(s)
					    : record_fault(&b.record),
		    b.run.reason);
	for (i = 0; s != NULL && i < s->nseen; i++)
		if (s->seen[i].name[0] != '\0')
			set(all, n, s->seen[i].name,
			    strtoull(s->seen[i].value, NULL, 10));
	boot_free(&b);
	free(image);
	free(copy);
	free(dir);
}

static double
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail here */
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
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

/* This machine's time for a command that must succeed. */
static void
measure_job(const char *dir, const char *const *argv, const char *id,
    struct figure *all, unsigned int n)
{
	struct job job = { .argv = argv, .dir = dir };
	struct job_result r;
	double began = now_ms();

	if (job_run(&job, &r) < 0)
		die(EXIT_INFRA, "%s did not start", argv[0]);
	if (r.status == 0)
		set(all, n, id, (uint64_t)(now_ms() - began));
	else
		fprintf(stderr, "%s", r.output);
	free(r.output);
}

static void
measure_host(const struct site *site, struct figure *all, unsigned int n)
{
	char *build = text("%s/build", scratch_dir(site->objects));
	char *o = text("O=%s", build), *self = realpath("/proc/self/exe", NULL);
	char *out = text("%s/build/grade/bench-grade", site->top);

	remove_tree(build);
	measure_job(site->root, ARGV("make", "-s", "-j2", "image", o), "build",
	    all, n);
	remove_tree(build);
	measure_job(site->root,
	    ARGV(self, "run", "-O", site->objects, "-o", out, "ds", "solution"),
	    "grade", all, n);
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

static void
show(const struct figure *all, unsigned int n)
{
	static const char *const heads[] = { "ID", "FIGURE", "VALUE", "UNIT",
		"BUDGET", "AIM", "" };
	struct libscols_table *t = scols_new_table();
	struct libscols_line *l;
	unsigned int i;
	size_t c;

	for (c = 0; c < 7; c++)
		scols_table_new_column(t, heads[c], 0,
		    c == 2 || c == 4 || c == 5 ? SCOLS_FL_RIGHT : 0);
	for (i = 0; i < n; i++) {
		const struct figure *f = &all[i];

		l = scols_table_new_line(t, NULL);
		scols_line_set_data(l, 0, f->id);
		scols_line_set_data(l, 1, f->figure);
		scols_line_refer_data(l, 2,
		    f->known ? text("%llu", (unsigned long long)f->value)
			     : text("-"));
		scols_line_set_data(l, 3, f->unit);
		scols_line_refer_data(l, 4,
		    text("%llu", (unsigned long long)f->budget));
		scols_line_refer_data(l, 5,
		    text("%llu", (unsigned long long)f->aim));
		scols_line_set_data(l, 6, remark(f));
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
	measure_guest(&site, all, n);
	if (!o.quick)
		measure_host(&site, all, n);
	for (i = 0; i < n; i++)
		over += exceeded(&all[i]);
	printf("At %u instructions per emulated second:\n\n", BOCHS_IPS);
	show(all, n);
	path = text("%s/bench.json", site.objects);
	write_json(all, n, path);
	printf("\n%s; %u past the budget or not measured\n", path, over);
	free(path);
	(void)cyaml_free(&config, &schema, all, n);
	site_free(&site);
	return over == 0 ? EXIT_SCORED : EXIT_FAILED;
}
