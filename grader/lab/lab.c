/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Manifests: the YAML schema as tables, then the rules a table cannot say.
 */
#include "grader/lab/lab.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cyaml/cyaml.h>

#include "grader/base/quote.h"
#include "grader/judge/expr.h"
#include "test/report/report.h"

#define STRING(key, type, field)                                               \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, type, field, 0,        \
	    CYAML_UNLIMITED)
#define STRING_OPT(key, type, field)                                           \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,  \
	    type, field, 0, CYAML_UNLIMITED)
#define UINT_OPT(key, type, field)                                             \
	CYAML_FIELD_UINT(key, CYAML_FLAG_OPTIONAL, type, field)
#define LIST_OPT(key, type, field, entry)                                      \
	CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,    \
	    type, field, &(entry), 0, CYAML_UNLIMITED)
#define LIST(key, type, field, entry)                                          \
	CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER, type, field, &(entry),   \
	    1, CYAML_UNLIMITED)

static const cyaml_schema_value_t word_schema = { CYAML_VALUE_STRING(
    CYAML_FLAG_POINTER, char *, 0, CYAML_UNLIMITED) };

static const cyaml_schema_field_t check_fields[] = {
	STRING("obs", struct check, obs),
	STRING_OPT("expect", struct check, expect),
	STRING_OPT("req", struct check, req),
	STRING_OPT("why", struct check, why),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t check_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct check, check_fields) };
static const cyaml_schema_value_t checks_schema = { CYAML_VALUE_SEQUENCE(
    CYAML_FLAG_POINTER, struct check, &check_schema, 1, CYAML_UNLIMITED) };

static const cyaml_schema_field_t test_fields[] = {
	STRING("id", struct test, id),
	STRING("title", struct test, title),
	STRING("exercise", struct test, exercise),
	STRING_OPT("from", struct test, from),
	UINT_OPT("points", struct test, points),
	UINT_OPT("group", struct test, group),
	UINT_OPT("seconds", struct test, seconds),
	UINT_OPT("schedules", struct test, schedules),
	CYAML_FIELD_BOOL("sanity", CYAML_FLAG_OPTIONAL, struct test, sanity),
	CYAML_FIELD_BOOL("deaths", CYAML_FLAG_OPTIONAL, struct test, deaths),
	CYAML_FIELD_BOOL("unit", CYAML_FLAG_OPTIONAL, struct test, unit),
	CYAML_FIELD_BOOL("backed", CYAML_FLAG_OPTIONAL, struct test, backed),
	LIST_OPT("requires", struct test, requires, word_schema),
	LIST("proves", struct test, proves, word_schema),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t test_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct test, test_fields) };

static const cyaml_schema_field_t exercise_fields[] = {
	STRING("id", struct exercise, id),
	STRING("title", struct exercise, title),
	STRING("difficulty", struct exercise, difficulty),
	STRING("hours", struct exercise, hours),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t exercise_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct exercise, exercise_fields) };

static const cyaml_schema_field_t requirement_fields[] = {
	STRING("id", struct requirement, id),
	STRING("text", struct requirement, text),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t requirement_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct requirement, requirement_fields) };

static const cyaml_schema_field_t boot_fields[] = {
	CYAML_FIELD_UINT("group", CYAML_FLAG_DEFAULT, struct boot_group, group),
	STRING("params", struct boot_group, params),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t boot_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct boot_group, boot_fields) };

static const cyaml_schema_field_t lab_fields[] = {
	STRING("id", struct lab, id),
	STRING("title", struct lab, title),
	STRING("works", struct lab, works),
	LIST_OPT("depends", struct lab, depends, word_schema),
	LIST_OPT("proves", struct lab, proves, word_schema),
	CYAML_FIELD_UINT("stub-score", CYAML_FLAG_DEFAULT, struct lab,
	    stub_score),
	CYAML_FIELD_UINT("schedules", CYAML_FLAG_DEFAULT, struct lab,
	    schedules),
	CYAML_FIELD_UINT("budget", CYAML_FLAG_DEFAULT, struct lab, budget),
	STRING_OPT("params", struct lab, params),
	LIST_OPT("boots", struct lab, boots, boot_schema),
	LIST_OPT("extra", struct lab, extra, word_schema),
	LIST_OPT("fixed", struct lab, fixed, word_schema),
	LIST("requirements", struct lab, requirements, requirement_schema),
	LIST("exercises", struct lab, exercises, exercise_schema),
	LIST("tests", struct lab, tests, test_schema),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t lab_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct lab, lab_fields) };

