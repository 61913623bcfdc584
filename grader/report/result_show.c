/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A result for people, see result_show.h. What stands first in the lab is most
 * often the cause of what comes later, so the first failure of each exercise
 * is told in full, and of the others one line.
 */
#include "grader/report/result_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grader/base/quote.h"

#define WIDTH     76
#define MORE_TOLD 2 /* further findings of a test */
#define POINTS    "POINTS"
#define RED       "\033[31m"
#define YELLOW    "\033[33m"
#define PLAIN     "\033[0m"

/* One word or two on how a test went. */
static char *
summary(const struct outcome *o)
{
	switch (o->status) {
	case STATUS_UNKNOWN:
		return text("not judged");
	case STATUS_PASS:
		return text("pass");
	case STATUS_BLOCKED:
		return text("blocked by %s", o->blocker);
	case STATUS_ERROR:
		return text("not judged: infrastructure");
	case STATUS_FAIL:
		break;
	}
	if (o->passed > 0 && o->passed < o->run)
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

/* How wide the columns of exercises and of tests are. */
static void
widths(const struct lab *lab, int *exercise, int *test)
{
	unsigned int i;
	int n;

	*exercise = (int)strlen("EXERCISE");
	*test = (int)strlen("TEST");
	for (i = 0; i < lab->tests_count; i++) {
		n = (int)strlen(exercise_title(lab, lab->tests[i].exercise));
		*exercise = n > *exercise ? n : *exercise;
		n = (int)strlen(lab->tests[i].id);
		*test = n > *test ? n : *test;
	}
}

static const char *
color_of(const struct outcome *o)
{
	if (!isatty(STDOUT_FILENO) || o->status == STATUS_PASS)
		return "";
	return o->status == STATUS_FAIL ? RED : YELLOW;
}

void
result_show_row(struct result *r, const struct outcome *o)
{
	const char *title = exercise_title(r->lab, o->test->exercise);
	const char *color = color_of(o);
	char *points, *how = summary(o);
	int exercise, test;

	widths(r->lab, &exercise, &test);
	if (r->row == NULL)
		printf("%-*s %-*s " POINTS " RESULT\n", exercise, "EXERCISE",
		    test, "TEST");
	points = text("%u/%u", o->status == STATUS_PASS ? o->test->points : 0,
	    o->test->points);
	printf("%s%-*s %-*s %*s %s%s\n", color, exercise,
	    r->row != NULL && strcmp(r->row, o->test->exercise) == 0 ? ""
								     : title,
	    test, o->test->id, (int)strlen(POINTS), points, how,
	    *color != '\0' ? PLAIN : "");
	fflush(stdout);
	r->row = o->test->exercise;
	free(points);
	free(how);
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

/* Print text from outside inside a line of ours. */
static void
print_quoted(const char *before, const char *s, const char *behind)
{
	char *q = quote(s);

	printf("%s%s%s\n", before, q, behind);
	free(q);
}

/* Print lines from outside, each behind an indent, below a line of ours. */
static void
print_lines(const char *above, const char *s, const char *indent)
{
	char *q = quote_lines(s, indent);

	printf("%s%s", above, q);
	free(q);
}

/* Print text folded at blanks, each line behind an indent. */
static void
fold(const char *label, const char *any)
{
	int width = WIDTH - 13, n;
	char *fit = quote_lines(any, "");
	const char *cut, *s = fit;

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
			break;
		printf("%13s", "");
	}
	free(fit);
}

/* Which requirement: the finding's own, or one that the test proves. */
static void
show_requirement(const struct result *r, const struct outcome *o)
{
	const struct verdict *v = &o->first;
	char *all, *more;
	unsigned int i;

	if (v->req == NULL)
		return;
	all = text("%s: %s", v->req, requirement_text(r->lab, v->req));
	for (i = 1; !v->req_is_own && i < o->test->proves_count; i++) {
		more = text("%s\nor %s: %s", all, o->test->proves[i],
		    requirement_text(r->lab, o->test->proves[i]));
		free(all);
		all = more;
	}
	fold("required", all);
	free(all);
}

static void
show_values(const char *expected, const char *seen)
{
	if (expected == NULL)
		return;
	fold("expected", expected);
	fold("seen", seen != NULL ? seen : "nothing");
}

/* What else was found. */
static void
show_more(const struct verdict *v, bool all)
{
	const struct finding *f;
	size_t i, n = all || v->nmore <= MORE_TOLD + 1 ? v->nmore : MORE_TOLD;
	char *line;

	for (i = 0; i < n; i++) {
		f = &v->more[i];
		line = f->expected == NULL
		    ? text("%s", f->message)
		    : text("%s: expected %s, seen %s", f->message, f->expected,
			  f->seen != NULL ? f->seen : "nothing");
		fold(f->time != 0 && f->time < v->time ? "before" : "then",
		    line);
		free(line);
	}
	if (n < v->nmore) {
		line = text("%zu more, which VERBOSE=1 (grade run -v) tells",
		    v->nmore - n);
		fold("then", line);
		free(line);
	}
}

/* Where: a line of the test's source, or traces. */
static void
show_where(const struct verdict *v)
{
	if (v->where == NULL)
		return;
	if (strchr(v->where, '\n') == NULL)
		fold("looked at", v->where);
	else
		print_lines("  where\n", v->where, "    ");
}

static void
explain(const struct result *r, const struct outcome *o, bool all)
{
	const struct verdict *v = &o->first;

	printf("\n%s: %s\n", o->test->id, o->test->title);
	if (o->status == STATUS_BLOCKED)
		printf("  %-10s by %s\n", "blocked", o->blocker);
	if (o->passed > 0)
		printf("  fails in %u of %u schedules, first in number %u\n",
		    o->run - o->passed, o->run, o->seed);
	fold("what",
	    v->fault != FAULT_NONE
		? fault_text(v->fault)
		: "passes, but counts only beside that test");
	if (v->message != NULL)
		fold("detail", v->message);
	show_values(v->expected, v->seen);
	show_more(v, all);
	if (v->log != NULL)
		fold("last words", v->log);
	show_where(v);
	show_requirement(r, o);
	if (o->token != NULL)
		printf("  replay     make replay TOKEN=%s%s\n", o->token,
		    r->again != NULL ? r->again : "");
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Is one failure told by the same words as another? A place in a test is of no
 * account: several tests look at the same thing. */
static bool
same_failure(const struct verdict *v, const struct verdict *w)
{
	bool traces = v->where != NULL && strchr(v->where, '\n') != NULL;

	return v->fault == w->fault && same_text(v->message, w->message) &&
	    same_text(v->expected, w->expected) &&
	    same_text(v->seen, w->seen) &&
	    (!traces || same_text(v->where, w->where));
}

static bool
is_failure(const struct outcome *o, bool all)
{
	return o->status == STATUS_FAIL || o->status == STATUS_ERROR ||
	    (all && o->status == STATUS_BLOCKED);
}

/* An earlier test that failed in the very same way, or NULL. */
static const struct outcome *
same_before(const struct result *r, unsigned int i, bool all)
{
	unsigned int k;

	for (k = 0; k < i; k++)
		if (is_failure(&r->outcomes[k], all) &&
		    same_failure(&r->outcomes[k].first, &r->outcomes[i].first))
			return &r->outcomes[k];
	return NULL;
}

/* Is a failure the first of its exercise? */
static bool
is_first(const struct result *r, unsigned int i)
{
	unsigned int k;

	for (k = 0; k < i; k++)
		if (is_failure(&r->outcomes[k], false) &&
		    strcmp(r->outcomes[k].test->exercise,
			r->outcomes[i].test->exercise) == 0)
			return false;
	return true;
}

/* One line on a failure that is not told in full. */
static void
mention(const struct outcome *o, const struct outcome *same)
{
	const struct verdict *v = &o->first;
	char *line, *label = text("%s", o->test->id);

	if (same != NULL)
		line = text("as %s, above", same->test->id);
	else if (v->expected != NULL)
		line = text("%s: expected %s, seen %s", v->message, v->expected,
		    v->seen != NULL ? v->seen : "nothing");
	else
		line = text("%s: %s", fault_text(v->fault),
		    v->message != NULL ? v->message : "");
	printf("\n%s: %s\n", label, o->test->title);
	fold(same != NULL ? "" : "in short", line);
	free(label);
	free(line);
}

static void
explain_all(const struct result *r, bool all)
{
	const struct outcome *o, *same;
	bool short_of = false;
	unsigned int i;

	for (i = 0; i < r->lab->tests_count; i++) {
		o = &r->outcomes[i];
		if (!is_failure(o, all))
			continue;
		same = same_before(r, i, all);
		if (same == NULL && (all || is_first(r, i))) {
			explain(r, o, all);
			continue;
		}
		mention(o, same);
		short_of |= same == NULL;
	}
	if (short_of)
		printf("\nThe first failure of each exercise is told in full; "
		       "with VERBOSE=1 (grade run -v) all are.\n");
}

/* The points of each exercise, in their order. Rows came as they were
 * decided. */
static void
show_exercises(const struct result *r)
{
	const struct lab *lab = r->lab;
	const struct outcome *o;
	unsigned int i, k, got, all;
	int exercise, test;
	char *points;

	widths(lab, &exercise, &test);
	printf("%-*s " POINTS "\n", exercise, "EXERCISE");
	for (i = 0; i < lab->exercises_count; i++) {
		got = all = 0;
		for (k = 0; k < lab->tests_count; k++) {
			o = &r->outcomes[k];
			if (strcmp(o->test->exercise, lab->exercises[i].id) !=
			    0)
				continue;
			got += o->score;
			all += o->test->points;
		}
		points = text("%u/%u", got, all);
		printf("%-*s %*s\n", exercise, lab->exercises[i].title,
		    (int)strlen(POINTS), points);
		free(points);
	}
	printf("\n");
}

/* The last line. */
static void
show_score(const struct result *r)
{
	unsigned int i, judged = 0;

	for (i = 0; i < r->lab->tests_count; i++)
		judged += r->outcomes[i].status != STATUS_UNKNOWN;
	if (r->infra)
		printf("The machine failed, not the submission: no score.\n");
	else if (r->interrupted)
		printf("Interrupted: %u of %u tests were judged, no score.\n",
		    judged, r->lab->tests_count);
	else if (r->only != NULL)
		printf("Only %s %s asked for: no score.\n", r->only,
		    strchr(r->only, ',') != NULL ? "were" : "was");
	else
		printf("Score: %u/100\n", r->score);
}

void
result_show_head(const struct result *r)
{
	printf("%s: %s\n", r->lab->title, r->label);
	printf("stage %.12s", r->stage);
	if (r->refusal == NULL)
		printf(", submission %.12s, %u schedule%s", r->submission,
		    r->schedules, r->schedules == 1 ? "" : "s");
	printf("\n\n");
	fflush(stdout);
}

void
result_show(const struct result *r, bool all)
{
	size_t i;

	if (r->refusal != NULL)
		print_quoted("The submission was refused: ", r->refusal, ".");
	else if (r->built)
		explain_all(r, all);
	else
		print_lines("The submission does not build:\n\n",
		    r->build_errors, "  ");
	printf("\n");
	for (i = 0; i < r->remarks.n; i++)
		print_quoted("Note: ", r->remarks.at[i], ".");
	if (r->gate != NULL && r->built)
		printf("No points: %s must pass before anything counts.\n",
		    r->gate->id);
	if (r->refusal != NULL) {
		printf("Nothing was graded: no score.\n");
		return;
	}
	if (r->built && result_whole(r) && !r->infra)
		show_exercises(r);
	printf("Built these files in %.1f s, booted and judged in %.1f s, by "
	       "the clock.\n",
	    r->build_seconds, r->boot_seconds);
	show_score(r);
}
