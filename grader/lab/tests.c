/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Lists of the system's tests, from YAML.
 */
#include "grader/lab/tests.h"

#include <stdlib.h>
#include <string.h>

#include <cyaml/cyaml.h>

#define STRING(key, type, field, flags)                                        \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, field, \
	    0, CYAML_UNLIMITED)

static const cyaml_schema_value_t word_schema = { CYAML_VALUE_STRING(
    CYAML_FLAG_POINTER, char *, 0, CYAML_UNLIMITED) };

static const cyaml_schema_field_t check_fields[] = {
	STRING("obs", struct check, obs, CYAML_FLAG_DEFAULT),
	STRING("expect", struct check, expect, CYAML_FLAG_OPTIONAL),
	STRING("why", struct check, why, CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t check_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct check, check_fields) };

static const cyaml_schema_field_t end_fields[] = {
	CYAML_FIELD_UINT("within", CYAML_FLAG_DEFAULT, struct ending, within),
	CYAML_FIELD_SEQUENCE("says", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct ending, says, &word_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("never", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct ending, never, &word_schema, 0, CYAML_UNLIMITED),
	STRING("console", struct ending, console, CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_BOOL("dirty", CYAML_FLAG_OPTIONAL, struct ending, dirty),
	CYAML_FIELD_END,
};

static const cyaml_schema_field_t test_fields[] = {
	STRING("id", struct system_test, test.id, CYAML_FLAG_DEFAULT),
	STRING("title", struct system_test, test.title, CYAML_FLAG_DEFAULT),
	STRING("params", struct system_test, params, CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_SEQUENCE("variants",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct system_test,
	    variants, &word_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_UINT("seconds", CYAML_FLAG_OPTIONAL, struct system_test,
	    test.seconds),
	CYAML_FIELD_BOOL("deaths", CYAML_FLAG_OPTIONAL, struct system_test,
	    test.deaths),
	CYAML_FIELD_BOOL("quiet", CYAML_FLAG_OPTIONAL, struct system_test,
	    quiet),
	STRING("image", struct system_test, image, CYAML_FLAG_OPTIONAL),
	STRING("panics", struct system_test, panics, CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_UINT("not-before", CYAML_FLAG_OPTIONAL, struct system_test,
	    not_before),
	CYAML_FIELD_SEQUENCE("says", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct system_test, says, &word_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("proves", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct system_test, test.proves, &word_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("checks", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct system_test, test.checks, &check_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_MAPPING_PTR("end", CYAML_FLAG_OPTIONAL, struct system_test,
	    end, end_fields),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t test_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct system_test, test_fields) };
static const cyaml_schema_value_t tests_schema = { CYAML_VALUE_SEQUENCE(
    CYAML_FLAG_POINTER, struct system_test, &test_schema, 0, CYAML_UNLIMITED) };

static const cyaml_config_t config = {
	.log_fn = cyaml_log,
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_WARNING,
};

/* Append a test, once for each of its variants. */
static void
add(struct system_tests *all, const struct system_test *t)
{
	unsigned int i, n = t->variants_count > 0 ? t->variants_count : 1;
	struct system_test *at = realloc(all->at, (all->n + n) * sizeof *at);

	if (at == NULL)
		die(EXIT_INFRA, "out of memory");
	all->at = at;
	for (i = 0; i < n; i++) {
		at = &all->at[all->n++];
		*at = *t;
		at->variant = i;
		if (t->variants_count > 0)
			at->params =
			    text("%s%s%s", t->params != NULL ? t->params : "",
				t->params != NULL ? " " : "", t->variants[i]);
	}
}

/* Append the tests of one file. */
static void
load_area(const char *path, const char *area, struct system_tests *all)
{
	struct system_test_file *files;
	struct system_test *more = NULL;
	unsigned int n = 0, i;
	cyaml_err_t e = cyaml_load_file(path, &config, &tests_schema,
	    (cyaml_data_t **)&more, &n);

	if (e != CYAML_OK)
		die(EXIT_USAGE, "%s: %s", path, cyaml_strerror(e));
	files = realloc(all->files, (all->files_count + 1) * sizeof *files);
	if (files == NULL)
		die(EXIT_INFRA, "out of memory");
	all->files = files;
	files = &files[all->files_count++];
	*files = (struct system_test_file){ more, n, text("%s", area) };
	for (i = 0; i < n; i++) {
		more[i].area = files->area;
		add(all, &more[i]);
	}
}

void
tests_load(const char *root, struct system_tests *all)
{
	char *dir = text("%s/src/test", root), *path, *slash;
	struct strings files = { 0 };
	size_t i;

	memset(all, 0, sizeof *all);
	if (list_files(dir, &files) < 0)
		die(EXIT_USAGE, "no directory %s", dir);
	for (i = 0; i < files.n; i++) {
		slash = strrchr(files.at[i], '/');
		if (slash == NULL || strcmp(slash, "/tests.yaml") != 0)
			continue;
		path = text("%s/%s", dir, files.at[i]);
		*slash = '\0';
		load_area(path, files.at[i], all);
		free(path);
	}
	strings_free(&files);
	free(dir);
}

void
tests_free(struct system_tests *all)
{
	unsigned int i;

	for (i = 0; i < all->n; i++)
		if (all->at[i].variants_count > 0)
			free(all->at[i].params);
	for (i = 0; i < all->files_count; i++) {
		cyaml_free(&config, &tests_schema, all->files[i].at,
		    all->files[i].n);
		free(all->files[i].area);
	}
	free(all->files);
	free(all->at);
	memset(all, 0, sizeof *all);
}