/* Messages of libcyaml, kept until we know whether they matter. */
static _Thread_local char yaml_log[2000];

static void
keep_log(cyaml_log_t level, void *ctx, const char *fmt, va_list args)
{
	size_t n = strlen(yaml_log);

	(void)level, (void)ctx;
	vsnprintf(yaml_log + n, sizeof yaml_log - n, fmt, args);
}

static const cyaml_config_t yaml_config = {
	.log_fn = keep_log,
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_WARNING,
};

/* Read one YAML file by its schema; NULL and *why if it will not. */
static void *
load(const char *path, const cyaml_schema_value_t *schema, unsigned int *count,
    char **why)
{
	cyaml_data_t *data = NULL;
	cyaml_err_t e;

	yaml_log[0] = '\0';
	e = cyaml_load_file(path, &yaml_config, schema, &data, count);
	if (e == CYAML_OK && data != NULL)
		return data;
	if (e == CYAML_OK) {
		*why = text("%s is empty", path);
		return NULL;
	}
	*why = text("%s: %s\n%s", path, cyaml_strerror(e), yaml_log);
	return NULL;
}

/* Each test's checks. */
static bool
load_checks(struct lab *lab, char **why)
{
	struct test *t;
	unsigned int i;
	char *path;

	for (i = 0; i < lab->tests_count; i++) {
		t = &lab->tests[i];
		path = text("%s/check/%s.yaml", lab->dir, t->id);
		t->checks = load(path, &checks_schema, &t->checks_count, why);
		free(path);
		if (t->checks == NULL)
			return false;
	}
	return true;
}

static struct exercise *
exercise_of(const struct lab *lab, const char *id)
{
	unsigned int i;

	for (i = 0; i < lab->exercises_count; i++)
		if (strcmp(lab->exercises[i].id, id) == 0)
			return &lab->exercises[i];
	return NULL;
}

static bool
has_requirement(const struct lab *lab, const char *id)
{
	unsigned int i;

	for (i = 0; i < lab->requirements_count; i++)
		if (strcmp(lab->requirements[i].id, id) == 0)
			return true;
	return false;
}

/* Does a text begin with the name of a function? */
static bool
is_call(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n > 0 && s[n] == '(';
}

/* What is wrong with one check, with its file's name, or NULL. */
static char *
check_fault(const struct lab *lab, const struct test *t, const struct check *c)
{
	static const uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { .nonce = nonce, .seed = 1, .seen = "0" };
	struct value v;
	const char *at;

	if (c->expect != NULL && expr_eval(c->expect, &env, &v, &at) < 0)
		return text("%s/check/%s.yaml: observation %s: bad expression "
			    "\"%s\" at \"%s\"%s",
		    lab->dir, t->id, c->obs, c->expect, at,
		    is_call(at) ? " (no such function, or other arguments)"
				: "");
	if (c->req != NULL && !has_requirement(lab, c->req))
		return text("%s/check/%s.yaml: observation %s: no requirement "
			    "%s",
		    lab->dir, t->id, c->obs, c->req);
	return NULL;
}

unsigned int
exercise_index(const struct lab *lab, const char *id)
{
	return (unsigned int)(exercise_of(lab, id) - lab->exercises);
}

unsigned int
lab_score_after(const struct lab *lab, unsigned int k)
{
	const struct test *t;
	unsigned int i, points = 0;

	for (i = 0; i < lab->tests_count; i++) {
		t = &lab->tests[i];
		if (exercise_index(lab, t->exercise) <= k &&
		    (t->from == NULL || exercise_index(lab, t->from) <= k))
			points += t->points;
	}
	return points;
}

/* Does a test require one of the whole system, of the same exercise? */
static bool
is_backed(const struct lab *lab, const struct test *t)
{
	const struct test *first;
	unsigned int i;

	for (i = 0; i < t->requires_count; i++) {
		first = lab_test(lab, t->requires[i]);
		if (!first->unit && !first->backed &&
		    strcmp(first->exercise, t->exercise) == 0)
			return true;
	}
	return false;
}

