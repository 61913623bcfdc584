/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A result for people: a table, then a paragraph for each thing that went
 * wrong, then the score as the very last line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libsmartcols.h>

#include "grader/command/grading.h"

#define WIDTH 76

enum column {
	EXERCISE,
	TEST,
	POINTS,
	RESULT,
	COLUMNS
};

/* One word or two on how a test went. */
static char *
summary(const struct outcome *o)
{
	switch (o->status) {
	case STATUS_PASS:
		return text("pass");
	case STATUS_BLOCKED:
		return text("blocked by %s", o->blocker);
	case STATUS_ERROR:
		return text("not judged: infrastructure");
	case STATUS_FAIL:
		break;
	}
	if (o->passed > 0)
		return text("FAIL in %u of %u schedules: %s",
		    o->run - o->passed, o->run, fault_text(o->first.fault));
	return text("FAIL: %s", fault_text(o->first.fault));
}

static const char *
exercise_title(const struct lab *lab, const char *id)
{
	unsigned int i;

	for (i = 0; i < lab->exercises_count; i++)
		if (strcmp(lab->exercises[i].id, id) == 0)
			return lab->exercises[i].title;
	return "";
}

static void
row(struct libscols_table *t, const struct result *r, unsigned int i)
{
	const struct outcome *o = &r->outcomes[i];
	struct libscols_line *l = scols_table_new_line(t, NULL);
	bool new =
	    i == 0 || strcmp(o->test->exercise, o[-1].test->exercise) != 0;
	char *points = text("%u/%u", o->score, o->test->points);
	char *how = summary(o);

	scols_line_set_data(l, EXERCISE,
	    new ? exercise_title(r->lab, o->test->exercise) : "");
	scols_line_set_data(l, TEST, o->test->id);
	scols_line_refer_data(l, POINTS, points);
	scols_line_refer_data(l, RESULT, how);
	if (o->status != STATUS_PASS)
		scols_line_set_color(l,
		    o->status == STATUS_FAIL ? "red" : "yellow");
}

static void
table(const struct result *r)
{
	struct libscols_table *t = scols_new_table();
	unsigned int i;

	if (t == NULL)
		die(EXIT_INFRA, "out of memory");
	scols_table_enable_colors(t, isatty(STDOUT_FILENO));
	scols_table_new_column(t, "EXERCISE", 0, 0);
	scols_table_new_column(t, "TEST", 0, 0);
	scols_table_new_column(t, "POINTS", 0, SCOLS_FL_RIGHT);
	scols_table_new_column(t, "RESULT", 0, 0);
	for (i = 0; i < r->lab->tests_count; i++)
		row(t, r, i);
	scols_print_table(t);
	scols_unref_table(t);
}

static const char *
requirement_text(const struct lab *lab, const char *id)
{
	unsigned int i;

	for (i = 0; i < lab->requirements_count; i++)
		if (strcmp(lab->requirements[i].id, id) == 0)
			return lab->requirements[i].text;
	return "";
}

/* Print text folded at blanks, each line behind an indent. */
static void
fold(const char *label, const char *s)
{
	int width = WIDTH - 13, n;
	const char *cut;

	printf("  %-10s ", label);
	for (;;) {
		n = (int)strcspn(s, "\n");
		if (n > width) {
			for (cut = s + width; cut > s && *cut != ' '; cut--)
				continue;
			n = cut > s ? (int)(cut - s) : width;
		}
		printf("%.*s\n", n, s);
		s += n;
		while (*s == ' ' || *s == '\n')
			s++;
		if (*s == '\0')
			return;
		printf("%13s", "");
	}
}

static void
explain(const struct result *r, const struct outcome *o)
{
	const struct verdict *v = &o->first;

	printf("\n%s: %s\n", o->test->id, o->test->title);
	if (o->passed > 0)
		printf("  fails in %u of %u schedules, first in number %u\n",
		    o->run - o->passed, o->run, o->seed);
	fold("what", fault_text(v->fault));
	if (v->message != NULL)
		fold("detail", v->message);
	if (v->expected != NULL)
		fold("expected", v->expected);
	if (v->expected != NULL)
		fold("seen", v->seen != NULL ? v->seen : "nothing");
	if (v->where != NULL && v->expected != NULL &&
	    strchr(v->where, '\n') == NULL)
		fold("looked at", v->where);
	else if (v->where != NULL)
		printf("  where\n%s", v->where);
	if (v->req != NULL) {
		char *req =
		    text("%s: %s", v->req, requirement_text(r->lab, v->req));

		fold("required", req);
		free(req);
	}
	if (o->token != NULL)
		printf("  replay     make replay TOKEN=%s\n", o->token);
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* An earlier test that failed of the very same cause, or NULL. */
static const struct outcome *
same_cause(const struct result *r, unsigned int i)
{
	const struct verdict *v = &r->outcomes[i].first, *w;
	unsigned int k;

	for (k = 0; k < i && r->outcomes[i].status == STATUS_FAIL; k++) {
		w = &r->outcomes[k].first;
		if (r->outcomes[k].status == STATUS_FAIL &&
		    w->fault == v->fault && v->expected == NULL &&
		    same_text(v->message, w->message) &&
		    same_text(v->where, w->where))
			return &r->outcomes[k];
	}
	return NULL;
}

/* Blocked tests are in the table already; one cause is explained once. */
static void
explain_all(const struct result *r)
{
	const struct outcome *o, *same;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		same = same_cause(r, i);
		if (same != NULL)
			printf("\n%s: %s\n  as %s, above\n", o->test->id,
			    o->test->title, same->test->id);
		else if (o->status == STATUS_FAIL || o->status == STATUS_ERROR)
			explain(r, o);
	}
}

void
result_show(const struct result *r)
{
	size_t i;

	printf("%s: %s\n", r->lab->title, r->label);
	printf("stage %.12s, submission %.12s, %u schedule%s\n\n", r->stage,
	    r->submission, r->schedules, r->schedules == 1 ? "" : "s");
	if (r->built)
		table(r);
	else
		printf("The submission does not build:\n\n%s", r->build_errors);
	if (r->built)
		explain_all(r);
	printf("\n");
	for (i = 0; i < r->remarks.n; i++)
		printf("Note: %s.\n", r->remarks.at[i]);
	if (r->gate != NULL && r->built)
		printf("No points: %s must pass before anything counts.\n",
		    r->gate->id);
	printf("Built in %.1f s, booted and judged in %.1f s.\n",
	    r->build_seconds, r->boot_seconds);
	if (r->infra)
		printf("The machine failed, not the submission: no score.\n");
	else
		printf("Score: %u/100\n", r->score);
}
