/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A result as JSON. Every other report is made from this one. Only what is
 * under "host" may differ between two gradings of the same inputs.
 */
#include "grader/report/result_json.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "grader/base/quote.h"

#define RESULT_VERSION 3

static const char *const status_names[] = {
	[STATUS_UNKNOWN] = "unknown",
	[STATUS_PASS] = "pass",
	[STATUS_FAIL] = "fail",
	[STATUS_BLOCKED] = "blocked",
	[STATUS_ERROR] = "error",
};

/* A string that may be missing, and may hold any bytes: programs that print
 * it need not be careful. */
static json_t *
string_or_null(const char *s)
{
	char *clean;
	json_t *j;

	if (s == NULL)
		return json_null();
	clean = quote_lines(s, "");
	if (*clean != '\0' && s[strlen(s) - 1] != '\n')
		clean[strlen(clean) - 1] = '\0';
	j = json_string(clean);
	free(clean);
	return j;
}

/* What else was found, in its order. */
static json_t *
findings_json(const struct verdict *v)
{
	json_t *all = json_array(), *j;
	size_t i;

	for (i = 0; i < v->nmore; i++) {
		const struct finding *f = &v->more[i];

		j = json_object();
		json_object_set_new(j, "message", string_or_null(f->message));
		json_object_set_new(j, "expected", string_or_null(f->expected));
		json_object_set_new(j, "seen", string_or_null(f->seen));
		json_object_set_new(j, "where", string_or_null(f->place));
		json_object_set_new(j, "requirement", string_or_null(f->req));
		json_array_append_new(all, j);
	}
	return all;
}

static json_t *
test_json(const struct outcome *o)
{
	const struct verdict *v = &o->first;
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i}", "id",
	    o->test->id, "title", o->test->title, "exercise", o->test->exercise,
	    "status", status_names[o->status], "score", (int)o->score, "max",
	    (int)o->test->points, "schedules", (int)o->run, "passed",
	    (int)o->passed);

	if (o->status == STATUS_PASS || o->status == STATUS_UNKNOWN)
		return j;
	json_object_set_new(j, "class", json_string(fault_name(v->fault)));
	json_object_set_new(j, "message", string_or_null(v->message));
	json_object_set_new(j, "expected", string_or_null(v->expected));
	json_object_set_new(j, "seen", string_or_null(v->seen));
	json_object_set_new(j, "where", string_or_null(v->where));
	json_object_set_new(j, "log", string_or_null(v->log));
	json_object_set_new(j, "more", findings_json(v));
	json_object_set_new(j, "requirement", string_or_null(v->req));
	json_object_set_new(j, "blocked-by", string_or_null(o->blocker));
	json_object_set_new(j, "seed", json_integer(o->seed));
	json_object_set_new(j, "token", string_or_null(o->token));
	json_object_set_new(j, "console", string_or_null(o->console));
	return j;
}

void
result_json(const struct result *r, const char *path)
{
	json_t *tests = json_array(), *remarks = json_array(), *j;
	unsigned int i;
	char *all, *none = result_no_score(r);

	for (i = 0; i < r->lab->tests_count; i++)
		json_array_append_new(tests, test_json(&r->outcomes[i]));
	for (i = 0; i < r->remarks.n; i++)
		json_array_append_new(remarks,
		    string_or_null(r->remarks.at[i]));
	j = json_pack("{s:i, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:b, s:b, "
		      "s:b, s:o, s:o, s:o, s:o, s:{s:f, s:f}}",
	    "version", RESULT_VERSION, "lab", r->lab->id, "stage", r->stage,
	    "submission", r->submission, "label", r->label, "schedules",
	    (int)r->schedules, "score", (int)r->score, "max", 100, "built",
	    r->built, "infrastructure", r->infra, "incomplete",
	    !result_whole(r), "refused", string_or_null(r->refusal), "tests",
	    tests, "flags", remarks, "build-errors",
	    string_or_null(r->build_errors), "host", "build-seconds",
	    r->build_seconds, "boot-seconds", r->boot_seconds);
	if (j == NULL)
		die(EXIT_INFRA, "cannot write the result");
	if (none != NULL)
		json_object_set_new(j, "score", json_null());
	json_object_set_new(j, "no-score", string_or_null(none));
	all = json_dumps(j, JSON_INDENT(2) | JSON_REAL_PRECISION(4));
	file_write(path, all, strlen(all));
	free(none);
	free(all);
	json_decref(j);
}