/* What is wrong with one test, or NULL. */
static char *
test_fault(const struct lab *lab, const struct test *t)
{
	bool decides = t->checks_count == 0;
	unsigned int i;
	char *why;

	if (exercise_of(lab, t->exercise) == NULL)
		return text("test %s: no exercise %s", t->id, t->exercise);
	if (t->from != NULL &&
	    (exercise_of(lab, t->from) == NULL ||
		exercise_index(lab, t->from) <=
		    exercise_index(lab, t->exercise)))
		return text("test %s passes from %s on, which is no later "
			    "exercise",
		    t->id, t->from);
	if (t->schedules > lab->schedules)
		return text("test %s wants %u schedules; the lab has %u", t->id,
		    t->schedules, lab->schedules);
	if (strlen(t->id) >= REPORT_NAME_MAX)
		return text("test %s: name too long", t->id);
	if (lab_test(lab, t->id) != t)
		return text("test %s is there twice", t->id);
	for (i = 0; i < t->requires_count; i++) {
		const struct test *first = lab_test(lab, t->requires[i]);

		if (first == NULL || first >= t)
			return text("test %s requires %s, which does not come "
				    "before it",
			    t->id, t->requires[i]);
	}
	if ((t->unit || t->backed) && !is_backed(lab, t))
		return text("%s test %s requires no test of the system in "
			    "exercise %s",
		    t->unit ? "unit" : "backed", t->id, t->exercise);
	for (i = 0; i < t->proves_count; i++)
		if (!has_requirement(lab, t->proves[i]))
			return text("test %s: no requirement %s", t->id,
			    t->proves[i]);
	for (i = 0; i < t->checks_count; i++) {
		why = check_fault(lab, t, &t->checks[i]);
		if (why != NULL)
			return why;
		decides |= t->checks[i].expect != NULL;
	}
	return decides ? NULL : text("test %s expects nothing", t->id);
}

/* Is a requirement proved by any test? */
static bool
proved(const struct lab *lab, const char *id)
{
	unsigned int i, k;

	for (i = 0; i < lab->tests_count; i++)
		for (k = 0; k < lab->tests[i].proves_count; k++)
			if (strcmp(lab->tests[i].proves[k], id) == 0)
				return true;
	return false;
}

/* Parameters for a group without tests, or given twice; or NULL. */
static char *
boots_fault(const struct lab *lab)
{
	unsigned int i, k, group;

	for (i = 0; i < lab->boots_count; i++) {
		group = lab->boots[i].group;
		for (k = 0; k < lab->tests_count; k++)
			if (lab->tests[k].group == group)
				break;
		if (k == lab->tests_count)
			return text("boots: no test is of group %u", group);
		for (k = 0; k < i; k++)
			if (lab->boots[k].group == group)
				return text("boots: group %u is there twice",
				    group);
	}
	return NULL;
}

/* A file to be added that is not below src, or NULL. */
static const char *
extra_fault(const struct lab *lab)
{
	unsigned int i;

	for (i = 0; i < lab->extra_count; i++)
		if (strncmp(lab->extra[i], "src/", 4) != 0 ||
		    strstr(lab->extra[i], "..") != NULL)
			return lab->extra[i];
	return NULL;
}

/* A fixed file that is none of the stub's, or NULL. */
static const char *
fixed_fault(const struct lab *lab)
{
	unsigned int i;

	for (i = 0; i < lab->fixed_count; i++)
		if (!strings_have(&lab->stubs, lab->fixed[i]))
			return lab->fixed[i];
	return NULL;
}

/* Numbers with which no test would ever run, or all would pass. */
static const char *
number_fault(const struct lab *lab)
{
	if (lab->schedules == 0)
		return "schedules is 0: no test would run";
	if (lab->budget == 0)
		return "budget is 0: no boot would get anywhere";
	if (lab->stub_score >= 100)
		return "stub-score is 100: nothing would be left to do";
	return NULL;
}

/* The rules about the lab as a whole. */
static char *
lab_fault(struct lab *lab, const char *id)
{
	unsigned int i, points = 0;
	char *why;

	if (strcmp(lab->id, id) != 0)
		return text("its id is %s", lab->id);
	if (number_fault(lab) != NULL)
		return text("%s", number_fault(lab));
	if (extra_fault(lab) != NULL)
		return text("extra: %s is not below src", extra_fault(lab));
	if (fixed_fault(lab) != NULL)
		return text("fixed: %s is no file of the stub",
		    fixed_fault(lab));
	why = boots_fault(lab);
	if (why != NULL)
		return why;
	for (i = 0; i < lab->tests_count; i++) {
		why = test_fault(lab, &lab->tests[i]);
		if (why != NULL)
			return why;
		exercise_of(lab, lab->tests[i].exercise)->points +=
		    lab->tests[i].points;
		points += lab->tests[i].points;
	}
	if (points != 100)
		return text("points add up to %u", points);
	for (i = 0; i < lab->exercises_count; i++)
		if (lab->exercises[i].points == 0)
			return text("exercise %s has no points",
			    lab->exercises[i].id);
	for (i = 0; i < lab->requirements_count; i++)
		if (!proved(lab, lab->requirements[i].id))
			return text("no test proves %s",
			    lab->requirements[i].id);
	return NULL;
}

