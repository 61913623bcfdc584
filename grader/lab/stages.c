/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Solutions cut back, see grader/lab/stages.h. */
#include "grader/lab/stages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <cyaml/cyaml.h>

#include "grader/stage/cut.h"

static const cyaml_schema_field_t part_fields[] = {
	CYAML_FIELD_STRING_PTR("in", CYAML_FLAG_POINTER, struct part, in, 0,
	    CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("function",
	    CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct part, function, 0,
	    CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("body", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
	    struct part, body, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t part_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct part, part_fields) };

static const cyaml_schema_field_t stage_fields[] = {
	CYAML_FIELD_STRING_PTR("exercise", CYAML_FLAG_POINTER,
	    struct stage_parts, exercise, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("parts", CYAML_FLAG_POINTER, struct stage_parts,
	    parts, &part_schema, 1, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t stage_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct stage_parts, stage_fields) };
static const cyaml_schema_value_t stages_schema = { CYAML_VALUE_SEQUENCE(
    CYAML_FLAG_POINTER, struct stage_parts, &stage_schema, 1,
    CYAML_UNLIMITED) };

static const cyaml_config_t yaml_config = {
	.log_fn = cyaml_log,
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_WARNING,
};

/* What is wrong with the list of exercises, or NULL. */
static char *
list_fault(const struct lab *lab, const struct stages *s)
{
	unsigned int i, k;

	if (s->n != lab->exercises_count)
		return text("%u of %u exercises are there", s->n,
		    lab->exercises_count);
	for (i = 0; i < s->n; i++) {
		if (strcmp(s->at[i].exercise, lab->exercises[i].id) != 0)
			return text("%s stands where %s should",
			    s->at[i].exercise, lab->exercises[i].id);
		for (k = 0; k < s->at[i].parts_count; k++)
			if (!strings_have(&lab->stubs, s->at[i].parts[k].in))
				return text("%s: %s is no file of the stub",
				    s->at[i].exercise, s->at[i].parts[k].in);
	}
	return NULL;
}

bool
stages_load(const char *root, const struct lab *lab, struct stages *stages,
    char **why)
{
	char *path = text("%s/solutions/%s/stages.yaml", root, lab->id);
	char *fault = NULL;
	cyaml_data_t *data = NULL;
	cyaml_err_t e = CYAML_OK;

	memset(stages, 0, sizeof *stages);
	if (file_exists(path)) {
		e = cyaml_load_file(path, &yaml_config, &stages_schema, &data,
		    &stages->n);
		stages->at = data;
		fault = e != CYAML_OK ? text("%s", cyaml_strerror(e))
				      : list_fault(lab, stages);
	}
	if (fault != NULL) {
		*why = text("%s: %s", path, fault);
		stages_free(stages);
		free(fault);
		fault = path;
	}
	free(path);
	return fault == NULL;
}

void
stages_free(struct stages *stages)
{
	if (stages->at != NULL)
		(void)cyaml_free(&yaml_config, &stages_schema, stages->at,
		    stages->n);
	memset(stages, 0, sizeof *stages);
}

/* One of the lab's files, while parts of it are taken out. */
struct file {
	const char *path;
	char *full, *stub; /* as in the solution, less what was taken; stub's */
	bool whole;        /* all of it is missing */
};

/* The body that stands in for a function's, or NULL. */
static char *
body_for(const struct part *p, const struct file *f)
{
	if (p->body != NULL)
		return text("{\n\t%s\n}", p->body);
	return cut_body(f->stub, p->function);
}

/* Take one part out of a file; what is wrong with it, or NULL. */
static char *
take(const struct part *p, struct file *f)
{
	char *body, *less;

	if (p->function == NULL) {
		f->whole = true;
		return NULL;
	}
	body = body_for(p, f);
	if (body == NULL)
		return text("%s: the stub has no %s(), and no body is given",
		    p->in, p->function);
	less = cut_replace(f->full, p->function, body);
	free(body);
	if (less == NULL)
		return text("%s: the solution has no %s()", p->in, p->function);
	free(f->full);
	f->full = less;
	return NULL;
}

/* Take all that is missing out of a file. */
static char *
take_missing(const struct stages *stages, const bool *missing, struct file *f)
{
	const struct part *p;
	char *fault = NULL;
	unsigned int i, k;

	for (i = 0; i < stages->n; i++)
		for (k = 0; missing[i] && fault == NULL &&
		     k < stages->at[i].parts_count;
		     k++) {
			p = &stages->at[i].parts[k];
			if (strcmp(p->in, f->path) == 0)
				fault = take(p, f);
		}
	return fault;
}

static void
read_or_die(const char *dir, const char *path, char **data)
{
	char *full = text("%s/%s", dir, path);

	if (file_read(full, data, NULL) < 0)
		die(EXIT_INFRA, "cannot read %s", full);
	free(full);
}

/* Write what is left of a file. What only the missing parts have used is no
 * mistake. A file that is missing as a whole is the stub's, by not being. */
static void
write_rest(const struct file *f, const char *to)
{
	char *path = text("%s/%s", to, f->path);
	char *data = text(
	    "_Pragma(\"GCC diagnostic ignored \\\"-Wunused-function\\\"\")"
	    "_Pragma(\"GCC diagnostic ignored \\\"-Wunused-parameter\\\"\")"
	    "_Pragma(\"GCC diagnostic ignored \\\"-Wunused-variable\\\"\") %s",
	    f->full);

	if (!f->whole)
		file_write(path, data, strlen(data));
	free(data);
	free(path);
}

bool
stages_lay(const char *root, const struct lab *lab, const struct stages *stages,
    const bool *missing, const char *to, char **why)
{
	char *stub = text("%s/stub", lab->dir), *fault = NULL;
	struct file f = { 0 };
	size_t i;

	for (i = 0; fault == NULL && i < lab->stubs.n; i++) {
		f = (struct file){ .path = lab->stubs.at[i] };
		read_or_die(root, f.path, &f.full);
		read_or_die(stub, f.path + 4, &f.stub);
		fault = take_missing(stages, missing, &f);
		if (fault == NULL)
			write_rest(&f, to);
		free(f.full);
		free(f.stub);
	}
	free(stub);
	if (fault != NULL)
		*why = fault;
	return fault == NULL;
}