static bool
is_fixed(const struct lab *lab, const char *file)
{
	unsigned int i;

	for (i = 0; i < lab->fixed_count; i++)
		if (strcmp(lab->fixed[i], file) == 0)
			return true;
	return false;
}

/* The files of the hole, and all a submission may hold. */
static void
list_editable(struct lab *lab)
{
	char *dir = text("%s/stub", lab->dir);
	struct strings files = { 0 };
	unsigned int i;
	size_t k;

	(void)list_files(dir, &files); /* none: lab_load() says so */
	for (k = 0; k < files.n; k++) {
		strings_addf(&lab->stubs, "src/%s", files.at[k]);
		if (!is_fixed(lab, lab->stubs.at[k]))
			strings_add(&lab->editable, lab->stubs.at[k]);
	}
	for (i = 0; i < lab->extra_count; i++)
		strings_add(&lab->editable, lab->extra[i]);
	strings_sort(&lab->editable);
	strings_free(&files);
	free(dir);
}

/* Which labs there are, each behind a blank; for free(). */
static char *
lab_names(const char *root)
{
	char *labs = text("%s/labs", root), *path, *all = text("%s", ""), *more;
	struct dirent **at = NULL;
	int i, n = scandir(labs, &at, NULL, alphasort);

	for (i = 0; i < n; i++) {
		path = text("%s/%s/manifest.yaml", labs, at[i]->d_name);
		if (file_exists(path)) {
			more = text("%s %s", all, at[i]->d_name);
			free(all);
			all = more;
		}
		free(path);
		free(at[i]);
	}
	free(at);
	free(labs);
	return all;
}

/* There is no lab of that name. */
static char *
no_lab(const char *root, const char *id)
{
	char *names = lab_names(root), *q = quote(id);
	char *why = text("there is no lab '%s', but:%s", q, names);

	free(names);
	free(q);
	return why;
}

struct lab *
lab_load(const char *root, const char *id, char **why)
{
	char *dir = text("%s/labs/%s", root, id);
	char *path = text("%s/manifest.yaml", dir), *fault;
	bool there = *id != '\0' && *id != '.' && strchr(id, '/') == NULL &&
	    file_exists(dir);
	struct lab *lab = there ? load(path, &lab_schema, NULL, why) : NULL;

	if (!there)
		*why = no_lab(root, id);
	if (lab == NULL) {
		free(dir);
		free(path);
		return NULL;
	}
	lab->dir = dir;
	list_editable(lab);
	if (!load_checks(lab, why)) {
		lab_free(lab);
		lab = NULL;
	} else if ((fault = lab_fault(lab, id)) != NULL) {
		*why = strncmp(fault, dir, strlen(dir)) == 0
		    ? text("%s", fault)
		    : text("%s: %s", path, fault);
		free(fault);
		lab_free(lab);
		lab = NULL;
	}
	free(path);
	return lab;
}

const struct test *
lab_test(const struct lab *lab, const char *id)
{
	unsigned int i;

	for (i = 0; i < lab->tests_count; i++)
		if (strcmp(lab->tests[i].id, id) == 0)
			return &lab->tests[i];
	return NULL;
}

bool
test_runs_under(const struct test *t, unsigned int seed)
{
	if (t->schedules == 0)
		return !t->unit || seed == 1;
	return seed <= t->schedules;
}

const char *
lab_params(const struct lab *lab, unsigned int group)
{
	unsigned int i;

	for (i = 0; i < lab->boots_count; i++)
		if (lab->boots[i].group == group)
			return lab->boots[i].params;
	return lab->params;
}

bool
lab_is_inside(const struct lab *lab)
{
	size_t i;

	for (i = 0; i < lab->editable.n; i++)
		if (strncmp(lab->editable.at[i], "src/kernel/", 11) == 0 ||
		    strncmp(lab->editable.at[i], "src/servers/vm/", 15) == 0)
			return true;
	return false;
}

void
lab_free(struct lab *lab)
{
	unsigned int i;

	if (lab == NULL)
		return;
	for (i = 0; i < lab->tests_count; i++)
		if (lab->tests[i].checks != NULL)
			(void)cyaml_free(&yaml_config, &checks_schema,
			    lab->tests[i].checks, lab->tests[i].checks_count);
	strings_free(&lab->stubs);
	strings_free(&lab->editable);
	free(lab->dir);
	(void)cyaml_free(&yaml_config, &lab_schema, lab, 0);
}
